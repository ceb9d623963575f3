"""The part of S-210 and S-405 about the yearly self-check: by when it is due, and where the round stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from sekisho.adapters.database.queries_self_checks import permit_calendar
from sekisho.kernel.council import is_check_overdue
from sekisho.web.components.chips import Chip
from sekisho.web.components.dates import long_day
from sekisho.web.pages.self_checks.words import check_chip, days_left
from sekisho.web.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckPart:
    """What a page says of the self-check of its consultation."""

    due: str
    left: Words
    late: bool
    chip: Chip | None
    url: str


def check_part(tenant: str, permits: Iterable[str], today: date) -> CheckPart | None:
    """When these permits of one consultation are to be checked; nothing where all have ended."""
    found = permit_calendar(tenant, permits)
    if found is None:
        return None
    row = found.open
    late = is_check_overdue(row.state if row else "due", found.due, today)
    return CheckPart(
        due=long_day(found.due),
        left=days_left(found.due, today),
        late=late,
        chip=check_chip(row.state, overdue=late) if row else None,
        url=reverse("self_check", args=[row.number]) if row else reverse("self_checks"),
    )
