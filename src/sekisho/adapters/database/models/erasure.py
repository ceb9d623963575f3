"""What is to be erased and by whom it was agreed, what is on legal hold, and what a contractor still keeps."""

from django.db import models

from sekisho.adapters.database.models.people import Tenant


class HoldRow(models.Model):
    """A legal hold (法的保全) on a crossing: its copies and their keys survive until two persons lift it."""

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT)
    hold = models.CharField(max_length=40)
    parcel = models.CharField(max_length=40, db_index=True)
    why = models.CharField(max_length=300)
    set_by = models.CharField(max_length=150)
    set_at = models.DateTimeField()
    agreed_by = models.CharField(max_length=150, default="", blank=True)
    lifted_by = models.CharField(max_length=150, default="", blank=True)
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        """One hold of a number in each municipality; a crossing has one at a time."""

        constraints = [
            models.UniqueConstraint(fields=["tenant", "hold"], name="hold_once"),
            models.UniqueConstraint(
                fields=["tenant", "parcel"], condition=models.Q(lifted_at__isnull=True), name="hold_one_at_a_time"
            ),
        ]


class ErasureListRow(models.Model):
    """A signed list of copies to erase (削除名簿), and how far it has come."""

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT)
    number = models.CharField(max_length=40)
    place = models.CharField(max_length=20)
    copies = models.BigIntegerField()
    kept = models.BigIntegerField()
    note = models.TextField()
    state = models.CharField(max_length=20)
    agreed_by = models.JSONField(default=list)
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        """One list of a number in each municipality; those that wait are found quickly."""

        constraints = [models.UniqueConstraint(fields=["tenant", "number"], name="erasure_list_once")]
        indexes = [models.Index(fields=["tenant", "state"], name="erasure_list_state")]


class ContractorCopyRow(models.Model):
    """A copy that a contractor was given: until when it may be kept there, and the certificate that it is gone.

    If it was delivered sealed: the digest of its container, until when the key is lent, how often it was given, and
    when, why and by whom the loan was ended.
    """

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT)
    parcel = models.CharField(max_length=40)
    permit = models.CharField(max_length=40)
    connection = models.CharField(max_length=64)
    counterpart = models.CharField(max_length=64)
    receipt = models.CharField(max_length=200)
    delivered_at = models.DateTimeField()
    erase_by = models.DateTimeField()
    certificate = models.BinaryField(null=True)
    certificate_digest = models.CharField(max_length=64, default="", blank=True)
    certified_at = models.DateTimeField(null=True)
    certified_by = models.CharField(max_length=150, default="", blank=True)
    container = models.CharField(max_length=64, default="", db_default="", blank=True)
    lent_until = models.DateTimeField(null=True)
    openings = models.IntegerField(default=0, db_default=0)
    opened_at = models.DateTimeField(null=True)
    loan_ended_at = models.DateTimeField(null=True)
    loan_end = models.CharField(max_length=20, default="", db_default="", blank=True)
    loan_ended_by = models.CharField(max_length=150, default="", db_default="", blank=True)
    loan_proof = models.JSONField(null=True)

    class Meta:
        """One copy a delivery; what is not certified is asked for at every arrival."""

        constraints = [models.UniqueConstraint(fields=["tenant", "parcel"], name="contractor_copy_once")]
        indexes = [
            models.Index(
                fields=["tenant", "connection", "erase_by"],
                condition=models.Q(certified_at__isnull=True),
                name="contractor_copy_kept",
            )
        ]
