"""Pruning (保存期間): the contents of old entries go, their hashes stay, and no later proof breaks.

An entry's contents are kept for as long as somebody may need them: what the gate compares with its register, what tells
of the ledger itself, and parcels not at their end. Each removal is an entry of its own, in the same transaction. A stop
(法的保全) ends it, and one that would take more than a tenth of the ledger at once is not made: a wrong clock must not
empty the ledger.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sekisho.adapters.database.ledgers import append_entry, latest_checkpoint
from sekisho.adapters.database.models import EntryRow, LedgerCare, Parcel, ParcelState
from sekisho.adapters.database.turns import writing
from sekisho.kernel import TILE_WIDTH, EntryKind, SekishoError

STEP: Final = 16 * TILE_WIDTH
LEAST_ALLOWED: Final = 10 * TILE_WIDTH
SHARE: Final = 10
KEPT: Final = (
    EntryKind.TENANT_OPENED,
    EntryKind.LAYOUT_ADOPTED,
    EntryKind.WITNESS_APPOINTED,
    EntryKind.WITNESS_DISMISSED,
    EntryKind.WITNESS_OBJECTED,
    EntryKind.LEDGER_KEEPING_SET,
    EntryKind.LEDGER_PRUNED,
    EntryKind.LEDGER_PRUNING_HELD,
    EntryKind.LEDGER_PRUNING_STOPPED,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pruned:
    """What a round of pruning did: up to which entry, and how many lost their contents."""

    until: int
    removed: int
    stopped: bool = False
    held: bool = False


def care_of(tenant: str) -> LedgerCare:
    """What is set for this ledger."""
    return LedgerCare.objects.filter(tenant_id=tenant).first() or LedgerCare(tenant_id=tenant)


def set_keeping(tenant: str, days: int, person: str, at: datetime) -> None:
    """Set for how long the contents of entries are kept.

    Raises:
        SekishoError: Not even a day.

    """
    if days < 1:
        message = "保存期間は1日以上です / the keeping period is at least a day"
        raise SekishoError(message)
    with writing():
        LedgerCare.objects.update_or_create(tenant_id=tenant, defaults={"keeping_days": days})
        _note(tenant, EntryKind.LEDGER_KEEPING_SET, at, person=person, days=days)


def hold_pruning(tenant: str, because: str, person: str, at: datetime) -> None:
    """Keep everything until further notice, for this reason; an empty reason ends that."""
    with writing():
        LedgerCare.objects.update_or_create(tenant_id=tenant, defaults={"held_because": because})
        _note(tenant, EntryKind.LEDGER_PRUNING_HELD, at, person=person, held=bool(because))


def _note(tenant: str, kind: EntryKind, at: datetime, **facts: object) -> None:
    """An entry about the ledger itself."""
    append_entry(tenant, {"kind": str(kind), "at": at.isoformat(), **facts})


def _moment(row: EntryRow) -> datetime | None:
    """When an entry was written, as it says itself."""
    told = json.loads(bytes(row.body)).get("at") if row.body else None
    return datetime.fromisoformat(told) if isinstance(told, str) else None


def _is_old(tenant: str, index: int, before: datetime) -> bool:
    """Was everything up to this entry written before that moment? The next entry that says its moment tells."""
    for row in EntryRow.objects.filter(tenant_id=tenant, index__gte=index).order_by("index")[:STEP]:
        moment = _moment(row)
        if moment is not None:
            return moment < before
    return False


def _boundary(tenant: str, begin: int, end: int, before: datetime) -> int:
    """Up to which whole bundle all entries are old; found by halving, because entries are in order of time."""
    first, last = begin // TILE_WIDTH, end // TILE_WIDTH
    while first < last:
        middle = (first + last + 1) // 2
        if _is_old(tenant, middle * TILE_WIDTH - 1, before):
            first = middle
        else:
            last = middle - 1
    return first * TILE_WIDTH


@dataclass(frozen=True, slots=True, kw_only=True)
class LargeRound:
    """One round that may take more than the breaker lets go: how many entries, and who answers for it."""

    at_most: int
    person: str


def prune_ledger(tenant: str, at: datetime, large: LargeRound | None = None) -> Pruned:
    """Remove the contents that are past the keeping period; a large round overrides the breaker, once and by name."""
    care, newest = care_of(tenant), latest_checkpoint(tenant)
    if care.keeping_days is None or newest is None:
        return Pruned(until=care.pruned_until, removed=0)
    if care.held_because:
        return Pruned(until=care.pruned_until, removed=0, held=True)
    before = at - timedelta(days=care.keeping_days)
    until = _boundary(tenant, care.pruned_until, newest.size, before)
    allowed = large.at_most if large else max(LEAST_ALLOWED, newest.size // SHARE)
    if until - care.pruned_until > allowed:
        _stop(care, until, allowed, at)
        return Pruned(until=care.pruned_until, removed=0, stopped=True)
    removed, told = 0, {"older_than": before.isoformat()} | ({"person": large.person} if large else {})
    for first in range(care.pruned_until, until, STEP):
        removed += _prune_some(tenant, (first, min(first + STEP, until)), told, at)
    return Pruned(until=until, removed=removed)


def _stop(care: LedgerCare, until: int, allowed: int, at: datetime) -> None:
    """The breaker: nothing is removed, and an entry says so, once."""
    if care.stopped_at is not None:
        return
    with writing():
        LedgerCare.objects.filter(pk=care.pk).update(stopped_at=at)
        asked = until - care.pruned_until
        _note(care.tenant_id, EntryKind.LEDGER_PRUNING_STOPPED, at, asked=asked, allowed=allowed)


def _prune_some(tenant: str, span: tuple[int, int], told: dict[str, str], at: datetime) -> int:
    """Remove the contents of some entries and write that down, both or neither; a stop that came meanwhile counts."""
    first, until = span
    with writing():
        if not LedgerCare.objects.filter(tenant_id=tenant, pruned_until=first, held_because="").exists():
            return 0
        unfinished = Parcel.objects.filter(tenant_id=tenant).exclude(state=ParcelState.ERASED).values("parcel")
        old = EntryRow.objects.filter(tenant_id=tenant, index__gte=first, index__lt=until, subject="")
        removed = old.exclude(kind__in=KEPT).exclude(parcel__in=unfinished).exclude(body=b"").update(body=b"")
        LedgerCare.objects.filter(tenant_id=tenant).update(pruned_until=until, pruned_at=at, stopped_at=None)
        _note(tenant, EntryKind.LEDGER_PRUNED, at, begin=first, until=until, removed=removed, **told)
    return int(removed)
