"""Who asked that a condition be waived, and why."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Nobody has asked before."""

    dependencies = [("database", "0022_who_acts_for_the_chair")]

    operations = [
        migrations.AddField(
            model_name="conditionrow",
            name="waiver_by",
            field=models.CharField(blank=True, db_default="", default="", max_length=150),
        ),
        migrations.AddField(
            model_name="conditionrow",
            name="waiver_reason",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
    ]
