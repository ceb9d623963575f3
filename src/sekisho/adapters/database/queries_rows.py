"""What the screens are given to show: plain frozen rows, always of one tenant, without any Django object in them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sekisho.adapters.dossiers.papers import Papers
from sekisho.kernel import Chart, Permit, Reason, Specification


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelRow:
    """One parcel in a list: what it is, which way it goes, how far it has come, whether an alarm was raised."""

    parcel: str
    connection: str
    label_ja: str
    label_en: str
    permit: str
    state: str
    at: datetime
    direction: str
    counterpart_ja: str
    counterpart_en: str
    records: int | None
    alarmed: bool = False
    beyond: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRow:
    """One ledger entry: what it says, and where it stands in the tree (nowhere yet: `index` is empty).

    Of one that was pruned, only its place and its leaf are left.
    """

    kind: str
    at: datetime
    parcel: str
    data: Mapping[str, object]
    index: int | None
    leaf: str
    intact: bool
    pruned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictRow:
    """What recomputing the ledger showed for some entries."""

    digests_match: bool
    in_tree: bool
    signature_valid: bool
    tree_size: int
    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PermitRow:
    """A permit with the specification on file, and whether the two still agree."""

    permit: Permit
    specification: Specification
    label_ja: str
    label_en: str
    consultation: str
    digest_on_file: str
    signatures_hold: bool
    names: Mapping[str, tuple[str, str]]
    stopped_by: tuple[Reason, ...] = ()
    waits_for: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MinuteRow:
    """One utterance of the published minutes."""

    part: str
    role: str
    ja: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SafeguardRow:
    """One safeguard of the dossier."""

    kind: str
    ja: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationRow:
    """A consultation as it was put to the council, and what came of it."""

    consultation: str
    number: str
    title_ja: str
    title_en: str
    department_ja: str
    department_en: str
    meeting_ja: str
    meeting_en: str
    held: str
    place: str
    result_ja: str
    result_en: str
    decided: str
    source: str
    reconstructed: tuple[str, ...]
    chart: Chart
    safeguards: tuple[SafeguardRow, ...]
    minutes: tuple[MinuteRow, ...]
    permits: tuple[tuple[str, str], ...]
    papers: Papers | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow:
    """A landed document: for whom, until when."""

    document: str
    parcel: str
    layout: str
    records: int
    at: datetime
    due: datetime
    recipients: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchRow:
    """The proposed changes of one parcel, counted by state."""

    batch: str
    parcel: str
    at: datetime
    notices: int
    waiting: int
    held: int
    applied: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A task of the procedure: what is to be done, in which matter, how many of it, and by when if it has a date."""

    task: str
    matter: str
    consultation: str
    label_ja: str
    label_en: str
    count: int = 1
    due: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """Whose tasks are asked for."""

    tenant: str
    person: str
    department: str
    roles: tuple[str, ...]
