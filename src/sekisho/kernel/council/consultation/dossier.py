"""The dossier (諮問書): everything that is put to the council, as facts. What members see is rendered from it.

Each of its parts answers a question that members had to ask in the minutes of November 2019: who owns a network, how
long each copy is kept and where, what each data item is for, who else handles the data, since when it is in use.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Final

from sekisho.kernel.council.consultation.custody import ComputerCard, CredentialCustody, Note
from sekisho.kernel.evidence import canonical_bytes
from sekisho.kernel.network import OF_THE_LINES, Chart


class SafeguardKind(StrEnum):
    """The three kinds of safeguards that the council looks at (人的・技術的・物理的)."""

    PERSONNEL = "personnel"
    TECHNICAL = "technical"
    PHYSICAL = "physical"


class Feasibility(StrEnum):
    """How real a safeguard is: done today, planned with a date, or merely possible."""

    DONE = "done"
    PLANNED = "planned"
    CAN = "can"


@dataclass(frozen=True, slots=True, kw_only=True)
class Safeguard:
    """One safeguard, and how real it is."""

    safeguard: str
    kind: SafeguardKind
    text: str
    feasibility: Feasibility


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """How long one copy is kept at one place, and why. 削除 is never ambiguous when each place has its own line."""

    place: str
    hours: int
    reason: str
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemUse:
    """Why a data item is needed on a connection, by which law, and what weaker item was considered instead."""

    item: str
    necessity: str
    legal_basis: str
    alternative: str
    individual_number: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionSheet:
    """What is put to the council about one arrow, beside its place on the chart."""

    connection: str
    purpose: str
    function: str
    trigger: str
    parcels_a_year: int
    records_a_year: int
    subjects: tuple[str, ...]
    operators: tuple[str, ...]
    factors: tuple[str, ...]
    items: tuple[ItemUse, ...]
    retention: tuple[Retention, ...]
    safeguards: tuple[Safeguard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Processor:
    """A contractor or sub-contractor: what it does, for whom, where the data are, which certificate it holds."""

    contractor: str
    works_for: str
    task: str
    place_of_data: str
    certificate: str
    certificate_until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExemptionClaim:
    """A claim that no consultation is needed because a law says so: the article, its words, and who says it."""

    article: str
    quotation: str
    claimed_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """A whole consultation as it is put to the council, at one version."""

    consultation: str
    version: int
    title_ja: str
    title_en: str
    tenant: str
    agency: str
    department: str
    regime: str
    purpose: str
    before: str
    after: str
    planned_changes: str
    already_in_use_since: str
    chart: Chart
    sheets: tuple[ConnectionSheet, ...]
    processors: tuple[Processor, ...] = ()
    exemption: ExemptionClaim | None = None
    assumed: tuple[str, ...] = ()
    devices: tuple[ComputerCard, ...] = ()
    credentials: tuple[CredentialCustody, ...] = ()
    notes: tuple[Note, ...] = ()

    def sheet_of(self, connection: str) -> ConnectionSheet | None:
        """The sheet of one arrow, if there is one."""
        return next((sheet for sheet in self.sheets if sheet.connection == connection), None)


BESIDE: Final = ("devices", "credentials", "notes")
"""What a dossier of before may be silent about: written down only where there is something."""


def dossier_to_data(dossier: Dossier) -> Mapping[str, Any]:
    """The dossier as plain data: texts, whole numbers, yes and no, lists and tables."""
    data: Mapping[str, Any] = json.loads(canonical_dossier(dossier))
    return data


def canonical_dossier(dossier: Dossier) -> bytes:
    """The bytes that are frozen when a dossier is circulated: UTF-8, sorted keys, no spaces."""
    data = asdict(dossier)
    networks = data["chart"]["networks"]
    items = (item for arrow in data["chart"]["connections"] for item in arrow["items"])
    written = ((each, ("written_as",)) for each in items)
    for row, names in (*written, *((each, OF_THE_LINES) for each in networks), (data, BESIDE)):
        for name in names:
            if not row[name]:  # nothing to say, said nowhere: so earlier dossiers keep their digest
                del row[name]
    return canonical_bytes(data)


def digest_of_dossier(dossier: Dossier) -> str:
    """SHA-256 of the frozen bytes, in hexadecimal."""
    return hashlib.sha256(canonical_dossier(dossier)).hexdigest()
