"""The second hall: inspect, decide. The permit is read again, and both opinions are asked again."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from sekisho.kernel.authority import PEOPLE_LIST, Findings, ItemsMasked, ItemsOnly, Permit, objections, settle
from sekisho.kernel.errors import Reason, ReasonCode, Refused, because
from sekisho.kernel.gate.entrance import find_permit
from sekisho.kernel.gate.forms import (
    Clearance,
    Inspected,
    Landed,
    PermitOnFile,
    Stopped,
    Waybill,
)
from sekisho.kernel.gate.ports import Examination, Inspector, SecondOpinion

HELD_CODES: Final = frozenset(
    {
        ReasonCode.TOO_MANY_RECORDS,
        ReasonCode.PROFILE_TOO_WEAK,
        ReasonCode.NOT_INSPECTED,
        ReasonCode.ERASURE_OVERDUE,
        ReasonCode.NOT_SCANNABLE,
        ReasonCode.FOREIGN_CANARY,
        ReasonCode.NOT_REBUILT,
        ReasonCode.LAYOUT_CHANGED,
    }
)


def make_inspected(landed: Landed, found: Findings) -> Inspected:
    """The form of an inspected parcel: from the door itself, or from the state row when a hall is resumed."""
    return Inspected(waybill=landed.waybill, passage=landed.passage, stored=landed.stored, found=found)


def inspect(landed: Landed, inspector: Inspector) -> Inspected:
    """What is really in it? Read from the bytes, never from what the sender declared."""
    return make_inspected(landed, inspector.findings(landed))


def _to_mask(permit: Permit, inspected: Inspected) -> frozenset[str]:
    """The items present of which the council said that they go along with their values hidden (伏せる)."""
    masked = frozenset(item for caveat in permit.caveats if isinstance(caveat, ItemsMasked) for item in caveat.items)
    return inspected.found.items & masked


def _to_strip(permit: Permit, inspected: Inspected) -> frozenset[str]:
    """The items to be taken out on the way: those that a stripping caveat did not approve."""
    unapproved = (
        caveat.unapproved(inspected.found)
        for caveat in permit.caveats
        if isinstance(caveat, ItemsOnly) and caveat.strip
    )
    return frozenset[str]().union(*unapproved)


def _asked_out(permit: Permit, inspected: Inspected) -> frozenset[str]:
    """The unapproved items that the bearer asked to be taken out; what was approved always goes along."""
    found = (caveat.unapproved(inspected.found) for caveat in permit.caveats if isinstance(caveat, ItemsOnly))
    return frozenset(inspected.passage.without) & frozenset[str]().union(*found)


def _going_on(inspected: Inspected, taken: frozenset[str]) -> Findings:
    """What is found in the parcel once these items are taken out of it, or hidden in it."""
    found = inspected.found
    hidden = taken | {column for column, item in found.number_columns.items() if item in taken}
    numbers = tuple(each for each in found.individual_numbers if each.column not in hidden)
    left = replace(found, items=found.items - taken, individual_numbers=numbers)
    return _without_number_columns(left, taken)


def _without_number_columns(found: Findings, stripped: frozenset[str]) -> Findings:
    """The same without the columns of Individual Numbers that are taken out on the way; what is found in one stays."""
    kept = {column: item for column, item in found.number_columns.items() if item not in stripped}
    return replace(found, number_columns=kept)


def _approved_items(permit: Permit) -> frozenset[str]:
    """The items that the council approved."""
    return frozenset(item for caveat in permit.caveats if isinstance(caveat, ItemsOnly) for item in caveat.items)


def unapproved_lists(permit: Permit, found: Findings) -> tuple[Reason, ...]:
    """A list of people in what was approved as something else, whatever the file calls itself.

    In 2018 a city laid a spreadsheet of 10,014 donors on its web site instead of a PDF; in 2025 a town's group mail
    held 31,000. Neither was a kind of record that anybody had approved.
    """
    if PEOPLE_LIST in _approved_items(permit):
        return ()
    return tuple(
        because(ReasonCode.PEOPLE_LIST_FOUND, count=each.count, row=each.first_row or "-", where=each.where or "-")
        for each in found.people
    )


def objections_of_the_gate(permit: str, found: Findings) -> tuple[Reason, ...]:
    """What stops a parcel whatever was approved: it is harmful, could not be judged, or was mixed up with another's."""
    canaries = (
        because(ReasonCode.FOREIGN_CANARY, permit=permit, municipality=each.municipality, count=each.count)
        for each in found.canaries
    )
    return (*(mark.reason() for mark in found.marks), *canaries)


def make_clearance(
    inspected: Inspected, strip: frozenset[str], mask: frozenset[str] = frozenset(), under: str = ""
) -> Clearance:
    """The form of a cleared parcel: from the door itself, or from the state row when a hall is resumed."""
    return Clearance(
        waybill=inspected.waybill,
        stored=inspected.stored,
        layout=inspected.found.layout,
        strip=strip,
        counterpart=inspected.passage.counterpart,
        direction=inspected.passage.direction,
        media_type=inspected.found.media_type,
        rebuilt=inspected.found.rebuilt_sha256,
        mask=mask,
        layout_version=inspected.found.layout_version,
        layout_sha256=inspected.found.layout_sha256,
        under=under,
    )


def decide(inspected: Inspected, on_file: PermitOnFile, second: SecondOpinion, at: datetime) -> Clearance:
    """Does any caveat of the permit, or the second opinion, object to what was found? Every objection at once.

    Raises:
        Refused: With every objection.

    """
    permit, masked = on_file.permit, _to_mask(on_file.permit, inspected)
    taken = _asked_out(permit, inspected) - masked
    stripped = _to_strip(permit, inspected) - masked
    found = _without_number_columns(_going_on(inspected, taken | masked), stripped)
    passage = replace(inspected.passage, at=at, found=found, assessment=on_file.assessment)
    first = objections(permit.caveats, passage, at_entrance=False)
    settled = settle(permit.permit, first, second.ask(on_file, passage))
    if reasons := (*objections_of_the_gate(permit.permit, found), *unapproved_lists(permit, found), *settled):
        raise Refused(reasons)
    return make_clearance(inspected, taken | stripped, masked, permit.permit)


def make_stopped(waybill: Waybill, reasons: tuple[Reason, ...]) -> Stopped:
    """Held if every reason is a question that somebody can answer; refused otherwise."""
    held = bool(reasons) and all(reason.code in HELD_CODES for reason in reasons)
    return Stopped(waybill=waybill, reasons=reasons, held=held)


def examine(landed: Landed, examination: Examination, at: datetime) -> Clearance | Stopped:
    """The whole second hall: a clearance, or a stop with every reason; either is in the ledger when this returns."""
    inspected = inspect(landed, examination.inspector)
    try:
        on_file = find_permit(landed.waybill.tenant, landed.waybill.connection, examination.register)
        clearance = decide(inspected, on_file, examination.second, at)
        examination.journal.cleared(inspected, clearance, at)
    except Refused as refusal:
        stopped = make_stopped(inspected.waybill, refusal.reasons)
        examination.journal.stopped(inspected, stopped, at)
        return stopped
    return clearance
