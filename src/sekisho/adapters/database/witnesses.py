"""Witnesses of a ledger as the gate knows them: whom to ask, what they signed or objected to, who is overdue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, TypeAlias

from django.db.models import F

from sekisho.adapters.database.ledgers import append_entry, latest_checkpoint, ledger_verifier_key, stored_nodes
from sekisho.adapters.database.models import CheckpointRow, CosignatureRow, WitnessRow
from sekisho.adapters.database.turns import writing
from sekisho.adapters.keys import holds
from sekisho.kernel import (
    EntryKind,
    LedgerFault,
    SekishoError,
    WitnessObjection,
    WitnessRequest,
    cosigned_at,
    prove_consistency,
    read_cosigner_key,
    render_policy,
    render_request,
)

EVERY_SECONDS: Final = 60
EVERY_ENTRIES: Final = 100
SHORTEST_SECONDS: Final = 5
AGAIN_SECONDS: Final = 3_600
_CLOCK_LEEWAY: Final = timedelta(hours=1)
Witness: TypeAlias = WitnessRow
"""A witness of our ledger, as it was entered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """A witness to be: its verifier key, its address if it has a line, and how often it has to sign."""

    key: str
    address: str = ""
    every_hours: int = 24


def appoint_witness(tenant: str, appointment: Appointment, person: str, at: datetime) -> str:
    """Name a witness; answers its name. The same name again changes address and interval, never the key.

    Raises:
        SekishoError: The key is not that of a witness, or the name is taken by another key.

    """
    name, _ = read_cosigner_key(appointment.key)
    with writing():
        row = WitnessRow.objects.filter(tenant_id=tenant, name=name).first()
        if row is not None and row.key != appointment.key.strip():
            message = f"立会人 {name} は別の鍵で登録されています / {name} is entered with another key"
            raise SekishoError(message)
        if row is None:
            row = WitnessRow(tenant_id=tenant, name=name, key=appointment.key.strip(), appointed_at=at)
        row.address, row.every_hours = appointment.address, appointment.every_hours
        row.save()
        _note(row, EntryKind.WITNESS_APPOINTED, at, person=person, key=row.key, every_hours=row.every_hours)
    return name


def dismiss_witness(tenant: str, name: str, person: str, at: datetime) -> None:
    """Ask a witness no longer; what it signed stays.

    Raises:
        SekishoError: There is no such witness.

    """
    with writing():
        row = witness_named(tenant, name)
        _note(row, EntryKind.WITNESS_DISMISSED, at, person=person, key=row.key)
        row.delete()


def witness_named(tenant: str, name: str) -> WitnessRow:
    """One witness.

    Raises:
        SekishoError: There is no such witness.

    """
    row = WitnessRow.objects.filter(tenant_id=tenant, name=name).first()
    if row is None:
        message = f"立会人 {name} は登録されていません / there is no witness {name}"
        raise SekishoError(message)
    return row


def witnesses_of(tenant: str) -> Sequence[WitnessRow]:
    """Every witness of a ledger, by name."""
    return list(WitnessRow.objects.filter(tenant_id=tenant).order_by("name"))


def _note(row: WitnessRow, kind: EntryKind, at: datetime, **facts: object) -> None:
    """An entry about a witness."""
    append_entry(row.tenant_id, {"kind": str(kind), "witness": row.name, "at": at.isoformat(), **facts})


def newest_witnessed(tenant: str) -> CheckpointRow | None:
    """The newest checkpoint that a witness signed."""
    signed = CosignatureRow.objects.filter(tenant_id=tenant).order_by("-size").values_list("size", flat=True).first()
    return CheckpointRow.objects.filter(tenant_id=tenant, size=signed).first() if signed is not None else None


def cosigned_note(tenant: str, checkpoint: CheckpointRow) -> str:
    """A checkpoint with every signature below it."""
    rows = CosignatureRow.objects.filter(tenant_id=tenant, size=checkpoint.size).order_by("witness")
    return checkpoint.note + "".join(rows.values_list("line", flat=True))


