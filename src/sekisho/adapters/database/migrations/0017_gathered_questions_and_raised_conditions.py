"""Who answers a question until when, how its answer was taken, and which member raised a condition."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Columns that are empty of what was asked and raised before."""

    dependencies = [("database", "0016_yearly_self_checks")]

    operations = [
        migrations.AddField(model_name="questionrow", name="asked_at", field=models.DateTimeField(null=True)),
        migrations.AddField(model_name="questionrow", name="answered_at", field=models.DateTimeField(null=True)),
        migrations.AddField(
            model_name="questionrow",
            name="answerer",
            field=models.CharField(blank=True, db_default="", default="", max_length=150),
        ),
        migrations.AddField(model_name="questionrow", name="answer_by", field=models.DateField(null=True)),
        migrations.AddField(
            model_name="questionrow",
            name="settled",
            field=models.CharField(blank=True, db_default="", default="", max_length=20),
        ),
        migrations.AddField(
            model_name="questionrow",
            name="follows",
            field=models.CharField(blank=True, db_default="", default="", max_length=30),
        ),
        migrations.AddField(
            model_name="conditionrow",
            name="raised_by",
            field=models.CharField(blank=True, db_default="", default="", max_length=150),
        ),
    ]
