"""A year's notices as rows: made final after the deadline, grouped, written down batch by batch, answered, returned."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sekisho.adapters.database.ledgers import append_entry
from sekisho.adapters.donations.areas import reading_in, writing_in
from sekisho.adapters.donations.models import NoticeBatchRow, NoticeRow, OneStopPolicyRow, OneStopRow
from sekisho.adapters.donations.one_stop_cases import (
    CaseDeed,
    deadlines_in,
    find_case,
    form_of,
    move,
    received_form,
    seal_of,
)
from sekisho.adapters.donations.one_stop_vault import CaseVault
from sekisho.adapters.layouts import layouts_in_use
from sekisho.adapters.places import shipped_municipalities
from sekisho.business.hometown_donations.notices import (
    NoticeAction,
    NoticeBatch,
    NoticeException,
    NoticeObstacle,
    NoticeSender,
    PlannedNotice,
    SealedRow,
    SentNotice,
    check_batch,
    group_notices,
    make_batches,
    plan_notices,
    residence_in,
    split_writable,
    write_batch,
)
from sekisho.business.hometown_donations.one_stop import ReceivedForm, make_application
from sekisho.kernel import EntryKind, ReasonCode, Refused, SekishoError, because
from sekisho.records import Layout

NOT_SENT, LEAVING, ACKNOWLEDGED, GIVEN_UP = "made", "leaving", "acknowledged", "given_up"
ELECTRONIC, PAPER = "eltax", "paper"


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """Who issues which year's notices, for whom, on which day."""

    area: str
    year: int
    sender: NoticeSender
    issued_on: date
    person: str
    at: datetime
    terminal: str = ""


def notice_layout() -> Layout:
    """The layout of the notice's file."""
    return layouts_in_use().shelf.find("onestop.notice")


def freeze_year(area: str, year: int, today: date, at: datetime) -> int:
    """Make every accepted application final once the deadline has passed; answers how many.

    Raises:
        Refused: Forms may still come.

    """
    with writing_in(area):
        deadlines = deadlines_in(area, year)
        if deadlines.takes_forms(today):
            until = deadlines.forms_until.isoformat()
            raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=str(year), state=f"≤ {until}")])
        rows = list(OneStopRow.objects.filter(tenant_id=area, year=year, state="accepted").select_related("donation"))
        for row in rows:
            move(row, CaseDeed(area=area, case=row.number, person="", at=at), "freeze")
    return len(rows)


def _sealed_row(row: OneStopRow, vault: CaseVault) -> SealedRow | None:
    """A case with its seal as it stands in the database; nothing if it cannot be opened as it was captured."""
    received: ReceivedForm = received_form(row)
    try:
        application = make_application(form_of(row, vault), received)
    except (Refused, SekishoError):
        return None
    return SealedRow(application=application, seal=seal_of(row))


def _opened(rows: Iterable[OneStopRow], vault: CaseVault) -> tuple[list[SealedRow], list[NoticeException]]:
    """Sealed rows of these cases, and those that did not open."""
    opened, broken = list[SealedRow](), list[NoticeException]()
    for row in rows:
        made = _sealed_row(row, vault)
        if made is None:
            broken.append(NoticeException(applications=(row.number,), obstacle=NoticeObstacle.SEAL_BROKEN))
        else:
            opened.append(made)
    return opened, broken


def _cases(area: str, year: int, states: Sequence[str]) -> list[OneStopRow]:
    """The cases of a year in these states."""
    found = OneStopRow.objects.filter(tenant_id=area, year=year, state__in=states).select_related("donation")
    return list(found.order_by("number"))


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


def _under_way(area: str, year: int) -> set[str]:
    """The cases in a batch that nobody has answered yet; they are not told a second time meanwhile."""
    rows = NoticeRow.objects.filter(tenant_id=area, batch__year=year, batch__state__in=(NOT_SENT, LEAVING))
    return {case for cases in rows.values_list("applications", flat=True) for case in cases}


def _due_cases(area: str, year: int) -> tuple[list[OneStopRow], list[OneStopRow], list[OneStopRow]]:
    """The cases to be told, those that were withdrawn, and those of the same persons that were told before."""
    due, withdrawn = _cases(area, year, ("frozen",)), _cases(area, year, ("cancelling",))
    waiting = _under_way(area, year)
    held = {row.person_search for row in (*due, *withdrawn) if row.number in waiting}
    due = [row for row in due if row.person_search not in held]
    withdrawn = [row for row in withdrawn if row.person_search not in held]
    persons = {row.person_search for row in (*due, *withdrawn)}
    told = [row for row in _cases(area, year, ("notified",)) if row.person_search in persons]
    return due, withdrawn, told


def plan_year(area: str, year: int) -> YearPlan:
    """What would be notified now, and what cannot be; nothing is written."""
    vault, residence = CaseVault(area), residence_in(shipped_municipalities())
    with reading_in(area):
        due, withdrawn, told = _due_cases(area, year)
        opened, broken = _opened([*due, *told], vault)
        gone, lost = _opened(withdrawn, vault)
        sent = _sent_before(area, year)
    standing = group_notices(opened, vault.row_key, residence)
    leaving = group_notices(gone, vault.row_key, residence)
    return YearPlan(
        planned=plan_notices(standing.notices, leaving.notices, sent),
        exceptions=(*broken, *lost, *standing.exceptions, *leaving.exceptions),
    )


