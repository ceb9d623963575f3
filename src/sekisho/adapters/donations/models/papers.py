"""What is printed for donors: runs of receipts and letters, and each piece with its number."""

from django.db import models

from sekisho.adapters.database.models import Tenant
from sekisho.adapters.donations.models.donations import DonationRow


class RunRow(models.Model):
    """A print run: receipts, thank-you letters or invitations, and whether every page was found to be its donor's."""

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT)
    kind = models.CharField(max_length=20)
    year = models.IntegerField()
    pieces = models.IntegerField()
    sha256 = models.CharField(max_length=64, blank=True)
    verified = models.IntegerField(default=0)
    state = models.CharField(max_length=20)
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField()


class PaperRow(models.Model):
    """A piece of a run. A receipt has a number of its municipality and year; a reissue keeps it and counts copies."""

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT)
    run = models.ForeignKey(RunRow, on_delete=models.PROTECT, related_name="papers")
    donation = models.ForeignKey(DonationRow, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=20)
    year = models.IntegerField()
    number = models.IntegerField()
    copy = models.IntegerField(default=0)

    class Meta:
        """A number is given once in a year, and a copy of it is counted once."""

        constraints = [
            models.UniqueConstraint(fields=["tenant", "kind", "year", "number", "copy"], name="paper_once"),
            models.UniqueConstraint(fields=["tenant", "kind", "donation", "copy"], name="paper_of_a_donation_once"),
        ]
