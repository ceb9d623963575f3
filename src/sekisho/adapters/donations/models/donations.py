"""What came in, the donations and their donors, and what was answered to them."""

from django.db import models

from sekisho.adapters.database.models import Tenant

SEARCH_LENGTH = 32
"""A search key is the first 128 bits of an HMAC, in hexadecimal."""


class IntakeRow(models.Model):
    """A parcel that the door took in whole: what it answered, so that the same parcel is answered the same."""

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT)
    parcel = models.CharField(max_length=64)
    door = models.CharField(max_length=20)
    portal = models.CharField(max_length=20, blank=True)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    records = models.IntegerField()
    amount = models.BigIntegerField()
    new = models.IntegerField()
    known = models.IntegerField()
    digests = models.BinaryField()
    taken_at = models.DateTimeField()
    sender = models.CharField(max_length=64)

    class Meta:
        """A parcel is taken in once."""

        constraints = [models.UniqueConstraint(fields=["tenant", "parcel"], name="intake_once")]
        indexes = [models.Index(fields=["tenant", "taken_at"], name="intake_by_time")]


class DonorRow(models.Model):
    """A donor: as many donations as were found to be theirs. At first one a donation; linking moves donations."""

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT)
    opted_out_at = models.DateTimeField(null=True)


class DonationRow(models.Model):
    """A donation. Plain are codes, days, amounts, states; everything that tells of a person is in `sealed`."""

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT)
    donor = models.ForeignKey(DonorRow, on_delete=models.PROTECT)
    intake = models.ForeignKey(IntakeRow, on_delete=models.PROTECT)
    portal = models.CharField(max_length=20)
    order_search = models.CharField(max_length=SEARCH_LENGTH)
    digest = models.BinaryField(max_length=32)
    status = models.CharField(max_length=8)
    ordered_on = models.DateField()
    paid_on = models.DateField(null=True)
    year = models.IntegerField(null=True)
    amount = models.BigIntegerField()
    prefecture = models.SmallIntegerField(default=0)
    one_stop = models.BooleanField(default=False)
    purpose = models.CharField(max_length=200, blank=True)
    gift_code = models.CharField(max_length=60, blank=True)
    gift_name = models.CharField(max_length=300, blank=True)
    quantity = models.IntegerField(null=True)
    name_search = models.CharField(max_length=SEARCH_LENGTH, blank=True)
    kana_search = models.CharField(max_length=SEARCH_LENGTH, blank=True)
    address_search = models.CharField(max_length=SEARCH_LENGTH, blank=True)
    telephone_search = models.CharField(max_length=SEARCH_LENGTH, blank=True)
    mail_search = models.CharField(max_length=SEARCH_LENGTH, blank=True)
    sealed = models.BinaryField()
    keep_until = models.DateField()
    invite_until = models.DateField(null=True)
    erased_at = models.DateTimeField(null=True)
    proof = models.TextField(blank=True, default="")

    class Meta:
        """One row an order of a portal; each search has its index."""

        constraints = [models.UniqueConstraint(fields=["tenant", "portal", "order_search"], name="donation_once")]
        indexes = [
            models.Index(fields=["tenant", "year", "paid_on"], name="donation_by_year"),
            models.Index(fields=["tenant", "keep_until"], name="donation_due"),
            models.Index(fields=["tenant", "name_search"], name="donation_by_name"),
            models.Index(fields=["tenant", "kana_search"], name="donation_by_kana"),
            models.Index(fields=["tenant", "address_search"], name="donation_by_address"),
            models.Index(fields=["tenant", "telephone_search"], name="donation_by_telephone"),
            models.Index(fields=["tenant", "mail_search"], name="donation_by_mail"),
        ]


class ResponseRow(models.Model):
    """An answer that was given to a donor (対応履歴); its words are sealed under the donation's key."""

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT)
    donation = models.ForeignKey(DonationRow, on_delete=models.PROTECT, related_name="responses")
    intake = models.ForeignKey(IntakeRow, on_delete=models.PROTECT, null=True)
    answered_at = models.DateTimeField()
    channel = models.CharField(max_length=8)
    subject = models.CharField(max_length=20)
    closed = models.BooleanField(default=False)
    sealed = models.BinaryField()
    person = models.CharField(max_length=150, blank=True)

    class Meta:
        """One answer a moment and donation."""

        constraints = [models.UniqueConstraint(fields=["tenant", "donation", "answered_at"], name="response_once")]


class AreaRow(models.Model):
    """What a municipality says of its own area: who issues its papers, and how long what is known is kept."""

    tenant = models.OneToOneField(Tenant, on_delete=models.PROTECT, primary_key=True)
    issuer = models.CharField(max_length=100)
    contact = models.CharField(max_length=200, blank=True)
    donation_years = models.IntegerField(default=7)
    invitation_years = models.IntegerField(default=1)
