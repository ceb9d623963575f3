"""What the screens ask of a year's applications and notices: counts, codes and days; a form only when it is opened."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Sum

from sekisho.adapters.database.models import Tenant
from sekisho.adapters.donations.areas import reading_in
from sekisho.adapters.donations.models import DonationRow, IdentityImageRow, NoticeBatchRow, NoticeRow, OneStopRow
from sekisho.adapters.donations.one_stop_cases import deadlines_in, find_case, form_of
from sekisho.adapters.donations.one_stop_vault import CaseVault
from sekisho.business.hometown_donations.one_stop import ONE_STOP_TABLE, KeyedForm, OneStopDeadlines
from sekisho.kernel import ReasonCode, Refused, because

PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class YearFigures:
    """A year in figures: cases by state, the yen of those that count, batches by state, and the deadlines."""

    year: int
    deadlines: OneStopDeadlines
    states: Mapping[str, int]
    accepted_yen: int
    notified_yen: int
    batches: Mapping[str, int]


def years_in(area: str) -> tuple[int, ...]:
    """The years of which there are cases, the latest first."""
    with reading_in(area):
        found = OneStopRow.objects.filter(tenant_id=area).values_list("year", flat=True).distinct()
        return tuple(sorted(found, reverse=True))


def years_under_way() -> list[tuple[str, int]]:
    """The areas and years of which something was sent to destinations: what may be answered, or come back."""
    found: list[tuple[str, int]] = []
    for area in list(Tenant.objects.order_by("code").values_list("code", flat=True)):
        with reading_in(area):
            sent = NoticeBatchRow.objects.filter(tenant_id=area).exclude(parcel="")
            found += [(area, year) for year in sorted(set(sent.values_list("year", flat=True)))]
    return found


def figures_of(area: str, year: int) -> YearFigures:
    """The figures of one year."""
    with reading_in(area):
        cases = OneStopRow.objects.filter(tenant_id=area, year=year)
        counted = dict(cases.values_list("state").annotate(Count("id")))
        yen = dict(cases.values_list("state").annotate(Sum("amount")))
        batches = NoticeBatchRow.objects.filter(tenant_id=area, year=year).values_list("state").annotate(Count("id"))
        return YearFigures(
            year=year,
            deadlines=deadlines_in(area, year),
            states={state: counted.get(state, 0) for state in ONE_STOP_TABLE.states},
            accepted_yen=sum(yen.get(state, 0) for state in ("accepted", "frozen", "notified")),
            notified_yen=yen.get("notified", 0),
            batches=dict(batches),
        )


def cases_in(area: str, year: int, state: str = "", first: int = 0) -> tuple[int, tuple[OneStopRow, ...]]:
    """How many cases there are in a state, and one page of them."""
    with reading_in(area):
        found = OneStopRow.objects.filter(tenant_id=area, year=year).order_by("number")
        found = found.filter(state=state) if state else found
        return found.count(), tuple(found[first : first + PAGE])


def case_exists(area: str, case: str) -> bool:
    """Is there a case of this number here?"""
    with reading_in(area):
        return OneStopRow.objects.filter(tenant_id=area, number=case).exists()


def batches_in(area: str, year: int) -> tuple[NoticeBatchRow, ...]:
    """The batches of a year."""
    with reading_in(area):
        return tuple(NoticeBatchRow.objects.filter(tenant_id=area, year=year).order_by("batch"))


def returned_in(area: str, year: int) -> tuple[NoticeRow, ...]:
    """The notices that came back and wait for an officer."""
    with reading_in(area):
        found = NoticeRow.objects.filter(tenant_id=area, batch__year=year).exclude(returned="")
        rows = tuple(found.select_related("batch").order_by("-returned_at"))
        open_cases = set(
            OneStopRow.objects.filter(tenant_id=area, year=year, state="returned").values_list("number", flat=True)
        )
        return tuple(row for row in rows if open_cases & set(row.applications))


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """One case as an officer sees it: its row, its form without the number, its pictures."""

    row: OneStopRow
    values: Mapping[str, str]
    images: tuple[IdentityImageRow, ...]
    number_kept: bool


def case_view(area: str, case: str) -> CaseView:
    """A case with its form. The number is not opened for it.

    Raises:
        Refused: There is none in this area.

    """
    with reading_in(area):
        row = find_case(area, case)
        images = tuple(IdentityImageRow.objects.filter(tenant_id=area, case=row).defer("sealed").order_by("added_at"))
        values = CaseVault(area).open_form(row.number, bytes(row.sealed)) if row.sealed else {}
        return CaseView(row=row, values=values, images=images, number_kept=hasattr(row, "number_apart"))


def printed_forms(area: str, batch: str) -> tuple[NoticeBatchRow, tuple[tuple[NoticeRow, KeyedForm], ...]]:
    """A batch that goes on paper, with the form of each donor.

    Raises:
        Refused: There is no such batch.
        SekishoError: A number was erased already.

    """
    with reading_in(area):
        row = NoticeBatchRow.objects.filter(tenant_id=area, batch=batch).first()
        if row is None:
            raise Refused([because(ReasonCode.NOT_FOUND, what=batch)])
        vault, notices = CaseVault(area), list(row.notices.order_by("reception"))
        wanted = {notice.pk: notice.applications[0] for notice in notices}  # one donor's applications, one form of them
        cases = OneStopRow.objects.filter(tenant_id=area, number__in=wanted.values()).select_related("number_apart")
        opened = {case.number: case for case in cases}
        vault.fetch_keys(list(opened))
        return row, tuple((notice, form_of(opened[wanted[notice.pk]], vault)) for notice in notices)


def days_left(figures: YearFigures, today: date) -> int:
    """Days until the notices must be there."""
    return figures.deadlines.days_left(today)


def next_to_verify(area: str, person: str) -> str:
    """The oldest keyed case that this person did not key; nothing if none waits."""
    with reading_in(area):
        found = OneStopRow.objects.filter(tenant_id=area, state="keyed").exclude(keyed_by=person)
        return str(found.order_by("changed_at", "number").values_list("number", flat=True).first() or "")


def without_case(area: str, limit: int) -> list[int]:
    """Paid donations whose donor wishes the exception, and for which no form was sent yet."""
    with reading_in(area):
        found = DonationRow.objects.filter(
            tenant_id=area, one_stop=True, year__isnull=False, erased_at__isnull=True, one_stop_cases__isnull=True
        )
        return list(found.order_by("id").values_list("id", flat=True)[:limit])
