"""Signed lists of what is erased (削除名簿): the deleter acts on what stands in one, and on nothing else.

A copy that was delivered or refused goes by the list of its batch. What goes because its time is over, or because it
belongs to nothing, goes by a list that the breaker looks at first: a list that is too large waits for two persons.
"""

import os
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final

from sekisho.adapters.database.ledgers import append_entry
from sekisho.adapters.database.models import ErasureListRow, Parcel
from sekisho.adapters.database.turns import writing
from sekisho.adapters.keys import holds, open_key_store, signing_key
from sekisho.kernel import (
    CopyPlace,
    EntryKind,
    ErasureLimits,
    ErasureList,
    LedgerFault,
    Reason,
    ReasonCode,
    Refused,
    SekishoError,
    because,
    open_note,
    sign_note,
    too_many,
    verifier_key,
)

SIGNED: Final = "signed"
STOPPED: Final = "stopped"
DONE: Final = "done"
DROPPED: Final = "dropped"
_HEAD_LINES: Final = 7


def erasure_limits() -> ErasureLimits:
    """How much may go without a second person, as the settings say.

    Raises:
        SekishoError: A setting is not a whole number.

    """
    names = {"share_percent": "SEKISHO_ERASE_PERCENT", "copies": "SEKISHO_ERASE_COPIES", "few": "SEKISHO_ERASE_FEW"}
    said = {field: os.environ[name] for field, name in names.items() if name in os.environ}
    if strange := [names[field] for field, text in said.items() if not text.isdecimal()]:
        message = f"{', '.join(strange)}: 0以上の整数ではありません / not a whole number"
        raise SekishoError(message)
    return ErasureLimits(**{field: int(text) for field, text in said.items()})


def _signer(tenant: str) -> str:
    """The name under which a municipality's deleter signs."""
    return f"sekisho/{tenant}/eraser"


def sign_list(wanted: ErasureList) -> str:
    """The list as a signed note."""
    key = signing_key(open_key_store(), wanted.tenant, "eraser")
    return sign_note(wanted.text(), _signer(wanted.tenant), key.public, key.sign)


@lru_cache(maxsize=64)
def _copies_in(note: str, key: str) -> frozenset[str]:
    """The copies that a signed list names; nothing if it is not signed."""
    try:
        lines = open_note(note, key, holds).removesuffix("\n").split("\n")
    except LedgerFault:
        return frozenset()
    return frozenset(lines[_HEAD_LINES:])


def copies_of(row: ErasureListRow) -> frozenset[str]:
    """The copies that a list names, read from what was signed and not from the row beside it."""
    key = signing_key(open_key_store(), row.tenant_id, "eraser")
    return _copies_in(row.note, verifier_key(_signer(row.tenant_id), key.public))


def new_number(at: datetime) -> str:
    """The number of a list: the day and chance."""
    return f"e{at:%y%m%d}-{secrets.token_hex(6)}"


def _keep(wanted: ErasureList, state: str, agreed: Sequence[str] = ()) -> ErasureListRow:
    """The row of a list."""
    return ErasureListRow.objects.create(
        tenant_id=wanted.tenant,
        number=wanted.number,
        place=wanted.place,
        copies=len(wanted.copies),
        kept=wanted.kept,
        note=sign_list(wanted),
        state=state,
        agreed_by=list(agreed),
        made_at=wanted.at,
    )


def list_at_gate(tenant: str, parcels: Sequence[str], at: datetime) -> str:
    """Sign the list of a batch of delivered or refused parcels, in the transaction of their intents; its number.

    Raises:
        Refused: It holds more than may go at once.

    """
    # By the index of what is kept; by that of the municipality alone SQLite would count all that ever came.
    there = Parcel.objects.filter(tenant_id=tenant, connection__gt="", proof__isnull=True)
    kept = there.filter(erase_by__isnull=False).count()
    limits = erasure_limits()
    wanted = ErasureList(
        number=new_number(at), tenant=tenant, place=CopyPlace.GATE, copies=tuple(parcels), kept=kept, at=at
    )
    # Each of these has an acknowledgement or a refusal of its own, so only the whole number is looked at.
    if len(parcels) > limits.copies:
        number, count, limit = wanted.number, len(parcels), limits.copies
        raise Refused([because(ReasonCode.ERASURE_TOO_LARGE, number=number, count=count, kept=kept, limit=limit)])
    _keep(wanted, DONE)
    return wanted.number


