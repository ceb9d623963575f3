"""A parcel at the door of S1, and what is answered to it: what was taken in, record by record."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sekisho.adapters.donations.areas import reading_in
from sekisho.adapters.donations.models import IntakeRow
from sekisho.kernel import ReasonCode, Refused, because

DIGEST: Final = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A parcel that came: into which area, through which door, what its sender says of it, and who that is."""

    area: str
    parcel: str
    door: str
    sha256: str
    sender: str
    at: datetime
    portal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What is answered: how many records, of which so many are new, and the digest of each record's bytes in order."""

    parcel: str
    records: int
    amount: int
    new: int
    known: int
    rows: tuple[str, ...]

    def as_data(self) -> dict[str, object]:
        """The answer as it is sent."""
        return {
            "parcel": self.parcel,
            "records": self.records,
            "amount": self.amount,
            "new": self.new,
            "known": self.known,
            "rows": list(self.rows),
        }


def answer_of(row: IntakeRow) -> Intake:
    """The answer that was given when a parcel was taken in."""
    digests = bytes(row.digests)
    return Intake(
        parcel=row.parcel,
        records=row.records,
        amount=row.amount,
        new=row.new,
        known=row.known,
        rows=tuple(digests[at : at + DIGEST].hex() for at in range(0, len(digests), DIGEST)),
    )


def find_intake(area: str, parcel: str) -> Intake | None:
    """What was answered to a parcel of this area, if it was taken in."""
    with reading_in(area):
        row = IntakeRow.objects.filter(tenant_id=area, parcel=parcel).first()
    return answer_of(row) if row else None


def taken_before(delivery: Delivery) -> Intake | None:
    """The answer to a parcel that was taken in before, if these are the same bytes through the same door.

    Raises:
        Refused: The parcel's number was used for other bytes, or at another door.

    """
    with reading_in(delivery.area):
        row = IntakeRow.objects.filter(tenant_id=delivery.area, parcel=delivery.parcel).first()
    said = (delivery.sha256, delivery.door, delivery.portal)
    if row is not None and (row.sha256, row.door, row.portal) != said:
        raise Refused([because(ReasonCode.KEY_USED_FOR_OTHER_BYTES)])
    return answer_of(row) if row else None


def check_digest(delivery: Delivery, body: bytes) -> None:
    """The bytes are those that were announced.

    Raises:
        Refused: They are others.

    """
    if hashlib.sha256(body).hexdigest() != delivery.sha256:
        raise Refused([because(ReasonCode.DIGEST_DIFFERS)])
