"""Row sealing (行の封印): number, name, address and donation of an application, bound where they were captured.

In 2017 a spreadsheet moved one column, and 1,992 notices of one city left with another person's Individual Number. A
seal is an HMAC over the whole row under a key that no spreadsheet has. It is made once, when two persons typed
the same, and asked again of the very bytes of every notice before they leave.
"""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sekisho.business.hometown_donations.one_stop.applications import Applicant, OneStopApplication

_VERSION: Final = "sekisho-one-stop-row-1"


@dataclass(frozen=True, slots=True, kw_only=True)
class RowSeal:
    """The seal of one application: which, for which year and donation, how much, and the HMAC in hexadecimal.

    It holds nobody's data and can lie beside the sealed columns; without the key it can neither be made nor guessed.
    """

    application: str
    donation_year: int
    donation: str
    amount: int
    mac: str


def _text_of(applicant: Applicant) -> tuple[str, ...]:
    """Everything of a person that a notice carries."""
    return (
        applicant.individual_number,
        applicant.name,
        applicant.kana,
        applicant.address,
        applicant.sex,
        applicant.birth.isoformat(),
    )


def _bound(parts: Iterable[str]) -> bytes:
    """Values one after the other, each with its length before it: no two rows are written alike."""
    encoded = [part.encode() for part in parts]
    return b"".join(len(each).to_bytes(4, "big") + each for each in encoded)


def _mac(key: bytes, facts: tuple[str, ...], applicant: Applicant) -> str:
    """The HMAC over what does not change and whom it is about."""
    return hmac.digest(key, _bound((_VERSION, *facts, *_text_of(applicant))), "sha256").hex()


def _facts(application: str, year: int, donation: str, amount: int) -> tuple[str, ...]:
    """What identifies the row, as text."""
    return (application, str(year), donation, str(amount))


def seal_row(key: bytes, application: OneStopApplication) -> RowSeal:
    """Seal an application as it was captured."""
    donation = application.donation
    facts = (application.application, application.donation_year, donation.donation, donation.amount)
    return RowSeal(
        application=facts[0],
        donation_year=facts[1],
        donation=facts[2],
        amount=facts[3],
        mac=_mac(key, _facts(*facts), application.applicant),
    )


def seal_holds(key: bytes, seal: RowSeal, applicant: Applicant) -> bool:
    """Is this the very person whom the seal was made over, with the donation and amount that it names?"""
    facts = _facts(seal.application, seal.donation_year, seal.donation, seal.amount)
    return hmac.compare_digest(_mac(key, facts, applicant), seal.mac)
