"""When an internet-side copy was last tried, so that one that cannot go on is tried less and less often."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column."""

    dependencies = [("database", "0014_connectors_and_internet_copies")]

    operations = [
        migrations.AddField(model_name="internetcopyrow", name="tried_at", field=models.DateTimeField(null=True)),
    ]
