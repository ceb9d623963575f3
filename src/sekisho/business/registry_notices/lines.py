"""The life of one proposed line, and what accepting lines does to a property. One table; everything else is refused."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from sekisho.business.registry_notices.properties import Property
from sekisho.kernel import ReasonCode, Refused, because

WHOLE_NOTICE: Final = "notice"
"""The line of a notice that changes no field: it can still be taken note of, or rejected."""


class LineState(StrEnum):
    """Where a line is."""

    PROPOSED = "proposed"
    HELD = "held"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class LineAct(StrEnum):
    """What an officer does with a line."""

    ACCEPT = "accept"
    REJECT = "reject"
    HOLD = "hold"
    RELEASE = "release"
    WITHDRAW = "withdraw"


NEXT: Final[Mapping[tuple[LineState, LineAct], LineState]] = MappingProxyType(
    {
        (LineState.PROPOSED, LineAct.ACCEPT): LineState.ACCEPTED,
        (LineState.PROPOSED, LineAct.REJECT): LineState.REJECTED,
        (LineState.PROPOSED, LineAct.HOLD): LineState.HELD,
        (LineState.HELD, LineAct.RELEASE): LineState.PROPOSED,
        (LineState.HELD, LineAct.REJECT): LineState.REJECTED,
        (LineState.ACCEPTED, LineAct.WITHDRAW): LineState.WITHDRAWN,
        (LineState.ACCEPTED, LineAct.ACCEPT): LineState.ACCEPTED,
        (LineState.REJECTED, LineAct.REJECT): LineState.REJECTED,
        (LineState.WITHDRAWN, LineAct.WITHDRAW): LineState.WITHDRAWN,
    }
)


def advance(line: str, state: LineState, act: LineAct) -> LineState:
    """The state after this act; the same act again changes nothing.

    Raises:
        Refused: It cannot be done in this state.

    """
    following = NEXT.get((state, act))
    if following is None:
        raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=line, state=state)])
    return following


def apply_fields(known: Property | None, after: Property, fields: Collection[str]) -> Property:
    """The property with only the accepted fields changed; a new property is taken whole."""
    if known is None:
        return after
    special = {"owners", "state", WHOLE_NOTICE}
    values: dict[str, object] = {name: getattr(after, name) for name in fields if name not in special}
    if "owners" in fields:
        values["owners"] = after.owners
    if "state" in fields:
        values["active"] = after.active
    return replace(known, last_reception=after.last_reception, **values)  # type: ignore[arg-type]  # names of its own fields
