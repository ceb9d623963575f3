"""The life of a permit: every step of its table is a state and an entry together; one person stops it."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet

from sekisho.adapters.database.ledgers import append_entry
from sekisho.adapters.database.models import Department, PermitRow, Person, Terminal
from sekisho.adapters.database.turns import writing
from sekisho.adapters.decisions import Known
from sekisho.adapters.layouts import held_items, layouts_in_use, unmaskable
from sekisho.kernel import (
    DOCUMENT,
    NOT_ISSUED,
    EntryKind,
    PermitStatus,
    ReasonCode,
    Refused,
    SekishoError,
    because,
)
from sekisho.kernel.council import PERMIT_TABLE, Act, Role, advance_state, check_duties


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


def permits_to_stop(tenant: str, connection: str) -> list[PermitRow]:
    """What has to stop so that nothing more goes on a connection: what is in force, or else what waits to be."""
    rows = PermitRow.objects.filter(tenant_id=tenant, connection=connection).order_by("permit")
    return list(rows.filter(status=PermitStatus.ACTIVE)) or list(rows.filter(status=PermitStatus.ISSUED))


def ever_issued() -> QuerySet[PermitRow]:
    """The permits that two persons have signed, whatever became of them; one put aside before that is none of them."""
    rows = PermitRow.objects.exclude(status__in=NOT_ISSUED)
    return rows.exclude(status=PermitStatus.SUPERSEDED, signatures=[])


def permit_for(tenant: str, layout: str, direction: str) -> PermitRow | None:
    """The permit under which files of a layout cross in this direction: one in force before one that is stopped.

    A stopped one is named all the same: the gate then says why. Of several the newest.
    """
    ended = (*NOT_ISSUED, PermitStatus.SUPERSEDED)
    rows = PermitRow.objects.filter(tenant_id=tenant).exclude(status__in=ended).order_by("-issued_at")
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
