"""Section Ⅱ.4 of the report (特定個人情報ファイルの取扱いの委託), made from the arrows that lead to a contractor.

A member said: what is assessed is that the data come into the contractor's hands. So whoever changes the arrow or its
sheet changes this section with it, and each answer names the field of the dossier from which it comes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sekisho.kernel.council.consultation.dossier import ConnectionSheet, Dossier, Processor
from sekisho.kernel.network import Connection, Direction

ENTRUSTED = "Ⅱ.4"
WHETHER = f"{ENTRUSTED}.有無"
HOW_MANY = f"{ENTRUSTED}.件数"


@dataclass(frozen=True, slots=True, kw_only=True)
class DerivedAnswer:
    """An answer of the report that follows from the dossier: what is asked, and the field from which it follows."""

    asks: str
    value: str
    follows_from: str


def _contractor(dossier: Dossier, arrow: Connection) -> Processor | None:
    """The contractor at the end of an arrow, if there is one."""
    ends = [each for each in dossier.chart.computers if each.computer == arrow.target and not each.ours]
    names = {name for each in ends for name in (each.label_ja, each.owner, each.operator)}
    return next((each for each in dossier.processors if each.contractor in names), None)


def _handed_over(dossier: Dossier) -> Iterator[tuple[Connection, ConnectionSheet, Processor]]:
    """Every arrow under review by which data come into a contractor's hands."""
    for arrow in dossier.chart.under_review():
        sheet, contractor = dossier.sheet_of(arrow.connection), _contractor(dossier, arrow)
        if arrow.direction is Direction.OUTWARD and sheet is not None and contractor is not None:
            yield arrow, sheet, contractor


def entrusted_answers(dossier: Dossier) -> Mapping[str, DerivedAnswer]:
    """The answers of section Ⅱ.4 by their places in the form; `有無` and `件数` say so where nothing is entrusted."""
    found = tuple(_handed_over(dossier))
    first = f"chart.connections[{found[0][0].connection}].target" if found else "processors"
    answers = {
        WHETHER: DerivedAnswer(asks="whether", value="委託する" if found else "委託しない", follows_from=first),
        HOW_MANY: DerivedAnswer(asks="how_many", value=str(len(found)), follows_from=first),
    }
    for number, (arrow, sheet, contractor) in enumerate(found, start=1):
        sheets, who = f"sheets[{sheet.connection}]", f"processors[{contractor.contractor}]"
        said = {
            "名称": ("name", arrow.label_ja, f"chart.connections[{arrow.connection}].label_ja"),
            "①": ("task", contractor.task, f"{who}.task"),
            "②.本人の範囲": ("subjects", "、".join(sheet.subjects), f"{sheets}.subjects[{sheet.subjects[0]}]"),
            "④": ("way", sheet.function, f"{sheets}.function"),
            "⑥": ("contractor", contractor.contractor, f"{who}.contractor"),
        }
        place = f"{ENTRUSTED}.委託[{number}]"
        answers |= {
            f"{place}.{item}": DerivedAnswer(asks=asks, value=value, follows_from=path)
            for item, (asks, value, path) in said.items()
        }
    return answers
