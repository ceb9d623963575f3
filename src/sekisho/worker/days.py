"""What happens when a day begins at the office: conditions become overdue, permits expire, checks are due again.

Each is an entry. The gate does not wait for this: it compares the date itself at every decision; here the ledger and
the lists are told.
"""

import threading
from collections.abc import Callable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from sekisho.adapters.database.home import find_home
from sekisho.adapters.database.municipalities import tenants
from sekisho.adapters.database.office_time import office_day
from sekisho.adapters.database.uploads import sweep_uploads
from sekisho.adapters.keys.backups import pass_backup_day
from sekisho.bootstrap import now, self_checks
from sekisho.bootstrap.again import Guard, again_and_again
from sekisho.bootstrap.assessments import pass_assessment_clocks
from sekisho.bootstrap.council import pass_due_dates
from sekisho.bootstrap.erasure import end_key_loans, pass_erasure_dates
from sekisho.bootstrap.ledgers import prune_ledger
from sekisho.bootstrap.minutes import pass_silent_minutes
from sekisho.bootstrap.permits import activate_permits, expire_permits
from sekisho.bootstrap.residents import erase_senders
from sekisho.bootstrap.survey import pass_survey_dates

LOOK_SECONDS: Final = 60.0
ACTS: Final[Mapping[str, Callable[[str, datetime], object]]] = MappingProxyType(
    {
        "due-dates": pass_due_dates,
        "permits": expire_permits,
        "assessments": pass_assessment_clocks,
        "minutes": pass_silent_minutes,
        "senders": erase_senders,
        "ledger": prune_ledger,
        "erasure": pass_erasure_dates,
        "self-checks": self_checks.pass_dates,
        "survey": pass_survey_dates,
    }
)
"""What a new day asks of a municipality, in this order."""


def begin_day(at: datetime, last: date | None, guard: Guard | None = None) -> date | None:
    """Do what a new day asks, unless it has been done; answers the last day of which everything is done.

    Each act is apart from the others: what fails for one municipality is done for the others, and is tried again.
    """
    today, each_apart = office_day(at), guard or Guard("days")
    if today == last:
        return last
    acts = [(f"{tenant}/{name}", act, (tenant, at)) for tenant in tenants() for name, act in ACTS.items()]
    done = [each_apart.manages(what, act, *given) for what, act, given in acts]
    done.append(each_apart.manages("backup", pass_backup_day, find_home(), at))
    return today if all(done) else last


def begin_permits(at: datetime, guard: Guard) -> None:
    """Make the permits active whose first day has come; at every look, because a period may begin at any hour."""
    for tenant in tenants():
        guard.manages(f"{tenant}/first-days", activate_permits, tenant, at)


def end_loans(at: datetime, guard: Guard) -> None:
    """End the loans of keys whose instant is past; at every look, because a loan ends at any hour."""
    for tenant in tenants():
        guard.manages(f"{tenant}/loans", end_key_loans, tenant, at)


def run_days(ended: threading.Event) -> None:
    """Look at the calendar until told to end."""
    last: date | None = None
    guard = Guard("days")

    def look() -> None:
        nonlocal last
        begin_permits(now(), guard)  # before the day's longer work: nothing of it keeps a first day back
        end_loans(now(), guard)
        last = begin_day(now(), last, guard)
        sweep_uploads(find_home(), now())

    guard.manages("first", look)  # at once, and not only after the first rest
    again_and_again("days", look, ended, LOOK_SECONDS, LOOK_SECONDS)
