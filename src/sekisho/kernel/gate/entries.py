"""What each step writes into the ledger: ids, codes, counts, digests and times; never personal data.

Every entry has `kind`, `tenant`, `parcel`, `connection`, `at`; after *present* also `permit`, after *land* `digest`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sekisho.kernel.authority import ALARM_CODES, VOLUME_CODES, Findings, Mark, Passage
from sekisho.kernel.errors import Reason
from sekisho.kernel.evidence import EntryKind
from sekisho.kernel.gate.forms import (
    Acknowledgement,
    Admitted,
    Arrival,
    Clearance,
    ErasureProof,
    Inspected,
    Recorded,
    Sealed,
    Standing,
    Stopped,
    Stored,
    Waybill,
)

Entry = Mapping[str, object]


def _entry(kind: EntryKind, waybill: Waybill, at: datetime, **facts: object) -> dict[str, object]:
    """The frame of every entry."""
    frame: dict[str, object] = {
        "kind": str(kind),
        "tenant": waybill.tenant,
        "parcel": waybill.parcel,
        "connection": waybill.connection,
        "at": at.isoformat(timespec="milliseconds"),
    }
    if waybill.permit:
        frame["permit"] = waybill.permit
    if waybill.digest:
        frame["digest"] = waybill.digest
    return {**frame, **facts}


def _by(standing: Standing | None) -> dict[str, str]:
    """Who acted, where, for whom."""
    if standing is None:
        return {}
    return {
        "person": standing.person,
        "terminal": standing.terminal,
        "agency": standing.agency,
        "department": standing.department,
    }


def _standing_of(passage: Passage) -> Standing:
    """Who acted, as the passage remembers it."""
    return Standing(
        person=passage.person,
        terminal=passage.terminal,
        agency=passage.agency,
        department=passage.department,
    )


def _reasons(reasons: Sequence[Reason]) -> list[dict[str, object]]:
    """All reasons as codes and facts."""
    return [reason.as_data() for reason in reasons]


def _mark_data(mark: Mark) -> dict[str, str]:
    """A mark as codes."""
    return {"code": str(mark.code), "place": mark.place, "detail": mark.detail}


def found_facts(found: Findings) -> dict[str, object]:
    """What inspection found, in counts and codes."""
    return {
        "media_type": found.media_type,
        "layout": found.layout,
        "layout_version": found.layout_version,
        "layout_sha256": found.layout_sha256,
        "size": found.size,
        "records": found.records,
        "items": sorted(found.items),
        "faults": found.fault_count,
        "individual_numbers": sum(each.count for each in found.individual_numbers),
        "other_municipality": found.other_municipality,
        "unmapped_characters": found.unmapped_characters,
        "active_content": list(found.active_content),
        "profile": sorted(found.profile),
        "marks": [_mark_data(each) for each in found.marks],
        "canaries": sum(each.count for each in found.canaries),
        "people_rows": sum(each.count for each in found.people),
        "removed": list(found.removed),
        "rebuilt_sha256": found.rebuilt_sha256,
        "rules_sha256": found.rules_sha256,
        **({"number_columns": sorted(found.number_columns)} if found.number_columns else {}),
    }


def received_entry(admitted: Admitted, stored: Stored) -> Entry:
    """*land*: the parcel is here."""
    waybill = Waybill(
        parcel=admitted.waybill.parcel,
        tenant=admitted.waybill.tenant,
        connection=admitted.waybill.connection,
        permit=admitted.waybill.permit,
        digest=stored.digest,
    )
    return _entry(
        EntryKind.RECEIVED,
        waybill,
        admitted.passage.at,
        size=stored.size,
        by=_by(_standing_of(admitted.passage)),
        route=list(admitted.passage.route),
        counterpart=admitted.passage.counterpart,
        direction=str(admitted.passage.direction),
        without=list(admitted.passage.without),
        specification=admitted.on_file.permit.specification_digest,
    )


def turned_away_entry(arrival: Arrival, standing: Standing | None, reasons: Sequence[Reason]) -> Entry:
    """Refused at the entrance, before the bytes were taken or because they were not what was announced."""
    waybill = Waybill(
        parcel=arrival.parcel,
        tenant=arrival.tenant,
        connection=arrival.connection,
        permit="",
    )
    return _entry(
        EntryKind.REFUSED,
        waybill,
        arrival.at,
        hall="entrance",
        by=_by(standing),
        route=list(arrival.route),
        counterpart=arrival.counterpart,
        direction=str(arrival.direction),
        size=arrival.announced_size,
        reasons=_reasons(reasons),
    )


def cleared_entry(inspected: Inspected, clearance: Clearance, at: datetime) -> Entry:
    """*decide*: no caveat objects. Which items were masked stands there only if any were.

    So does the number of the permit that was asked, if it is not the one under which the parcel came in.
    """
    masked = {"mask": sorted(clearance.mask)} if clearance.mask else {}
    under = {"under": clearance.under} if clearance.under not in {"", inspected.waybill.permit} else {}
    return _entry(
        EntryKind.CLEARED,
        inspected.waybill,
        at,
        found=found_facts(inspected.found),
        strip=sorted(clearance.strip),
        **masked,
        **under,
    )


def stopped_entry(inspected: Inspected, stopped: Stopped, at: datetime) -> Entry:
    """*decide*: held or refused."""
    kind = EntryKind.HELD if stopped.held else EntryKind.REFUSED
    return _entry(
        kind,
        inspected.waybill,
        at,
        hall="examination",
        by=_by(_standing_of(inspected.passage)),
        found=found_facts(inspected.found),
        reasons=_reasons(stopped.reasons),
    )


def held_back_entry(stopped: Stopped, at: datetime) -> Entry:
    """*seal*: what was cleared does not leave after all; held or refused."""
    kind = EntryKind.HELD if stopped.held else EntryKind.REFUSED
    return _entry(kind, stopped.waybill, at, hall="exit", reasons=_reasons(stopped.reasons))


def _alarms(waybill: Waybill, at: datetime, hall: str, reasons: Sequence[Reason]) -> tuple[Entry, ...]:
    """One entry for each time that both opinions were not one, or more came than declared, beside the refusal's."""
    return tuple(
        _entry(
            EntryKind.ALARM_RAISED,
            replace(waybill, permit=each.facts.get("permit", waybill.permit)),
            at,
            hall=hall,
            alarm=each.as_data(),
            objections=[str(other.code) for other in reasons if other is not each],
        )
        for each in reasons
        if each.code in ALARM_CODES | VOLUME_CODES
    )


