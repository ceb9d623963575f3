"""What a dossier says beside its sheets: who holds a credential and who uses it, what a device is, what is not joined.

Members asked for each of these in November 2019; what a drafter answers is frozen and weighed with the dossier.
"""

from dataclasses import dataclass
from enum import StrEnum


class NoteKind(StrEnum):
    """What a note is about."""

    TERM = "term"
    RISK_REMOVED = "risk_removed"
    RISK_ADDED = "risk_added"
    HISTORY = "history"
    HUMAN_STEP = "human_step"
    ALTERNATIVE = "alternative"
    SAFETY = "safety"
    VOLUME = "volume"
    PRECEDENT = "precedent"
    UNCHANGED = "unchanged"
    POSSIBLE_ARROW = "possible_arrow"
    NO_PATH = "no_path"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One note: what kind, about what, and its words."""

    note: str
    kind: NoteKind
    on: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ComputerCard:
    """What a computer is physically, how it is locked, in which state it is, who made it, how tenants are apart."""

    computer: str
    form: str
    lock: str
    state: str
    maker: str
    tenancy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialCustody:
    """Who holds a credential and who uses it; sharing it, or using what one holds, is an exception with an end."""

    credential: str
    departments: tuple[str, ...]
    custodians: tuple[str, ...]
    operators: tuple[str, ...]
    shared_with: tuple[str, ...]
    exception: str
    exception_until: str
