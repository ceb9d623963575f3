"""The data items of a parcel whose values the gate hides before it goes on (伏せる)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column that is empty of every parcel in which nothing is masked."""

    dependencies = [("database", "0024_what_a_proof_is")]

    operations = [
        migrations.AddField(model_name="parcel", name="mask", field=models.JSONField(null=True)),
    ]
