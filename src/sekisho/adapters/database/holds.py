"""Legal holds (法的保全): one role sets them, two persons lift them; until then a copy and its key survive."""

from typing import Final

from sekisho.adapters.database.council_deeds import Deed, roles_of
from sekisho.adapters.database.ledgers import append_entry
from sekisho.adapters.database.models import HoldRow, Parcel, ParcelState
from sekisho.adapters.database.turns import writing
from sekisho.kernel import EntryKind, ReasonCode, Refused, because
from sekisho.kernel.council import Role

SETTERS: Final = frozenset({Role.PROTECTION_MANAGER})
LIFTERS: Final = frozenset({Role.PROTECTION_MANAGER, Role.HEAD, Role.SECRETARIAT, Role.INFORMATION_SYSTEMS})
_TOO_LATE: Final = (ParcelState.ERASING, ParcelState.TURNED_AWAY)


def _may(deed: Deed, roles: frozenset[Role], action: str) -> None:
    """Does this person hold one of these roles today?"""
    if not roles_of(deed) & roles:
        raise Refused([because(ReasonCode.NOT_ALLOWED, action=action)])


def _tell(kind: EntryKind, row: HoldRow, deed: Deed) -> None:
    """The entry of a step."""
    frame = {"kind": str(kind), "tenant": deed.tenant, "parcel": row.parcel, "hold": row.hold}
    append_entry(deed.tenant, {**frame, "at": deed.at.isoformat(), "by": {"person": deed.person}})


def set_hold(deed: Deed, parcel: str, why: str) -> str:
    """Put a crossing on hold, with the document that it became; answers the hold's number.

    Raises:
        Refused: This person may not, there is no such crossing, its copies are being erased, or no reason is said.

    """
    _may(deed, SETTERS, "hold.set")
    if not why.strip():
        raise Refused([because(ReasonCode.INPUT_NOT_UNDERSTOOD, where="why", what="理由を書いてください / say why")])
    with writing():
        row = Parcel.objects.select_for_update().filter(tenant_id=deed.tenant, parcel=parcel).first()
        if row is None:
            raise Refused([because(ReasonCode.NOT_FOUND, what=parcel)])
        if row.hold or row.state in _TOO_LATE:
            state = f"on hold {row.hold}" if row.hold else row.state
            raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=parcel, state=state)])
        count = HoldRow.objects.filter(tenant_id=deed.tenant).count()
        hold = HoldRow.objects.create(
            tenant_id=deed.tenant,
            hold=f"hold-{count + 1:04d}",
            parcel=parcel,
            why=why.strip()[:300],
            set_by=deed.person,
            set_at=deed.at,
        )
        Parcel.objects.filter(pk=row.pk).update(hold=hold.hold)
        _tell(EntryKind.HOLD_SET, hold, deed)
    return hold.hold


def agree_to_lift(deed: Deed, hold: str) -> bool:
    """Agree that a hold is lifted; the second person's word lifts it. Answers whether it is lifted now.

    Raises:
        Refused: This person may not, agreed already, or there is no such hold (any more).

    """
    _may(deed, LIFTERS, "hold.lift")
    with writing():
        row = HoldRow.objects.select_for_update().filter(tenant_id=deed.tenant, hold=hold).first()
        if row is None or row.lifted_at is not None:
            raise Refused([because(ReasonCode.NOT_FOUND, what=hold)])
        if row.agreed_by == deed.person:
            twice = {"one": "hold.lift", "other": "hold.lift"}
            raise Refused([because(ReasonCode.DUTIES_NOT_SEPARATE, person=deed.person, **twice)])
        if not row.agreed_by:
            HoldRow.objects.filter(pk=row.pk).update(agreed_by=deed.person)
            _tell(EntryKind.HOLD_LIFT_AGREED, row, deed)
            return False
        HoldRow.objects.filter(pk=row.pk).update(lifted_by=deed.person, lifted_at=deed.at)
        Parcel.objects.filter(tenant_id=deed.tenant, parcel=row.parcel, hold=hold).update(hold="")
        _tell(EntryKind.HOLD_LIFTED, row, deed)
    return True
