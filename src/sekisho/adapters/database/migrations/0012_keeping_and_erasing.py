"""Legal holds, signed lists of what is erased, what contractors keep, and when a delivery is tried again."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Keeping and erasing."""

    dependencies = [
        ('database', '0011_uploads'),
    ]

    operations = [
        migrations.AddField(
            model_name='document',
            name='proof',
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name='parcel',
            name='hold',
            field=models.CharField(blank=True, db_default='', default='', max_length=40),
        ),
        migrations.AddField(
            model_name='parcel',
            name='erasure_list',
            field=models.CharField(blank=True, db_default='', default='', max_length=40),
        ),
        migrations.AddField(
            model_name='parcel',
            name='next_try',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='parcel',
            name='tries',
            field=models.IntegerField(db_default=0, default=0),
        ),
        migrations.CreateModel(
            name='ContractorCopyRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('parcel', models.CharField(max_length=40)),
                ('permit', models.CharField(max_length=40)),
                ('connection', models.CharField(max_length=64)),
                ('counterpart', models.CharField(max_length=64)),
                ('receipt', models.CharField(max_length=200)),
                ('delivered_at', models.DateTimeField()),
                ('erase_by', models.DateTimeField()),
                ('certificate', models.BinaryField(null=True)),
                ('certificate_digest', models.CharField(blank=True, default='', max_length=64)),
                ('certified_at', models.DateTimeField(null=True)),
                ('certified_by', models.CharField(blank=True, default='', max_length=150)),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='database.tenant')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('certified_at__isnull', True)), fields=['tenant', 'permit', 'erase_by'], name='contractor_copy_kept')],
                'constraints': [models.UniqueConstraint(fields=('tenant', 'parcel'), name='contractor_copy_once')],
            },
        ),
        migrations.CreateModel(
            name='ErasureListRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=40)),
                ('place', models.CharField(max_length=20)),
                ('copies', models.BigIntegerField()),
                ('kept', models.BigIntegerField()),
                ('note', models.TextField()),
                ('state', models.CharField(max_length=20)),
                ('agreed_by', models.JSONField(default=list)),
                ('made_at', models.DateTimeField()),
                ('done_at', models.DateTimeField(null=True)),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='database.tenant')),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'state'], name='erasure_list_state')],
                'constraints': [models.UniqueConstraint(fields=('tenant', 'number'), name='erasure_list_once')],
            },
        ),
        migrations.CreateModel(
            name='HoldRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('hold', models.CharField(max_length=40)),
                ('parcel', models.CharField(db_index=True, max_length=40)),
                ('why', models.CharField(max_length=300)),
                ('set_by', models.CharField(max_length=150)),
                ('set_at', models.DateTimeField()),
                ('agreed_by', models.CharField(blank=True, default='', max_length=150)),
                ('lifted_by', models.CharField(blank=True, default='', max_length=150)),
                ('lifted_at', models.DateTimeField(null=True)),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='database.tenant')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant', 'hold'), name='hold_once'), models.UniqueConstraint(condition=models.Q(('lifted_at__isnull', True)), fields=('tenant', 'parcel'), name='hold_one_at_a_time')],
            },
        ),
    ]
