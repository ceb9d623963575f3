"""Kernel facts as plain data in a row, and back. Nothing personal is among them."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any, Final

from sekisho.kernel import (
    Acknowledgement,
    CanaryFound,
    Cargo,
    Direction,
    ErasureProof,
    Findings,
    Mark,
    MarkCode,
    NumberFound,
    Passage,
    PeopleFound,
    RecordFault,
)

Data = Mapping[str, Any]
_PASSAGE: Final = tuple(field.name for field in fields(Passage) if field.name not in {"found", "assessment"})
_FINDINGS: Final = tuple(field.name for field in fields(Findings))


def passage_to_data(passage: Passage) -> dict[str, Any]:
    """A passage without what was found, and without the assessment, which is looked up at every decision."""
    data = {name: getattr(passage, name) for name in _PASSAGE}
    return {
        **data,
        "at": passage.at.isoformat(),
        "route": list(passage.route),
        "direction": str(passage.direction),
        "factors": list(passage.factors),
        "without": list(passage.without),
    }


def passage_from_data(data: Data) -> Passage:
    """A passage as it was at the entrance."""
    values = {
        **data,
        "at": datetime.fromisoformat(data["at"]),
        "route": tuple(data["route"]),
        "direction": Direction(data["direction"]),
        "factors": tuple(data.get("factors", ())),
        "without": tuple(data.get("without", ())),
    }
    return Passage(**values)


def findings_to_data(found: Findings) -> dict[str, Any]:
    """What was found, in codes and counts."""
    return {
        **{name: getattr(found, name) for name in _FINDINGS},
        "first_fault": asdict(found.first_fault) if found.first_fault else None,
        "items": sorted(found.items),
        "profile": sorted(found.profile),
        "active_content": list(found.active_content),
        "individual_numbers": [asdict(each) for each in found.individual_numbers],
        "item_labels": dict(found.item_labels),
        "number_columns": dict(found.number_columns),
        "marks": [asdict(each) for each in found.marks],
        "canaries": [asdict(each) for each in found.canaries],
        "people": [asdict(each) for each in found.people],
        "removed": list(found.removed),
    }


def findings_from_data(data: Data) -> Findings:
    """What was found."""
    first = data["first_fault"]
    values = {
        **data,
        "items": frozenset(data["items"]),
        "profile": frozenset(data["profile"]),
        "active_content": tuple(data["active_content"]),
        "individual_numbers": tuple(NumberFound(**each) for each in data["individual_numbers"]),
        "first_fault": RecordFault(**first) if first else None,
        "marks": tuple(Mark(**{**each, "code": MarkCode(each["code"])}) for each in data.get("marks", ())),
        "canaries": tuple(CanaryFound(**each) for each in data.get("canaries", ())),
        "people": tuple(PeopleFound(**each) for each in data.get("people", ())),
        "removed": tuple(data.get("removed", ())),
    }
    return Findings(**values)


def cargo_from_data(data: Data) -> Cargo:
    """Sealed bytes, as recorded."""
    return Cargo(**data)


def acknowledgement_from_data(data: Data) -> Acknowledgement:
    """The counterpart's receipt."""
    return Acknowledgement(**data)


def proof_from_data(data: Data) -> ErasureProof:
    """The proof of an erasure."""
    return ErasureProof(**data)
