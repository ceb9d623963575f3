"""How much a change weighs: a pure function of two dossiers. Whatever is not known to be lighter is material.

A material change goes back to the council and suspends the changed arrows, a minor one is reported, an editorial one
is a note.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from sekisho.kernel.council.consultation.differences import Difference, differences_between
from sekisho.kernel.council.consultation.dossier import Dossier

Weigh = Callable[[Difference], "ChangeClass"]
VOLUME_GROWS_MATERIALLY: Final = 2


class ChangeClass(IntEnum):
    """How much a change weighs; heavier is larger."""

    NONE = 0
    EDITORIAL = 1
    MINOR = 2
    MATERIAL = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class WeighedChange:
    """One difference and its weight."""

    difference: Difference
    weight: ChangeClass


def _always(weight: ChangeClass) -> Weigh:
    """The same weight, whichever way it changed."""
    return lambda _: weight


def _fewer_is_minor(change: Difference) -> ChangeClass:
    """What is taken away is minor; what is added or replaced is material."""
    return ChangeClass.MINOR if change.after is None else ChangeClass.MATERIAL


def _more_is_minor(change: Difference) -> ChangeClass:
    """What is added is minor; what is taken away is material."""
    return ChangeClass.MINOR if change.before is None else ChangeClass.MATERIAL


def _shorter_is_minor(change: Difference) -> ChangeClass:
    """A shorter keeping period is minor; a longer one, or a new or lost place, is material."""
    if not isinstance(change.before, int) or not isinstance(change.after, int):
        return ChangeClass.MATERIAL
    return ChangeClass.MINOR if change.after < change.before else ChangeClass.MATERIAL


def _up_to_double_is_minor(change: Difference) -> ChangeClass:
    """A volume may fall, and may grow to twice what was approved."""
    if not isinstance(change.before, int) or not isinstance(change.after, int):
        return ChangeClass.MATERIAL
    within = change.after <= change.before * VOLUME_GROWS_MATERIALLY
    return ChangeClass.MINOR if within else ChangeClass.MATERIAL


def _unsaid_is_minor(change: Difference) -> ChangeClass:
    """A line that is new and says nothing is minor; what begins, ends or changes is material."""
    return ChangeClass.MATERIAL if change.before or change.after else ChangeClass.MINOR


def _feasibility(change: Difference) -> ChangeClass:
    """A safeguard that becomes real is minor; one that becomes less real, or is taken away, is material."""
    order = ("can", "planned", "done")
    if change.before in order and change.after in order:
        better = order.index(str(change.after)) > order.index(str(change.before))
        return ChangeClass.MINOR if better else ChangeClass.MATERIAL
    return _more_is_minor(change)


_LABEL: Final = _always(ChangeClass.EDITORIAL)
_ROSTER: Final = _always(ChangeClass.MINOR)
_WEIGHTS: Final[tuple[tuple[re.Pattern[str], Weigh], ...]] = tuple(
    (re.compile(pattern), weigh)
    for pattern, weigh in (
        (r"title_(ja|en)", _LABEL),
        (r"(before|after|planned_changes)", _LABEL),
        (r"assumed\[.*\]", _LABEL),
        (r"chart\.(networks|computers|connections)\[[^]]*\]\.(label_ja|label_en|badge)", _LABEL),
        (r"chart\.connections\[[^]]*\]\.items\[[^]]*\]\.(ja|en|use)", _LABEL),
        (r"chart\.connections\[[^]]*\]\.items\[[^]]*\]\.item", _fewer_is_minor),
        (r"chart\.networks\[[^]]*\]\.(fee_payer|carrier)", _more_is_minor),
        (r"chart\.computers\[[^]]*\]\.place", _ROSTER),
        (r"sheets\[[^]]*\]\.function", _LABEL),
        (r"sheets\[[^]]*\]\.operators\[.*\]", _ROSTER),
        (r"sheets\[[^]]*\]\.subjects\[.*\]", _fewer_is_minor),
        (r"sheets\[[^]]*\]\.factors\[.*\]", _more_is_minor),
        (r"sheets\[[^]]*\]\.(parcels|records)_a_year", _up_to_double_is_minor),
        (r"sheets\[[^]]*\]\.items\[[^]]*\]\.(necessity|legal_basis|alternative)", _always(ChangeClass.MINOR)),
        (r"sheets\[[^]]*\]\.items\[[^]]*\]\.item", _fewer_is_minor),
        (r"sheets\[[^]]*\]\.retention\[[^]]*\]\.hours", _shorter_is_minor),
        (r"sheets\[[^]]*\]\.retention\[[^]]*\]\.(reason|method)", _always(ChangeClass.MINOR)),
        (r"sheets\[[^]]*\]\.safeguards\[[^]]*\]\.text", _more_is_minor),
        (r"sheets\[[^]]*\]\.safeguards\[[^]]*\]\.(safeguard|kind)", _more_is_minor),
        (r"sheets\[[^]]*\]\.safeguards\[[^]]*\]\.feasibility", _feasibility),
        (r"credentials\[[^]]*\]\.(departments|custodians|operators)\[.*\]", _ROSTER),
        (r"credentials\[[^]]*\]\.credential", _more_is_minor),
        (r"credentials\[[^]]*\]\.(exception|exception_until)", _unsaid_is_minor),
        (r"devices\[[^]]*\]\.(computer|form|lock|maker|tenancy)", _more_is_minor),
        (r"devices\[[^]]*\]\.state", _always(ChangeClass.MINOR)),
        (r"processors\[[^]]*\]\.(certificate|certificate_until)", _always(ChangeClass.MINOR)),
    )
)


def weigh_change(change: Difference) -> ChangeClass:
    """The weight of one difference. A field that nobody thought of is material."""
    for pattern, weigh in _WEIGHTS:
        if pattern.fullmatch(change.path):
            return weigh(change)
    return ChangeClass.MATERIAL


def _twins(before: Dossier, after: Dossier) -> tuple[str, ...]:
    """The new computers of ours that stand beside one that was approved: same network, same place, same operator."""
    known = {(each.network, each.place, each.operator) for each in before.chart.computers if each.ours}
    names = {each.computer for each in before.chart.computers}
    return tuple(
        f"chart.computers[{each.computer}]."
        for each in after.chart.computers
        if each.ours and each.computer not in names and (each.network, each.place, each.operator) in known
    )


def weigh_changes(before: Dossier, after: Dossier) -> tuple[WeighedChange, ...]:
    """Every difference with its weight."""
    found = differences_between(before, after)
    gone = tuple(
        each.path.removesuffix("item") for each in found if each.path.endswith("].item") and each.after is None
    )
    twins = _twins(before, after)
    return tuple(
        WeighedChange(
            difference=each,
            weight=ChangeClass.MINOR if each.path.startswith((*gone, *twins)) else weigh_change(each),
        )
        for each in found
    )


def classify_change(before: Dossier, after: Dossier) -> ChangeClass:
    """The weight of the whole change: that of its heaviest difference."""
    return max((each.weight for each in weigh_changes(before, after)), default=ChangeClass.NONE)


_OF_ARROW: Final = re.compile(r"(?:chart\.connections|sheets)\[([^]]+)\](?:\..*)?")


def arrows_changed(before: Dossier, after: Dossier) -> frozenset[str]:
    """The arrows under review that a material change concerns; a change that is of no one arrow concerns them all."""
    known = {each.connection for each in (*before.chart.under_review(), *after.chart.under_review())}
    changed: set[str] = set()
    for each in weigh_changes(before, after):
        if each.weight is ChangeClass.MATERIAL:
            named = _OF_ARROW.fullmatch(each.difference.path)
            changed |= {named[1]} & known if named else known
    return frozenset(changed)
