"""Where permits, conditions and assessments stand by the ledger, to be compared with their rows at every decision.

Rows are what behaviour reads; whoever can edit a row could otherwise open the gate. The last entry about each thing
says where it stands, and an entry cannot be edited unseen.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final

from sekisho.adapters.database.ledgers import append_entry, rows_about
from sekisho.adapters.database.models import AssessmentStandingRow, ConditionRow
from sekisho.adapters.database.turns import writing
from sekisho.kernel import (
    AssessmentOpinion,
    AssessmentStanding,
    Coverage,
    EntryKind,
    Particulars,
    PermitStatus,
    Reason,
    ReasonCode,
    because,
    decode_entry,
    subject_of,
)

_BY_KIND: Final[Mapping[str, str]] = MappingProxyType(
    {EntryKind.PERMIT_ISSUED: PermitStatus.ACTIVE, EntryKind.PERMIT_SUPERSEDED: PermitStatus.SUPERSEDED}
)
"""Where a permit stands after an entry of before states were written into them."""
_NOTHING: Final = "-"
_NEVER_STOOD: Final = frozenset({"proposed", "dropped"})


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenCondition:
    """A condition as the ledger has it."""

    state: str
    kind: str
    due: str
    hangs_on: str
    connection: str


def differs(what: str, registered: str, written: str) -> tuple[Reason, ...]:
    """The one reason, if a row says something else than the ledger."""
    if registered == written:
        return ()
    return (because(ReasonCode.REGISTER_DIFFERS, what=what, registered=registered, written=written),)


@lru_cache(maxsize=4096)
def written_status(permit: str, body: bytes) -> str:
    """Where a permit stands after this entry; nothing if the entry is not about it."""
    entry = decode_entry(body)
    if subject_of(entry) != f"permit/{permit}":
        return _NOTHING
    return str(entry.get("status") or _BY_KIND.get(str(entry["kind"]), _NOTHING))


def permit_differs(permit: str, status: str, body: bytes | None) -> tuple[Reason, ...]:
    """Is a permit's row in another state than the last entry about it says?"""
    return differs(permit, status, _NOTHING if body is None else written_status(permit, body))


def _bodies(tenant: str, subject: str) -> tuple[bytes, ...]:
    """Every entry about a subject, in order."""
    return tuple(bytes(body) for body in rows_about(tenant, subject).values_list("body", flat=True))


@lru_cache(maxsize=256)
def _conditions_in(bodies: tuple[bytes, ...]) -> Mapping[str, WrittenCondition]:
    """The conditions of a consultation as these entries have them."""
    written: dict[str, dict[str, str]] = {}
    for entry in map(decode_entry, bodies):
        blank = {"kind": "", "due": "", "hangs_on": "", "connection": ""}
        known = written.setdefault(str(entry["condition"]), blank)
        known["state"] = str(entry.get("after", "proposed"))
        told = {"kind": "condition_kind", "due": "due", "hangs_on": "hangs_on"}
        known |= {name: str(entry[source]) for name, source in told.items() if source in entry}
        if "hangs_on" in entry:  # an entry that does not name the arrow says it by what the condition hangs on
            known["connection"] = str(entry.get("connection", known["hangs_on"].partition("/")[0]))
    return {condition: WrittenCondition(**known) for condition, known in written.items()}


def conditions_differ(tenant: str, consultation: str, connection: str) -> tuple[Reason, ...]:
    """Every condition on this permit whose row is not as the ledger has it: gone, in another state, or otherwise."""
    bodies = _bodies(tenant, f"condition/{consultation}")
    found = ConditionRow.objects.filter(tenant_id=tenant, consultation=consultation)
    return conditions_apart(bodies, found, connection)


def conditions_apart(bodies: tuple[bytes, ...], found: Iterable[ConditionRow], connection: str) -> tuple[Reason, ...]:
    """The same from the entries about a consultation's conditions and their rows."""
    written, rows = _conditions_in(bodies), {each.condition: each for each in found}
    reasons: list[Reason] = []
    for condition, told in sorted(written.items()):
        if told.state in _NEVER_STOOD or told.connection not in {"", connection}:
            continue
        row = rows.get(condition)
        pairs = _told_apart(row, told) if row else [(_NOTHING, told.state)]
        reasons += [reason for registered, said in pairs for reason in differs(condition, registered, said)]
    return tuple(reasons)


