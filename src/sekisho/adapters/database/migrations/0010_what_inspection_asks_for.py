"""Canary records of each municipality, and what a bearer asks to be taken out on the way."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """One more table, and one more fact about a ticket."""

    dependencies = [
        ("database", "0009_the_ledger_and_its_witnesses"),
    ]

    operations = [
        migrations.AddField(
            model_name="ticket",
            name="without",
            field=models.JSONField(default=list),
        ),
        migrations.CreateModel(
            name="CanaryRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=200)),
                ("registered_at", models.DateTimeField()),
                (
                    "tenant",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="database.tenant"),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="canaryrow",
            constraint=models.UniqueConstraint(fields=("tenant", "text"), name="canary_once"),
        ),
    ]
