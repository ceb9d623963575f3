"""Part Ⅱ.4 of a report (委託) from the arrows: what leaves for a contractor, of whom, how many, how long it stays.

A member said in November 2019 that it is the contractor's holding the data that is assessed. So the part is written
from the dossier that was put to the council, and nobody types it twice.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from sekisho.kernel.council.assessment.form import ReportForm
from sekisho.kernel.council.consultation.dossier import ConnectionSheet, Dossier
from sekisho.kernel.network import Computer, Connection, Direction

_PART: Final = "Ⅱ.4.委託"
_ERASURE: Final = "Ⅲ.4.消去ルール"
_STEPS: Final = (10_000, 100_000, 1_000_000, 10_000_000)


def _entrusted(dossier: Dossier, connections: Sequence[str]) -> Iterator[tuple[Computer, list[Connection]]]:
    """Each computer of others to which these connections lead, with the connections."""
    for computer in dossier.chart.computers:
        arrows = [
            each
            for each in dossier.chart.connections
            if each.connection in connections
            and each.target == computer.computer
            and each.direction is Direction.OUTWARD
        ]
        if arrows and not computer.ours:
            yield computer, arrows


def _persons(form: ReportForm, count: int) -> str:
    """The choice of the form for so many persons."""
    choices = form.items[f"{_PART}.②.本人の数"].choices
    return choices[sum(count >= step for step in _STEPS)]


def _of_contractor(
    form: ReportForm, dossier: Dossier, computer: Computer, sheets: Sequence[ConnectionSheet]
) -> Iterator[tuple[str, str]]:
    """The answers about one contractor, by the last part of their places."""
    hands_on = any(each.works_for == computer.label_ja for each in dossier.processors)
    subjects = dict.fromkeys(subject for each in sheets for subject in each.subjects)
    yield "名称", "、".join(dict.fromkeys(each.function for each in sheets))
    yield "①", "及び".join(dict.fromkeys(each.purpose for each in sheets))
    yield "②.本人の数", _persons(form, sum(each.records_a_year for each in sheets))
    yield "②.本人の範囲", "及び".join(subjects)
    yield "⑥", computer.label_ja
    yield "⑦", form.items[f"{_PART}.⑦"].choices[0 if hands_on else 1]


def _erasure(computer: Computer, sheets: Sequence[ConnectionSheet]) -> Iterator[str]:
    """How long the contractor keeps it, why, and how it is erased."""
    for kept in dict.fromkeys(each for sheet in sheets for each in sheet.retention):
        if kept.place == computer.computer:
            yield f"{computer.label_ja}: {kept.hours}時間以内({kept.reason})。{kept.method}"


def entrustment_answers(form: ReportForm, dossier: Dossier, connections: Sequence[str]) -> Mapping[str, str]:
    """The answers of part Ⅱ.4 that follow from these connections of a dossier, as they are typed, each at its place."""
    answers: dict[str, str] = {}
    erased: list[str] = []
    for number, (computer, arrows) in enumerate(_entrusted(dossier, connections), start=1):
        sheets = [sheet for each in arrows if (sheet := dossier.sheet_of(each.connection)) is not None]
        said = _of_contractor(form, dossier, computer, sheets)
        answers |= {f"{_PART}[{number}].{place}": text for place, text in said}
        answers["Ⅱ.4.件数"] = str(number)
        erased += _erasure(computer, sheets)
    if answers:
        answers["Ⅱ.4.有無"] = form.items["Ⅱ.4.有無"].choices[0]
    if erased:
        answers[_ERASURE] = "\n".join(erased)
    return answers
