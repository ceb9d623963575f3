"""The life of a permit that was issued: one person stops it, two start it again; each step is an entry."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from sekisho.adapters.database.issuer_words import check_not_stopped_by_issuer
from sekisho.adapters.database.ledgers import append_entry
from sekisho.adapters.database.models import Department, EntryRow, PermitRow, Person, Terminal
from sekisho.adapters.database.turns import writing
from sekisho.adapters.decisions import Known
from sekisho.adapters.layouts import held_items, layouts_in_use, unmaskable
from sekisho.kernel import DOCUMENT, EntryKind, PermitStatus, ReasonCode, Refused, SekishoError, because, decode_entry
from sekisho.kernel.council import PERMIT_TABLE, Act, Duty, Role, advance_state, check_duties

TO_START: Final = 2
"""How many different persons start a permit again."""
AGREEMENT_HOLDS: Final = timedelta(hours=24)
"""How long the first person's word waits for the second one's."""


class StopCause(StrEnum):
    """Why somebody stopped a permit: a code, so that nothing personal gets into the ledger. Never renamed or reused."""

    INCIDENT = "incident"
    ALARM = "alarm"
    CONDITION = "condition"
    ERASURE = "erasure"
    COUNTERPART = "counterpart"
    OTHER = "other"


def known_ids(tenant: str) -> Known:
    """The persons, terminals, offices and layouts that there are in a municipality today."""
    people = Person.objects.filter(tenant_id=tenant, is_active=True).values_list("username", flat=True)
    terminals = Terminal.objects.filter(tenant_id=tenant).values_list("terminal", flat=True)
    offices = Department.objects.filter(tenant_id=tenant).values_list("agency", "department")
    shelf = layouts_in_use().shelf
    layouts = shelf.layouts
    return Known(
        persons=frozenset(people),
        terminals=frozenset(terminals),
        offices=frozenset(offices),
        layouts=frozenset({DOCUMENT, *(each.layout for each in layouts)}),
        columns=frozenset((each.layout, field.name) for each in layouts for field in each.fields),
        items=held_items(shelf),
        unmaskable=unmaskable(shelf),
    )


def roles_in(tenant: str, person: str) -> frozenset[Role]:
    """The roles of somebody who is here today.

    Raises:
        Refused: Nobody of that name is known here.

    """
    found = Person.objects.filter(tenant_id=tenant, username=person, is_active=True).first()
    if found is None:
        raise Refused([because(ReasonCode.NOT_IDENTIFIED)])
    return frozenset(role for role in Role if found.has_role(str(role)))


def take_step(row: PermitRow, act: str, roles: frozenset[Role] | None, entry: Mapping[str, object]) -> str:
    """Take one step of a permit's life, state and entry together, inside a transaction; without roles, the clock's.

    Raises:
        Refused: Not in this state, or not with these roles.
        SekishoError: Somebody else took a step at the same moment.

    """
    after = advance_state(PERMIT_TABLE, row.permit, row.status, act, roles)
    if not PermitRow.objects.filter(pk=row.pk, status=row.status).update(status=after, start_agreed_by=""):
        message = f"permit {row.permit} has changed at this moment; ask again"
        raise SekishoError(message)
    frame = {"tenant": row.tenant_id, "permit": row.permit, "connection": row.connection, "status": after}
    append_entry(row.tenant_id, {**frame, **entry})
    return after


def permit_named(tenant: str, permit: str) -> PermitRow:
    """The row of a permit.

    Raises:
        SekishoError: There is none.

    """
    row = PermitRow.objects.filter(tenant_id=tenant, permit=permit).first()
    if row is None:
        message = f"there is no permit {permit}"
        raise SekishoError(message)
    return row


def permit_for(tenant: str, layout: str, direction: str) -> PermitRow | None:
    """The permit under which files of a layout cross in this direction: one in force before one that is stopped.

    A stopped one is named all the same: the gate then says why. Of several the newest.
    """
    rows = PermitRow.objects.filter(tenant_id=tenant).exclude(status=PermitStatus.SUPERSEDED).order_by("-issued_at")
    fits = [each for each in rows if _covers(each.specification, layout, direction)]
    return next((each for each in fits if each.status == PermitStatus.ACTIVE), fits[0] if fits else None)


def _covers(said: Mapping[str, Any], layout: str, direction: str) -> bool:
    """Does an approval let files of this layout cross in this direction?"""
    return said["direction"] == direction and layout in said["layouts"]


def stop_permit(tenant: str, permit: str, person: str, cause: StopCause, at: datetime) -> str:
    """Stop a permit; one person is enough, and it holds from the next decision on. Answers the new state.

    Raises:
        Refused: This person may not, or it is not in a state in which it can be stopped.
        SekishoError: There is no such permit.

    """
    roles = roles_in(tenant, person)
    check_duties(person, roles, Act.STOP, ())
    entry = {
        "kind": str(EntryKind.PERMIT_SUSPENDED),
        "at": at.isoformat(),
        "by": {"person": person},
        "cause": str(cause),
    }
    with writing():
        return take_step(permit_named(tenant, permit), "suspend", roles, entry)


def start_permit(tenant: str, permit: str, persons: Sequence[str], at: datetime) -> str:
    """Start a permit again that was stopped; it takes two different persons. Answers the new state.

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
        return take_step(permit_named(tenant, permit), "resume", roles, entry)


def _is_waiting(row: PermitRow, at: datetime) -> bool:
    """Does the first person's word still wait for a second one? The ledger says when it was given."""
    if not row.start_agreed_by:
        return False
    kind, subject = str(EntryKind.PERMIT_START_AGREED), f"permit/{row.permit}"
    last = EntryRow.objects.filter(tenant_id=row.tenant_id, kind=kind, subject=subject).order_by("-id").first()
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
