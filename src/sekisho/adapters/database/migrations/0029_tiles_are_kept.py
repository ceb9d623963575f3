"""Of the tree only the tiles are kept: the nodes that are computed from them go, and the leaves lie with their entries."""

from django.db import migrations

_TIERS = range(8, 64, 8)


def forget_what_is_computed(apps, schema_editor):
    """Remove every node that is no hash of a tile above the leaves; nothing that is kept changes."""
    apps.get_model("database", "NodeRow").objects.exclude(level__in=_TIERS).delete()


class Migration(migrations.Migration):
    """The nodes within tiles, and the leaves, are not kept twice."""

    dependencies = [("database", "0028_late_on_a_connection")]

    operations = [migrations.RunPython(forget_what_is_computed)]
