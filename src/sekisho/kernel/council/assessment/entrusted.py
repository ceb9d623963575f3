"""Part Ⅱ.4 of a report (特定個人情報ファイルの取扱いの委託), made from the arrows that lead to a contractor.

A member said in November 2019 that it is the contractor's holding the data that is assessed. So whoever changes the
arrow or its sheet changes this part with it, nobody types it twice, and each answer names the field from which it
follows.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sekisho.kernel.council.assessment.form import ReportForm
from sekisho.kernel.council.consultation.dossier import ConnectionSheet, Dossier
from sekisho.kernel.network import Computer, Connection, Direction

_WHETHER: Final = "Ⅱ.4.有無"
_HOW_MANY: Final = "Ⅱ.4.件数"
_PART: Final = "Ⅱ.4.委託"
_ERASURE: Final = "Ⅲ.4.消去ルール"
_STEPS: Final = (10_000, 100_000, 1_000_000, 10_000_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class DerivedAnswer:
    """An answer of the report that follows from the dossier: what is asked, and the field from which it follows."""

    asks: str
    value: str
    follows_from: str


def _contracts(
    dossier: Dossier, connections: Sequence[str]
) -> Iterator[tuple[Computer, list[Connection], list[ConnectionSheet]]]:
    """Each computer of others to which these connections lead, with the connections and their sheets."""
    for computer in dossier.chart.computers:
        arrows = [
            each
            for each in dossier.chart.connections
            if each.connection in connections
            and each.target == computer.computer
            and each.direction is Direction.OUTWARD
        ]
        sheets = [sheet for each in arrows if (sheet := dossier.sheet_of(each.connection)) is not None]
        if sheets and not computer.ours:
            yield computer, arrows, sheets


def _joined(texts: Iterable[str], by: str) -> str:
    """Different texts in their order, each once."""
    return by.join(dict.fromkeys(texts))


def _persons(form: ReportForm, count: int) -> str:
    """The choice of the form for so many persons."""
    choices = form.items[f"{_PART}.②.本人の数"].choices
    return choices[sum(count >= step for step in _STEPS)]


def _of_contractor(
    form: ReportForm, dossier: Dossier, computer: Computer, sheets: Sequence[ConnectionSheet]
) -> Iterator[tuple[str, DerivedAnswer]]:
    """The answers about one contractor, by the last part of their places; of several fields the newest arrow's."""
    newest = sheets[-1]
    field, owner = f"sheets[{newest.connection}]", f"chart.computers[{computer.computer}].label_ja"
    handed_on = [each for each in dossier.processors if each.works_for == computer.label_ja]
    below = f"processors[{handed_on[0].contractor}].works_for" if handed_on else owner
    said = next(iter(newest.subjects), "")
    subjects = _joined((subject for each in sheets for subject in each.subjects), "及び")
    count = sum(each.records_a_year for each in sheets)
    choice = form.items[f"{_PART}.⑦"].choices[0 if handed_on else 1]
    for place, asks, value, follows_from in (
        ("名称", "name", _joined((each.function for each in sheets), "、"), f"{field}.function"),
        ("①", "task", _joined((each.purpose for each in sheets), "及び"), f"{field}.purpose"),
        ("②.本人の数", "persons", _persons(form, count), f"{field}.records_a_year"),
        ("②.本人の範囲", "subjects", subjects, f"{field}.subjects[{said}]"),
        ("⑥", "contractor", computer.label_ja, owner),
        ("⑦", "handed_on", choice, below),
    ):
        yield place, DerivedAnswer(asks=asks, value=value, follows_from=follows_from)


def _erasure(computer: Computer, sheets: Sequence[ConnectionSheet]) -> Iterator[tuple[str, str]]:
    """How long the contractor keeps it, why, and how it is erased; with the field."""
    for sheet in reversed(sheets):
        for kept in sheet.retention:
            if kept.place == computer.computer:
                text = f"{computer.label_ja}: {kept.hours}時間以内({kept.reason})。{kept.method}"
                yield text, f"sheets[{sheet.connection}].retention[{kept.place}].reason"


def entrusted_answers(form: ReportForm, dossier: Dossier, connections: Sequence[str]) -> Mapping[str, DerivedAnswer]:
    """What follows from these connections, each at its place in the form; that nothing is entrusted follows too."""
    contracts = tuple(_contracts(dossier, connections))
    first = f"chart.connections[{contracts[0][1][0].connection}].target" if contracts else "processors"
    choice = form.items[_WHETHER].choices[0 if contracts else 1]
    answers = {
        _WHETHER: DerivedAnswer(asks="whether", value=choice, follows_from=first),
        _HOW_MANY: DerivedAnswer(asks="how_many", value=str(len(contracts)), follows_from=first),
    }
    erased: dict[str, str] = {}
    for number, (computer, _, sheets) in enumerate(contracts, start=1):
        said = _of_contractor(form, dossier, computer, sheets)
        answers |= {f"{_PART}[{number}].{place}": answer for place, answer in said}
        erased |= dict(_erasure(computer, sheets))
    if erased:
        rule = DerivedAnswer(asks="erasure", value="\n".join(erased), follows_from=next(iter(erased.values())))
        answers[_ERASURE] = rule
    return answers
