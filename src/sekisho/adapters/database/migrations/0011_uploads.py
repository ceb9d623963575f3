"""Uploads in pieces that are under way."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """One table."""

    dependencies = [
        ("database", "0010_what_inspection_asks_for"),
    ]

    operations = [
        migrations.CreateModel(
            name="Upload",
            fields=[
                ("upload", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("credential_kind", models.CharField(max_length=20)),
                ("credential", models.CharField(max_length=300)),
                ("arrival", models.JSONField()),
                ("length", models.BigIntegerField()),
                ("offset", models.BigIntegerField(default=0)),
                ("pieces", models.JSONField(default=list)),
                (
                    "state",
                    models.CharField(choices=[("open", "open"), ("done", "done"), ("gone", "gone")], max_length=10),
                ),
                ("answer", models.JSONField(null=True)),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                (
                    "tenant",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="database.tenant"),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["state", "expires_at"], name="upload_open")],
            },
        ),
    ]
