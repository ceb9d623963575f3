"""Who acts for the chair, in a meeting or in one matter."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Nobody was named before."""

    dependencies = [("database", "0021_what_is_voted_on")]

    operations = [
        migrations.AddField(
            model_name=name,
            name="acting_chair",
            field=models.CharField(blank=True, db_default="", default="", max_length=150),
        )
        for name in ("meeting", "matter")
    ]
