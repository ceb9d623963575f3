"""Donations from portals: their files, their headings, and the one record this office makes of each donation."""

from sekisho.business.hometown_donations.donations.conversion import Converted, convert
from sekisho.business.hometown_donations.donations.headings import (
    HeadingDifference,
    MissingField,
    compare_headings,
    fingerprint,
    guess_mapping,
    read_headings,
)
from sekisho.business.hometown_donations.donations.new_versions import close_layout, extend_layout
from sekisho.business.hometown_donations.donations.portals import (
    PORTALS,
    RECORD_LAYOUT,
    SOURCES,
    Portal,
    portal_of_layout,
)
from sekisho.business.hometown_donations.donations.reconciliation import (
    Sent,
    compare_with_answer,
    record_digests,
    tell_sent,
)

__all__ = [
    "PORTALS",
    "RECORD_LAYOUT",
    "SOURCES",
    "Converted",
    "HeadingDifference",
    "MissingField",
    "Portal",
    "Sent",
    "close_layout",
    "compare_headings",
    "compare_with_answer",
    "convert",
    "extend_layout",
    "fingerprint",
    "guess_mapping",
    "portal_of_layout",
    "read_headings",
    "record_digests",
    "tell_sent",
]
