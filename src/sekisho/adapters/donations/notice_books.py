"""A year's notices as rows: made final after the deadline, written down batch by batch, sent, answered."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from sekisho.adapters.database.ledgers import append_entry
from sekisho.adapters.donations.areas import reading_in, take_turn, writing_in
from sekisho.adapters.donations.models import NoticeBatchRow, NoticeRow, OneStopPolicyRow, OneStopRow
from sekisho.adapters.donations.notice_plans import ACKNOWLEDGED, GIVEN_UP, LEAVING, NOT_SENT, plan_year
from sekisho.adapters.donations.one_stop_cases import CaseDeed, deadlines_in, find_case, move
from sekisho.adapters.donations.one_stop_vault import CaseVault
from sekisho.adapters.layouts import layouts_in_use
from sekisho.business.hometown_donations.notices import (
    FilingExceptionNotice,
    NoticeBatch,
    NoticeException,
    NoticeSender,
    check_batch,
    make_batches,
    split_writable,
    write_batch,
)
from sekisho.kernel import EntryKind, ReasonCode, Refused, because
from sekisho.records import Layout

ELECTRONIC, PAPER = "eltax", "paper"
_TOLD: Final = frozenset({"frozen", "cancelling", "notified"})


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
        found = OneStopRow.objects.filter(tenant_id=area, year=year, state="accepted").select_related("donation")
        rows = list(found.select_for_update(of=("self",)))  # or one that is withdrawn meanwhile would come back
        for row in rows:
            move(row, CaseDeed(area=area, case=row.number, person="", at=at), "freeze")
    return len(rows)


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


def _key(batch: NoticeBatch, notice: FilingExceptionNotice) -> tuple[str, str]:
    """Which notice of a year it is: its destination and its number there."""
    return batch.destination, notice.reception_number


def _check_still_due(area: str, cases: set[str]) -> None:
    """What was planned is still to be told: nobody withdrew a case meanwhile.

    Raises:
        Refused: Somebody did; the year is planned anew the next time.

    """
    rows = OneStopRow.objects.select_for_update().filter(tenant_id=area, number__in=cases)
    changed = [(number, state) for number, state in rows.values_list("number", "state") if state not in _TOLD]
    if changed:
        raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=number, state=state) for number, state in changed])


def _enter(issue: Issue, made: MadeBatch, moved: Mapping[tuple[str, str], tuple[str, ...]]) -> MadeBatch:
    """Write one batch down: counts and digest in the ledger, its notices as rows."""
    batch = made.batch
    with writing_in(issue.area):
        take_turn(f"{issue.area}/notice-batch")
        _check_still_due(issue.area, {case for each in batch.notices for case in moved[_key(batch, each)]})
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
                total=each.total, applications=list(moved[_key(batch, each)]),
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
        rows = NoticeBatchRow.objects.filter(tenant_id=area, batch=batch, state=NOT_SENT)
        rows.update(state=LEAVING, parcel=parcel)


def _go_on(area: str, case: str, batch: str, at: datetime) -> None:
    """A case whose notice has arrived goes on; one that was notified before stays so."""
    row = find_case(area, case, locked=True)
    act = {"frozen": "notify", "cancelling": "notify_cancelled"}.get(row.state)
    if act:
        move(row, CaseDeed(area=area, case=case, person="", at=at), act, batch=batch)


def answer_batch(area: str, batch: str, receipt: str, at: datetime, person: str = "") -> None:
    """A destination has the batch: by the road's acknowledgement, or because an officer posted the paper.

    Raises:
        Refused: There is no such batch, it waits for no answer, or a person answers for the electronic road.

    """
    with writing_in(area):
        row = NoticeBatchRow.objects.select_for_update().filter(tenant_id=area, batch=batch).first()
        if row is None or row.state not in {NOT_SENT, LEAVING}:
            raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=batch, state=row.state if row else "-")])
        if person and row.road != PAPER:
            raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=batch, state=row.road)])
        row.state, row.receipt, row.answered_at = ACKNOWLEDGED, receipt, at
        row.save()
        for case in (each for notice in row.notices.all() for each in notice.applications):
            _go_on(area, case, batch, at)
        facts: dict[str, object] = {"batch": batch, "receipt": receipt, "rows": row.rows, "amount": row.total}
        _note(area, EntryKind.NOTICES_ANSWERED, at, person, facts)
