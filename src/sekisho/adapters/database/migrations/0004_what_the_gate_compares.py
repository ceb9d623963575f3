"""Entries say which permit, conditions or assessment they speak of; a start is agreed to; where assessments stand."""

import django.db.models.deletion
from django.db import migrations, models

from sekisho.kernel import decode_entry, subject_of

_COMPARED = ("permit_", "condition_", "proof_", "assessment_standing")


def name_subjects(apps, schema_editor):
    """Give the entries that were written before their subject, from their own bodies."""
    rows = apps.get_model("database", "EntryRow").objects
    chosen = models.Q()
    for each in _COMPARED:
        chosen |= models.Q(kind__startswith=each)
    for entry, body in list(rows.filter(chosen).values_list("id", "body")):
        rows.filter(pk=entry).update(subject=subject_of(decode_entry(bytes(body))))


class Migration(migrations.Migration):
    """What the gate compares with the ledger at every decision."""

    dependencies = [("database", "0003_the_council")]

    operations = [
        migrations.AddField(
            model_name="entryrow",
            name="subject",
            field=models.CharField(blank=True, default="", max_length=80),
        ),
        migrations.AddField(
            model_name="permitrow",
            name="start_agreed_by",
            field=models.CharField(blank=True, default="", max_length=150),
        ),
        migrations.AddField(model_name="ticket", name="factors", field=models.JSONField(default=list)),
        migrations.CreateModel(
            name="AssessmentStandingRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("assessment", models.CharField(max_length=64)),
                ("in_force_from", models.DateTimeField()),
                ("in_force_until", models.DateTimeField(null=True)),
                ("opinion", models.CharField(max_length=20)),
                (
                    "tenant",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="database.tenant"),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="assessmentstandingrow",
            constraint=models.UniqueConstraint(fields=("tenant", "assessment"), name="assessment_standing_once"),
        ),
        migrations.AddIndex(
            model_name="entryrow",
            index=models.Index(
                condition=models.Q(("subject__gt", "")), fields=["tenant", "subject", "id"], name="entry_subject"
            ),
        ),
        migrations.RunPython(name_subjects, migrations.RunPython.noop),
    ]
