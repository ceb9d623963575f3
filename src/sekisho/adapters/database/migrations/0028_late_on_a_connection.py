"""What is late is asked of a connection, under whichever permit it crossed: the indexes that answer it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """The same names over the connection instead of the permit; late copies of portals are found by their state."""

    dependencies = [("database", "0027_keys_lent_to_contractors")]

    operations = [
        migrations.RemoveIndex(model_name="parcel", name="parcel_kept"),
        migrations.AddIndex(
            model_name="parcel",
            index=models.Index(
                fields=["tenant", "connection", "erase_by"],
                condition=models.Q(proof__isnull=True),
                name="parcel_kept",
            ),
        ),
        migrations.RemoveIndex(model_name="contractorcopyrow", name="contractor_copy_kept"),
        migrations.AddIndex(
            model_name="contractorcopyrow",
            index=models.Index(
                fields=["tenant", "connection", "erase_by"],
                condition=models.Q(certified_at__isnull=True),
                name="contractor_copy_kept",
            ),
        ),
        migrations.RemoveIndex(model_name="internetcopyrow", name="internet_copy_due"),
    ]
