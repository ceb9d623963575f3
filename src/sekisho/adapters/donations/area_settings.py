"""What a municipality says of its own area; until it says something, what every area begins with."""

from dataclasses import dataclass

from sekisho.adapters.database.models import Tenant
from sekisho.adapters.donations.models import AreaRow
from sekisho.business.hometown_donations.donors import KeepingRule


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaSettings:
    """Who issues the area's papers, whom a donor asks, and how long what is known is kept."""

    issuer: str
    contact: str
    keeping: KeepingRule


def settings_of(area: str) -> AreaSettings:
    """The settings of an area that is open."""
    row = AreaRow.objects.filter(pk=area).first()
    if row is None:
        label = Tenant.objects.filter(code=area).values_list("label_ja", flat=True).first() or area
        return AreaSettings(issuer=f"{label}長", contact=label, keeping=KeepingRule())
    rule = KeepingRule(donation_years=row.donation_years, invitation_years=row.invitation_years)
    return AreaSettings(issuer=row.issuer, contact=row.contact, keeping=rule)
