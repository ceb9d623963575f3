"""What a municipality says of its own area; until it says something, what every area begins with."""

from dataclasses import dataclass
from typing import Final

from sekisho.adapters.database.models import Tenant
from sekisho.adapters.donations.areas import writing_in
from sekisho.adapters.donations.models import AreaRow
from sekisho.business.hometown_donations.donors import KeepingRule
from sekisho.kernel import SekishoError

LONGEST_YEARS: Final = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaSettings:
    """Who issues the area's papers, whom a donor asks, and how long what is known is kept."""

    issuer: str
    contact: str
    keeping: KeepingRule


def keep_settings(area: str, said: AreaSettings) -> None:
    """Keep what a municipality says of its area; what has come in already keeps the periods that it came in with.

    Raises:
        SekishoError: A period is not a whole number of years, or inviting would outlast the donation itself.

    """
    years, inviting = said.keeping.donation_years, said.keeping.invitation_years
    if not (1 <= years <= LONGEST_YEARS and 0 <= inviting <= years):
        message = f"保存は1〜{LONGEST_YEARS}年、案内はその年数まで / keep 1 to {LONGEST_YEARS} years, invite no longer"
        raise SekishoError(message)
    facts = {"issuer": said.issuer, "contact": said.contact, "donation_years": years, "invitation_years": inviting}
    with writing_in(area):
        AreaRow.objects.update_or_create(pk=area, defaults=facts)


def settings_of(area: str) -> AreaSettings:
    """The settings of an area that is open."""
    row = AreaRow.objects.filter(pk=area).first()
    if row is None:
        label = Tenant.objects.filter(code=area).values_list("label_ja", flat=True).first() or area
        return AreaSettings(issuer=f"{label}長", contact=label, keeping=KeepingRule())
    rule = KeepingRule(donation_years=row.donation_years, invitation_years=row.invitation_years)
    return AreaSettings(issuer=row.issuer, contact=row.contact, keeping=rule)
