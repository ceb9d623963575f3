"""Keys to compare donations by, links with their evidence, questions to an officer, the log of answers."""

import django.db.models.deletion
from django.db import migrations, models

from sekisho.adapters.donations.areas import guard_tables


class Migration(migrations.Migration):
    """Who is the same donor."""


    dependencies = [
        ('database', '0012_keeping_and_erasing'),
        ('donations', '0010_one_stop_applications'),
    ]

    operations = [
        migrations.CreateModel(
            name='QuestionRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=12)),
                ('likelihood', models.FloatField(null=True)),
                ('state', models.CharField(max_length=10)),
                ('asked_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_by', models.CharField(blank=True, max_length=150)),
                ('left', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='donations.donationrow')),
                ('right', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='donations.donationrow')),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='database.tenant')),
            ],
        ),
        migrations.CreateModel(
            name='LinkLogRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('before', models.CharField(max_length=10)),
                ('after', models.CharField(max_length=10)),
                ('at', models.DateTimeField()),
                ('by', models.CharField(max_length=150)),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='database.tenant')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='log', to='donations.questionrow')),
            ],
        ),
        migrations.CreateModel(
            name='LinkKeyRow',
            fields=[
                ('donation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='link_keys', serialize=False, to='donations.donationrow')),
                ('intake', models.BigIntegerField()),
                ('own_donor', models.BigIntegerField()),
                ('name', models.CharField(blank=True, max_length=32)),
                ('surname', models.CharField(blank=True, max_length=32)),
                ('given', models.CharField(blank=True, max_length=32)),
                ('kana', models.CharField(blank=True, max_length=32)),
                ('given_kana', models.CharField(blank=True, max_length=32)),
                ('prefecture', models.CharField(blank=True, max_length=32)),
                ('address', models.CharField(blank=True, max_length=32)),
                ('room', models.CharField(blank=True, max_length=32)),
                ('telephone', models.CharField(blank=True, max_length=32)),
                ('mail', models.CharField(blank=True, max_length=32)),
                ('birth', models.CharField(blank=True, max_length=32)),
                ('name_birth', models.CharField(blank=True, max_length=32)),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='database.tenant')),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'intake'], name='link_by_intake'), models.Index(fields=['tenant', 'telephone'], name='link_by_telephone'), models.Index(fields=['tenant', 'mail'], name='link_by_mail'), models.Index(fields=['tenant', 'address'], name='link_by_address'), models.Index(fields=['tenant', 'name_birth'], name='link_by_name_birth')],
            },
        ),
        migrations.CreateModel(
            name='LinkRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tier', models.CharField(max_length=10)),
                ('rules', models.CharField(max_length=60)),
                ('agreeing', models.CharField(max_length=100)),
                ('differing', models.CharField(blank=True, max_length=100)),
                ('made_at', models.DateTimeField()),
                ('left', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='donations.donationrow')),
                ('right', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='donations.donationrow')),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='database.tenant')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant', 'left', 'right'), name='link_once')],
            },
        ),
        migrations.AddIndex(
            model_name='questionrow',
            index=models.Index(fields=['tenant', 'state'], name='link_question_by_state'),
        ),
        migrations.AddConstraint(
            model_name='questionrow',
            constraint=models.UniqueConstraint(fields=('tenant', 'left', 'right'), name='link_question_once'),
        ),
        guard_tables("linkkeyrow", "linkrow", "questionrow", "linklogrow"),
    ]
