"""Erasing with rules: what may go at once, what waits for a second person, and the certificate that it is gone.

A deleter errs as easily as anything else, and what it errs on is gone. So it acts on signed lists of named copies only,
stops when a list is larger than an ordinary day explains, and never touches what is on hold.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from sekisho.kernel.errors import Reason, ReasonCode, because
from sekisho.kernel.gate.forms import ErasureProof, Waybill

CERTIFICATE: Final = "sekisho-erasure-certificate/1"
LIST: Final = "sekisho-erasure-list/1"
PERSONS_NEEDED: Final = 2
_WHOLE: Final = 100


class CopyPlace(StrEnum):
    """Where a copy lies that has to go one day. Stored values are never renamed and never reused."""

    GATE = "gate"
    HOUSE = "house"
    CONTRACTOR = "contractor"
    ORPHANS = "orphans"


class ErasureMethod(StrEnum):
    """How a copy was made unreadable."""

    KEY_DESTROYED = "key_destroyed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureLimits:
    """How much may go without a second person: so many of a hundred copies, so many in all; a few always may."""

    share_percent: int = 5
    copies: int = 1_000
    few: int = 3

    def at_once(self, kept: int) -> int:
        """How many of so many kept copies may go at once."""
        return min(self.copies, max(self.few, kept * self.share_percent // _WHOLE))


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureList:
    """The copies of one municipality that a deleter wants to erase, each by its id, out of so many that are kept."""

    number: str
    tenant: str
    place: CopyPlace
    copies: tuple[str, ...]
    kept: int
    at: datetime

    def text(self) -> str:
        """The list as it is signed: one line a copy, in order."""
        digest = hashlib.sha256("\n".join(self.copies).encode()).hexdigest()
        head = (
            LIST,
            self.number,
            self.tenant,
            str(self.place),
            self.at.isoformat(),
            f"{len(self.copies)} of {self.kept}",
        )
        return "\n".join((*head, digest, *self.copies)) + "\n"


def too_many(wanted: ErasureList, limits: ErasureLimits) -> Reason | None:
    """Is this more than may go without a second person?"""
    limit = limits.at_once(wanted.kept)
    if len(wanted.copies) <= limit:
        return None
    return because(
        ReasonCode.ERASURE_TOO_LARGE, number=wanted.number, count=len(wanted.copies), kept=wanted.kept, limit=limit
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasedCopy:
    """What a certificate speaks of: the crossing, why the copy had to go, how many of what, and who let it in."""

    waybill: Waybill
    place: CopyPlace
    why: str
    kind: str
    records: int
    by: str
    receipt: str
    backup_days: int


def certificate_text(copy: ErasedCopy, proof: ErasureProof) -> str:
    """The certificate as it is signed: one fact a line, ids and counts only. The same facts, the same bytes."""
    facts: Sequence[tuple[str, object]] = (
        ("tenant", copy.waybill.tenant),
        ("parcel", copy.waybill.parcel),
        ("connection", copy.waybill.connection),
        ("permit", copy.waybill.permit or "-"),
        ("content-sha256", copy.waybill.digest or "-"),
        ("place", copy.place),
        ("why", copy.why),
        ("kind", copy.kind or "-"),
        ("records", copy.records),
        ("received-from", copy.by or "-"),
        ("erased-at", proof.at),
        ("method", ErasureMethod.KEY_DESTROYED),
        ("key", proof.key),
        ("wrapped-key-sha256", proof.key_digest),
        ("bytes-removed", proof.bytes_removed),
        ("searched", "yes" if proof.searched else "no"),
        ("key-backups-kept-days", copy.backup_days),
        ("receipt", copy.receipt),
    )
    return "\n".join((CERTIFICATE, *(f"{name}: {value}" for name, value in facts))) + "\n"


def why_not_certified(proof: ErasureProof) -> Reason | None:
    """A certificate says that somebody looked; without the search there is none."""
    return None if proof.searched else because(ReasonCode.ERASURE_NOT_SEARCHED, key=proof.key)
