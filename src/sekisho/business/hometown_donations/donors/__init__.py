"""What a donor is found by, where donors live, and how long what is known of a donation is kept."""

from sekisho.business.hometown_donations.donors.keeping import KeepingRule, keep_donation_until, keep_invitation_until
from sekisho.business.hometown_donations.donors.prefectures import PREFECTURES, Tile, prefecture_number, prefecture_of
from sekisho.business.hometown_donations.donors.searching import SearchKind, search_text, search_texts

__all__ = [
    "PREFECTURES",
    "KeepingRule",
    "SearchKind",
    "Tile",
    "keep_donation_until",
    "keep_invitation_until",
    "prefecture_number",
    "prefecture_of",
    "search_text",
    "search_texts",
]
