"""Who issues an area's papers, and how long it keeps what it knows."""

import django.db.models.deletion
from django.db import migrations, models

from sekisho.adapters.donations.areas import guard_tables


class Migration(migrations.Migration):
    """What an area says of itself."""

    dependencies = [
        ('database', '0012_keeping_and_erasing'),
        ('donations', '0002_areas_apart'),
    ]

    operations = [
        migrations.CreateModel(
            name='AreaRow',
            fields=[
                ('tenant', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='database.tenant')),
                ('issuer', models.CharField(max_length=100)),
                ('contact', models.CharField(blank=True, max_length=200)),
                ('donation_years', models.IntegerField(default=7)),
                ('invitation_years', models.IntegerField(default=1)),
            ],
        ),
        guard_tables("arearow"),
    ]