def entrance_alarms(arrival: Arrival, reasons: Sequence[Reason]) -> tuple[Entry, ...]:
    """Alarms at the entrance: the two opinions differed, one was not formed, or too many parcels came."""
    waybill = Waybill(parcel=arrival.parcel, tenant=arrival.tenant, connection=arrival.connection, permit="")
    return _alarms(waybill, arrival.at, "entrance", reasons)


def examination_alarms(stopped: Stopped, at: datetime) -> tuple[Entry, ...]:
    """Alarms on the content: the two opinions differed, one was not formed, or too many records came."""
    return _alarms(stopped.waybill, at, "examination", stopped.reasons)


def leaving_entry(sealed: Sealed, at: datetime) -> Entry:
    """*record*: the digest of what leaves, before it leaves."""
    return _entry(
        EntryKind.LEAVING,
        sealed.waybill,
        at,
        sealed_digest=sealed.cargo.digest,
        sealed_size=sealed.cargo.size,
        recipient=sealed.cargo.recipient,
        counterpart=sealed.counterpart,
        direction=str(sealed.direction),
    )


def delivered_entry(recorded: Recorded, acknowledgement: Acknowledgement, at: datetime) -> Entry:
    """*deliver*: the counterpart's receipt."""
    return _entry(
        EntryKind.DELIVERED,
        recorded.waybill,
        at,
        receipt=acknowledgement.number,
        facts=dict(acknowledgement.facts),
        sealed_digest=recorded.cargo.digest,
    )


def erasing_entry(waybill: Waybill, at: datetime) -> Entry:
    """*erase*: the intent."""
    return _entry(EntryKind.ERASING, waybill, at)


def erased_entry(waybill: Waybill, at: datetime, proof: ErasureProof) -> Entry:
    """*erase*: the proof."""
    return _entry(
        EntryKind.ERASED,
        waybill,
        at,
        key=proof.key,
        key_digest=proof.key_digest,
        bytes_removed=proof.bytes_removed,
        searched=proof.searched,
    )
