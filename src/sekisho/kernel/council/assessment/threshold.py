"""The threshold judgement (しきい値判断) of a protection assessment: how deep it must be, and by which rule.

Source: 特定個人情報保護評価に関する規則・指針 (番号法第27条). The numbers are data with a date, since they are amended.
A municipality's own rule may ask for more, never for less.
"""

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from sekisho.kernel.errors import ReasonCode, Refused, because


class Depth(IntEnum):
    """How deep an assessment must be; deeper is larger."""

    NONE = 0
    BASIC = 1
    KEY = 2
    ALL_ITEMS = 3

    @property
    def word(self) -> str:
        """The word of the command line and of stored rows."""
        return self.name.lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class ThresholdRule:
    """One line of the table: from so many persons on, so deep; deeper if many handle it or an incident happened."""

    rule: str
    subjects_from: int
    depth: Depth
    strict_depth: Depth
    ja: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ThresholdTable:
    """A whole table with its date: at how many handlers it becomes strict, and its lines."""

    table: str
    holds_from: str
    strict_handlers: int
    rules: tuple[ThresholdRule, ...]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What came of the threshold: the depth, the line that gave it, and whether it was the strict column."""

    depth: Depth
    rule: ThresholdRule
    strict: bool
    table: str
    source: str


NATIONAL_TABLE: Final = ThresholdTable(
    table="national",
    holds_from="2024-10-01",
    strict_handlers=500,
    rules=(
        ThresholdRule(
            rule="under_1000",
            subjects_from=0,
            depth=Depth.NONE,
            strict_depth=Depth.NONE,
            ja="対象人数が1,000人未満: 評価は義務付けられない",
            en="fewer than 1,000 persons: no assessment is demanded",
        ),
        ThresholdRule(
            rule="from_1000",
            subjects_from=1_000,
            depth=Depth.BASIC,
            strict_depth=Depth.BASIC,
            ja="対象人数が1,000人以上1万人未満: 基礎項目評価",
            en="1,000 to fewer than 10,000 persons: basic items",
        ),
        ThresholdRule(
            rule="from_10000",
            subjects_from=10_000,
            depth=Depth.BASIC,
            strict_depth=Depth.KEY,
            ja="対象人数が1万人以上10万人未満: 取扱者500人以上または1年以内の重大事故があれば"
            "重点項目評価、なければ基礎項目評価",
            en="10,000 to fewer than 100,000 persons: key items if 500 or more handle it or a serious incident"
            " happened within a year, else basic items",
        ),
        ThresholdRule(
            rule="from_100000",
            subjects_from=100_000,
            depth=Depth.KEY,
            strict_depth=Depth.ALL_ITEMS,
            ja="対象人数が10万人以上30万人未満: 取扱者500人以上または1年以内の重大事故があれば"
            "全項目評価、なければ重点項目評価",
            en="100,000 to fewer than 300,000 persons: all items if 500 or more handle it or a serious incident"
            " happened within a year, else key items",
        ),
        ThresholdRule(
            rule="from_300000",
            subjects_from=300_000,
            depth=Depth.ALL_ITEMS,
            strict_depth=Depth.ALL_ITEMS,
            ja="対象人数が30万人以上: 全項目評価",
            en="300,000 persons or more: all items",
        ),
    ),
    source="特定個人情報保護評価に関する規則・特定個人情報保護評価指針",
)


def judge_by(table: ThresholdTable, subjects: int, handlers: int, *, serious_incident: bool) -> Judgement:
    """What one table says: its last line whose number of persons is reached."""
    strict = serious_incident or handlers >= table.strict_handlers
    rule = max((each for each in table.rules if each.subjects_from <= subjects), key=lambda each: each.subjects_from)
    depth = rule.strict_depth if strict else rule.depth
    return Judgement(depth=depth, rule=rule, strict=strict, table=table.table, source=table.source)


def judge_threshold(
    subjects: int, handlers: int, *, serious_incident: bool, local: ThresholdTable | None = None
) -> Judgement:
    """How deep an assessment must be. A local table counts only where it asks for more.

    Raises:
        Refused: A number is below zero.

    """
    if min(subjects, handlers) < 0:
        what = f"{subjects}, {handlers}"
        raise Refused([because(ReasonCode.FIELD_NOT_UNDERSTOOD, where="threshold", what=what)])
    tables = (NATIONAL_TABLE,) if local is None else (NATIONAL_TABLE, local)
    judged = [judge_by(each, subjects, handlers, serious_incident=serious_incident) for each in tables]
    return max(judged, key=lambda each: each.depth)
