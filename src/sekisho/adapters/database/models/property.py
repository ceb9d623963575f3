"""The fixed-property-tax ledger and what notices propose.

Names, addresses and places are sealed; plain are codes, dates, amounts and states, and search keys (HMAC).
"""

from django.db import models

from sekisho.adapters.database.models.people import Tenant


class PropertyRow(models.Model):
    """One property at its present version. `sealed` holds it whole, under a key of its holders."""

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT)
    search = models.CharField(max_length=64)
    subject = models.CharField(max_length=64)
    kind = models.CharField(max_length=4)
    active = models.BooleanField(default=True)
    version = models.IntegerField(default=1)
    last_reception = models.CharField(max_length=40, blank=True)
    price = models.BigIntegerField(null=True)
    fiscal_year = models.IntegerField(null=True)
    sealed = models.BinaryField()

    class Meta:
        """One row a property."""

        constraints = [models.UniqueConstraint(fields=["tenant", "search"], name="property_once")]
        indexes = [models.Index(fields=["tenant", "fiscal_year"], name="property_priced")]


class PropertyVersion(models.Model):
    """What a property was before a change or its withdrawal. No row is ever taken away: this is the history.

    `taken_back` marks the changes that were withdrawn since; what is not marked stands. Nothing is `sealed` where the
    property was not there before.
    """

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT)
    search = models.CharField(max_length=64)
    version = models.IntegerField()
    proposal = models.CharField(max_length=40)
    act = models.CharField(max_length=12)
    taken_back = models.BooleanField(default=False)
    sealed = models.BinaryField(null=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)

    class Meta:
        """One row a version."""

        constraints = [models.UniqueConstraint(fields=["tenant", "search", "version"], name="version_once")]


class ProposalRow(models.Model):
    """What one notice proposes. `sealed` holds the notice and both sides, under the key of its document."""

    proposal = models.CharField(primary_key=True, max_length=40)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT)
    document = models.CharField(max_length=40, db_index=True)
    search = models.CharField(max_length=64, db_index=True)
    notice = models.CharField(max_length=64)
    event = models.CharField(max_length=10)
    kind = models.CharField(max_length=4)
    reception = models.CharField(max_length=40)
    hold = models.CharField(max_length=30, blank=True)
    state = models.CharField(max_length=12)
    sealed = models.BinaryField()
    proposed_at = models.DateTimeField()

    class Meta:
        """A notice of a document is proposed once."""

        constraints = [models.UniqueConstraint(fields=["tenant", "document", "notice"], name="notice_once")]
        indexes = [models.Index(fields=["tenant", "state", "reception"], name="proposal_work")]


class LineRow(models.Model):
    """One line of a proposal: which field, and where it is. The values are in the proposal's sealed part."""

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT)
    proposal = models.ForeignKey(ProposalRow, on_delete=models.CASCADE)
    field = models.CharField(max_length=20)
    state = models.CharField(max_length=12)
    by = models.CharField(max_length=150, blank=True)
    at = models.DateTimeField(null=True)

    class Meta:
        """One line a field."""

        constraints = [models.UniqueConstraint(fields=["proposal", "field"], name="line_once")]
