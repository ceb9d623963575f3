"""What donors write on their forms: an Individual Number that nobody has, and what the donation says of them."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from sekisho.adapters.donations.reading import DonationFacts
from sekisho.records import individual_check_digit

_OLDEST: Final = date(1940, 1, 1)
_BIRTHS: Final = 23_000
_READING: Final = "ミホン　ジンブツ"


def made_up_number(seed: str) -> str:
    """An Individual Number that nobody has, with its check digit right; the same for the same text."""
    digits = f"{int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8]) % 10**11:011d}"
    return f"{digits}{individual_check_digit(digits)}"


def made_up_birth(seed: str) -> str:
    """A day of birth; the same for the same text."""
    days = int.from_bytes(hashlib.sha256(f"birth/{seed}".encode()).digest()[:8]) % _BIRTHS
    return (_OLDEST + timedelta(days=days)).isoformat()


@dataclass(slots=True)
class Donors:
    """The donors as they fill in their forms: whoever gave twice writes the same name, address and number twice."""

    known: dict[str, Mapping[str, str]] = field(default_factory=dict)

    def fill_in(self, donation: DonationFacts, applied_on: date) -> Mapping[str, str]:
        """The form for one donation."""
        said = donation.personal
        who = f"{said['name']}/{donation.address}"
        person = self.known.setdefault(
            who,
            {
                "name": said["name"],
                "kana": said.get("kana") or _READING,
                "address": donation.address,
                "individual_number": made_up_number(who),
                "birth": said.get("birth") or made_up_birth(who),
                "sex": "",
                "telephone": "",
            },
        )
        return {
            **person,
            "applied_on": applied_on.isoformat(),
            "donated_on": "" if donation.paid_on is None else donation.paid_on.isoformat(),
            "amount": str(donation.amount),
            "confirmed_eligible": "1",
            "confirmed_five": "1",
        }
