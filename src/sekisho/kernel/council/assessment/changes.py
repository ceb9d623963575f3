"""変更箇所 (別添3): what changed between two versions of a report, when it is filed, and whether it is material.

指針 第6の2(2): a change of an item marked ※ is a 重要な変更, and the assessment is done again before it is made; not so
a change of mere wording, or one that clearly lowers the risk. Which it is, somebody has to say, with a reason.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sekisho.kernel.council.assessment.form import FormItem, ItemKind, ReportForm, Stage
from sekisho.kernel.council.assessment.places import find_place, label_at
from sekisho.kernel.council.assessment.report import Answer, AssessmentReport
from sekisho.kernel.errors import Reason, ReasonCode, Refused, because


class LighterGround(StrEnum):
    """Why a change of an item marked ※ would not be material."""

    WORDING = "wording"
    LOWERS_RISK = "lowers_risk"


class FilingTime(StrEnum):
    """When a change is filed: before it is made, or without delay after it."""

    BEFORE = "事前"
    AFTER = "事後"


_GROUND_WORDS: Final[Mapping[LighterGround, str]] = {
    LighterGround.WORDING: "字句の修正等の形式的な変更",
    LighterGround.LOWERS_RISK: "リスクを明らかに軽減させる変更",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LighterClaim:
    """Somebody's claim that a change of an item marked ※ is not material: the ground, the reason, and who says it."""

    place: str
    ground: LighterGround
    why: str
    claimed_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportChange:
    """One row of the table of changes. Nothing before means that it is new, nothing after that it is gone."""

    changed_on: str
    place: str
    label: str
    before: Answer | None
    after: Answer | None
    material: bool
    filed: FilingTime
    explanation: str


def _bare(value: Answer | None) -> str:
    """A text without its wording's accidents: width, spaces, line breaks, punctuation."""
    folded = unicodedata.normalize("NFKC", "" if value is None else str(value))
    return "".join(letter for letter in folded if unicodedata.category(letter)[0] not in "ZCP")


def _is_editorial(item: FormItem, before: Answer | None, after: Answer | None) -> bool:
    """Do both say the same, but for width, spaces and punctuation?"""
    return item.kind is ItemKind.TEXT and None not in (before, after) and _bare(before) == _bare(after)


def _explain(item: FormItem, claim: LighterClaim | None, *, editorial: bool) -> tuple[bool, str]:
    """Is it material, and what the last column says about it."""
    if not item.material:
        return False, "重要な変更に当たらない(※の項目でない)"
    if editorial:
        return False, f"重要な変更に当たらない({_GROUND_WORDS[LighterGround.WORDING]})"
    if claim is not None:
        return False, f"重要な変更に当たらない({_GROUND_WORDS[claim.ground]}: {claim.why})"
    return True, "重要な変更に当たるため、変更前に評価を再実施する"


def _claim_faults(form: ReportForm, rows: Mapping[str, ReportChange], claims: Iterable[LighterClaim]) -> list[Reason]:
    """Claims about nothing that changed, without a reason, or of mere wording where there are no words."""
    reasons, seen = [], set()
    for claim in claims:
        place = find_place(form, claim.place)
        wordless = place is not None and form.items[place.item].kind is not ItemKind.TEXT
        if (
            claim.place not in rows
            or claim.place in seen
            or not (claim.why.strip() and claim.claimed_by.strip())
            or (claim.ground is LighterGround.WORDING and wordless)
        ):
            reasons.append(because(ReasonCode.FIELD_NOT_UNDERSTOOD, where=claim.place, what=f"claim: {claim.ground}"))
        seen.add(claim.place)
    return reasons


def _row(
    form: ReportForm,
    after: AssessmentReport,
    key: str,
    values: tuple[Answer | None, Answer | None],
    claim: LighterClaim | None,
) -> ReportChange:
    """One row of the table."""
    place = find_place(form, key)
    item = form.items["" if place is None else place.item]
    material, explanation = _explain(item, claim, editorial=_is_editorial(item, *values))
    return ReportChange(
        changed_on=after.changed_on.isoformat(),
        place=key,
        label=label_at(form, item),
        before=values[0],
        after=values[1],
        material=material,
        filed=FilingTime.BEFORE if material else FilingTime.AFTER,
        explanation=explanation,
    )


def _order(form: ReportForm, key: str) -> tuple[int, str]:
    """The place of a key in the order of the form."""
    place = find_place(form, key)
    return (len(form.items) if place is None else list(form.items).index(place.item), key)


def changes_between(
    form: ReportForm, before: AssessmentReport, after: AssessmentReport, claims: Iterable[LighterClaim] = ()
) -> tuple[ReportChange, ...]:
    """Every answer that differs, in the order of the form.

    Raises:
        Refused: They are not two versions of one report, or a claim speaks of nothing that changed; with every reason.

    """
    if (before.report, before.form) != (after.report, after.form) or before.version >= after.version:
        what = f"{before.report} {before.version}, {after.report} {after.version}"
        raise Refused([because(ReasonCode.FIELD_NOT_UNDERSTOOD, where="versions", what=what)])
    claimed = tuple(claims)
    by_place = {claim.place: claim for claim in claimed}
    differing = [
        key for key in before.values.keys() | after.values.keys() if before.values.get(key) != after.values.get(key)
    ]
    rows = {
        key: _row(form, after, key, (before.values.get(key), after.values.get(key)), by_place.get(key))
        for key in sorted(differing, key=lambda key: _order(form, key))
    }
    if reasons := _claim_faults(form, rows, claimed):
        raise Refused(reasons)
    return tuple(rows.values())


def change_table(form: ReportForm, changes: Iterable[ReportChange]) -> tuple[ReportChange, ...]:
    """The rows of 別添3: without what the procedure itself wrote (dates of comment, check and publication)."""
    places = [(each, find_place(form, each.place)) for each in changes]
    return tuple(each for each, place in places if place is not None and form.items[place.item].stage is Stage.DRAFTED)


def is_material(changes: Iterable[ReportChange]) -> bool:
    """Does one of them demand a new assessment before it is made?"""
    return any(each.material for each in changes)
