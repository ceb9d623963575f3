"""Where every parcel is in the corridor, and what makes a repeated step harmless."""

from django.db import models

from sekisho.adapters.database.models.people import Tenant


class ParcelState(models.TextChoices):
    """Where a parcel is."""

    RECEIVED = "received", "受付済"
    CLEARED = "cleared", "検査済"
    HELD = "held", "保留"
    REFUSED = "refused", "拒否"
    TURNED_AWAY = "turned_away", "入口で拒否"
    LEAVING = "leaving", "送出中"
    DELIVERED = "delivered", "引渡し済"
    ERASING = "erasing", "削除中"
    ERASED = "erased", "削除済"


class Parcel(models.Model):
    """The state row of one parcel. Bytes up to 64 KiB lie here as ciphertext, larger ones in a file of their own."""

    parcel = models.CharField(primary_key=True, max_length=40)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT)
    connection = models.CharField(max_length=64)
    permit = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=20, choices=ParcelState.choices)
    outcome = models.CharField(max_length=20, choices=ParcelState.choices)
    passage = models.JSONField(default=dict)
    size = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    place = models.CharField(max_length=80, blank=True)
    inline = models.BinaryField(null=True)
    found = models.JSONField(null=True)
    reasons = models.JSONField(default=list)
    strip = models.JSONField(default=list)
    mask = models.JSONField(null=True)
    cargo = models.JSONField(null=True)
    cargo_inline = models.BinaryField(null=True)
    acknowledgement = models.JSONField(null=True)
    proof = models.JSONField(null=True)
    received_at = models.DateTimeField()
    received_on = models.DateField()
    erase_by = models.DateTimeField(null=True)
    hold = models.CharField(max_length=40, default="", db_default="", blank=True)
    erasure_list = models.CharField(max_length=40, default="", db_default="", blank=True)
    next_try = models.DateTimeField(null=True)
    tries = models.IntegerField(default=0, db_default=0)

    class Meta:
        """The questions that screens and caveats ask."""

        indexes = [
            models.Index(fields=["tenant", "permit", "received_on"], name="parcel_of_day"),
            models.Index(fields=["tenant", "received_at"], name="parcel_recent"),
            models.Index(fields=["state"], name="parcel_state"),
            # Every arrival asks for overdue copies; what is erased is not among those to look through.
            models.Index(
                fields=["tenant", "connection", "erase_by"], condition=models.Q(proof__isnull=True), name="parcel_kept"
            ),
        ]


class Ticket(models.Model):
    """A single-use ticket for an upload, bound to person, terminal and connection. Only its digest is kept."""

    digest = models.CharField(primary_key=True, max_length=64)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT)
    person = models.CharField(max_length=150)
    terminal = models.CharField(max_length=64)
    connection = models.CharField(max_length=64)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    parcel = models.CharField(max_length=40, blank=True)
    factors = models.JSONField(default=list)
    without = models.JSONField(default=list)


class UploadState(models.TextChoices):
    """Where an upload in pieces is: under way, received as a parcel, or given up and gone."""

    OPEN = "open", "open"
    DONE = "done", "done"
    GONE = "gone", "gone"


class Upload(models.Model):
    """An upload in pieces. The pieces are ciphertext under a key of its own; only the digest of its address is kept."""

    upload = models.CharField(primary_key=True, max_length=64)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT)
    credential_kind = models.CharField(max_length=20)
    credential = models.CharField(max_length=300)
    arrival = models.JSONField()
    length = models.BigIntegerField()
    offset = models.BigIntegerField(default=0)
    pieces = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=UploadState.choices)
    answer = models.JSONField(null=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        """What is looked for when uploads that were not finished are swept."""

        indexes = [models.Index(fields=["state", "expires_at"], name="upload_open")]


class IdempotencyKey(models.Model):
    """What was answered to a machine's key, so that a lost 201 can be asked for again."""

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT)
    bearer = models.CharField(max_length=200)
    key = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    answer = models.JSONField()

    class Meta:
        """One answer to one key of one bearer."""

        constraints = [models.UniqueConstraint(fields=["tenant", "bearer", "key"], name="key_once")]


class Effect(models.Model):
    """That a step of a flow has been done, written in the transaction of what it did."""

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT)
    workflow = models.CharField(max_length=40)
    step = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        """A step is done once."""

        constraints = [models.UniqueConstraint(fields=["workflow", "step"], name="step_once")]


class CanaryRow(models.Model):
    """A text that stands in a made-up record of one municipality, and must never appear in another one's parcels."""

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT)
    text = models.CharField(max_length=200)
    registered_at = models.DateTimeField()

    class Meta:
        """A canary is registered once."""

        constraints = [models.UniqueConstraint(fields=["tenant", "text"], name="canary_once")]
