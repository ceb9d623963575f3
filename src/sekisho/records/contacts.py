"""Telephone numbers and mail addresses in one spelling, to be compared; what was written stays as it is."""

import re
import unicodedata
from typing import Final

_ABROAD: Final = "81"
_LENGTHS: Final = (10, 11)
_MOBILE: Final = ("70", "80", "90")
_OTHERS: Final = re.compile("[^0-9]+")
_MAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
# Nobody in particular reads these: whoever writes one has not said who he is.
_SHARED: Final = frozenset(
    {"info", "office", "contact", "mail", "admin", "soumu", "somu", "webmaster", "support", "sales", "noreply"}
)


def _restore_zero(digits: str) -> str:
    """A number whose leading zero a spreadsheet took away, with its zero again."""
    lost = (len(digits) == _LENGTHS[0] - 1 and digits[0] != "0") or (
        len(digits) == _LENGTHS[0] and digits[:2] in _MOBILE
    )
    return f"0{digits}" if lost else digits


def fold_telephone(text: str) -> str:
    """The digits of a Japanese telephone number with its leading zero; nothing if it is none."""
    folded = unicodedata.normalize("NFKC", text).strip()
    digits = _OTHERS.sub("", folded)
    if folded.startswith("+") and digits.startswith(_ABROAD):
        digits = "0" + digits.removeprefix(_ABROAD).removeprefix("0")
    digits = _restore_zero(digits) if digits else ""
    if len(digits) not in _LENGTHS or digits[0] != "0" or len(set(digits[1:])) == 1:
        return ""
    return digits


def fold_mail(text: str) -> str:
    """A mail address in one width and small letters; nothing if it is none, is masked, or is read by many."""
    folded = unicodedata.normalize("NFKC", text).strip().casefold()
    if not _MAIL.fullmatch(folded) or "*" in folded:
        return ""
    return "" if folded.partition("@")[0] in _SHARED else folded
