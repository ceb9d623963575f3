"""What a crossing asks is found without walking the ledger or all parcels, however many there are."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The indexes of the municipality alone go, by which SQLite walked them."""

    dependencies = [("database", "0028_late_on_a_connection")]

    operations = [
        migrations.AlterField(
            model_name=name,
            name="tenant",
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="database.tenant"),
        )
        for name in ("entryrow", "parcel")
    ]
