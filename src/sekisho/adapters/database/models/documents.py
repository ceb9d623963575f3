"""Documents that landed inside the house: for whom, until when, and their ciphertext."""

from django.db import models

from sekisho.adapters.database.models.people import Tenant


class Document(models.Model):
    """A landed document. Only its named recipients open it, and every opening is an entry in the ledger."""

    document = models.CharField(primary_key=True, max_length=40)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT)
    parcel = models.CharField(max_length=40, unique=True)
    layout = models.CharField(max_length=64)
    records = models.IntegerField()
    recipients = models.JSONField()
    landed_at = models.DateTimeField()
    erase_by = models.DateTimeField()
    size = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    place = models.CharField(max_length=80)
    inline = models.BinaryField(null=True)
    summary = models.JSONField(default=dict)
    proof = models.JSONField(null=True)
