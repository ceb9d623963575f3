"""A meeting as data: its frame, and its items and events from the dossiers that were put to it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from importlib.resources import files
from typing import Any, Final

from sekisho.adapters.dossiers import Dossier, read_dossier, shipped_dossier
from sekisho.kernel.council import EventKind, MeetingEvent, MeetingFrame, MeetingItem, draft_minutes
from sekisho.records.minutes import MinutesPage
from sekisho.records.strict_yaml import load_yaml

Table = Mapping[str, Any]
_RESULTS: Final = {"承認": "approved", "意見": "opinion_given"}
_KINDS: Final = {
    ("questions", "agency"): EventKind.ANSWER,
    ("questions", "secretariat"): EventKind.ANSWER,
    ("questions", "member"): EventKind.QUESTION,
}


def shipped_meeting() -> str:
    """The frame of the meeting of November 2019 as it ships with the product."""
    return files(__package__).joinpath("meeting_r1_3.yaml").read_text(encoding="utf-8")


def _item(dossier: Dossier) -> MeetingItem:
    """One item of the agenda. A title is published as it was, with its typing mistake."""
    put = dossier.consultation
    number = put["consultation"]
    return MeetingItem(
        item=number,
        number=int(number) if number.isdigit() else None,
        title=put.get("as_published", put["ja"]),
        section=put.get("section", _section(dossier)),
        result=_RESULTS[put["result"]["ja"]],
        assessed="" if number.isdigit() else "全項目評価書",
    )


def _section(dossier: Dossier) -> str:
    """The department's name."""
    asked = dossier.consultation["department"]
    return next(str(each["ja"]) for each in dossier.departments if each["department"] == asked)


def _events(dossiers: Sequence[Dossier]) -> Iterator[MeetingEvent]:
    """What was said, item by item; items that were discussed together are told once."""
    told = set[str]()
    for dossier in dossiers:
        number = dossier.consultation["consultation"]
        together = tuple(dossier.consultation.get("discussed_with", [number]))
        if number in told:
            continue
        told |= set(together)
        for line in dossier.minutes:
            kind = _KINDS.get((line["part"], line["role"]), EventKind.DELIBERATION)
            yield MeetingEvent(kind=kind, items=together, role=line["role"], text=line["ja"])


def read_meeting(text: str) -> tuple[MeetingFrame, tuple[MeetingItem, ...], tuple[MeetingEvent, ...]]:
    """The frame, the items and the events of a meeting, from its own data and the dossiers that were put to it.

    Raises:
        RecordsError: It is not YAML.
        Refused: A dossier cannot be read.

    """
    data: Table = load_yaml(text, "meeting")
    dossiers = [read_dossier(shipped_dossier(number)) for number in data["agenda"]]
    frame = {name: value for name, value in data.items() if name != "agenda"}
    opened = datetime.fromisoformat(frame.pop("opened_at"))
    contact = tuple(frame.pop("contact"))
    items = tuple(_item(dossier) for dossier in dossiers)
    return MeetingFrame(**frame, opened_at=opened, contact=contact), items, tuple(_events(dossiers))


def shipped_minutes() -> MinutesPage:
    """The minutes of November 2019, drafted from the meeting's data."""
    return draft_minutes(*read_meeting(shipped_meeting()))
