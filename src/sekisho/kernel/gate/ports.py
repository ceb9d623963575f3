"""What the corridor asks of the world. Each port is small, and is made real by an adapter chosen in `bootstrap`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sekisho.kernel.authority import Findings, Passage, SecondAnswer
from sekisho.kernel.errors import Reason
from sekisho.kernel.gate.forms import (
    Acknowledgement,
    Admitted,
    Arrival,
    Cargo,
    Clearance,
    Credential,
    ErasureProof,
    Inspected,
    Landed,
    PermitOnFile,
    Receipt,
    Recorded,
    Sealed,
    Standing,
    Stopped,
    Stored,
    Waybill,
)


class Roster(Protocol):
    """Knows persons and terminals."""

    def standing(self, tenant: str, credential: Credential) -> Standing | None:
        """Who this is, or nothing."""
        ...


class Register(Protocol):
    """Knows the permits of a tenant, and what has crossed under them."""

    def permit_on_file(self, tenant: str, connection: str) -> PermitOnFile | None:
        """The permit of this connection as it stands in the register today.

        Raises:
            Refused: The row cannot be read as a permit (for instance an unknown caveat).

        """
        ...

    def parcels_on(self, tenant: str, permit: str, day: datetime) -> int:
        """How many parcels were received under the permit on that day."""
        ...

    def overdue_erasures(self, tenant: str, connection: str, at: datetime) -> int:
        """How many copies of what crossed on this connection are past their erasure date, under whichever permit."""
        ...


class SecondOpinion(Protocol):
    """Decides about a crossing without looking at the caveats, from the policy text that was signed with the permit."""

    def ask(self, on_file: PermitOnFile, passage: Passage) -> SecondAnswer:
        """Who objects to this crossing; before the bytes were looked into, only as far as can be said then.

        It never raises: what it cannot answer, it says.
        """
        ...


class Dock(Protocol):
    """Takes one parcel's bytes: hashes and encrypts them as they come and makes them durable."""

    def take(self, admitted: Admitted) -> Stored:
        """Everything that came, safely stored."""
        ...

    def discard(self) -> None:
        """Throw away what came, key first."""
        ...


class EntranceJournal(Protocol):
    """Writes down what happens at the entrance, state and entry in one transaction."""

    def received(self, admitted: Admitted, stored: Stored) -> Receipt:
        """The parcel has landed."""
        ...

    def turned_away(self, arrival: Arrival, standing: Standing | None, reasons: Sequence[Reason]) -> None:
        """Somebody was refused before a byte was taken."""
        ...


class Inspector(Protocol):
    """Looks into a parcel."""

    def findings(self, landed: Landed) -> Findings:
        """What the bytes hold."""
        ...


class ExaminationJournal(Protocol):
    """Writes down what was decided, state and entry in one transaction."""

    def cleared(self, inspected: Inspected, clearance: Clearance, at: datetime) -> None:
        """No caveat objects.

        Raises:
            Refused: The permit was stopped while this was decided; nothing is written.
            SekishoError: Another permit took its place meanwhile; nothing is written, decide anew.

        """
        ...

    def stopped(self, inspected: Inspected, stopped: Stopped, at: datetime) -> None:
        """Held or refused, with every reason."""
        ...


class Sealer(Protocol):
    """Encrypts what was cleared to its recipient alone."""

    def seal(self, clearance: Clearance) -> Cargo:
        """The sealed bytes.

        Raises:
            Refused: What was cleared can no longer be made of the bytes; nothing is sealed.

        """
        ...


class Carrier(Protocol):
    """Carries sealed bytes to the counterpart; the same parcel twice is one delivery."""

    def carry(self, recorded: Recorded) -> Acknowledgement:
        """What the counterpart answered.

        Raises:
            Refused: The counterpart will not take it.
            SekishoError: The counterpart could not be reached; try again later.

        """
        ...


class Shredder(Protocol):
    """Destroys keys, then bytes."""

    def shred(self, waybill: Waybill, at: datetime) -> ErasureProof:
        """Our copy is gone; say how we know. A second call answers with the first proof."""
        ...


class ExitJournal(Protocol):
    """Writes down what leaves, stays after all, and is gone, state and entry in one transaction."""

    def held_back(self, stopped: Stopped, at: datetime) -> None:
        """What was cleared could not be sealed: held or refused, with every reason."""
        ...

    def leaving(self, sealed: Sealed, at: datetime) -> Receipt:
        """Its digest, before it leaves."""
        ...

    def delivered(self, recorded: Recorded, acknowledgement: Acknowledgement, at: datetime) -> None:
        """The counterpart has it."""
        ...

    def erased(self, waybill: Waybill, at: datetime, proof: ErasureProof | None = None) -> None:
        """Without a proof: we are about to erase. With a proof: it is done."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrance:
    """The ports of the first hall."""

    roster: Roster
    register: Register
    second: SecondOpinion
    journal: EntranceJournal


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """The ports of the second hall."""

    register: Register
    second: SecondOpinion
    inspector: Inspector
    journal: ExaminationJournal


@dataclass(frozen=True, slots=True, kw_only=True)
class Exit:
    """The ports of the third hall."""

    sealer: Sealer
    journal: ExitJournal
    carrier: Carrier
    shredder: Shredder