def policy_of(tenant: str) -> str:
    """What an auditor may demand of a checkpoint of this ledger: half of the witnesses, and at least one."""
    keys = {each.name: each.key for each in witnesses_of(tenant)}
    return render_policy(ledger_verifier_key(tenant), keys, (len(keys) + 1) // 2)


def request_for(row: WitnessRow, old: int | None = None) -> str:
    """What to ask this witness now, going on from what it signed last or from this size.

    Raises:
        LedgerFault: There is no signed checkpoint yet.

    """
    newest = latest_checkpoint(row.tenant_id)
    if newest is None:
        message = f"the ledger of {row.tenant_id} has no signed checkpoint yet"
        raise LedgerFault(message)
    begin = row.size if old is None else old
    proof = prove_consistency(begin, newest.size, stored_nodes(row.tenant_id)) if begin <= newest.size else []
    return render_request(WitnessRequest(old=min(begin, newest.size), proof=tuple(proof), note=newest.note))


def due_witnesses(tenant: str, at: datetime) -> Sequence[WitnessRow]:
    """Whom to ask now: a minute after the last time if anything came, at once after many entries, hourly otherwise."""
    newest = latest_checkpoint(tenant)
    if newest is None:
        return []
    return [row for row in witnesses_of(tenant) if row.address and _is_due(row, newest.size, at)]


def _is_due(row: WitnessRow, size: int, at: datetime) -> bool:
    """Is it time to ask this witness again?"""
    waited = (at - row.asked_at).total_seconds() if row.asked_at else AGAIN_SECONDS
    if waited < SHORTEST_SECONDS:
        return False
    many = abs(size - row.size) >= EVERY_ENTRIES and not row.objection
    return many or waited >= (EVERY_SECONDS if size != row.size else AGAIN_SECONDS)


def keep_cosignature(row: WitnessRow, lines: str, at: datetime) -> int:
    """Keep what a witness signed, below whichever of our checkpoints it holds for; answers that checkpoint's size.

    Raises:
        LedgerFault: It holds for none of them.

    """
    for checkpoint in CheckpointRow.objects.filter(tenant_id=row.tenant_id, size__gte=row.size).order_by("-size")[
        :5000
    ]:
        seconds = cosigned_at(checkpoint.note + lines, row.key, holds)
        if seconds is not None:
            _keep(row, checkpoint.size, lines, min(datetime.fromtimestamp(seconds, UTC), at + _CLOCK_LEEWAY))
            return checkpoint.size
    message = f"立会人 {row.name} の、この帳簿への署名ではありません / not a signature of {row.name} on this ledger"
    raise LedgerFault(message)


def _keep(row: WitnessRow, size: int, lines: str, signed: datetime) -> None:
    """One cosignature; of a day only the last is kept, because each speaks of everything before it."""
    line = next(each for each in lines.splitlines() if each.startswith(f"— {row.name} ")) + "\n"
    with writing():
        earlier = CosignatureRow.objects.filter(tenant_id=row.tenant_id, witness=row.name)
        earlier.filter(size__lt=size, signed_at__date=signed.date()).delete()
        CosignatureRow.objects.update_or_create(
            tenant_id=row.tenant_id, size=size, witness=row.name, defaults={"line": line, "signed_at": signed}
        )
        WitnessRow.objects.filter(pk=row.pk).update(size=size, signed_at=signed, objection="", silent=False)


def note_objection(row: WitnessRow, objection: WitnessObjection, seen: int, at: datetime) -> None:
    """A witness does not sign: an alarm, and an entry the first time."""
    with writing():
        fresh = WitnessRow.objects.filter(pk=row.pk).exclude(objection=objection)
        if fresh.update(objection=objection, objected_size=seen):
            _note(row, EntryKind.WITNESS_OBJECTED, at, objection=str(objection), seen=seen)


def note_asked(row: WitnessRow, at: datetime) -> None:
    """When a witness was asked last, whatever came of it."""
    with writing():
        WitnessRow.objects.filter(pk=row.pk).update(asked_at=at)


def overdue_witnesses(tenant: str, at: datetime) -> Sequence[WitnessRow]:
    """Witnesses whose signature is older than was agreed, while the ledger has grown since."""
    newest = latest_checkpoint(tenant)
    rows = WitnessRow.objects.filter(tenant_id=tenant).exclude(size=newest.size if newest else 0).order_by("name")
    return [row for row in rows if at - (row.signed_at or row.appointed_at) > timedelta(hours=row.every_hours)]


def note_overdue(tenant: str, at: datetime) -> None:
    """An entry for each witness that became overdue."""
    for row in overdue_witnesses(tenant, at):
        with writing():
            if WitnessRow.objects.filter(pk=row.pk, silent=False).update(silent=True):
                _note(row, EntryKind.WITNESS_OVERDUE, at, every_hours=row.every_hours, size=row.size)


def alarmed_witnesses(tenant: str) -> Sequence[WitnessRow]:
    """Witnesses that object to the ledger itself, not to how they were asked."""
    grave = [WitnessObjection.ROLLED_BACK, WitnessObjection.FORKED, WitnessObjection.REWRITTEN]
    return list(WitnessRow.objects.filter(tenant_id=tenant, objection__in=grave).order_by(F("name")))