def _notes(tenant: str, numbers: set[str]) -> Mapping[str, frozenset[str]]:
    """What the lists of these numbers name."""
    rows = ErasureListRow.objects.filter(tenant_id=tenant, number__in=numbers)
    return {row.number: copies_of(row) for row in rows}


def objections_to_erasing(tenant: str, parcels: Sequence[str]) -> dict[str, Reason]:
    """Why each of these parcels must not be erased: on hold, or on no signed list."""
    found = Parcel.objects.filter(tenant_id=tenant, parcel__in=parcels).values_list("parcel", "hold", "erasure_list")
    rows = {parcel: (hold, number) for parcel, hold, number in found}
    lists = _notes(tenant, {number for _, number in rows.values()})
    reasons: dict[str, Reason] = {}
    for parcel in parcels:
        hold, number = rows.get(parcel, ("", ""))
        if hold:
            reasons[parcel] = because(ReasonCode.ON_HOLD, copy=parcel, hold=hold)
        elif parcel not in lists.get(number, frozenset()):
            reasons[parcel] = because(ReasonCode.NOT_ON_ERASURE_LIST, copy=parcel, number=number or "-")
    return reasons


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A list that was proposed: its number, and why it waits for two persons if it does."""

    number: str
    stopped: Reason | None


def propose(wanted: ErasureList, by: str) -> Proposal:
    """Sign a list of copies whose time is over; one that is too large waits for two persons, and an alarm says so."""
    reason = too_many(wanted, erasure_limits())
    facts = {"list": wanted.number, "place": str(wanted.place), "copies": len(wanted.copies), "kept": wanted.kept}
    kind = EntryKind.ERASURE_LISTED if reason is None else EntryKind.ERASURE_STOPPED
    frame = {"kind": str(kind), "tenant": wanted.tenant, "at": wanted.at.isoformat(), "by": {"person": by}}
    with writing():
        _keep(wanted, SIGNED if reason is None else STOPPED, [by] if by else [])
        append_entry(wanted.tenant, {**frame, **facts})
    return Proposal(number=wanted.number, stopped=reason)


def list_verified(wanted: ErasureList, by: str = "", **why: str) -> str:
    """Sign a list of copies of which each was verified at its destination, or given up by somebody; its number.

    Raises:
        Refused: It holds more than may go at once.

    """
    # Each has an answer or a decision of its own, so only the whole number is looked at.
    count, limit = len(wanted.copies), erasure_limits().copies
    if count > limit:
        facts = {"number": wanted.number, "count": count, "kept": wanted.kept, "limit": limit}
        raise Refused([because(ReasonCode.ERASURE_TOO_LARGE, **facts)])
    frame = {"kind": str(EntryKind.ERASURE_LISTED), "tenant": wanted.tenant, "at": wanted.at.isoformat()}
    facts = {"list": wanted.number, "place": str(wanted.place), "copies": count, "kept": wanted.kept}
    with writing():
        _keep(wanted, SIGNED)
        append_entry(wanted.tenant, {**frame, "by": {"person": by}, **facts, **why})
    return wanted.number


def close_list(tenant: str, number: str, at: datetime, **facts: int) -> None:
    """A list was carried out; the entry says how many copies went. Once."""
    with writing():
        row = ErasureListRow.objects.select_for_update().get(tenant_id=tenant, number=number)
        if row.state == DONE:
            return
        ErasureListRow.objects.filter(pk=row.pk).update(state=DONE, done_at=at)
        frame = {"kind": str(EntryKind.COPIES_ERASED), "tenant": tenant, "at": at.isoformat(), "list": number}
        append_entry(tenant, {**frame, "place": row.place, **facts})
