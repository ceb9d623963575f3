"""Witnesses of a ledger, what they signed, and the keeping period of entries."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Three tables."""

    dependencies = [
        ('database', '0008_what_an_assessment_covers'),
    ]

    operations = [
        migrations.CreateModel(
            name='LedgerCare',
            fields=[
                ('tenant', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='database.tenant')),
                ('keeping_days', models.PositiveIntegerField(null=True)),
                ('held_because', models.TextField(blank=True, default='')),
                ('pruned_until', models.BigIntegerField(default=0)),
                ('pruned_at', models.DateTimeField(null=True)),
                ('stopped_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='CosignatureRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('size', models.BigIntegerField()),
                ('witness', models.CharField(max_length=60)),
                ('line', models.TextField()),
                ('signed_at', models.DateTimeField()),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='database.tenant')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant', 'size', 'witness'), name='cosignature_once')],
            },
        ),
        migrations.CreateModel(
            name='WitnessRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60)),
                ('key', models.TextField()),
                ('address', models.CharField(blank=True, default='', max_length=200)),
                ('every_hours', models.PositiveIntegerField(default=24)),
                ('appointed_at', models.DateTimeField()),
                ('size', models.BigIntegerField(default=0)),
                ('signed_at', models.DateTimeField(null=True)),
                ('asked_at', models.DateTimeField(null=True)),
                ('objection', models.CharField(blank=True, default='', max_length=30)),
                ('objected_size', models.BigIntegerField(default=0)),
                ('silent', models.BooleanField(default=False)),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='database.tenant')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant', 'name'), name='witness_once')],
            },
        ),
    ]
