"""The council's rule about yearly self-checks, their rounds, and the answers of each."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Three tables; without a row in the first the usual rule holds."""

    dependencies = [
        ("database", "0015_when_a_copy_was_tried"),
    ]

    operations = [
        migrations.CreateModel(
            name="SelfCheckRuleRow",
            fields=[
                (
                    "tenant",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        serialize=False,
                        to="database.tenant",
                    ),
                ),
                ("years", models.IntegerField()),
                ("notice_days", models.IntegerField()),
                ("on_overdue", models.CharField(max_length=20)),
            ],
        ),
        migrations.CreateModel(
            name="SelfCheckRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=30)),
                ("consultation", models.CharField(max_length=20)),
                ("department", models.CharField(max_length=64)),
                ("version", models.IntegerField()),
                ("dossier_digest", models.CharField(max_length=64)),
                ("since", models.DateField()),
                ("due", models.DateField()),
                ("state", models.CharField(max_length=20)),
                ("answered_by", models.JSONField(default=list)),
                ("submitted_by", models.JSONField(default=list)),
                ("submitted_on", models.DateField(null=True)),
                ("verified_by", models.CharField(blank=True, max_length=150)),
                ("verified_on", models.DateField(null=True)),
                ("facts", models.JSONField(null=True)),
                ("remark", models.TextField(blank=True)),
                ("followed", models.TextField(blank=True)),
                ("tenant", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="database.tenant")),
            ],
        ),
        migrations.CreateModel(
            name="SelfCheckAnswerRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=300)),
                ("result", models.CharField(max_length=20)),
                ("what", models.TextField(blank=True)),
                ("since", models.DateField(null=True)),
                ("evidence", models.TextField(blank=True)),
                ("evidence_digest", models.CharField(blank=True, max_length=64)),
                ("by", models.CharField(max_length=150)),
                (
                    "self_check",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="database.selfcheckrow"),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="selfcheckrow",
            index=models.Index(fields=["tenant", "consultation"], name="self_check_of"),
        ),
        migrations.AddConstraint(
            model_name="selfcheckrow",
            constraint=models.UniqueConstraint(fields=("tenant", "number"), name="self_check_once"),
        ),
        migrations.AddConstraint(
            model_name="selfcheckanswerrow",
            constraint=models.UniqueConstraint(fields=("self_check", "key"), name="self_check_answer_once"),
        ),
    ]
