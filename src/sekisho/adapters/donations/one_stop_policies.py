"""What a municipality decides about a year of one-stop applications: its last day for forms, and who gets paper."""

from dataclasses import dataclass
from datetime import date

from sekisho.adapters.donations.areas import writing_in
from sekisho.adapters.donations.models import OneStopPolicyRow
from sekisho.business.hometown_donations.one_stop import OneStopDeadlines, deadlines_of
from sekisho.records import complete_code


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """One decision: a last day for forms, destinations that take paper only, or both; what is not said stays."""

    area: str
    year: int
    forms_until: date | None = None
    on_paper: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyInForce:
    """What holds for a year now."""

    deadlines: OneStopDeadlines
    on_paper: tuple[str, ...]


def keep_policy(policy: Policy) -> PolicyInForce:
    """Keep it; answers what holds now.

    Raises:
        Refused: The day cannot be a deadline.
        RecordsError: A destination is no municipality code.

    """
    said: dict[str, date | list[str]] = {}
    if policy.forms_until is not None:
        said["forms_until"] = deadlines_of(policy.year, policy.forms_until).forms_until
    if policy.on_paper is not None:
        said["on_paper"] = sorted({complete_code(code) for code in policy.on_paper})
    with writing_in(policy.area):
        row, _ = OneStopPolicyRow.objects.update_or_create(tenant_id=policy.area, year=policy.year, defaults=said)
    return PolicyInForce(deadlines=deadlines_of(policy.year, row.forms_until), on_paper=tuple(row.on_paper))
