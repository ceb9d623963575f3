"""Conditions of what was decided before the procedure was kept here, and changes that did not go to the council."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """A condition may have no matter; a lighter change has a row until a meeting has heard of it, and after."""

    dependencies = [
        ("database", "0012_keeping_and_erasing"),
    ]

    operations = [
        migrations.AlterField(
            model_name="conditionrow",
            name="matter",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, to="database.matter"
            ),
        ),
        migrations.CreateModel(
            name="LighterChangeRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.IntegerField()),
                ("weight", models.CharField(max_length=10)),
                ("fields", models.JSONField(default=list)),
                ("by", models.CharField(max_length=150)),
                ("at", models.DateTimeField()),
                ("matter", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="database.matter")),
                (
                    "reported_in",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, to="database.meeting"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="lighterchangerow",
            constraint=models.UniqueConstraint(fields=("matter", "version"), name="lighter_change_once"),
        ),
    ]
