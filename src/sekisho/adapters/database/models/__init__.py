"""All tables, by what they are about."""

from sekisho.adapters.database.models.authority import Consultation, PermitRow
from sekisho.adapters.database.models.documents import Document
from sekisho.adapters.database.models.evidence import CheckpointRow, EntryRow, NodeRow
from sekisho.adapters.database.models.gate import Effect, IdempotencyKey, Parcel, ParcelState, Ticket
from sekisho.adapters.database.models.people import Agency, Department, Person, Role, Tenant, Terminal
from sekisho.adapters.database.models.property import LineRow, PropertyRow, PropertyVersion, ProposalRow

__all__ = [
    "Agency",
    "CheckpointRow",
    "Consultation",
    "Department",
    "Document",
    "Effect",
    "EntryRow",
    "IdempotencyKey",
    "LineRow",
    "NodeRow",
    "Parcel",
    "ParcelState",
    "PermitRow",
    "Person",
    "PropertyRow",
    "PropertyVersion",
    "ProposalRow",
    "Role",
    "Tenant",
    "Terminal",
    "Ticket",
]
