"""Taking in what comes without a header: a file that a machine drops by SFTP or into a watched folder.

It passes the same doors as a PUT. What a PUT announces is taken from the approval; the size is what came, and it is
compared with the approval before and after. The name under which a file was dropped is its idempotency key.
"""

from dataclasses import dataclass, replace
from typing import Final

from sekisho.adapters.database.home import find_home
from sekisho.adapters.database.pokes import poke
from sekisho.adapters.objects.docks import LandingDock
from sekisho.bootstrap.crossing import read_direction
from sekisho.bootstrap.halls import open_entrance
from sekisho.bootstrap.house import new_parcel, now
from sekisho.kernel import (
    Admitted,
    Arrival,
    Credential,
    Direction,
    ReasonCode,
    Receipt,
    Refused,
    because,
    knock,
    receive,
)

_PIECE: Final = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Drop:
    """Who drops what where: municipality, connection, by which credential, under which name."""

    tenant: str
    connection: str
    credential: Credential
    name: str

    @property
    def key(self) -> str:
        """The key by which the same file again is known."""
        return f"{self.connection}/{self.name}"[:200]


@dataclass(slots=True)
class Taking:
    """A file that is being taken in: encrypted as it comes, landed when it is whole, or nothing at all."""

    arrival: Arrival
    admitted: Admitted
    dock: LandingDock
    key: str
    limit: int
    parcel: str
    """As which it counts: the number it got, or the one that the same file got before."""

    def feed(self, data: bytes) -> None:
        """Some bytes have come.

        Raises:
            Refused: They are more than the council approved.

        """
        if self.dock.size + len(data) > self.limit:
            raise Refused([because(ReasonCode.TOO_LARGE, size=self.dock.size + len(data), limit=self.limit)])
        self.dock.feed(data)

    def finish(self) -> Receipt:
        """Everything has come: durable, and in the ledger; the same again answers the same.

        Raises:
            Refused: The same name came before with other bytes, or nothing came.

        """
        from sekisho.adapters.database.entrances import Once, remembered

        once = Once(bearer=self.arrival.credential.value, key=self.key)
        size = self.dock.size
        arrival = replace(self.arrival, announced_size=size)
        admitted = replace(self.admitted, passage=replace(self.admitted.passage, announced_size=size))
        known = remembered(arrival.tenant, once)
        if known is None:
            return receive(arrival, admitted, self.dock, open_entrance(self.dock, once)).receipt
        digest = self.dock.take(admitted).digest
        self.dock.discard()
        if digest != known.digest:
            raise Refused([because(ReasonCode.KEY_USED_FOR_OTHER_BYTES)])
        self.parcel = known.parcel
        return Receipt(entry=known.entry, leaf=known.leaf)

    def discard(self) -> None:
        """It was cut off or refused; nothing of it is kept."""
        self.dock.discard()


def begin_taking(drop: Drop) -> Taking:
    """The doors before the bytes.

    Raises:
        Refused: At one of them; the attempt is in the ledger.

    """
    from sekisho.adapters.database.registers import Register

    at, on_file = now(), Register().permit_on_file(drop.tenant, drop.connection)
    approved = on_file.specification if on_file else None
    arrival = Arrival(
        parcel=new_parcel(at),
        tenant=drop.tenant,
        connection=drop.connection,
        at=at,
        credential=drop.credential,
        route=approved.route if approved else (),
        direction=read_direction(approved.direction) if approved else Direction.INSIDE,
        counterpart=approved.counterpart if approved else "",
        announced_size=0,
    )
    admitted = knock(arrival, open_entrance())
    dock = LandingDock(find_home(), drop.tenant, arrival.parcel)
    limit = admitted.on_file.specification.bytes_at_most
    return Taking(arrival, admitted, dock, drop.key, limit, arrival.parcel)


def taken_before(drop: Drop) -> str:
    """The parcel as which this file was taken in before; nothing if it was not."""
    from sekisho.adapters.database.entrances import Once, remembered

    known = remembered(drop.tenant, Once(bearer=drop.credential.value, key=drop.key))
    return known.parcel if known else ""


def take_bytes(drop: Drop, body: bytes) -> str:
    """Take in a file that lies in memory; answers the parcel. The same again is the same parcel.

    Raises:
        Refused: At one of the doors; the attempt is in the ledger.

    """
    taking = begin_taking(drop)
    try:
        for first in range(0, len(body), _PIECE):
            taking.feed(body[first : first + _PIECE])
        taking.finish()
    except BaseException:
        taking.discard()
        raise
    poke()
    return taking.parcel
