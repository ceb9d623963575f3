"""What an officer decides about proposed lines: accept, reject, hold, release, withdraw. Idempotent and reversible."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from sekisho.adapters.database.ledgers import append_entry
from sekisho.adapters.database.models import LineRow, PropertyRow, PropertyVersion, ProposalRow
from sekisho.adapters.database.property_facts import optional_from_data, property_from_data, property_to_data
from sekisho.adapters.database.property_ledgers import make_row, open_row, place_of
from sekisho.adapters.database.property_proposals import document_subject, proposal_place
from sekisho.adapters.database.sealing import Seals
from sekisho.adapters.database.turns import writing
from sekisho.business.registry_notices import LineAct, LineState, Property, advance, apply_fields
from sekisho.kernel import EntryKind, ReasonCode, Refused, because

_ENTRIES = {
    LineAct.ACCEPT: EntryKind.ACCEPTED,
    LineAct.REJECT: EntryKind.REJECTED,
    LineAct.WITHDRAW: EntryKind.WITHDRAWN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Who decides what, when, about which lines of which proposal; no lines means all of them."""

    tenant: str
    proposal: str
    act: LineAct
    person: str
    at: datetime
    fields: Collection[str] = ()


def _find(decision: Decision) -> tuple[ProposalRow, list[LineRow]]:
    """The proposal and the lines meant.

    Raises:
        Refused: There is no such proposal or line in this municipality.

    """
    row = ProposalRow.objects.filter(tenant_id=decision.tenant, proposal=decision.proposal).first()
    lines = list(LineRow.objects.filter(proposal=row).order_by("id")) if row else []
    unknown = set(decision.fields) - {line.field for line in lines}
    if row is None or unknown:
        raise Refused([because(ReasonCode.NOT_FOUND, what=decision.proposal)])
    return row, [line for line in lines if not decision.fields or line.field in decision.fields]


def _waiting_before(row: ProposalRow) -> bool:
    """Does an earlier reception for the same property still wait?"""
    earlier = ProposalRow.objects.filter(
        tenant_id=row.tenant_id, search=row.search, reception__lt=row.reception, state=LineState.PROPOSED
    )
    return earlier.exists()


def _accept(row: ProposalRow, fields: Collection[str], decision: Decision, seals: Seals) -> None:
    """Put the accepted fields into the ledger, and keep what was before."""
    if _waiting_before(row):
        raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=row.proposal, state="earlier_reception_waiting")])
    values = seals.open(document_subject(row.document), proposal_place(row.proposal), bytes(row.sealed))
    after = property_from_data(values["after"])
    known_row = PropertyRow.objects.filter(tenant_id=row.tenant_id, search=row.search).first()
    known = open_row(known_row, seals) if known_row else None
    if known is not None and known.last_reception > row.reception:
        raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=row.proposal, state="later_reception_applied")])
    changed = apply_fields(known, after, fields)
    if known_row is None:
        seals.prepare([row.search])
        known_row = make_row(row.tenant_id, changed, seals)
        known_row.save()
        _keep_version(known_row, None, decision)
        return
    _keep_version(known_row, bytes(known_row.sealed), decision)
    _put(known_row, changed, seals)


def _keep_version(row: PropertyRow, sealed: bytes | None, decision: Decision) -> None:
    """What the property was before; nothing if it was not there."""
    PropertyVersion.objects.create(
        tenant_id=row.tenant_id,
        property=row,
        version=row.version if sealed is not None else 0,
        proposal=decision.proposal,
        sealed=sealed,
        at=decision.at,
        by=decision.person,
    )


def _put(row: PropertyRow, each: Property, seals: Seals) -> None:
    """The property at its next version."""
    row.version += 1
    row.sealed = seals.seal(row.subject, place_of(row.search, row.version), property_to_data(each))
    row.active, row.last_reception = each.active, each.last_reception
    row.save()


def _withdraw(row: ProposalRow, seals: Seals) -> None:
    """Put the property back to what it was before this proposal.

    Raises:
        Refused: A later change stands on it.

    """
    versions = PropertyVersion.objects.filter(tenant_id=row.tenant_id, property__search=row.search)
    newest = versions.select_related("property").order_by("-version").first()
    if newest is None or newest.proposal != row.proposal:
        raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=row.proposal, state="later_change_stands_on_it")])
    known = newest.property
    present = open_row(known, seals)
    while newest is not None and newest.proposal == row.proposal:
        sealed, version = newest.sealed, newest.version
        newest.delete()
        if sealed is None:
            known.delete()
            return
        present = property_from_data(seals.open(known.subject, place_of(known.search, version), bytes(sealed)))
        newest = versions.order_by("-version").first()
    _put(known, replace(present), seals)


def decide_lines(decision: Decision) -> int:
    """Carry out a decision in one transaction with its entry; answers how many lines changed.

    Raises:
        Refused: It cannot be done now; nothing is changed.

    """
    seals = Seals(decision.tenant)
    with writing():
        row, lines = _find(decision)
        moved = [(line, advance(row.proposal, LineState(line.state), decision.act)) for line in lines]
        moved = [(line, state) for line, state in moved if line.state != state]
        if not moved:
            return 0
        if decision.act is LineAct.ACCEPT:
            _accept(row, {line.field for line, _ in moved}, decision, seals)
        elif decision.act is LineAct.WITHDRAW:
            _withdraw(row, seals)
        _write_lines(row, moved, decision)
    return len(moved)


def _write_lines(row: ProposalRow, moved: list[tuple[LineRow, LineState]], decision: Decision) -> None:
    """The lines' new states, the proposal's own, and the entry."""
    for line, state in moved:
        line.state, line.by, line.at = state, decision.person, decision.at
        line.save()
    states = set(LineRow.objects.filter(proposal=row).values_list("state", flat=True))
    order = (LineState.PROPOSED, LineState.HELD, LineState.ACCEPTED, LineState.WITHDRAWN, LineState.REJECTED)
    row.state = next(state for state in order if state in states)
    row.save(update_fields=["state"])
    kind = _ENTRIES.get(decision.act)
    if kind is not None:
        append_entry(
            decision.tenant,
            {
                "kind": str(kind),
                "tenant": decision.tenant,
                "proposal": row.proposal,
                "document": row.document,
                "at": decision.at.isoformat(),
                "fields": sorted(line.field for line, _ in moved),
                "by": {"person": decision.person},
            },
        )


def read_proposal(tenant: str, proposal: str) -> tuple[ProposalRow, dict[str, object], list[LineRow]]:
    """A proposal opened for an officer: its row, its values, its lines.

    Raises:
        Refused: There is none in this municipality.

    """
    row = ProposalRow.objects.filter(tenant_id=tenant, proposal=proposal).first()
    if row is None:
        raise Refused([because(ReasonCode.NOT_FOUND, what=proposal)])
    values = Seals(tenant).open(document_subject(row.document), proposal_place(proposal), bytes(row.sealed))
    values["before"] = optional_from_data(values["before"])
    values["after"] = optional_from_data(values["after"])
    return row, values, list(LineRow.objects.filter(proposal=row).order_by("id"))
