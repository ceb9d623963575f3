"""Custody does not end at delivery inside the house: landed documents have named recipients (consultation 56).

The council asked how data is handed over inside the department after it lands. So opening, printing and exporting
are decided here and are entries in the ledger.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sekisho.kernel.errors import ReasonCode, Refused, because


class Handling(StrEnum):
    """What somebody does with a landed document."""

    OPENED = "opened"
    PRINTED = "printed"
    EXPORTED = "exported"


@dataclass(frozen=True, slots=True, kw_only=True)
class LandedDocument:
    """A document that was delivered inside the house: for whom, and until when it may be kept."""

    document: str
    tenant: str
    parcel: str
    recipients: frozenset[str]
    erase_by: datetime


def handle(document: LandedDocument, person: str, handling: Handling, at: datetime) -> dict[str, str]:
    """May this person do this now? Answers with the facts of the entry to write.

    Raises:
        Refused: Not a named recipient, or the document is past its keeping period.

    """
    if person not in document.recipients:
        raise Refused([because(ReasonCode.NOT_A_RECIPIENT, document=document.document)])
    if at >= document.erase_by:
        raise Refused(
            [
                because(
                    ReasonCode.NOT_IN_THIS_STATE,
                    what=document.document,
                    state="past_erasure_date",
                )
            ]
        )
    return {"document": document.document, "handling": str(handling), "person": person}
