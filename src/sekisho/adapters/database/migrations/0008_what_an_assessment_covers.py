"""A version says with whom and with which items each of its connections was assessed, and its standing repeats it.

A municipality may have a threshold of its own, and residents send their comments themselves.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    """What the gate compares with a permit besides the dates of its assessment."""

    dependencies = [("database", "0006_first_password")]

    operations = [
        migrations.AddField(
            model_name="assessmentversion", name="particulars", field=models.JSONField(default=dict)
        ),
        migrations.AddField(
            model_name="assessmentstandingrow", name="coverage", field=models.JSONField(null=True)
        ),
        migrations.AddField(
            model_name="tenant", name="assessment_threshold", field=models.JSONField(null=True)
        ),
        migrations.AddField(
            model_name="residentcommentrow",
            name="name",
            field=models.CharField(blank=True, default="", max_length=100),
        ),
        migrations.AddField(
            model_name="residentcommentrow",
            name="affiliation",
            field=models.CharField(blank=True, default="", max_length=100),
        ),
        migrations.AddField(
            model_name="residentcommentrow", name="received_at", field=models.DateTimeField(null=True)
        ),
    ]
