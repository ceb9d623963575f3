"""One-stop applications: the case, its Individual Number apart, its identity documents, and the notices made of it."""

from django.db import models

from sekisho.adapters.database.models import Tenant
from sekisho.adapters.donations.models.donations import DonationRow


class OneStopRow(models.Model):
    """One application for one donation: codes, days and states plain; the person sealed, the number elsewhere.

    `person_search` is an HMAC of the Individual Number under a key of its own: it says that two rows name one number,
    and to nobody which. `link_search` is that of the code printed on the receipt, by which the donor comes here.
    """

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT)
    number = models.CharField(max_length=20)
    year = models.IntegerField()
    donation = models.ForeignKey(DonationRow, on_delete=models.PROTECT, related_name="one_stop_cases")
    state = models.CharField(max_length=20)
    route = models.CharField(max_length=10, blank=True)
    received_on = models.DateField(null=True)
    amount = models.BigIntegerField()
    donated_on = models.DateField()
    keyed = models.BinaryField(null=True)
    keyed_by = models.CharField(max_length=150, blank=True)
    verified_by = models.CharField(max_length=150, blank=True)
    sealed = models.BinaryField(null=True)
    row_seal = models.CharField(max_length=64, blank=True)
    person_search = models.CharField(max_length=64, blank=True)
    identity = models.JSONField(default=list)
    deficiencies = models.JSONField(default=list)
    asked_at = models.DateTimeField(null=True)
    link_search = models.CharField(max_length=64)
    tries = models.IntegerField(default=0)
    closed_until = models.DateTimeField(null=True)
    keep_until = models.DateField()
    number_proof = models.TextField(blank=True, default="")
    changed_at = models.DateTimeField()

    class Meta:
        """One number a case, one case a donation, one code a case."""

        constraints = [
            models.UniqueConstraint(fields=["tenant", "number"], name="one_stop_once"),
            models.UniqueConstraint(fields=["tenant", "donation"], name="one_stop_of_a_donation_once"),
            models.UniqueConstraint(fields=["link_search"], name="one_stop_by_link"),
        ]
        indexes = [
            models.Index(fields=["tenant", "year", "state"], name="one_stop_by_state"),
            models.Index(fields=["tenant", "keep_until"], name="one_stop_due"),
        ]


class OneStopPolicyRow(models.Model):
    """What a municipality decided about one year: the last day for forms, and which destinations take paper only."""

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT)
    year = models.IntegerField()
    forms_until = models.DateField(null=True)
    on_paper = models.JSONField(default=list)

    class Meta:
        """One row a year."""

        constraints = [models.UniqueConstraint(fields=["tenant", "year"], name="one_stop_policy_once")]


class NumberRow(models.Model):
    """An Individual Number, and nothing else: sealed under a key of its own, in a table of its own."""

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT)
    case = models.OneToOneField(OneStopRow, on_delete=models.PROTECT, related_name="number_apart")
    sealed = models.BinaryField()
    kept_at = models.DateTimeField()


class IdentityImageRow(models.Model):
    """A picture of a form or an identity document, sealed under a key of its own, with the day of its erasure."""

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT)
    case = models.ForeignKey(OneStopRow, on_delete=models.PROTECT, related_name="images")
    image = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=20)
    media_type = models.CharField(max_length=40)
    sha256 = models.CharField(max_length=64)
    sealed = models.BinaryField(null=True)
    added_by = models.CharField(max_length=150)
    added_at = models.DateTimeField()
    erase_on = models.DateField()
    erased_at = models.DateTimeField(null=True)
    proof = models.TextField(blank=True, default="")

    class Meta:
        """What is due is found by its day."""

        indexes = [models.Index(fields=["tenant", "erase_on"], name="identity_image_due")]


class NoticeBatchRow(models.Model):
    """Everything that went to one destination together: counts, digest, how it travelled and what was answered."""

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT)
    batch = models.CharField(max_length=40)
    year = models.IntegerField()
    destination = models.CharField(max_length=6)
    issued_on = models.DateField()
    rows = models.IntegerField()
    total = models.BigIntegerField()
    sha256 = models.CharField(max_length=64, blank=True)
    road = models.CharField(max_length=10)
    state = models.CharField(max_length=20)
    parcel = models.CharField(max_length=64, blank=True)
    receipt = models.CharField(max_length=64, blank=True)
    made_by = models.CharField(max_length=150)
    terminal = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        """A batch is made once."""

        constraints = [models.UniqueConstraint(fields=["tenant", "batch"], name="notice_batch_once")]
        indexes = [models.Index(fields=["tenant", "year", "state"], name="notice_batch_by_state")]


class NoticeRow(models.Model):
    """One donor's notice in a batch: its number, its sum, over which applications; and whether it came back."""

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT)
    batch = models.ForeignKey(NoticeBatchRow, on_delete=models.PROTECT, related_name="notices")
    reception = models.CharField(max_length=20)
    action = models.CharField(max_length=4)
    total = models.BigIntegerField()
    applications = models.JSONField()
    returned = models.CharField(max_length=40, blank=True)
    returned_kind = models.CharField(max_length=20, blank=True)
    belongs_to = models.CharField(max_length=6, blank=True)
    returned_at = models.DateTimeField(null=True)

    class Meta:
        """A donor stands once in a batch."""

        constraints = [models.UniqueConstraint(fields=["batch", "reception"], name="notice_once_in_a_batch")]
        indexes = [models.Index(fields=["tenant", "reception"], name="notice_by_number")]
