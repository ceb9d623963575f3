"""All tables, by what they are about."""

from sekisho.adapters.database.models.assessments import (
    AssessmentDuty,
    AssessmentRow,
    AssessmentShown,
    AssessmentVersion,
    PointFindingRow,
    ResidentCommentRow,
)
from sekisho.adapters.database.models.authority import AssessmentStandingRow, Consultation, PermitRow
from sekisho.adapters.database.models.council import (
    CouncilNumber,
    DossierVersion,
    DutyRow,
    Matter,
    Meeting,
    PresenceRow,
)
from sekisho.adapters.database.models.deliberation import (
    BallotRow,
    ConditionRow,
    DecisionRow,
    OpinionRow,
    QuestionRow,
    RecusalRow,
    TradeOffRow,
    VerdictRow,
)
from sekisho.adapters.database.models.documents import Document
from sekisho.adapters.database.models.erasure import ContractorCopyRow, ErasureListRow, HoldRow
from sekisho.adapters.database.models.evidence import (
    CheckpointRow,
    CosignatureRow,
    EntryRow,
    LedgerCare,
    NodeRow,
    WitnessRow,
)
from sekisho.adapters.database.models.gate import (
    CanaryRow,
    Effect,
    IdempotencyKey,
    Parcel,
    ParcelState,
    Ticket,
    Upload,
    UploadState,
)
from sekisho.adapters.database.models.minutes import MinutesMark, MinutesRow, PublishedMinutesRow
from sekisho.adapters.database.models.people import Agency, Department, Person, Role, Tenant, Terminal
from sekisho.adapters.database.models.property import LineRow, PropertyRow, PropertyVersion, ProposalRow

__all__ = [
    "Agency",
    "AssessmentDuty",
    "AssessmentRow",
    "AssessmentShown",
    "AssessmentStandingRow",
    "AssessmentVersion",
    "BallotRow",
    "CanaryRow",
    "CheckpointRow",
    "ConditionRow",
    "Consultation",
    "ContractorCopyRow",
    "CosignatureRow",
    "CouncilNumber",
    "DecisionRow",
    "Department",
    "Document",
    "DossierVersion",
    "DutyRow",
    "Effect",
    "EntryRow",
    "ErasureListRow",
    "HoldRow",
    "IdempotencyKey",
    "LedgerCare",
    "LineRow",
    "Matter",
    "Meeting",
    "MinutesMark",
    "MinutesRow",
    "NodeRow",
    "OpinionRow",
    "Parcel",
    "ParcelState",
    "PermitRow",
    "Person",
    "PointFindingRow",
    "PresenceRow",
    "PropertyRow",
    "PropertyVersion",
    "ProposalRow",
    "PublishedMinutesRow",
    "QuestionRow",
    "RecusalRow",
    "ResidentCommentRow",
    "Role",
    "Tenant",
    "Terminal",
    "Ticket",
    "TradeOffRow",
    "Upload",
    "UploadState",
    "VerdictRow",
    "WitnessRow",
]
