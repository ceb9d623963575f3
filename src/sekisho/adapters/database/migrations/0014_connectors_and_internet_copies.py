"""Connectors to donation portals, their runs, and the copies on the internet-side server."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Three tables."""

    dependencies = [("database", "0013_conditions_and_lighter_changes")]

    operations = [
        migrations.CreateModel(
            name="ConnectorRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("connector", models.CharField(max_length=40)),
                ("portal", models.CharField(max_length=20)),
                (
                    "mode",
                    models.CharField(choices=[("csv", "csv"), ("robot", "robot"), ("link", "link")], max_length=10),
                ),
                ("url", models.CharField(blank=True, max_length=200)),
                ("user", models.CharField(blank=True, max_length=100)),
                ("person", models.CharField(max_length=150)),
                ("terminal", models.CharField(max_length=64)),
                ("every_hours", models.IntegerField(default=0)),
                ("next_run", models.DateTimeField(null=True)),
                ("fetched_until", models.DateField(null=True)),
                ("ignored", models.JSONField(default=list)),
                ("cursor", models.BigIntegerField(default=0)),
                ("pin", models.CharField(blank=True, max_length=64)),
                ("tenant", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="database.tenant")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("tenant", "connector"), name="connector_once")],
            },
        ),
        migrations.CreateModel(
            name="ConnectorRunRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first_day", models.DateField(null=True)),
                ("last_day", models.DateField(null=True)),
                ("started_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("running", "running"),
                            ("done", "done"),
                            ("empty", "empty"),
                            ("mismatch", "mismatch"),
                            ("away", "away"),
                            ("refused", "refused"),
                        ],
                        max_length=10,
                    ),
                ),
                ("person", models.CharField(blank=True, max_length=150)),
                ("parcels", models.JSONField(default=list)),
                ("donations", models.IntegerField(default=0)),
                ("amount", models.BigIntegerField(default=0)),
                ("detail", models.JSONField(default=dict)),
                (
                    "connector",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="runs", to="database.connectorrow"
                    ),
                ),
                ("tenant", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="database.tenant")),
            ],
            options={
                "indexes": [models.Index(fields=["connector", "started_at"], name="connector_runs")],
            },
        ),
        migrations.CreateModel(
            name="InternetCopyRow",
            fields=[
                ("document", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("parcel", models.CharField(max_length=40, unique=True)),
                ("permit", models.CharField(max_length=64)),
                ("layout", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("landed", "landed"),
                            ("sent", "sent"),
                            ("verified", "verified"),
                            ("erased", "erased"),
                        ],
                        max_length=10,
                    ),
                ),
                ("landed_at", models.DateTimeField()),
                ("erase_by", models.DateTimeField()),
                ("sent_as", models.CharField(blank=True, max_length=40)),
                ("donations", models.IntegerField(default=0)),
                ("amount", models.BigIntegerField(default=0)),
                ("by_year", models.JSONField(default=dict)),
                ("fault", models.TextField(blank=True)),
                ("erased_at", models.DateTimeField(null=True)),
                ("tenant", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="database.tenant")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["tenant", "state"], name="internet_copy_state"),
                    models.Index(fields=["tenant", "permit", "erase_by"], name="internet_copy_due"),
                ],
            },
        ),
    ]
