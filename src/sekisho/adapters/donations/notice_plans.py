"""Which notices of a year are due: every form opened, checked against its seal, grouped by donor and destination."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from sekisho.adapters.donations.areas import reading_in
from sekisho.adapters.donations.models import NoticeRow, OneStopRow
from sekisho.adapters.donations.one_stop_cases import deadlines_in, form_of, received_form, seal_of
from sekisho.adapters.donations.one_stop_vault import CaseVault
from sekisho.adapters.places import shipped_municipalities
from sekisho.business.hometown_donations.notices import (
    NoticeAction,
    NoticeException,
    NoticeObstacle,
    PlannedNotice,
    SealedRow,
    SentNotice,
    group_notices,
    plan_notices,
    residence_in,
)
from sekisho.business.hometown_donations.one_stop import OneStopDeadlines, ReceivedForm, make_application
from sekisho.kernel import Refused, SekishoError

NOT_SENT, LEAVING, ACKNOWLEDGED, GIVEN_UP = "made", "leaving", "acknowledged", "given_up"


def _sealed_row(row: OneStopRow, vault: CaseVault, deadlines: OneStopDeadlines) -> SealedRow | None:
    """A case with its seal as it stands in the database; nothing if it cannot be opened as it was captured."""
    received: ReceivedForm = received_form(row, deadlines)
    try:
        application = make_application(form_of(row, vault), received)
    except (Refused, SekishoError):
        return None
    return SealedRow(application=application, seal=seal_of(row))


def _opened(
    rows: Sequence[OneStopRow], vault: CaseVault, deadlines: OneStopDeadlines
) -> tuple[list[SealedRow], list[NoticeException]]:
    """Sealed rows of these cases, and those that did not open; their keys are fetched in one go."""
    opened, broken = list[SealedRow](), list[NoticeException]()
    vault.fetch_keys([row.number for row in rows])
    for row in rows:
        made = _sealed_row(row, vault, deadlines)
        if made is None:
            broken.append(NoticeException(applications=(row.number,), obstacle=NoticeObstacle.SEAL_BROKEN))
        else:
            opened.append(made)
    return opened, broken


def _cases(area: str, year: int, state: str) -> QuerySet[OneStopRow]:
    """The cases of a year in this state, each with its donation and its number apart."""
    found = OneStopRow.objects.filter(tenant_id=area, year=year, state=state)
    return found.select_related("donation", "number_apart").order_by("number")


@dataclass(frozen=True, slots=True, kw_only=True)
class YearPlan:
    """What is due now, and the applications of which nothing can be told."""

    planned: tuple[PlannedNotice, ...]
    exceptions: tuple[NoticeException, ...]


def _sent_before(area: str, year: int) -> dict[str, SentNotice]:
    """What stands at a destination now, by application; the latest word counts, and what came back does not stand."""
    rows = NoticeRow.objects.filter(tenant_id=area, batch__year=year).exclude(batch__state=GIVEN_UP)
    rows = rows.select_related("batch").order_by("id")
    sent = dict[str, SentNotice]()
    for row in rows:
        for case in row.applications:
            sent.pop(case, None)
            if not row.returned and row.action != NoticeAction.CANCEL:
                sent[case] = SentNotice(reception_number=row.reception, destination=row.batch.destination)
    return sent


def cases_under_way(area: str, year: int) -> set[str]:
    """The cases in a batch that nobody has answered yet; they are neither told again nor withdrawn meanwhile."""
    rows = NoticeRow.objects.filter(tenant_id=area, batch__year=year, batch__state__in=(NOT_SENT, LEAVING))
    return {case for cases in rows.values_list("applications", flat=True) for case in cases}


def cases_waiting(area: str, year: int) -> int:
    """How many final or withdrawn cases are in no batch under way; no form is opened to count them."""
    with reading_in(area):
        rows = OneStopRow.objects.filter(tenant_id=area, year=year, state__in=("frozen", "cancelling"))
        return len({*rows.values_list("number", flat=True)} - cases_under_way(area, year))


def _due_cases(area: str, year: int) -> tuple[list[OneStopRow], list[OneStopRow], list[OneStopRow]]:
    """The cases to be told, those that were withdrawn, and those of the same persons that were told before."""
    due, withdrawn = _cases(area, year, "frozen"), _cases(area, year, "cancelling")
    waiting = OneStopRow.objects.filter(tenant_id=area, number__in=cases_under_way(area, year))
    held = list(waiting.filter(state__in=("frozen", "cancelling")).values_list("person_search", flat=True).distinct())
    chosen = (list(due.exclude(person_search__in=held)), list(withdrawn.exclude(person_search__in=held)))
    persons = {row.person_search for rows in chosen for row in rows}
    return *chosen, list(_cases(area, year, "notified").filter(person_search__in=persons))


def plan_year(area: str, year: int) -> YearPlan:
    """What would be notified now, and what cannot be; nothing is written."""
    vault, residence = CaseVault(area), residence_in(shipped_municipalities())
    with reading_in(area):
        due, withdrawn, told = _due_cases(area, year)
        deadlines = deadlines_in(area, year)
        opened, broken = _opened([*due, *told], vault, deadlines)
        gone, lost = _opened(withdrawn, vault, deadlines)
        sent = _sent_before(area, year)
    standing = group_notices(opened, vault.row_key, residence)
    leaving = group_notices(gone, vault.row_key, residence)
    return YearPlan(
        planned=plan_notices(standing.notices, leaving.notices, sent),
        exceptions=(*broken, *lost, *standing.exceptions, *leaving.exceptions),
    )
