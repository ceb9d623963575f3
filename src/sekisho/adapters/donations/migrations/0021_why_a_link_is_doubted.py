"""Why an officer doubts a link that the rules made: a word from a list."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column."""

    dependencies = [("donations", "0020_who_is_the_same_donor")]

    operations = [
        migrations.AddField(
            model_name="questionrow",
            name="why",
            field=models.CharField(blank=True, db_default="", default="", max_length=20),
        ),
    ]
