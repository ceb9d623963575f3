"""A contractor's copy that was delivered sealed: its container, and the loan of its key."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Columns that are empty of every copy that was delivered as it was before."""

    dependencies = [("database", "0026_masked_items")]

    operations = [
        migrations.AddField(
            model_name="contractorcopyrow",
            name="container",
            field=models.CharField(blank=True, db_default="", default="", max_length=64),
        ),
        migrations.AddField(
            model_name="contractorcopyrow", name="lent_until", field=models.DateTimeField(null=True)
        ),
        migrations.AddField(
            model_name="contractorcopyrow", name="openings", field=models.IntegerField(db_default=0, default=0)
        ),
        migrations.AddField(model_name="contractorcopyrow", name="opened_at", field=models.DateTimeField(null=True)),
        migrations.AddField(
            model_name="contractorcopyrow", name="loan_ended_at", field=models.DateTimeField(null=True)
        ),
        migrations.AddField(
            model_name="contractorcopyrow",
            name="loan_end",
            field=models.CharField(blank=True, db_default="", default="", max_length=20),
        ),
        migrations.AddField(
            model_name="contractorcopyrow",
            name="loan_ended_by",
            field=models.CharField(blank=True, db_default="", default="", max_length=150),
        ),
        migrations.AddField(model_name="contractorcopyrow", name="loan_proof", field=models.JSONField(null=True)),
    ]
