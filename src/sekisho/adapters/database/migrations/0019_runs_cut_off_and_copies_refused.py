"""A run that was killed says so; a copy whose donations the gate refused says so, and as which parcels it was."""

from django.db import migrations, models

OUTCOMES = ["running", "done", "empty", "mismatch", "away", "refused", "cut"]
STATES = ["landed", "sent", "verified", "refused", "given_up", "erased"]


class Migration(migrations.Migration):
    """Three more words, and one column."""

    dependencies = [("database", "0018_the_survey_of_connections")]

    operations = [
        migrations.AlterField(
            model_name="connectorrunrow",
            name="outcome",
            field=models.CharField(choices=[(each, each) for each in OUTCOMES], max_length=10),
        ),
        migrations.AlterField(
            model_name="internetcopyrow",
            name="state",
            field=models.CharField(choices=[(each, each) for each in STATES], max_length=10),
        ),
        migrations.AddField(
            model_name="internetcopyrow", name="refused_as", field=models.JSONField(default=list)
        ),
    ]
