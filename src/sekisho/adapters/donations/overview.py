"""What an area holds, in figures."""

from dataclasses import dataclass

from sekisho.adapters.donations.areas import reading_in
from sekisho.adapters.donations.models import DonationRow, IntakeRow

LATEST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """An area in figures, with the parcels that came in last."""

    donations: int
    donors: int
    parcels: tuple[IntakeRow, ...]


def overview_of(area: str) -> Overview:
    """The figures of one area."""
    with reading_in(area):
        kept = DonationRow.objects.filter(tenant_id=area, erased_at__isnull=True)
        return Overview(
            donations=kept.count(),
            donors=kept.values("donor").distinct().count(),
            parcels=tuple(IntakeRow.objects.filter(tenant_id=area).order_by("-id").defer("digests")[:LATEST]),
        )
