"""The digest of what a motion is about, frozen when it is put to the vote."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """A motion that was put before has no digest: it has to be put to the vote anew."""

    dependencies = [("database", "0020_rules_of_the_council_and_internal_decisions")]

    operations = [
        migrations.AddField(
            model_name="matter",
            name="voted_on",
            field=models.CharField(blank=True, db_default="", default="", max_length=64),
        ),
    ]
