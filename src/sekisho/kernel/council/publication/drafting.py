"""The draft of minutes from what happened: agenda, questions, answers, deliberation, results. Names stay inside."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from types import MappingProxyType
from typing import Final

from sekisho.kernel.errors import ReasonCode, Refused, because
from sekisho.records.minutes import (
    AgendaLine,
    Discussion,
    MinutesPage,
    Outcome,
    PageForm,
    ResultLine,
    Session,
    Turn,
)
from sekisho.records.wareki import write_wareki

_WEEKDAYS: Final = "月火水木金土日"
ROLES: Final[Mapping[str, str]] = MappingProxyType(
    {"member": "委員", "agency": "実施機関", "secretariat": "事務局", "chair": "会長"},
)
_RESULTS: Final[Mapping[str, tuple[Outcome, str]]] = MappingProxyType(
    {
        "approved": (Outcome.APPROVED, "{item}については承認された。"),
        "ratified": (Outcome.APPROVED, "{item}については承認された。"),
        "approved_with_conditions": (Outcome.WITH_CONDITIONS, "{item}については条件を付けて承認された。"),
        "continued": (Outcome.CONTINUED, "{item}については継続審議とされた。"),
        "rejected": (Outcome.REJECTED, "{item}については承認されなかった。"),
        "withdrawn": (Outcome.WITHDRAWN, "{item}については取下げとされた。"),
        "opinion_no_objection": (Outcome.OPINION, "{item}について、異議がない旨の意見が示された。"),
        "opinion_with_conditions": (Outcome.OPINION, "{item}について、条件を付けて異議がない旨の意見が示された。"),
        "opinion_objection": (Outcome.OPINION, "{item}について、異議がある旨の意見が示された。"),
        "opinion_given": (Outcome.OPINION, "{item}について、審議会からの意見が示された。"),
    }
)


class EventKind(StrEnum):
    """What happens in a meeting, as far as minutes tell it."""

    QUESTION = "question"
    ANSWER = "answer"
    DELIBERATION = "deliberation"


_PHASES: Final[Mapping[EventKind, str]] = MappingProxyType(
    {EventKind.QUESTION: "質疑", EventKind.ANSWER: "質疑", EventKind.DELIBERATION: "審議"},
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingFrame:
    """Which meeting, when and where, and what stands around its minutes on the page."""

    page_id: str
    updated_on: str
    breadcrumb: str
    body: str
    council: str
    era_year: str
    no: int
    opened_at: datetime
    place: str
    contact: tuple[str, ...]
    attendance: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Attended:
    """How many of how many were there, and how many it takes; `about` names an item that was decided by others."""

    entitled: int
    present: int
    needed: int
    about: str = ""


def attendance_lines(rule: str, legal_basis: str, attended: Sequence[Attended]) -> tuple[str, ...]:
    """What minutes say of attendance: by which rule and article the meeting sat, and that its quorum was met.

    Nothing if nobody wrote down how many were there. Numbers only: who was there stays inside.
    """
    if not attended:
        return ()
    basis = f"({legal_basis})" if legal_basis else ""
    return (f"会議の規則:{rule}{basis}", *(_attended_line(each) for each in attended))


def _attended_line(attended: Attended) -> str:
    """One count, as a sentence."""
    met = "満たした" if attended.present >= attended.needed else "満たさなかった"
    about = f"{attended.about}の決定では、" if attended.about else ""
    there = f"委員{attended.entitled}人のうち{attended.present}人が出席し、"
    return f"{about}{there}定足数({attended.needed}人)を{met}。"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingItem:
    """One item of the agenda: a consultation with its number, or a request for an opinion, and what came of it."""

    item: str
    number: int | None
    title: str
    section: str
    result: str
    assessed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingEvent:
    """Somebody said something about one item or several. `person` stays inside; the page shows the role."""

    kind: EventKind
    items: tuple[str, ...]
    role: str
    text: str
    person: str = ""


def called(number: int | None) -> str:
    """What an item is called in a heading."""
    return f"諮問第{number}号" if number is not None else "意見の求め"


def _agenda_line(item: MeetingItem) -> AgendaLine:
    """One line of the agenda."""
    kind = "諮問" if item.number is not None else "意見"
    return AgendaLine(kind=kind, no=item.number, title=item.title, section=item.section)


def _result_line(item: MeetingItem) -> ResultLine:
    """One sentence of the results."""
    outcome, words = _RESULTS[item.result]
    numbers = (item.number,) if item.number is not None else ()
    return ResultLine(nos=numbers, outcome=outcome, text=words.format(item=item.assessed or called(item.number)))


def _discussions(items: Mapping[str, MeetingItem], events: Sequence[MeetingEvent]) -> Iterator[Discussion]:
    """The parts in the order in which they were held: one for each phase of each group of items."""
    for (group, phase), said in groupby(events, key=lambda event: (event.items, _PHASES[event.kind])):
        named = [items[item] for item in group]
        yield Discussion(
            nos=tuple(item.number for item in named if item.number is not None),
            heading=f"・{'及び'.join(called(item.number) for item in named)}について",
            phase=phase,
            turns=tuple(Turn(role=ROLES[event.role], text=event.text) for event in said),
        )


def _check(items: Sequence[MeetingItem], events: Sequence[MeetingEvent]) -> None:
    """Every event is about an item of the agenda, and said in a role that minutes know.

    Raises:
        Refused: One is not; with every such item, role and result.

    """
    known = {item.item for item in items}
    strangers = {name for event in events for name in event.items if name not in known}
    strangers |= {event.role for event in events if event.role not in ROLES}
    strangers |= {item.result for item in items if item.result not in _RESULTS}
    if strangers:
        raise Refused([because(ReasonCode.NOT_FOUND, what=each) for each in sorted(strangers)])


def draft_minutes(frame: MeetingFrame, items: Sequence[MeetingItem], events: Sequence[MeetingEvent]) -> MinutesPage:
    """The page of a meeting, from what happened in it.

    Raises:
        Refused: Somebody spoke about something that is not on the agenda, or in an unknown role.

    """
    _check(items, events)
    day = frame.opened_at.date()
    return MinutesPage(
        form=PageForm.R1,
        page_id=frame.page_id,
        title=f"{frame.era_year}第{frame.no}回 {frame.council}",
        updated_on=frame.updated_on,
        breadcrumb=frame.breadcrumb,
        body=frame.body,
        council=frame.council,
        session=Session(era_year=frame.era_year, no=frame.no),
        held=f"{write_wareki(day)}({_WEEKDAYS[day.weekday()]}曜日) {frame.opened_at.hour}時{frame.opened_at:%M}分~",
        held_from=f"{frame.opened_at:%Y-%m-%dT%H:%M}",
        held_to=None,
        place=frame.place,
        agenda=tuple(_agenda_line(item) for item in items),
        results=tuple(_result_line(item) for item in items),
        discussions=tuple(_discussions({item.item: item for item in items}, events)),
        contact=frame.contact,
        attendance=frame.attendance,
    )
