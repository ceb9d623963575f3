"""A whole office in memory: every port of the corridor, remembering what it was asked and told."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from sekisho.kernel import (
    Acknowledgement,
    Admitted,
    Arrival,
    Cargo,
    Clearance,
    Credential,
    Direction,
    Entrance,
    ErasureProof,
    Examination,
    Exit,
    Findings,
    GuardObjection,
    Inspected,
    Landed,
    Passage,
    Permit,
    PermitOnFile,
    PermitStatus,
    Reason,
    Receipt,
    Recorded,
    Sealed,
    SecondAnswer,
    SekishoError,
    Specification,
    Standing,
    Stopped,
    Stored,
    Waybill,
    compile_caveats,
    digest_of,
    objections,
)

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
ROUTE = ("government_shared_network", "lgwan")
SPECIFICATION = Specification(
    tenant="422011",
    consultation="56",
    connection="registry-notices-down",
    agency="mayor",
    department="asset_tax",
    counterpart="linkage_platform",
    direction="inward",
    route=ROUTE,
    persons=("urakami", "inasa"),
    terminals=("asset-tax-terminal-1",),
    items=("lot_number", "owner_name"),
    strip_unapproved=False,
    layouts=("registry_notice",),
    types=("text/csv",),
    bytes_at_most=1_000,
    records_at_most=100,
    parcels_a_day=5,
    not_before="2019-11-19T00:00:00+09:00",
    not_after="2029-04-01T00:00:00+09:00",
    erase_within_hours=24,
    legal_basis="地方税法第382条",
    as_of="2019-11-19",
)
STANDING = Standing(person="urakami", terminal="asset-tax-terminal-1", agency="mayor", department="asset_tax")
GOOD = Findings(
    media_type="text/csv",
    layout="registry_notice",
    layout_version="2019",
    layout_sha256="5e",
    size=9,
    records=3,
    items=frozenset({"lot_number", "owner_name"}),
)


CARGO = Cargo(place="sealed", digest="sealed-digest", size=99, recipient="recipient")


def permit_of(specification: Specification = SPECIFICATION, status: PermitStatus = PermitStatus.ACTIVE) -> Permit:
    """The permit that this approval compiles to."""
    return Permit(
        permit="R1-56-01",
        tenant=specification.tenant,
        connection=specification.connection,
        specification_digest=digest_of(specification),
        caveats=compile_caveats(specification),
        status=status,
        issued_at="2019-11-19T00:00:00+09:00",
    )


def arrival_of(body: bytes = b"a parcel\n", **changes: object) -> Arrival:
    """Somebody arrives with these bytes, everything as approved unless changed."""
    arrival = Arrival(
        parcel="parcel-1",
        tenant="422011",
        connection="registry-notices-down",
        at=NOW,
        credential=Credential(kind="certificate", value="terminal-1"),
        route=ROUTE,
        direction=Direction.INWARD,
        counterpart="linkage_platform",
        announced_size=len(body),
        announced_digest=hashlib.sha256(body).hexdigest(),
    )
    return replace(arrival, **changes)  # type: ignore[arg-type]


@dataclass
class Bench:
    """One office: what is on file, what was found, and everything that happened."""

    on_file: PermitOnFile | None = field(
        default_factory=lambda: PermitOnFile(permit=permit_of(), specification=SPECIFICATION, signatures_hold=True)
    )
    person: Standing | None = STANDING
    found: Findings = GOOD
    today: int = 0
    overdue: int = 0
    body: bytes = b"a parcel\n"
    platform_fails: int = 0
    second: SecondAnswer | None = None
    log: list[tuple[str, object]] = field(default_factory=list)
    sent: list[Recorded] = field(default_factory=list)
    kept: dict[str, bytes] = field(default_factory=dict)

    def kinds(self) -> list[str]:
        """The kinds of entry in the order in which they were written."""
        return [kind for kind, _ in self.log]

    def halls(self) -> tuple[Entrance, Examination, Exit]:
        """The three halls of this office."""
        return (
            Entrance(roster=self, register=self, second=self, journal=self),
            Examination(register=self, second=self, inspector=self, journal=self),
            Exit(sealer=self, journal=self, carrier=self, shredder=self),
        )

    def _same(self, waybill: Waybill, *, landed: bool = True) -> None:
        """Every form carries the same small waybill."""
        digest = hashlib.sha256(self.body).hexdigest() if landed else ""
        permit = "R1-56-01"
        assert waybill == Waybill(
            parcel="parcel-1", tenant="422011", connection="registry-notices-down", permit=permit, digest=digest
        )

    def standing(self, tenant: str, credential: Credential) -> Standing | None:
        """Who stands here."""
        assert (tenant, credential) == ("422011", Credential(kind="certificate", value="terminal-1"))
        return self.person

    def permit_on_file(self, tenant: str, connection: str) -> PermitOnFile | None:
        """What the register holds."""
        assert (tenant, connection) == ("422011", "registry-notices-down")
        return self.on_file

    def parcels_on(self, tenant: str, permit: str, day: datetime) -> int:
        """How many came today."""
        assert (tenant, permit, day) == ("422011", "R1-56-01", NOW)
        return self.today

    def overdue_erasures(self, tenant: str, connection: str, at: datetime) -> int:
        """How many are overdue."""
        assert (tenant, connection, at) == ("422011", "registry-notices-down", NOW)
        return self.overdue

    def ask(self, on_file: PermitOnFile, passage: Passage) -> SecondAnswer:
        """The second opinion: the first one's, unless it was told another."""
        assert on_file == self.on_file
        if self.second is not None:
            return self.second
        first = objections(on_file.permit.caveats, passage, at_entrance=passage.found is None)
        return SecondAnswer(against=tuple(GuardObjection(guard=str(each.code), ja="", en="") for each in first))

    def take(self, admitted: Admitted) -> Stored:
        """Keep the bytes."""
        self._same(admitted.waybill, landed=False)
        self.kept["place"] = self.body
        return Stored(size=len(self.body), digest=hashlib.sha256(self.body).hexdigest(), place="place")

    def discard(self) -> None:
        """Throw them away."""
        self.kept.clear()

    def received(self, admitted: Admitted, stored: Stored) -> Receipt:
        """Landed."""
        self._same(admitted.waybill, landed=False)
        assert (stored.place, admitted.on_file) == ("place", self.on_file)
        self.log.append(("received", stored))
        return Receipt(entry=len(self.log), leaf="leaf")

    def turned_away(self, arrival: Arrival, standing: Standing | None, reasons: Sequence[Reason]) -> None:
        """Refused at the entrance."""
        assert (arrival.parcel, standing) == ("parcel-1", self.person)
        self.log.append(("refused", tuple(reasons)))

    def findings(self, landed: Landed) -> Findings:
        """What is in it."""
        self._same(landed.waybill)
        assert (landed.stored.place, landed.stored.size) == ("place", len(self.body))
        assert (landed.passage.person, landed.receipt) == ("urakami", Receipt(entry=1, leaf="leaf"))
        return self.found

    def _looked_into(self, inspected: Inspected) -> None:
        """What was inspected is what landed."""
        self._same(inspected.waybill)
        assert (inspected.stored.place, inspected.found) == ("place", self.found)
        assert inspected.passage.person == "urakami"

    def cleared(self, inspected: Inspected, clearance: Clearance, at: datetime) -> None:
        """Cleared."""
        self._looked_into(inspected)
        self._same(clearance.waybill)
        assert (clearance.stored, clearance.layout, at) == (inspected.stored, self.found.layout, NOW)
        assert (clearance.counterpart, clearance.direction) == ("linkage_platform", "inward")
        self.log.append(("cleared", clearance))

    def stopped(self, inspected: Inspected, stopped: Stopped, at: datetime) -> None:
        """Held or refused."""
        self._looked_into(inspected)
        self._same(stopped.waybill)
        assert at == NOW
        self.log.append(("held" if stopped.held else "refused", stopped.reasons))

    def seal(self, clearance: Clearance) -> Cargo:
        """Sealed for the recipient."""
        self._same(clearance.waybill)
        return CARGO

    def held_back(self, stopped: Stopped, at: datetime) -> None:
        """Not sealed after all."""
        self._same(stopped.waybill)
        assert at == NOW
        self.log.append(("held_back", "held" if stopped.held else "refused"))

    def leaving(self, sealed: Sealed, at: datetime) -> Receipt:
        """About to leave."""
        self._same(sealed.waybill)
        assert (sealed.cargo, sealed.counterpart, sealed.direction) == (CARGO, "linkage_platform", "inward")
        assert at == NOW
        self.log.append(("leaving", sealed.cargo.digest))
        return Receipt(entry=len(self.log), leaf="leaf")

    def carry(self, recorded: Recorded) -> Acknowledgement:
        """Sent, unless the platform fails."""
        self._same(recorded.waybill)
        assert (recorded.cargo, recorded.counterpart, recorded.direction) == (CARGO, "linkage_platform", "inward")
        assert recorded.receipt == Receipt(entry=3, leaf="leaf")
        if self.platform_fails:
            self.platform_fails -= 1
            message = "platform unreachable"
            raise SekishoError(message)
        self.sent.append(recorded)
        return Acknowledgement(number="R-1")

    def delivered(self, recorded: Recorded, acknowledgement: Acknowledgement, at: datetime) -> None:
        """Acknowledged."""
        self._same(recorded.waybill)
        assert (acknowledgement.number, at) == ("R-1", NOW)
        self.log.append(("delivered", acknowledgement.number))

    def shred(self, waybill: Waybill, at: datetime) -> ErasureProof:
        """Gone."""
        self._same(waybill)
        assert self.log[-1][0] == "erasing", "the intent is written down before the key goes"
        removed = len(self.kept.pop("place", b""))
        return ErasureProof(key="key-1", key_digest="digest", bytes_removed=removed, searched=True, at=at.isoformat())

    def erased(self, waybill: Waybill, at: datetime, proof: ErasureProof | None = None) -> None:
        """Intent, then proof."""
        self._same(waybill)
        assert at == NOW
        self.log.append(("erasing", None) if proof is None else ("erased", proof))
