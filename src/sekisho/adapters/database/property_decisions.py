"""What an officer decides about proposed lines: accept, reject, hold, release, withdraw. Idempotent and reversible."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sekisho.adapters.database.ledgers import append_entry
from sekisho.adapters.database.models import LineRow, PropertyRow, PropertyVersion, ProposalRow
from sekisho.adapters.database.property_facts import property_from_data, property_to_data
from sekisho.adapters.database.property_history import (
    Change,
    keep_version,
    known_row,
    mark_taken_back,
    version_before,
)
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
    LineAct.HOLD: EntryKind.POSTPONED,
    LineAct.RELEASE: EntryKind.RESUMED,
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
    """The proposal and all its lines.

    Raises:
        Refused: There is no such proposal or line in this municipality.

    """
    row = ProposalRow.objects.filter(tenant_id=decision.tenant, proposal=decision.proposal).first()
    lines = list(LineRow.objects.filter(proposal=row).order_by("id")) if row else []
    unknown = set(decision.fields) - {line.field for line in lines}
    if row is None or unknown:
        raise Refused([because(ReasonCode.NOT_FOUND, what=decision.proposal)])
    return row, lines


def _comes_or_goes_whole(row: ProposalRow, act: LineAct) -> bool:
    """Does the proposal bring a property into the ledger? Then it comes in whole, and goes out whole."""
    if act is LineAct.WITHDRAW:
        versions = PropertyVersion.objects.filter(tenant_id=row.tenant_id, search=row.search, proposal=row.proposal)
        return versions.filter(taken_back=False, sealed=None).exists()
    return known_row(row) is None


def _moves(decision: Decision, row: ProposalRow, lines: list[LineRow]) -> list[tuple[LineRow, LineState]]:
    """The lines that are meant and the state each comes to; those that are there already are left out.

    Raises:
        Refused: It cannot be done in the state that one of them is in.

    """
    some = decision.fields and not _comes_or_goes_whole(row, decision.act)
    meant = [line for line in lines if not some or line.field in decision.fields]
    moved = [(line, advance(row.proposal, LineState(line.state), decision.act)) for line in meant]
    return [(line, state) for line, state in moved if line.state != state]


def _waiting_before(row: ProposalRow) -> bool:
    """Does an earlier reception for the same property still wait?"""
    earlier = ProposalRow.objects.filter(
        tenant_id=row.tenant_id, search=row.search, reception__lt=row.reception, state=LineState.PROPOSED
    )
    return earlier.exists()


def _proposed(row: ProposalRow, seals: Seals) -> Property:
    """The property as the notice would have it.

    Raises:
        Refused: The notice is about a property that the ledger does not know; there is nothing to change.

    """
    after = seals.open(document_subject(row.document), proposal_place(row.proposal), bytes(row.sealed))["after"]
    if after is None:
        raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=row.proposal, state="property_unknown")])
    return property_from_data(after)


def _accept(change: Change, fields: Collection[str], seals: Seals) -> None:
    """Put the accepted fields into the ledger, and keep what was before."""
    row = change.proposal
    if _waiting_before(row):
        raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=row.proposal, state="earlier_reception_waiting")])
    after, known = _proposed(row, seals), known_row(row)
    present = open_row(known, seals) if known else None
    if present is not None and present.last_reception > row.reception:
        raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=row.proposal, state="later_reception_applied")])
    changed, version = apply_fields(present, after, fields), keep_version(known, change)
    if known is None:
        seals.prepare([row.search])
        make_row(row.tenant_id, changed, seals, version).save()
        return
    _put(known, changed, seals)


def _put(row: PropertyRow, each: Property, seals: Seals) -> None:
    """The property at its next version."""
    row.version += 1
    row.sealed = seals.seal(row.subject, place_of(row.search, row.version), property_to_data(each))
    row.active, row.last_reception = each.active, each.last_reception
    row.save()


def _withdraw(change: Change, still: Collection[str], seals: Seals) -> None:
    """Put the property back to what it was before this proposal, but for the fields that are `still` accepted.

    Raises:
        Refused: A later change stands on it.

    """
    row = change.proposal
    known, before = known_row(row), version_before(row)
    keep_version(known, change)
    if not still:
        mark_taken_back(row)
    if known is None or before.sealed is None:
        PropertyRow.objects.filter(tenant_id=row.tenant_id, search=row.search).delete()
        return
    opened = seals.open(known.subject, place_of(known.search, before.version), bytes(before.sealed))
    restored = property_from_data(opened)
    _put(known, apply_fields(restored, _proposed(row, seals), still) if still else restored, seals)


def decide_lines(decision: Decision) -> int:
    """Carry out a decision in one transaction with its entry; answers how many lines changed.

    Raises:
        Refused: It cannot be done now; nothing is changed.

    """
    seals = Seals(decision.tenant)
    with writing():
        row, lines = _find(decision)
        moved = _moves(decision, row, lines)
        if not moved:
            return 0
        change = Change(proposal=row, act=decision.act, person=decision.person, at=decision.at)
        fields = {line.field for line, _ in moved}
        if decision.act is LineAct.ACCEPT:
            _accept(change, fields, seals)
        elif decision.act is LineAct.WITHDRAW:
            accepted = {line.field for line in lines if line.state == LineState.ACCEPTED}
            _withdraw(change, accepted - fields, seals)
        elif decision.act is LineAct.RELEASE:
            _proposed(row, seals)
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
    append_entry(
        decision.tenant,
        {
            "kind": str(_ENTRIES[decision.act]),
            "tenant": decision.tenant,
            "proposal": row.proposal,
            "document": row.document,
            "at": decision.at.isoformat(),
            "fields": sorted(line.field for line, _ in moved),
            "by": {"person": decision.person},
        },
    )
