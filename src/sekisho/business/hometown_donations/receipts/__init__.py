"""Papers for donors: numbered receipts, letters, invitations, and the check of each page against its donor."""

from sekisho.business.hometown_donations.receipts.papers import (
    PaperKind,
    Piece,
    Sheet,
    codes_in,
    first_wrong,
    paper_code,
    paper_number,
)
from sekisho.business.hometown_donations.receipts.wording import sheet_words

__all__ = [
    "PaperKind",
    "Piece",
    "Sheet",
    "codes_in",
    "first_wrong",
    "paper_code",
    "paper_number",
    "sheet_words",
]
