"""One-stop applications, their numbers and pictures apart, and the notices made of them. Written by Django."""

import django.db.models.deletion
from django.db import migrations, models

from sekisho.adapters.donations.areas import guard_tables


class Migration(migrations.Migration):
    """The tables of one-stop applications and notices, each in its area."""

    dependencies = [
        ('database', '0012_keeping_and_erasing'),
        ('donations', '0003_what_an_area_says'),
    ]

    operations = [
        migrations.CreateModel(
            name='NoticeBatchRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('batch', models.CharField(max_length=40)),
                ('year', models.IntegerField()),
                ('destination', models.CharField(max_length=6)),
                ('issued_on', models.DateField()),
                ('rows', models.IntegerField()),
                ('total', models.BigIntegerField()),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('road', models.CharField(max_length=10)),
                ('state', models.CharField(max_length=20)),
                ('parcel', models.CharField(blank=True, max_length=64)),
                ('receipt', models.CharField(blank=True, max_length=64)),
                ('made_by', models.CharField(max_length=150)),
                ('terminal', models.CharField(blank=True, max_length=64)),
                ('made_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(null=True)),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='database.tenant')),
            ],
        ),
        migrations.CreateModel(
            name='NoticeRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reception', models.CharField(max_length=20)),
                ('action', models.CharField(max_length=4)),
                ('total', models.BigIntegerField()),
                ('applications', models.JSONField()),
                ('returned', models.CharField(blank=True, max_length=40)),
                ('returned_kind', models.CharField(blank=True, max_length=20)),
                ('belongs_to', models.CharField(blank=True, max_length=6)),
                ('returned_at', models.DateTimeField(null=True)),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='donations.noticebatchrow')),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='database.tenant')),
            ],
        ),
        migrations.CreateModel(
            name='OneStopPolicyRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.IntegerField()),
                ('forms_until', models.DateField(null=True)),
                ('on_paper', models.JSONField(default=list)),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='database.tenant')),
            ],
        ),
        migrations.CreateModel(
            name='OneStopRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=20)),
                ('year', models.IntegerField()),
                ('state', models.CharField(max_length=20)),
                ('route', models.CharField(blank=True, max_length=10)),
                ('received_on', models.DateField(null=True)),
                ('amount', models.BigIntegerField()),
                ('donated_on', models.DateField()),
                ('keyed', models.BinaryField(null=True)),
                ('keyed_by', models.CharField(blank=True, max_length=150)),
                ('verified_by', models.CharField(blank=True, max_length=150)),
                ('sealed', models.BinaryField(null=True)),
                ('row_seal', models.CharField(blank=True, max_length=64)),
                ('person_search', models.CharField(blank=True, max_length=64)),
                ('identity', models.JSONField(default=list)),
                ('deficiencies', models.JSONField(default=list)),
                ('asked_at', models.DateTimeField(null=True)),
                ('link_search', models.CharField(max_length=64)),
                ('tries', models.IntegerField(default=0)),
                ('closed_until', models.DateTimeField(null=True)),
                ('keep_until', models.DateField()),
                ('number_proof', models.TextField(blank=True, default='')),
                ('changed_at', models.DateTimeField()),
                ('donation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='one_stop_cases', to='donations.donationrow')),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='database.tenant')),
            ],
        ),
        migrations.CreateModel(
            name='NumberRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sealed', models.BinaryField()),
                ('kept_at', models.DateTimeField()),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='database.tenant')),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='number_apart', to='donations.onestoprow')),
            ],
        ),
        migrations.CreateModel(
            name='IdentityImageRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('image', models.CharField(max_length=64, unique=True)),
                ('kind', models.CharField(max_length=20)),
                ('media_type', models.CharField(max_length=40)),
                ('sha256', models.CharField(max_length=64)),
                ('sealed', models.BinaryField(null=True)),
                ('added_by', models.CharField(max_length=150)),
                ('added_at', models.DateTimeField()),
                ('erase_on', models.DateField()),
                ('erased_at', models.DateTimeField(null=True)),
                ('proof', models.TextField(blank=True, default='')),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='database.tenant')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='images', to='donations.onestoprow')),
            ],
        ),
        migrations.AddIndex(
            model_name='noticebatchrow',
            index=models.Index(fields=['tenant', 'year', 'state'], name='notice_batch_by_state'),
        ),
        migrations.AddConstraint(
            model_name='noticebatchrow',
            constraint=models.UniqueConstraint(fields=('tenant', 'batch'), name='notice_batch_once'),
        ),
        migrations.AddIndex(
            model_name='noticerow',
            index=models.Index(fields=['tenant', 'reception'], name='notice_by_number'),
        ),
        migrations.AddConstraint(
            model_name='noticerow',
            constraint=models.UniqueConstraint(fields=('batch', 'reception'), name='notice_once_in_a_batch'),
        ),
        migrations.AddConstraint(
            model_name='onestoppolicyrow',
            constraint=models.UniqueConstraint(fields=('tenant', 'year'), name='one_stop_policy_once'),
        ),
        migrations.AddIndex(
            model_name='onestoprow',
            index=models.Index(fields=['tenant', 'year', 'state'], name='one_stop_by_state'),
        ),
        migrations.AddIndex(
            model_name='onestoprow',
            index=models.Index(fields=['tenant', 'keep_until'], name='one_stop_due'),
        ),
        migrations.AddConstraint(
            model_name='onestoprow',
            constraint=models.UniqueConstraint(fields=('tenant', 'number'), name='one_stop_once'),
        ),
        migrations.AddConstraint(
            model_name='onestoprow',
            constraint=models.UniqueConstraint(fields=('tenant', 'donation'), name='one_stop_of_a_donation_once'),
        ),
        migrations.AddConstraint(
            model_name='onestoprow',
            constraint=models.UniqueConstraint(fields=('link_search',), name='one_stop_by_link'),
        ),
        migrations.AddIndex(
            model_name='identityimagerow',
            index=models.Index(fields=['tenant', 'erase_on'], name='identity_image_due'),
        ),
        guard_tables(
            "onestoprow", "onestoppolicyrow", "numberrow", "identityimagerow", "noticebatchrow", "noticerow"
        ),
    ]
