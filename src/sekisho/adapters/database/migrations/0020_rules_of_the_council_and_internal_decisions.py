"""A municipality holds the rules by which its council sits; the agency's own decision after an opinion has its row."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """One column of the municipality (none: the usual rule alone), and one table."""

    dependencies = [("database", "0019_runs_cut_off_and_copies_refused")]

    operations = [
        migrations.AddField(model_name="tenant", name="council_rules", field=models.JSONField(null=True)),
        migrations.CreateModel(
            name="InternalDecisionRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ballot_round", models.IntegerField()),
                ("outcome", models.CharField(max_length=10)),
                ("decided_at", models.DateTimeField()),
                ("document", models.BinaryField()),
                ("digest", models.CharField(max_length=64)),
                ("signatures", models.JSONField(default=list)),
                ("matter", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="database.matter")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("matter", "ballot_round"), name="internal_decision_once")
                ]
            },
        ),
    ]
