"""Of what kind a proof is that was handed in for a condition, and the digest of its paper or file."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two columns that are empty of what was handed in before."""

    dependencies = [("database", "0023_waived_by_two")]

    operations = [
        migrations.AddField(
            model_name="conditionrow",
            name="proof_kind",
            field=models.CharField(blank=True, db_default="", default="", max_length=20),
        ),
        migrations.AddField(
            model_name="conditionrow",
            name="proof_paper",
            field=models.CharField(blank=True, db_default="", default="", max_length=64),
        ),
    ]
