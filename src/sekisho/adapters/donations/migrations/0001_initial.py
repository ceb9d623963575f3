"""Donations, donors, responses, what came in and what was printed. Written by Django."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The first tables of the donation manager."""

    initial = True

    dependencies = [
        ('database', '0012_keeping_and_erasing'),
    ]

    operations = [
        migrations.CreateModel(
            name='DonorRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('opted_out_at', models.DateTimeField(null=True)),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='database.tenant')),
            ],
        ),
        migrations.CreateModel(
            name='IntakeRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('parcel', models.CharField(max_length=64)),
                ('door', models.CharField(max_length=20)),
                ('portal', models.CharField(blank=True, max_length=20)),
                ('sha256', models.CharField(max_length=64)),
                ('size', models.BigIntegerField()),
                ('records', models.IntegerField()),
                ('amount', models.BigIntegerField()),
                ('new', models.IntegerField()),
                ('known', models.IntegerField()),
                ('digests', models.BinaryField()),
                ('taken_at', models.DateTimeField()),
                ('sender', models.CharField(max_length=64)),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='database.tenant')),
            ],
        ),
        migrations.CreateModel(
            name='DonationRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('portal', models.CharField(max_length=20)),
                ('order_search', models.CharField(max_length=32)),
                ('digest', models.BinaryField(max_length=32)),
                ('status', models.CharField(max_length=8)),
                ('ordered_on', models.DateField()),
                ('paid_on', models.DateField(null=True)),
                ('year', models.IntegerField(null=True)),
                ('amount', models.BigIntegerField()),
                ('prefecture', models.SmallIntegerField(default=0)),
                ('one_stop', models.BooleanField(default=False)),
                ('purpose', models.CharField(blank=True, max_length=200)),
                ('gift_code', models.CharField(blank=True, max_length=60)),
                ('gift_name', models.CharField(blank=True, max_length=300)),
                ('quantity', models.IntegerField(null=True)),
                ('name_search', models.CharField(blank=True, max_length=32)),
                ('kana_search', models.CharField(blank=True, max_length=32)),
                ('address_search', models.CharField(blank=True, max_length=32)),
                ('telephone_search', models.CharField(blank=True, max_length=32)),
                ('mail_search', models.CharField(blank=True, max_length=32)),
                ('sealed', models.BinaryField()),
                ('keep_until', models.DateField()),
                ('invite_until', models.DateField(null=True)),
                ('erased_at', models.DateTimeField(null=True)),
                ('proof', models.TextField(blank=True, default='')),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='database.tenant')),
                ('donor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='donations.donorrow')),
                ('intake', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='donations.intakerow')),
            ],
        ),
        migrations.CreateModel(
            name='ResponseRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('answered_at', models.DateTimeField()),
                ('channel', models.CharField(max_length=8)),
                ('subject', models.CharField(max_length=20)),
                ('closed', models.BooleanField(default=False)),
                ('sealed', models.BinaryField()),
                ('person', models.CharField(blank=True, max_length=150)),
                ('donation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='responses', to='donations.donationrow')),
                ('intake', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='donations.intakerow')),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='database.tenant')),
            ],
        ),
        migrations.CreateModel(
            name='RunRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('year', models.IntegerField()),
                ('pieces', models.IntegerField()),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('verified', models.IntegerField(default=0)),
                ('state', models.CharField(max_length=20)),
                ('made_by', models.CharField(max_length=150)),
                ('made_at', models.DateTimeField()),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='database.tenant')),
            ],
        ),
        migrations.CreateModel(
            name='PaperRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('year', models.IntegerField()),
                ('number', models.IntegerField()),
                ('copy', models.IntegerField(default=0)),
                ('donation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='donations.donationrow')),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='database.tenant')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='donations.runrow')),
            ],
        ),
        migrations.AddIndex(
            model_name='intakerow',
            index=models.Index(fields=['tenant', 'taken_at'], name='intake_by_time'),
        ),
        migrations.AddConstraint(
            model_name='intakerow',
            constraint=models.UniqueConstraint(fields=('tenant', 'parcel'), name='intake_once'),
        ),
        migrations.AddIndex(
            model_name='donationrow',
            index=models.Index(fields=['tenant', 'year', 'paid_on'], name='donation_by_year'),
        ),
        migrations.AddIndex(
            model_name='donationrow',
            index=models.Index(fields=['tenant', 'keep_until'], name='donation_due'),
        ),
        migrations.AddIndex(
            model_name='donationrow',
            index=models.Index(fields=['tenant', 'name_search'], name='donation_by_name'),
        ),
        migrations.AddIndex(
            model_name='donationrow',
            index=models.Index(fields=['tenant', 'kana_search'], name='donation_by_kana'),
        ),
        migrations.AddIndex(
            model_name='donationrow',
            index=models.Index(fields=['tenant', 'address_search'], name='donation_by_address'),
        ),
        migrations.AddIndex(
            model_name='donationrow',
            index=models.Index(fields=['tenant', 'telephone_search'], name='donation_by_telephone'),
        ),
        migrations.AddIndex(
            model_name='donationrow',
            index=models.Index(fields=['tenant', 'mail_search'], name='donation_by_mail'),
        ),
        migrations.AddConstraint(
            model_name='donationrow',
            constraint=models.UniqueConstraint(fields=('tenant', 'portal', 'order_search'), name='donation_once'),
        ),
        migrations.AddConstraint(
            model_name='responserow',
            constraint=models.UniqueConstraint(fields=('tenant', 'donation', 'answered_at'), name='response_once'),
        ),
        migrations.AddConstraint(
            model_name='paperrow',
            constraint=models.UniqueConstraint(fields=('tenant', 'kind', 'year', 'number', 'copy'), name='paper_once'),
        ),
        migrations.AddConstraint(
            model_name='paperrow',
            constraint=models.UniqueConstraint(fields=('tenant', 'kind', 'donation', 'copy'), name='paper_of_a_donation_once'),
        ),
    ]
