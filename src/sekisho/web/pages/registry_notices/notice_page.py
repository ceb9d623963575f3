"""S-300 登記通知取込: proposals as facts ready to be shown, and what an officer ticked as decisions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.urls import reverse

from sekisho.adapters.database.queries_property import ChangeRow, ProposalView
from sekisho.adapters.database.queries_rows import BatchRow
from sekisho.business.registry_notices import HOLD_WORDS, NEXT, WHOLE_NOTICE, HoldReason, LineAct, LineState
from sekisho.records import write_short_wareki
from sekisho.web.components.chips import Chip
from sekisho.web.components.dates import short_moment
from sekisho.web.components.facts import Choice, Pages
from sekisho.web.components.vocabulary import short_parcel, words_of
from sekisho.web.words import Words

PAGE: Final = 20
_MARK: Final = "line:"
STATES: Final[dict[str, Chip]] = {
    LineState.PROPOSED: Chip(words=Words("確認待ち", "To decide"), icon="clock", tone="wait"),
    LineState.HELD: Chip(words=Words("保留", "Held"), icon="warning", tone="wait"),
    LineState.ACCEPTED: Chip(words=Words("反映済み", "Applied"), icon="check", tone="good"),
    LineState.REJECTED: Chip(words=Words("採らない", "Rejected"), icon="cross", tone="stop"),
    LineState.WITHDRAWN: Chip(words=Words("取消し済み", "Withdrawn"), icon="info", tone="quiet"),
}
ACTS: Final[dict[str, Words]] = {
    LineAct.ACCEPT: Words("反映する", "Accept"),
    LineAct.REJECT: Words("採らない", "Reject"),
    LineAct.HOLD: Words("保留する", "Hold"),
    LineAct.RELEASE: Words("保留を解く", "Release"),
    LineAct.WITHDRAW: Words("反映を取り消す", "Withdraw"),
}
FIELDS: Final[dict[str, Words]] = {
    "category": Words("地目", "Land category"),
    "area": Words("地積", "Land area"),
    "house_kind": Words("家屋の種類", "Kind of house"),
    "structure": Words("構造", "Structure"),
    "floor_area": Words("床面積", "Floor area"),
    "owners": Words("所有者", "Owners"),
    "state": Words("現況", "State"),
    WHOLE_NOTICE: Words("通知の全体", "The whole notice"),
}
EVENTS: Final[dict[str, Words]] = {
    "所有権移転": Words("所有権移転", "Transfer of ownership"),
    "相続": Words("相続", "Inheritance"),
    "持分移転": Words("持分移転", "Transfer of a share"),
    "分筆": Words("分筆", "Split"),
    "合筆": Words("合筆", "Merger"),
    "地目変更": Words("地目変更", "Change of land category"),
    "地積更正": Words("地積更正", "Correction of area"),
    "新築": Words("新築", "New house"),
    "増築": Words("増築", "Extension"),
    "滅失": Words("滅失", "Demolition"),
    "住所変更": Words("住所変更", "Change of address"),
    "氏名変更": Words("氏名変更", "Change of name"),
    "更正": Words("更正", "Correction"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchLine:
    """A document of notices in the list."""

    at: datetime
    url: str
    short_parcel: str
    notices: int
    waiting: int
    held: int
    applied: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLine:
    """One line of the diff, with what can be done to it."""

    name: str
    field: Words
    before: tuple[str, ...]
    after: tuple[str, ...]
    chip: Chip
    decided: Words | None
    is_open: bool
    acts: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalLine:
    """A proposal with its lines, and why it is held if it is."""

    proposal: str
    title: Words
    place: str
    more: Words
    chip: Chip
    hold: Words | None
    hold_next: Words | None
    lines: tuple[ChangeLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchPage:
    """Everything on the diff."""

    batch: str
    parcel: str
    counts: BatchRow
    proposals: tuple[ProposalLine, ...]
    states: tuple[Choice, ...]
    pages: Pages
    faults: tuple[Words, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticked:
    """One decision that an officer ticked: a proposal, an act, and the lines it is about."""

    proposal: str
    act: LineAct
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmLine:
    """One ticked decision in words, with the hidden fields that carry it on."""

    proposal: str
    act: Words
    fields: tuple[Words, ...]
    carried: tuple[tuple[str, str], ...]


def batch_line(row: BatchRow) -> BatchLine:
    """A document of notices in the list."""
    return BatchLine(
        at=row.at,
        url=reverse("notice_batch", args=[row.batch]),
        short_parcel=short_parcel(row.parcel),
        notices=row.notices,
        waiting=row.waiting,
        held=row.held,
        applied=row.applied,
    )


def _acts(state: str, hold: str) -> tuple[Choice, ...]:
    """What can be done to a line in this state, and that nothing need be done.

    What the ledger does not know cannot be changed in it: such a notice can only be rejected.
    """
    possible = [act for (before, act), after in NEXT.items() if before == state and after != state]
    if hold == HoldReason.UNKNOWN_PROPERTY:
        possible = [act for act in possible if act is LineAct.REJECT]
    if not possible:
        return ()
    leave = Choice(value="", words=Words("いまはしない", "Not now"), chosen=True)
    return (leave, *(Choice(value=act, words=ACTS[act], chosen=False) for act in possible))


def _decided(row: ChangeRow) -> Words | None:
    """Who decided about a line last, and when; nothing if nobody has."""
    if row.decided_at is None:
        return None
    at = short_moment(row.decided_at)
    return Words(f"{row.by_ja} {at}", f"{row.by_en} {at}")


def _reception(text: str) -> Words:
    """When and under which number the registry office received it."""
    day, office, number = text.split("/")
    written = write_short_wareki(date.fromisoformat(day))
    return Words(f"{written} 第{int(number)}号", f"{day} no. {int(number)} (office {office})")


def _change(view: ProposalView, row: ChangeRow) -> ChangeLine:
    """One line of the diff."""
    return ChangeLine(
        name=f"{_MARK}{view.proposal}:{row.field}",
        field=words_of(FIELDS, row.field),
        before=tuple(row.before.splitlines()),
        after=tuple(row.after.splitlines()),
        chip=STATES[row.state],
        decided=_decided(row),
        is_open=row.state == LineState.PROPOSED,
        acts=_acts(row.state, view.hold),
    )


def proposal_line(view: ProposalView) -> ProposalLine:
    """A proposal with its lines."""
    held = HOLD_WORDS[HoldReason(view.hold)] if view.hold else None
    number, reception = f"{view.place}{view.number}", _reception(view.reception)
    return ProposalLine(
        proposal=view.proposal,
        title=words_of(EVENTS, view.event),
        place=f"{view.kind}　{number}",
        more=Words(
            f"通知 {view.notice}・受付 {reception.ja}・{view.cause}",
            f"Notice {view.notice}, reception {reception.en}",
        ),
        chip=STATES[view.state],
        hold=Words(held[0], held[1]) if held else None,
        hold_next=Words(held[2], held[3]) if held else None,
        lines=tuple(_change(view, change) for change in view.changes),
    )


def read_ticks(typed: Mapping[str, str]) -> tuple[Ticked, ...]:
    """What was ticked, gathered by proposal and act; anything that is not an act is left out."""
    gathered: dict[tuple[str, LineAct], list[str]] = {}
    for name, value in typed.items():
        if not name.startswith(_MARK) or value not in set(LineAct):
            continue
        proposal, _, field = name.removeprefix(_MARK).rpartition(":")
        gathered.setdefault((proposal, LineAct(value)), []).append(field)
    return tuple(
        Ticked(proposal=proposal, act=act, fields=tuple(fields)) for (proposal, act), fields in sorted(gathered.items())
    )


def confirm_lines(ticks: Iterable[Ticked]) -> tuple[ConfirmLine, ...]:
    """Ticked decisions in words."""
    return tuple(
        ConfirmLine(
            proposal=each.proposal,
            act=ACTS[each.act],
            fields=tuple(words_of(FIELDS, field) for field in each.fields),
            carried=tuple((f"{_MARK}{each.proposal}:{field}", str(each.act)) for field in each.fields),
        )
        for each in ticks
    )
