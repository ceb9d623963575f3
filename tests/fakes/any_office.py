"""An office in memory for any connection of any dossier: every port of the corridor, and nothing taken for granted."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sekisho.kernel import (
    Acknowledgement,
    Admitted,
    Arrival,
    Cargo,
    Clearance,
    Credential,
    Entrance,
    ErasureProof,
    Examination,
    Exit,
    Findings,
    GuardObjection,
    Inspected,
    Landed,
    Passage,
    PermitOnFile,
    Reason,
    Receipt,
    Recorded,
    Sealed,
    SecondAnswer,
    Standing,
    Stopped,
    Stored,
    Waybill,
    objections,
)

BODY = b"a parcel\n"


@dataclass
class AnyOffice:
    """One office: who stands there, what is on file, what was found; it remembers what left."""

    person: Standing
    on_file: PermitOnFile | None
    found: Findings
    overdue: int = 0
    sent: list[Recorded] = field(default_factory=list)
    refusals: list[Sequence[Reason]] = field(default_factory=list)

    def halls(self) -> tuple[Entrance, Examination, Exit]:
        """The three halls of this office."""
        return (
            Entrance(roster=self, register=self, second=self, journal=self),
            Examination(register=self, second=self, inspector=self, journal=self),
            Exit(sealer=self, journal=self, carrier=self, shredder=self),
        )

    def standing(self, _tenant: str, _credential: Credential) -> Standing:
        """Who stands here."""
        return self.person

    def ask(self, on_file: PermitOnFile, passage: Passage) -> SecondAnswer:
        """The second opinion: the first one's."""
        first = objections(on_file.permit.caveats, passage, at_entrance=passage.found is None)
        return SecondAnswer(against=tuple(GuardObjection(guard=str(each.code), ja="", en="") for each in first))

    def permit_on_file(self, _tenant: str, _connection: str) -> PermitOnFile | None:
        """What the register holds."""
        return self.on_file

    def parcels_on(self, _tenant: str, _permit: str, _day: datetime) -> int:
        """None came today."""
        return 0

    def overdue_erasures(self, _tenant: str, _connection: str, _at: datetime) -> int:
        """How many are overdue."""
        return self.overdue

    def take(self, _admitted: Admitted) -> Stored:
        """Keep the bytes."""
        return Stored(size=len(BODY), digest=hashlib.sha256(BODY).hexdigest(), place="place")

    def discard(self) -> None:
        """Nothing is kept here anyway."""

    def received(self, _admitted: Admitted, _stored: Stored) -> Receipt:
        """Landed."""
        return Receipt(entry=1, leaf="leaf")

    def turned_away(self, _arrival: Arrival, _standing: Standing | None, reasons: Sequence[Reason]) -> None:
        """Refused at the entrance."""
        self.refusals.append(reasons)

    def findings(self, _landed: Landed) -> Findings:
        """What is in it."""
        return self.found

    def cleared(self, _inspected: Inspected, _clearance: Clearance, _at: datetime) -> None:
        """Cleared."""

    def stopped(self, _inspected: Inspected, stopped: Stopped, _at: datetime) -> None:
        """Held or refused."""
        self.refusals.append(stopped.reasons)

    def seal(self, _clearance: Clearance) -> Cargo:
        """Sealed for the recipient."""
        return Cargo(place="sealed", digest="digest", size=99, recipient="recipient")

    def held_back(self, stopped: Stopped, _at: datetime) -> None:
        """Not sealed after all."""
        self.refusals.append(stopped.reasons)

    def leaving(self, _sealed: Sealed, _at: datetime) -> Receipt:
        """About to leave."""
        return Receipt(entry=2, leaf="leaf")

    def carry(self, recorded: Recorded) -> Acknowledgement:
        """Sent."""
        self.sent.append(recorded)
        return Acknowledgement(number="R-1")

    def delivered(self, _recorded: Recorded, _acknowledgement: Acknowledgement, _at: datetime) -> None:
        """Acknowledged."""

    def shred(self, _waybill: Waybill, at: datetime) -> ErasureProof:
        """Gone."""
        return ErasureProof(key="key", key_digest="digest", bytes_removed=len(BODY), searched=True, at=at.isoformat())

    def erased(self, _waybill: Waybill, _at: datetime, _proof: ErasureProof | None = None) -> None:
        """Intent, then proof."""
