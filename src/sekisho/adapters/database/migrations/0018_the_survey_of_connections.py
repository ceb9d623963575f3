"""The survey of connections: logs that were read, findings, campaigns with their answers, lists."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Five tables."""

    dependencies = [("database", "0017_gathered_questions_and_raised_conditions")]

    operations = [
        migrations.CreateModel(
            name='CampaignRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('campaign', models.CharField(max_length=20)),
                ('label', models.CharField(max_length=200)),
                ('due', models.DateField()),
                ('state', models.CharField(max_length=20)),
                ('opened_by', models.CharField(max_length=150)),
                ('opened_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(null=True)),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='database.tenant')),
            ],
        ),
        migrations.CreateModel(
            name='EgressLogRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64)),
                ('name', models.CharField(max_length=200)),
                ('format', models.CharField(max_length=20)),
                ('lines', models.BigIntegerField()),
                ('unread', models.BigIntegerField()),
                ('unread_lines', models.JSONField(default=list)),
                ('first_seen', models.DateTimeField(null=True)),
                ('last_seen', models.DateTimeField(null=True)),
                ('taken_at', models.DateTimeField()),
                ('taken_by', models.CharField(max_length=150)),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='database.tenant')),
            ],
        ),
        migrations.CreateModel(
            name='FindingRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('finding', models.CharField(max_length=20)),
                ('source', models.CharField(max_length=200)),
                ('department', models.CharField(blank=True, max_length=64)),
                ('host', models.CharField(max_length=253)),
                ('port', models.IntegerField()),
                ('received', models.CharField(max_length=253)),
                ('origin', models.CharField(max_length=20)),
                ('state', models.CharField(max_length=30)),
                ('why', models.CharField(blank=True, max_length=30)),
                ('permit', models.CharField(blank=True, max_length=40)),
                ('connection', models.CharField(blank=True, max_length=64)),
                ('detail', models.CharField(blank=True, max_length=300)),
                ('first_seen', models.DateTimeField()),
                ('last_seen', models.DateTimeField()),
                ('passed_at', models.DateTimeField(null=True)),
                ('turned_away_at', models.DateTimeField(null=True)),
                ('times', models.BigIntegerField(default=0)),
                ('turned_away', models.BigIntegerField(default=0)),
                ('up', models.BigIntegerField(default=-1)),
                ('down', models.BigIntegerField(default=-1)),
                ('triage', models.CharField(blank=True, max_length=20)),
                ('owner', models.CharField(blank=True, max_length=150)),
                ('due', models.DateField(null=True)),
                ('answer', models.JSONField(default=dict)),
                ('answered_by', models.CharField(blank=True, max_length=150)),
                ('remark', models.TextField(blank=True)),
                ('matter', models.CharField(blank=True, max_length=20)),
                ('proof', models.CharField(blank=True, max_length=300)),
                ('proved_at', models.DateTimeField(null=True)),
                ('checked_by', models.CharField(blank=True, max_length=150)),
                ('reported_in', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='database.meeting')),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='database.tenant')),
            ],
        ),
        migrations.CreateModel(
            name='ReturnRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('department', models.CharField(max_length=64)),
                ('state', models.CharField(max_length=20)),
                ('systems', models.JSONField(default=list)),
                ('signed_by', models.CharField(blank=True, max_length=150)),
                ('signed_at', models.DateTimeField(null=True)),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='returns', to='database.campaignrow')),
            ],
        ),
        migrations.CreateModel(
            name='SurveyListRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('rows', models.JSONField()),
                ('kept_by', models.CharField(max_length=150)),
                ('kept_at', models.DateTimeField()),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='database.tenant')),
            ],
        ),
        migrations.AddConstraint(
            model_name='campaignrow',
            constraint=models.UniqueConstraint(fields=('tenant', 'campaign'), name='campaign_once'),
        ),
        migrations.AddConstraint(
            model_name='egresslogrow',
            constraint=models.UniqueConstraint(fields=('tenant', 'digest'), name='egress_log_once'),
        ),
        migrations.AddConstraint(
            model_name='findingrow',
            constraint=models.UniqueConstraint(fields=('tenant', 'finding'), name='finding_once'),
        ),
        migrations.AddConstraint(
            model_name='findingrow',
            constraint=models.UniqueConstraint(fields=('tenant', 'source', 'host', 'port'), name='finding_of_a_connection_once'),
        ),
        migrations.AddConstraint(
            model_name='returnrow',
            constraint=models.UniqueConstraint(fields=('campaign', 'department'), name='return_once'),
        ),
    ]
