"""A municipality's own threshold (しきい値): it may ask for more than the national rule, never for less."""

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any, Final

from sekisho.kernel.council.assessment.threshold import (
    NATIONAL_TABLE,
    Depth,
    ThresholdRule,
    ThresholdTable,
    judge_by,
)
from sekisho.kernel.errors import Reason, ReasonCode, Refused, because

_WHERE: Final = "assessment_threshold"
_NAMES: Final = frozenset({"source", "holds_from", "strict_handlers", "rules"})
_LINE: Final = frozenset({"subjects_from", "depth", "strict_depth"})
_WORDS: Final[Mapping[Depth, tuple[str, str]]] = {
    Depth.NONE: ("評価は義務付けられない", "no assessment"),
    Depth.BASIC: ("基礎項目評価", "basic items"),
    Depth.KEY: ("重点項目評価", "key items"),
    Depth.ALL_ITEMS: ("全項目評価", "all items"),
}


def _refusal(what: str) -> Refused:
    """The table cannot be used, and why."""
    return Refused([because(ReasonCode.FIELD_NOT_UNDERSTOOD, where=_WHERE, what=what)])


def _count(value: object, what: str) -> int:
    """A number of persons.

    Raises:
        Refused: It is none.

    """
    if type(value) is not int or value < 0:
        raise _refusal(f"{what}: {value}")
    return value


def _depth(value: object) -> Depth:
    """A depth by its word.

    Raises:
        Refused: There is none of this word.

    """
    found = next((each for each in Depth if each.word == value), None)
    if found is None:
        raise _refusal(f"depth: {value}")
    return found


def _line(line: Any, strict_handlers: int) -> ThresholdRule:
    """One line of the table, with its sentences.

    Raises:
        Refused: A name is missing or unknown, or a value is none.

    """
    if not isinstance(line, Mapping) or set(line) != _LINE:
        raise _refusal(f"rules: {', '.join(sorted(_LINE))}")
    since = _count(line["subjects_from"], "subjects_from")
    depth, strict = _depth(line["depth"]), _depth(line["strict_depth"])
    (ja, en), (strict_ja, strict_en) = _WORDS[depth], _WORDS[strict]
    return ThresholdRule(
        rule=f"local_from_{since}",
        subjects_from=since,
        depth=depth,
        strict_depth=strict,
        ja=f"対象人数が{since:,}人以上: 取扱者{strict_handlers:,}人以上または1年以内の重大事故があれば{strict_ja}、"
        f"なければ{ja}",
        en=f"from {since:,} persons: {strict_en} if {strict_handlers:,} or more handle it or a serious incident"
        f" happened within a year, else {en}",
    )


def _looser(table: ThresholdTable) -> Iterator[Reason]:
    """Every point at which the national rule asks for more; between two points neither changes."""
    tables = (NATIONAL_TABLE, table)
    subjects = sorted({rule.subjects_from for each in tables for rule in each.rules})
    handlers = sorted({0, *(each.strict_handlers for each in tables)})
    for count, hands, incident in product(subjects, handlers, (False, True)):
        ours, national = (judge_by(each, count, hands, serious_incident=incident) for each in (table, NATIONAL_TABLE))
        if ours.depth < national.depth:
            what = f"{count:,} / {hands:,} / {'+' if incident else '-'}: {ours.depth.word} < {national.depth.word}"
            yield because(ReasonCode.FIELD_NOT_UNDERSTOOD, where=_WHERE, what=what)


def read_local_rule(data: Mapping[str, Any]) -> ThresholdTable:
    """The municipality's own table from its file; below its first line no assessment is demanded.

    Raises:
        Refused: Something is missing or unknown, or it asks for less than the national rule; with every point.

    """
    if set(data) != _NAMES or not isinstance(data["rules"], list) or not str(data["source"]).strip():
        raise _refusal(", ".join(sorted(_NAMES)))
    strict = _count(data["strict_handlers"], "strict_handlers")
    lines = [_line(each, strict) for each in data["rules"]]
    if len({each.subjects_from for each in lines}) != len(lines):
        raise _refusal("subjects_from")
    if all(each.subjects_from for each in lines):
        below = {"subjects_from": 0, "depth": Depth.NONE.word, "strict_depth": Depth.NONE.word}
        lines.append(_line(below, strict))
    table = ThresholdTable(
        table="local",
        holds_from=str(data["holds_from"]),
        strict_handlers=strict,
        rules=tuple(sorted(lines, key=lambda each: each.subjects_from)),
        source=str(data["source"]),
    )
    if reasons := tuple(_looser(table)):
        raise Refused(reasons)
    return table
