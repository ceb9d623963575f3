"""How a permit ends: revoked by the chair, expired by the clock, superseded by a newer one. Each step is an entry."""

import logging
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from sekisho.adapters.database.ledgers import append_entry
from sekisho.adapters.database.models import Matter, Parcel, PermitRow
from sekisho.adapters.database.permit_waits import made_before, period_of
from sekisho.adapters.database.permits import StopCause, permit_named, roles_in, take_step
from sekisho.adapters.database.registers import on_file
from sekisho.adapters.database.turns import writing
from sekisho.kernel import NOT_ISSUED, EntryKind, PermitStatus, Refused
from sekisho.kernel.council import CONSULTATION_TABLE, PERMIT_TABLE, Act, Role, advance_state, check_duties

_LOG: Final = logging.getLogger("sekisho.permits")
CLOCK: Final = "clock"
_ENDED: Final = ("expired", "revoked", "superseded")
_ENDS: Final[Mapping[str, EntryKind]] = MappingProxyType(
    {
        "expire": EntryKind.CONSULTATION_EXPIRED,
        "revoke": EntryKind.CONSULTATION_REVOKED,
        "supersede": EntryKind.CONSULTATION_SUPERSEDED,
    }
)


def revoke_permit(tenant: str, permit: str, person: str, cause: StopCause, at: datetime) -> str:
    """Take a permit back for good; only the chair may. The entry says how much crossed under it. Answers the state.

    Raises:
        Refused: This person may not, or the permit has ended already.
        SekishoError: There is no such permit.

    """
    roles = roles_in(tenant, person)
    check_duties(person, roles, Act.REVOKE, ())
    with writing():
        row = permit_named(tenant, permit)
        crossed = Parcel.objects.filter(tenant_id=tenant, permit=permit, acknowledgement__isnull=False).count()
        entry = {
            "kind": str(EntryKind.PERMIT_REVOKED),
            "at": at.isoformat(),
            "by": {"person": person},
            "cause": str(cause),
            "crossed": crossed,
        }
        after = take_step(row, "revoke", roles, entry)
        _end_consultation(row, "revoke", roles, {"at": at.isoformat(), "by": {"person": person}})
    return after


def expire_permits(tenant: str, at: datetime) -> tuple[str, ...]:
    """What the clock does every day: permits past their end expire, each with its entry. Answers which.

    The gate does not wait for this: it compares the date itself at every decision.
    """
    by = {"at": at.isoformat(), "by": {"person": CLOCK}}
    expired = []
    for row in PermitRow.objects.filter(tenant_id=tenant).exclude(status__in=(*NOT_ISSUED, *_ENDED)).order_by("permit"):
        if not _is_over(row, at):
            continue
        with writing():
            take_step(row, "expire", None, {"kind": str(EntryKind.PERMIT_EXPIRED), **by})
            _end_consultation(row, "expire", None, by)
        expired.append(row.permit)
    return tuple(expired)


def _is_over(row: PermitRow, at: datetime) -> bool:
    """Is its end past? A row that is not what was signed is left to the gate, which refuses it."""
    try:
        return at >= datetime.fromisoformat(on_file(row).specification.not_after)
    except (Refused, ValueError, TypeError) as fault:
        _LOG.warning("permit %s cannot be read: %s", row.permit, type(fault).__name__)
        return False


def supersede_earlier(newer: PermitRow, at: str) -> tuple[str, ...]:
    """Retire the permits of the same connection that were made before, inside the newer one's transaction.

    One that was made later, or that begins after this one's end, is left: it takes this one's place when its own first
    day comes. So is one of another consultation that nobody has signed yet. Answers which.
    """
    replaceable = {step.before for step in PERMIT_TABLE.steps if step.act == "supersede"}
    by = {"at": at, "by": {"permit": newer.permit}}
    rows = PermitRow.objects.filter(tenant_id=newer.tenant_id, connection=newer.connection, status__in=replaceable)
    retired = []
    for row in rows.exclude(pk=newer.pk).order_by("permit"):
        if not _is_in_the_way(row, newer, datetime.fromisoformat(at)):
            continue
        take_step(row, "supersede", None, {"kind": str(EntryKind.PERMIT_SUPERSEDED), **by})
        _end_consultation(row, "supersede", None, by)
        retired.append(row.permit)
    return tuple(retired)


def _is_in_the_way(row: PermitRow, newer: PermitRow, at: datetime) -> bool:
    """Was it made before, and is it not only for after the newer one's end? One whose own end is past always is."""
    if row.status in NOT_ISSUED:
        return row.consultation == newer.consultation and made_before(row, newer)
    own, period = period_of(row), period_of(newer)
    if own is not None and own[1] <= at:
        return True
    for_later = own is not None and period is not None and own[0] >= period[1]
    return made_before(row, newer) and not (for_later and row.status == PermitStatus.ISSUED)


def _end_consultation(row: PermitRow, act: str, roles: frozenset[Role] | None, by: Mapping[str, object]) -> None:
    """With its last permit a consultation in force ends the same way."""
    tenant, consultation = row.tenant_id, row.consultation
    alive = PermitRow.objects.filter(tenant_id=tenant, consultation=consultation).exclude(
        status__in=(*NOT_ISSUED, *_ENDED)
    )
    matter = Matter.objects.filter(tenant_id=tenant, consultation=consultation, state="in_force").first()
    if matter is None or alive.exists():
        return
    before = matter.state
    matter.state = advance_state(CONSULTATION_TABLE, matter.matter, before, act, roles)
    matter.save()
    named = {"matter": matter.matter, "consultation": consultation, "version": matter.version}
    told = {"tenant": tenant, "before": before, "after": matter.state}
    append_entry(tenant, {"kind": str(_ENDS[act]), **told, **named, **by})
