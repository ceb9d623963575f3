"""Consultation 56: notices of the registry office come down (地方税法382条), prices go up (422条の3)."""

from sekisho.business.registry_notices.batches import BatchSummary, propose_all, summarise, wanted_keys
from sekisho.business.registry_notices.lines import (
    NEXT,
    WHOLE_NOTICE,
    LineAct,
    LineState,
    advance,
    apply_fields,
)
from sekisho.business.registry_notices.notices import Event, RegistrationNotice, read_notices
from sekisho.business.registry_notices.prices import decided, write_price_notices
from sekisho.business.registry_notices.properties import Owner, Property, PropertyKind, property_key
from sekisho.business.registry_notices.proposals import (
    COMPARED,
    HOLD_WORDS,
    HoldReason,
    Proposal,
    ProposedChange,
    changes_between,
    propose,
    write_owners,
)
from sekisho.business.registry_notices.synthetic import (
    make_ledger,
    make_rows,
    notice_file,
    synthetic_number,
    with_number,
    with_sex,
)

__all__ = [
    "COMPARED",
    "HOLD_WORDS",
    "NEXT",
    "WHOLE_NOTICE",
    "BatchSummary",
    "Event",
    "HoldReason",
    "LineAct",
    "LineState",
    "Owner",
    "Property",
    "PropertyKind",
    "Proposal",
    "ProposedChange",
    "RegistrationNotice",
    "advance",
    "apply_fields",
    "changes_between",
    "decided",
    "make_ledger",
    "make_rows",
    "notice_file",
    "property_key",
    "propose",
    "propose_all",
    "read_notices",
    "summarise",
    "synthetic_number",
    "wanted_keys",
    "with_number",
    "with_sex",
    "write_owners",
    "write_price_notices",
]
