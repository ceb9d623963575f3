"""What a municipality decides about a year of one-stop applications: its last day for forms, and who gets paper."""

from dataclasses import dataclass
from datetime import date

from sekisho.adapters.donations.areas import writing_in
from sekisho.adapters.donations.models import OneStopPolicyRow
from sekisho.business.hometown_donations.one_stop import OneStopDeadlines, deadlines_of
from sekisho.records import complete_code


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """One decision; no day means the strict 10 January."""

    area: str
    year: int
    forms_until: date | None
    on_paper: tuple[str, ...]


def keep_policy(policy: Policy) -> OneStopDeadlines:
    """Keep it; answers the deadlines that hold now.

    Raises:
        Refused: The day cannot be a deadline.
        RecordsError: A destination is no municipality code.

    """
    deadlines = deadlines_of(policy.year, policy.forms_until)
    paper = sorted({complete_code(code) for code in policy.on_paper})
    with writing_in(policy.area):
        OneStopPolicyRow.objects.update_or_create(
            tenant_id=policy.area,
            year=policy.year,
            defaults={"forms_until": policy.forms_until, "on_paper": paper},
        )
    return deadlines
