"""PostgreSQL itself keeps the areas apart: no row of another municipality is seen or written, whatever is asked."""

from django.db import migrations

from sekisho.adapters.donations.areas import guard_tables


class Migration(migrations.Migration):
    """Row-level security on every table of an area."""

    dependencies = [("donations", "0001_initial")]

    operations = [guard_tables("intakerow", "donorrow", "donationrow", "responserow", "runrow", "paperrow")]
