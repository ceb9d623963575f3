"""What Cedar is asked: the connection as it stands in the register today, and the crossing as it was found.

Nothing here looks at a caveat. Cedar has no rows, so that a file is asked about by its sets, counts and sizes.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Final

from sekisho.adapters.decisions.compiling import name_connection
from sekisho.kernel import AssessmentStanding, Findings, Passage, PermitOnFile, Specification, digest_of

LARGEST: Final = 2**63 - 1
"""The largest whole number that Cedar knows; nothing that is counted or measured comes near it."""


_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_END_OF_TIME: Final = datetime(9999, 1, 1, tzinfo=UTC)


def _named(kind: str, name: str) -> dict[str, str]:
    """The name of an entity."""
    return {"type": f"Sekisho::{kind}", "id": name}


def _entities(kind: str, names: Iterable[str]) -> list[dict[str, Any]]:
    """A set of entities."""
    return [{"__entity": _named(kind, name)} for name in names]


def _moment(at: datetime) -> int:
    """A moment as microseconds since 1970, all that a moment has: Cedar reads a number at a third of a date's cost."""
    since = at - _EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def _approved_moment(text: str) -> int:
    """A moment of the approval.

    Raises:
        ValueError: It is none, or leaves its time zone open.

    """
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        message = f"{text} is not a moment that Cedar can compare"
        raise ValueError(message)
    return _moment(at)


def _limit(number: int) -> int:
    """A limit of the approval.

    Raises:
        ValueError: It is not a whole number that Cedar can compare.

    """
    if type(number) is not int or not 0 <= number < LARGEST:
        message = f"{number} is not a limit that Cedar can compare"
        raise ValueError(message)
    return number


def _counted(number: int) -> int:
    """What was counted; beyond Cedar's largest number it is still beyond every limit."""
    return min(number, LARGEST)


