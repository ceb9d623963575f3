"""Permits (通行証): one a connection, compiled from the approved specification and bound to it by its digest.

The digest is computed again from the row that is loaded, so editing an approved field in the database kills the
permit. The policy text (規則文) from which the second opinion is formed is part of what is signed. Legal ground and the
date as of which it holds are part of the specification (the law changed in April 2023).
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Final

from sekisho.kernel.authority.caveats import Caveat, caveat_from_data, caveat_to_data
from sekisho.kernel.authority.caveats_at_entrance import (
    AgencyOnly,
    AssessmentInForce,
    BytesAtMost,
    CounterpartOnly,
    DirectionOnly,
    ErasureNotOverdue,
    FactorDemanded,
    ParcelsADayAtMost,
    PersonsOnly,
    RouteOnly,
    TerminalsOnly,
    ValidBetween,
)
from sekisho.kernel.authority.caveats_on_content import (
    ItemsMasked,
    ItemsOnly,
    LayoutsOnly,
    NoActiveContent,
    NoFaultyRecords,
    NoIndividualNumberOutside,
    OwnMunicipalityOnly,
    ProfileDemanded,
    RebuiltOnly,
    RecordsAtMost,
    TypesOnly,
)
from sekisho.kernel.authority.passage import Passage
from sekisho.kernel.errors import Reason, ReasonCode, SekishoError, because
from sekisho.kernel.evidence import canonical_bytes


class PermitStatus(StrEnum):
    """Where a permit is in its life; only an active one opens the gate."""

    COMPILED = "compiled"
    VALIDATED = "validated"
    ISSUED = "issued"
    ACTIVE = "active"
    CHANGE_PENDING = "change_pending"
    SUSPENDED = "suspended"
    EXPIRED = "expired"
    REVOKED = "revoked"
    SUPERSEDED = "superseded"


NOT_ISSUED: Final = (PermitStatus.COMPILED, PermitStatus.VALIDATED)
"""Before two persons have signed: such a permit stands in no register, and speaks for nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Specification:
    """Exactly what the council approved for one connection. Every field is covered by the permit's digest."""

    tenant: str
    consultation: str
    connection: str
    agency: str
    department: str
    counterpart: str
    direction: str
    route: tuple[str, ...]
    persons: tuple[str, ...]
    terminals: tuple[str, ...]
    items: tuple[str, ...]
    strip_unapproved: bool
    layouts: tuple[str, ...]
    types: tuple[str, ...]
    bytes_at_most: int
    records_at_most: int
    parcels_a_day: int
    not_before: str
    not_after: str
    erase_within_hours: int
    legal_basis: str
    as_of: str
    number_columns: tuple[str, ...] = ()
    assessment: str = ""
    factors: tuple[str, ...] = ()
    inspections: tuple[str, ...] = ()
    rebuild: bool = False
    house_keeps_days: int = 0
    contractor_keeps_days: int = 0
    masked_items: tuple[str, ...] = ()
    key_lent_hours: int = 0


