"""Consultations (諮問): the dossier put to the council, what is missing, what changed, how much that weighs."""

from sekisho.kernel.council.consultation.changes import (
    ChangeClass,
    WeighedChange,
    arrows_changed,
    classify_change,
    weigh_change,
    weigh_changes,
)
from sekisho.kernel.council.consultation.completeness import check_complete, missing_in, missing_lines
from sekisho.kernel.council.consultation.custody import ComputerCard, CredentialCustody, Note, NoteKind
from sekisho.kernel.council.consultation.differences import (
    Difference,
    differences_between,
    flatten_data,
    flatten_dossier,
)
from sekisho.kernel.council.consultation.dossier import (
    ConnectionSheet,
    Dossier,
    ExemptionClaim,
    Feasibility,
    ItemUse,
    Processor,
    Retention,
    Safeguard,
    SafeguardKind,
    canonical_dossier,
    digest_of_dossier,
    dossier_to_data,
)
from sekisho.kernel.council.consultation.reading import dossier_from_data
from sekisho.kernel.council.consultation.states import ANSWERED_BY_LETTER, CONSULTATION_TABLE

__all__ = [
    "ANSWERED_BY_LETTER",
    "CONSULTATION_TABLE",
    "ChangeClass",
    "ComputerCard",
    "ConnectionSheet",
    "CredentialCustody",
    "Difference",
    "Dossier",
    "ExemptionClaim",
    "Feasibility",
    "ItemUse",
    "Note",
    "NoteKind",
    "Processor",
    "Retention",
    "Safeguard",
    "SafeguardKind",
    "WeighedChange",
    "arrows_changed",
    "canonical_dossier",
    "check_complete",
    "classify_change",
    "differences_between",
    "digest_of_dossier",
    "dossier_from_data",
    "dossier_to_data",
    "flatten_data",
    "flatten_dossier",
    "missing_in",
    "missing_lines",
    "weigh_change",
    "weigh_changes",
]
