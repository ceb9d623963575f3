"""Which donations are of one donor: keys to compare by, links with their evidence, questions to an officer, the log.

The keys are HMACs of folded values: equal where the values are equal, and nothing else can be read from them.
"""

from django.db import models

from sekisho.adapters.database.models import Tenant
from sekisho.adapters.donations.models.donations import SEARCH_LENGTH, DonationRow


class LinkKeyRow(models.Model):
    """The keys of one donation, as of the parcel `intake`; `own_donor` is its donor as long as it stands alone."""

    donation = models.OneToOneField(DonationRow, on_delete=models.PROTECT, primary_key=True, related_name="link_keys")
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT)
    intake = models.BigIntegerField()
    own_donor = models.BigIntegerField()
    name = models.CharField(max_length=SEARCH_LENGTH, blank=True)
    surname = models.CharField(max_length=SEARCH_LENGTH, blank=True)
    given = models.CharField(max_length=SEARCH_LENGTH, blank=True)
    kana = models.CharField(max_length=SEARCH_LENGTH, blank=True)
    given_kana = models.CharField(max_length=SEARCH_LENGTH, blank=True)
    prefecture = models.CharField(max_length=SEARCH_LENGTH, blank=True)
    address = models.CharField(max_length=SEARCH_LENGTH, blank=True)
    room = models.CharField(max_length=SEARCH_LENGTH, blank=True)
    telephone = models.CharField(max_length=SEARCH_LENGTH, blank=True)
    mail = models.CharField(max_length=SEARCH_LENGTH, blank=True)
    birth = models.CharField(max_length=SEARCH_LENGTH, blank=True)
    name_birth = models.CharField(max_length=SEARCH_LENGTH, blank=True)

    class Meta:
        """Every rule asks about one of four keys, so four indexes find all that a donation is compared with."""

        indexes = [
            models.Index(fields=["tenant", "intake"], name="link_by_intake"),
            models.Index(fields=["tenant", "telephone"], name="link_by_telephone"),
            models.Index(fields=["tenant", "mail"], name="link_by_mail"),
            models.Index(fields=["tenant", "address"], name="link_by_address"),
            models.Index(fields=["tenant", "name_birth"], name="link_by_name_birth"),
        ]


class LinkRow(models.Model):
    """A link that the rules found, with its evidence. What an officer decides stands in the questions."""

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT)
    left = models.ForeignKey(DonationRow, on_delete=models.PROTECT, related_name="+")
    right = models.ForeignKey(DonationRow, on_delete=models.PROTECT, related_name="+")
    tier = models.CharField(max_length=10)
    rules = models.CharField(max_length=60)
    agreeing = models.CharField(max_length=100)
    differing = models.CharField(max_length=100, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        """A pair is linked once, the smaller number first."""

        constraints = [models.UniqueConstraint(fields=["tenant", "left", "right"], name="link_once")]


class QuestionRow(models.Model):
    """A question to an officer: are these two donations of one person? Its state is the answer that holds."""

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT)
    left = models.ForeignKey(DonationRow, on_delete=models.PROTECT, related_name="+")
    right = models.ForeignKey(DonationRow, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=12)
    likelihood = models.FloatField(null=True)
    state = models.CharField(max_length=10)
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=150, blank=True)
    why = models.CharField(max_length=20, default="", db_default="", blank=True)

    class Meta:
        """A pair is asked about once."""

        constraints = [models.UniqueConstraint(fields=["tenant", "left", "right"], name="link_question_once")]
        indexes = [models.Index(fields=["tenant", "state"], name="link_question_by_state")]


class LinkLogRow(models.Model):
    """What an officer decided, and what it was before; no row is ever changed or taken away."""

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT)
    question = models.ForeignKey(QuestionRow, on_delete=models.PROTECT, related_name="log")
    before = models.CharField(max_length=10)
    after = models.CharField(max_length=10)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