_IF_ANY: Final = frozenset(
    {
        "number_columns",
        "assessment",
        "factors",
        "inspections",
        "rebuild",
        "house_keeps_days",
        "contractor_keeps_days",
        "masked_items",
        "key_lent_hours",
    }
)
"""Fields that stand in the data only if something was approved there, so that older approvals keep their digest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """One signature of the issuing body over the permit document, in hexadecimal."""

    signer: str
    key: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Permit:
    """A permit as it is shown at the gate."""

    permit: str
    tenant: str
    connection: str
    specification_digest: str
    caveats: tuple[Caveat, ...]
    status: PermitStatus
    issued_at: str
    policy: str = ""
    signatures: tuple[Signature, ...] = ()


def specification_to_data(specification: Specification) -> dict[str, object]:
    """The specification as plain data, ready to be stored or shown."""
    values = ((each.name, getattr(specification, each.name)) for each in fields(Specification))  # no field is nested
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in values
        if value or name not in _IF_ANY
    }


def specification_from_data(data: Mapping[str, object]) -> Specification:
    """Read a specification from a stored row.

    Raises:
        SekishoError: A field is missing or unknown.

    """
    values = {name: tuple(value) if isinstance(value, list) else value for name, value in data.items()}
    if set(values) | _IF_ANY != {field.name for field in fields(Specification)}:
        message = "the specification's fields are not the known ones"
        raise SekishoError(message)
    return Specification(**values)  # type: ignore[arg-type]  # the row is checked by its digest, not by its types


def digest_of(specification: Specification) -> str:
    """SHA-256 of the canonical specification, in hexadecimal: what was approved, in one line."""
    return hashlib.sha256(canonical_bytes(specification_to_data(specification))).hexdigest()


def period_over(connection: str, not_after: str, at: datetime) -> tuple[Reason, ...]:
    """The one reason, if the period approved for a connection is over; what cannot be read is for the validation."""
    try:
        over = datetime.fromisoformat(not_after) <= at
    except (TypeError, ValueError):
        return ()
    return (because(ReasonCode.PERIOD_OVER, connection=connection, not_after=not_after),) if over else ()


def compile_caveats(specification: Specification) -> tuple[Caveat, ...]:
    """One caveat for each sentence of the approval."""
    return (
        ValidBetween(not_before=specification.not_before, not_after=specification.not_after),
        AgencyOnly(agency=specification.agency, department=specification.department),
        PersonsOnly(persons=specification.persons),
        TerminalsOnly(terminals=specification.terminals),
        RouteOnly(route=specification.route),
        DirectionOnly(direction=specification.direction),
        CounterpartOnly(counterpart=specification.counterpart),
        BytesAtMost(limit=specification.bytes_at_most),
        ParcelsADayAtMost(limit=specification.parcels_a_day),
        ErasureNotOverdue(),
        *((AssessmentInForce(assessment=specification.assessment),) if specification.assessment else ()),
        *((FactorDemanded(factors=specification.factors),) if specification.factors else ()),
        TypesOnly(types=specification.types),
        LayoutsOnly(layouts=specification.layouts),
        ItemsOnly(items=specification.items, strip=specification.strip_unapproved),
        NoFaultyRecords(),
        NoIndividualNumberOutside(columns=specification.number_columns),
        RecordsAtMost(limit=specification.records_at_most),
        NoActiveContent(),
        OwnMunicipalityOnly(),
        *((ProfileDemanded(inspections=specification.inspections),) if specification.inspections else ()),
        *((RebuiltOnly(),) if specification.rebuild else ()),
        *((ItemsMasked(items=specification.masked_items),) if specification.masked_items else ()),
    )


def permit_document(permit: Permit) -> bytes:
    """The bytes that the issuing body signs: everything but status and signatures."""
    return canonical_bytes(
        {
            "caveats": [caveat_to_data(each) for each in permit.caveats],
            "connection": permit.connection,
            "issued_at": permit.issued_at,
            "permit": permit.permit,
            "policy": permit.policy,
            "specification_digest": permit.specification_digest,
            "tenant": permit.tenant,
        }
    )


def permit_from_data(document: bytes, status: str, signatures: tuple[Signature, ...]) -> Permit:
    """Read a permit from its signed document and its present state.

    Raises:
        SekishoError: The document is not one of ours, or holds an unknown caveat.

    """
    try:
        data = json.loads(document)
        return Permit(
            permit=data["permit"],
            tenant=data["tenant"],
            connection=data["connection"],
            specification_digest=data["specification_digest"],
            caveats=tuple(caveat_from_data(each) for each in data["caveats"]),
            status=PermitStatus(status),
            issued_at=data["issued_at"],
            policy=data["policy"],
            signatures=signatures,
        )
    except (ValueError, KeyError, TypeError) as fault:
        message = "the permit document cannot be read"
        raise SekishoError(message) from fault


def objections(caveats: tuple[Caveat, ...], passage: Passage, *, at_entrance: bool) -> tuple[Reason, ...]:
    """Ask the caveats and gather every objection once: at the entrance those that need no bytes, later all of them."""
    asked = (each for each in caveats if each.at_entrance or not at_entrance)
    reasons: list[Reason] = []
    for reason in (reason for each in asked for reason in each.objections(passage)):
        if reason not in reasons:
            reasons.append(reason)
    return tuple(reasons)
