"""The forms of a crossing: one a door, each made in exactly one place, all carrying the same small waybill.

Delivering what was not recorded, or sealing what was not cleared, is a type error.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sekisho.kernel.authority import AssessmentStanding, Findings, Passage, Permit, Specification
from sekisho.kernel.errors import Reason
from sekisho.kernel.network import Direction


@dataclass(frozen=True, slots=True, kw_only=True)
class Waybill:
    """What every form carries: which parcel, whose, on which connection, under which permit, with which digest.

    `digest` is the SHA-256 of the bytes as they arrived, in hexadecimal; empty until they have landed.
    """

    parcel: str
    tenant: str
    connection: str
    permit: str
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """How somebody proved who stands here: the kind (certificate, ticket, shell) and its id. Never a secret."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """Somebody stands at the entrance and announces a parcel. Nothing here is believed yet."""

    parcel: str
    tenant: str
    connection: str
    at: datetime
    credential: Credential
    route: tuple[str, ...]
    direction: Direction
    counterpart: str
    announced_size: int
    announced_digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Who the roster says it is: person, terminal, agency and department; and by which factors they signed in.

    `without` are items that they asked to be taken out on the way, if those were not approved.
    """

    person: str
    terminal: str
    agency: str
    department: str
    factors: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearer:
    """After *identify*: somebody we know, at a terminal we know."""

    arrival: Arrival
    standing: Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class PermitOnFile:
    """A permit with the specification loaded from today's row, and whether the issuing body's signatures hold.

    `stopped_by` are the council's conditions that keep it from opening the gate today, and whatever in the register is
    not as the ledger has it. `assessment` is where the assessment that the permit waits for stands.
    """

    permit: Permit
    specification: Specification
    signatures_hold: bool
    stopped_by: tuple[Reason, ...] = ()
    assessment: AssessmentStanding | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Petition:
    """After *present*: the permit that covers this connection, unaltered, signed and active."""

    bearer: Bearer
    on_file: PermitOnFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted:
    """After *admit*: nothing speaks against taking the bytes."""

    waybill: Waybill
    passage: Passage
    on_file: PermitOnFile
    announced_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """Bytes taken: how many, their digest, and where the ciphertext lies (an id, never a path of a person's name)."""

    size: int
    digest: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """Proof that an entry was written: its number and its leaf hash. It proves *received*, never *cleared*."""

    entry: int
    leaf: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Landed:
    """After *land*: the bytes are here, hashed, encrypted, durable and in the ledger."""

    waybill: Waybill
    passage: Passage
    stored: Stored
    receipt: Receipt


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspected:
    """After *inspect*: what is really in it."""

    waybill: Waybill
    passage: Passage
    stored: Stored
    found: Findings


@dataclass(frozen=True, slots=True, kw_only=True)
class Clearance:
    """After *decide*: no caveat objects. `strip` names the items that must be taken out on the way.

    `mask` names the items that stay in their place and whose values must be hidden (伏せる).
    `rebuilt` is the digest of the rebuilt bytes that go on instead of those that came; empty if nothing is rebuilt.
    `layout_version` and `layout_sha256` say by which layout it was inspected; no other says what goes.
    `under` is the number of the permit that was asked; what is taken up from its row again does not say it.
    """

    waybill: Waybill
    stored: Stored
    layout: str
    strip: frozenset[str]
    counterpart: str
    direction: str
    media_type: str = ""
    rebuilt: str = ""
    mask: frozenset[str] = frozenset()
    layout_version: str = ""
    layout_sha256: str = ""
    under: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped:
    """The other outcome of *decide*: held until somebody answers, or refused; with every reason."""

    waybill: Waybill
    reasons: tuple[Reason, ...]
    held: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Cargo:
    """The sealed bytes: where they lie, their digest and size, and for whom alone they can be opened."""

    place: str
    digest: str
    size: int
    recipient: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """After *seal*: what was cleared, encrypted to the recipient alone."""

    waybill: Waybill
    cargo: Cargo
    counterpart: str
    direction: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """After *record*: its digest is written down before it leaves."""

    waybill: Waybill
    cargo: Cargo
    counterpart: str
    direction: str
    receipt: Receipt


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledgement:
    """What the other side answered: its receipt number, and counts worth keeping."""

    number: str
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """After *deliver*: the counterpart acknowledged."""

    waybill: Waybill
    acknowledgement: Acknowledgement


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureProof:
    """That a copy is gone: which key was destroyed, how many bytes of ciphertext, and that a search found nothing."""

    key: str
    key_digest: str
    bytes_removed: int
    searched: bool
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """After *erase*: our copy and its keys are gone, with proof."""

    waybill: Waybill
    proof: ErasureProof
