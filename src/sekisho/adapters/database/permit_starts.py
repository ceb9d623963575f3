"""How a permit becomes active: by the clock on its first day, or by two persons after somebody stopped it.

Each step is a state and an entry together. Whichever way it becomes active, the permits of the same connection that
were issued before it are superseded in the same transaction, and not earlier: until then they are in force.
"""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sekisho.adapters.database.issuer_words import check_not_stopped_by_issuer, entries_about, issuer_word
from sekisho.adapters.database.ledgers import append_entry, rows_about
from sekisho.adapters.database.models import PermitRow
from sekisho.adapters.database.permit_ends import CLOCK, supersede_earlier
from sekisho.adapters.database.permit_waits import NOT_AS_ISSUED, UNREADABLE, why_it_waits
from sekisho.adapters.database.permits import permit_named, roles_in, take_step
from sekisho.adapters.database.registers import on_file
from sekisho.adapters.database.turns import writing
from sekisho.kernel import (
    EntryKind,
    PermitStatus,
    Reason,
    ReasonCode,
    Refused,
    because,
    decode_entry,
    permit_faults,
)
from sekisho.kernel.council import PERMIT_TABLE, Act, Duty, Role, advance_state, check_duties

_LOG: Final = logging.getLogger("sekisho.permits")
_TOLD: Final = dict[str, str]()
TO_START: Final = 2
"""How many different persons start a permit again."""
AGREEMENT_HOLDS: Final = timedelta(hours=24)
"""How long the first person's word waits for the second one's."""


def activate_if_due(row: PermitRow, at: datetime) -> str:
    """Make an issued permit active once its first day has come, and retire the earlier ones. Answers the state.

    It stays issued after its last day, and while something keeps it waiting (`permit_waits`); the clock asks again.

    Raises:
        Refused: Its row is no longer the permit that two persons signed, or the ledger says something else.
        SekishoError: Somebody else took a step at the same moment.

    """
    found = on_file(row)
    if false := [each for each in permit_faults(found) if each.code in NOT_AS_ISSUED]:
        raise Refused(false)
    said = found.specification
    if not datetime.fromisoformat(said.not_before) <= at < datetime.fromisoformat(said.not_after):
        return str(row.status)
    entry = {"kind": str(EntryKind.PERMIT_ACTIVATED), "at": at.isoformat(), "by": {"person": CLOCK}}
    with writing():
        _say_once(row, reasons := why_it_waits(row, found, at))
        if reasons:
            return str(row.status)
        supersede_earlier(row, at.isoformat())
        return take_step(row, "activate", None, entry)


def _say_once(row: PermitRow, reasons: Sequence[Reason]) -> None:
    """Tell the log why a permit waits, and not again every minute; what it says holds ids only."""
    told = "; ".join(each.en for each in reasons)
    if told and _TOLD.get(f"{row.tenant_id}/{row.permit}") != told:
        _LOG.warning("permit %s stays issued: %s", row.permit, told)
    _TOLD[f"{row.tenant_id}/{row.permit}"] = told


def activate_permits(tenant: str, at: datetime) -> tuple[str, ...]:
    """What the clock does every minute: issued permits whose first day has come become active. Answers which.

    Until then the gate is closed to them, and stays closed if nobody looks at the clock. Each is apart from the
    others: one that cannot be read, or that waits, keeps none of them back.
    """
    activated = []
    for row in PermitRow.objects.filter(tenant_id=tenant, status=PermitStatus.ISSUED).order_by("id"):
        try:
            after = activate_if_due(row, at)
        except UNREADABLE as fault:  # not what was signed: left to the gate, which refuses it
            _LOG.warning("permit %s cannot be read: %s", row.permit, type(fault).__name__)
            continue
        activated += [row.permit] if after == PermitStatus.ACTIVE else []
    return tuple(activated)


def was_active(row: PermitRow) -> bool:
    """Has it ever been active? An entry that names no state is of before states were written into them."""
    return any(str(each.get("status") or "active") == "active" for each in entries_about(row.tenant_id, row.permit))


def start_permit(tenant: str, permit: str, persons: Sequence[str], at: datetime) -> str:
    """Start a permit again that was stopped; it takes two different persons. Answers the new state.

    One that was stopped before its first day waits for that day again; one that its council's house has replaced ends.

    Raises:
        Refused: Fewer than two different persons, one of them may not, it is not stopped, or its council's house
            has stopped it.
        SekishoError: There is no such permit.

    """
    check_not_stopped_by_issuer(tenant, permit)
    done: list[Duty] = []
    roles = frozenset[Role]()
    for person in persons:
        mine = roles_in(tenant, person)
        check_duties(person, mine, Act.RESUME, done)
        done.append(Duty(person=person, act=Act.RESUME))
        roles |= mine
    if len(done) < TO_START:
        raise Refused([because(ReasonCode.NOT_ALLOWED, action="permit.resume")])
    entry = {"kind": str(EntryKind.PERMIT_RESUMED), "at": at.isoformat(), "by": {"persons": list(persons)}}
    with writing():
        row = permit_named(tenant, permit)
        act = "resume" if was_active(row) else "resume_before_start"
        take_step(row, act, roles, entry)
        return _goes_on(permit_named(tenant, permit), at)


def _goes_on(row: PermitRow, at: datetime) -> str:
    """How a started permit goes on: one whose council's house has replaced it ends, one that waits begins if it may."""
    word = issuer_word(row.tenant_id, row.permit)
    if word is not None and word.replaced:
        entry = {"kind": str(EntryKind.PERMIT_SUPERSEDED), "at": at.isoformat(), "by": {"person": CLOCK}}
        return take_step(row, "supersede", None, entry)
    return activate_if_due(row, at) if row.status == PermitStatus.ISSUED else str(row.status)


def _is_waiting(row: PermitRow, at: datetime) -> bool:
    """Does the first person's word still wait for a second one? The ledger says when it was given."""
    if not row.start_agreed_by:
        return False
    about = rows_about(row.tenant_id, f"permit/{row.permit}").filter(kind=str(EntryKind.PERMIT_START_AGREED))
    last = about.reverse().first()
    return (
        last is not None and at - datetime.fromisoformat(str(decode_entry(bytes(last.body))["at"])) <= AGREEMENT_HOLDS
    )


def agree_to_start(tenant: str, permit: str, person: str, at: datetime) -> str:
    """One person agrees to start a stopped permit; once another one agrees within a day, it starts. Answers the state.

    Raises:
        Refused: This person may not, agreed already, the permit is not stopped, or its council's house has stopped it.
        SekishoError: There is no such permit.

    """
    check_not_stopped_by_issuer(tenant, permit)
    with writing():
        row = permit_named(tenant, permit)
        if _is_waiting(row, at):
            return start_permit(tenant, permit, (row.start_agreed_by, person), at)
        roles = roles_in(tenant, person)
        check_duties(person, roles, Act.RESUME, ())
        advance_state(PERMIT_TABLE, permit, row.status, "resume", roles)
        PermitRow.objects.filter(pk=row.pk).update(start_agreed_by=person)
        frame = {"tenant": tenant, "permit": permit, "connection": row.connection, "status": row.status}
        kind = {"kind": str(EntryKind.PERMIT_START_AGREED), "at": at.isoformat(), "by": {"person": person}}
        append_entry(tenant, {**frame, **kind})
        return row.status