def paper_destinations(area: str, year: int) -> frozenset[str]:
    """Destinations that take no electronic notices."""
    with reading_in(area):
        policy = OneStopPolicyRow.objects.filter(tenant_id=area, year=year).first()
        return frozenset(policy.on_paper if policy else ())


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeBatch:
    """A batch that is written down, with the road it takes and, if it is electronic, its checked bytes."""

    row: str
    batch: NoticeBatch
    road: str
    content: bytes


def _roads(issue: Issue, batch: NoticeBatch, layout: Layout, paper: frozenset[str]) -> Iterator[MadeBatch]:
    """A batch by the road each of its notices can take.

    Raises:
        Refused: The file is not what was sealed.

    """
    kept, rare = split_writable(layout, batch)
    if batch.destination in paper:
        kept, rare = replace(batch, notices=()), batch.notices
    if kept.notices:
        content = b"".join(write_batch(layout, kept))
        check_batch(CaseVault(issue.area).row_key, layout, kept, [content])
        yield MadeBatch(row="", batch=kept, road=ELECTRONIC, content=content)
    if rare:
        yield MadeBatch(row="", batch=replace(batch, notices=rare), road=PAPER, content=b"")


def prepare_batches(issue: Issue) -> tuple[tuple[MadeBatch, ...], tuple[NoticeException, ...]]:
    """Every batch that can be sent now, checked against every seal and written down; and what cannot be sent.

    Raises:
        Refused: A file is not what was sealed; nothing of that run is written down.

    """
    plan, layout = plan_year(issue.area, issue.year), notice_layout()
    paper = paper_destinations(issue.area, issue.year)
    batches = make_batches((each.notice for each in plan.planned), issue.sender, issue.issued_on)
    made = [each for batch in batches for each in _roads(issue, batch, layout, paper)]
    moved = {(each.notice.destination, each.notice.reception_number): each.applications for each in plan.planned}
    return tuple(_enter(issue, each, moved) for each in made), plan.exceptions


def _enter(issue: Issue, made: MadeBatch, moved: Mapping[tuple[str, str], tuple[str, ...]]) -> MadeBatch:
    """Write one batch down: counts and digest in the ledger, its notices as rows."""
    batch = made.batch
    with writing_in(issue.area):
        count = NoticeBatchRow.objects.filter(tenant_id=issue.area, year=issue.year).count()
        name, digest = f"{issue.year}-{batch.destination}-{count + 1:05d}", hashlib.sha256(made.content).hexdigest()
        row = NoticeBatchRow.objects.create(
            tenant_id=issue.area, batch=name, year=issue.year, destination=batch.destination, rows=batch.rows,
            issued_on=issue.issued_on, total=batch.total, sha256=digest if made.content else "", road=made.road,
            state=NOT_SENT, made_by=issue.person, terminal=issue.terminal, made_at=issue.at,
        )  # fmt: skip
        NoticeRow.objects.bulk_create(
            NoticeRow(
                tenant_id=issue.area, batch=row, reception=each.reception_number, action=str(each.action),
                total=each.total, applications=list(moved[batch.destination, each.reception_number]),
            )
            for each in batch.notices
        )  # fmt: skip
        facts = {"batch": name, "destination": batch.destination, "rows": batch.rows, "amount": batch.total}
        _note(
            issue.area, EntryKind.NOTICES_MADE, issue.at, issue.person, {**facts, "digest": digest, "road": made.road}
        )
    return replace(made, row=name)


def _note(area: str, kind: EntryKind, at: datetime, person: str, facts: dict[str, object]) -> None:
    """An entry about notices: counts, codes and digests."""
    append_entry(area, {"kind": str(kind), "tenant": area, "at": at.isoformat(), "by": {"person": person}, **facts})


def give_up(area: str, batch: str) -> None:
    """A batch that never landed is made anew in the next run; its row stays and says so."""
    with writing_in(area):
        NoticeBatchRow.objects.filter(tenant_id=area, batch=batch, state=NOT_SENT).update(state=GIVEN_UP)


def note_leaving(area: str, batch: str, parcel: str) -> None:
    """The batch has landed at the gate under this parcel."""
    with writing_in(area):
        NoticeBatchRow.objects.filter(tenant_id=area, batch=batch).update(state=LEAVING, parcel=parcel)


def _go_on(area: str, case: str, batch: str, at: datetime) -> None:
    """A case whose notice has arrived goes on; one that was notified before stays so."""
    row = find_case(area, case)
    act = {"frozen": "notify", "cancelling": "notify_cancelled"}.get(row.state)
    if act:
        move(row, CaseDeed(area=area, case=case, person="", at=at), act, batch=batch)


def answer_batch(area: str, batch: str, receipt: str, at: datetime, person: str = "") -> None:
    """A destination has the batch: by the road's acknowledgement, or because an officer posted the paper.

    Raises:
        Refused: There is no such batch, or it was answered before.

    """
    with writing_in(area):
        row = NoticeBatchRow.objects.filter(tenant_id=area, batch=batch).first()
        if row is None or row.state == ACKNOWLEDGED:
            raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=batch, state=row.state if row else "-")])
        row.state, row.receipt, row.answered_at = ACKNOWLEDGED, receipt, at
        row.save()
        for case in (each for notice in row.notices.all() for each in notice.applications):
            _go_on(area, case, batch, at)
        facts: dict[str, object] = {"batch": batch, "receipt": receipt, "rows": row.rows, "amount": row.total}
        _note(area, EntryKind.NOTICES_ANSWERED, at, person, facts)