@lru_cache(maxsize=4096)
def _in_order(names: tuple[str, ...]) -> str:
    """Names as one text, in their order; whatever each is called, no two lists read the same."""
    return json.dumps(list(names), ensure_ascii=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """How a permit stands today, apart from what was approved: whatever the guards compare that may change."""

    status: str
    signed: bool
    stopped: bool = False
    assessment: AssessmentStanding | None = None


def today_of(on_file: PermitOnFile) -> Today:
    """How a permit on file stands today."""
    return Today(
        status=str(on_file.permit.status),
        signed=on_file.signatures_hold,
        stopped=bool(on_file.stopped_by),
        assessment=on_file.assessment,
    )


def _covers(standing: AssessmentStanding, connection: str) -> dict[str, Any]:
    """What the assessment says of one connection; nothing if it does not speak of it."""
    for each in standing.coverage or ():
        if each.connection == connection:
            known = each.particulars
            told = {} if known is None else {"counterpart": known.counterpart, "items": list(known.items)}
            return {"covers": {"particulars": told} if told else {}}
    return {}


def _standing(today: Today, connection: str) -> dict[str, Any]:
    """Where the assessment stands; nothing if there is none. One without an end is in force to the end of time."""
    standing = today.assessment
    if standing is None:
        return {}
    told = {
        "assessment": standing.assessment,
        "since": _moment(standing.in_force_from),
        "until": _moment(standing.in_force_until or _END_OF_TIME),
        "opinion": str(standing.opinion),
        "listed": standing.coverage is not None,
        **_covers(standing, connection),
    }
    return {"standing": told}


def _who_and_where(specification: Specification) -> dict[str, Any]:
    """What was approved of the time, the people, the places and the way.

    Raises:
        ValueError: Something in the row cannot be compared.

    """
    return {
        "specification": digest_of(specification),
        "assessment": specification.assessment,
        "period": f"{specification.not_before}/{specification.not_after}",
        "not_before": _approved_moment(specification.not_before),
        "not_after": _approved_moment(specification.not_after),
        "office": _in_order((specification.agency, specification.department)),
        "persons": _entities("Person", specification.persons),
        "factors": list(specification.factors),
        "terminals": list(specification.terminals),
        "route": _in_order(specification.route),
        "direction": specification.direction,
        "counterpart": specification.counterpart,
    }


def _what_and_how_much(specification: Specification) -> dict[str, Any]:
    """What was approved of the content and its volume.

    Raises:
        ValueError: Something in the row cannot be compared.

    """
    return {
        "bytes_at_most": _limit(specification.bytes_at_most),
        "parcels_a_day": _limit(specification.parcels_a_day),
        "types": list(specification.types),
        "layouts": list(specification.layouts),
        "items": list(specification.items),
        "strip_unapproved": specification.strip_unapproved,
        "number_columns": list(specification.number_columns),
        "records_at_most": _limit(specification.records_at_most),
        "inspections": list(specification.inspections),
        "rebuild": specification.rebuild,
    }


def connection_data(specification: Specification, today: Today) -> dict[str, Any]:
    """The connection as Cedar sees it.

    Raises:
        ValueError: Something in the row cannot be compared.

    """
    approved = {
        "status": today.status,
        "signed": today.signed,
        "stopped": today.stopped,
        **_standing(today, specification.connection),
        **_who_and_where(specification),
        **_what_and_how_much(specification),
    }
    return {"uid": _named("Connection", name_connection(specification)), "attrs": approved, "parents": []}


@lru_cache(maxsize=1024)
def selection_name(items: frozenset[str]) -> str:
    """The name of a set of data items: its digest, so that no other set can be taken for it."""
    return hashlib.sha256(json.dumps(sorted(items)).encode()).hexdigest()


def selection_data(items: frozenset[str]) -> dict[str, Any]:
    """A set of data items as Cedar sees it. Most parcels hold the same ones, and are asked about by its name alone."""
    attributes = {"names": sorted(items)}
    return {"uid": _named("Selection", selection_name(items)), "attrs": attributes, "parents": []}


def _found(found: Findings) -> dict[str, Any]:
    """What inspection found, in sets and counts."""
    return {
        "found_size": _counted(found.size),
        "found_media_type": found.media_type,
        "found_layout": found.layout,
        "found_items": {"__entity": _named("Selection", selection_name(found.items))},
        "found_faults": _counted(found.fault_count),
        "found_columns_with_numbers": sorted(
            {*found.number_columns, *(each.column for each in found.individual_numbers)}
        ),
        "found_records": _counted(found.records),
        "found_active_content": list(found.active_content),
        "found_other_municipality": _counted(found.other_municipality),
    }


def _demanded(approved: Specification, passage: Passage) -> dict[str, Any]:
    """What is told only if the permit demands something of it; each fact costs, and a guard that misses one objects."""
    told: dict[str, Any] = {"factors": list(passage.factors)} if approved.factors else {}
    if passage.found is not None and approved.inspections:
        told["found_profile"] = sorted(passage.found.profile)
    if passage.found is not None and approved.rebuild:
        told["found_rebuilt"] = bool(passage.found.rebuilt_sha256)
    return told


def request_data(on_file: PermitOnFile, passage: Passage) -> dict[str, Any]:
    """The request: at the entrance without findings, afterwards with them."""
    context: dict[str, Any] = {
        "at": _moment(passage.at),
        "office": _in_order((passage.agency, passage.department)),
        "terminal": passage.terminal,
        "route": _in_order(passage.route),
        "direction": str(passage.direction),
        "counterpart": passage.counterpart,
        "announced_size": _counted(passage.announced_size),
        "parcels_today": _counted(passage.parcels_today),
        "overdue_erasures": _counted(passage.overdue_erasures),
    }
    if passage.found is not None:
        context |= _found(passage.found)
    context |= _demanded(on_file.specification, passage)
    return {
        "principal": _named("Person", passage.person),
        "action": _named("Action", "enter" if passage.found is None else "cross"),
        "resource": _named("Connection", f"{on_file.permit.tenant}/{on_file.permit.connection}"),
        "context": context,
    }