def _told_apart(row: ConditionRow, told: WrittenCondition) -> list[tuple[str, str]]:
    """What a row says and what the ledger says, one beside the other."""
    return [
        (row.state, told.state),
        (row.kind, told.kind),
        (row.due.isoformat(), told.due),
        (row.hangs_on, told.hangs_on),
        (row.connection, told.connection),
    ]


def _coverage_data(coverage: tuple[Coverage, ...] | None) -> list[dict[str, Any]] | None:
    """What is covered as plain data, in the order of the report."""
    if coverage is None:
        return None
    return [json.loads(json.dumps(asdict(each))) for each in coverage]


def _coverage_from(data: list[dict[str, Any]] | None) -> tuple[Coverage, ...] | None:
    """What is covered, from its row."""
    if data is None:
        return None
    return tuple(
        Coverage(connection=each["connection"], particulars=_particulars_from(each["particulars"])) for each in data
    )


def _particulars_from(data: dict[str, Any] | None) -> Particulars | None:
    """Contractor and items, from their row."""
    return None if data is None else Particulars(counterpart=data["counterpart"], items=tuple(data["items"]))


def _standing_facts(standing: AssessmentStanding) -> dict[str, str]:
    """A standing as an entry has it, moments in UTC."""
    until = standing.in_force_until
    return {
        "assessment": standing.assessment,
        "in_force_from": standing.in_force_from.astimezone(UTC).isoformat(),
        "in_force_until": until.astimezone(UTC).isoformat() if until else "",
        "opinion": str(standing.opinion),
    }


def standing_as_data(standing: AssessmentStanding) -> dict[str, Any]:
    """A standing as plain data, to be carried to another house."""
    return {**_standing_facts(standing), "coverage": _coverage_data(standing.coverage)}


def standing_from_data(data: Mapping[str, Any]) -> AssessmentStanding:
    """Read a standing from plain data."""
    until = data["in_force_until"]
    return AssessmentStanding(
        assessment=data["assessment"],
        in_force_from=datetime.fromisoformat(data["in_force_from"]),
        in_force_until=datetime.fromisoformat(until) if until else None,
        opinion=AssessmentOpinion(data["opinion"]),
        coverage=_coverage_from(data["coverage"]),
    )


def _digest(coverage: object) -> str:
    """What is covered in one line, to be compared and told."""
    return hashlib.sha256(json.dumps(coverage, sort_keys=True).encode()).hexdigest()[:16]


def enter_standing(tenant: str, standing: AssessmentStanding, by: str, at: datetime) -> None:
    """Write down where an assessment stands from now on, row and entry together."""
    facts, coverage = _standing_facts(standing), _coverage_data(standing.coverage)
    frame = {"kind": str(EntryKind.ASSESSMENT_STANDING), "tenant": tenant, "at": at.isoformat(), "by": {"person": by}}
    values = {
        "in_force_from": standing.in_force_from,
        "in_force_until": standing.in_force_until,
        "opinion": str(standing.opinion),
        "coverage": coverage,
    }
    told = {} if coverage is None else {"coverage": coverage}
    with writing():
        AssessmentStandingRow.objects.update_or_create(
            tenant_id=tenant, assessment=standing.assessment, defaults=values
        )
        append_entry(tenant, {**frame, **facts, **told})


def standing_of(tenant: str, assessment: str) -> tuple[AssessmentStanding | None, tuple[Reason, ...]]:
    """Where an assessment stands by its row, and why that cannot be believed."""
    row = AssessmentStandingRow.objects.filter(tenant_id=tenant, assessment=assessment).first()
    if row is None:
        return None, ()
    return read_standing(row, _bodies(tenant, f"assessment/{assessment}"))


def read_standing(
    row: AssessmentStandingRow, bodies: tuple[bytes, ...]
) -> tuple[AssessmentStanding | None, tuple[Reason, ...]]:
    """The same from the row and the entries about it."""
    standing = AssessmentStanding(
        assessment=row.assessment,
        in_force_from=row.in_force_from,
        in_force_until=row.in_force_until,
        opinion=AssessmentOpinion(row.opinion),
        coverage=_coverage_from(row.coverage),
    )
    assessment, last = row.assessment, bodies[-1:]
    entry: Mapping[str, Any] = decode_entry(last[0]) if last else {}
    facts = _standing_facts(standing)
    pairs = [(facts[name], str(entry.get(name, _NOTHING))) for name in facts]
    pairs.append((_digest(row.coverage), _digest(entry.get("coverage"))))
    return standing, tuple(reason for one, other in pairs for reason in differs(assessment, one, other))
