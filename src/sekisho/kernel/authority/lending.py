"""Lending a key (鍵の貸出し): a contractor gets the file only sealed, and can open it for as long as the approval says.

What a contractor was given in the clear stays open whatever the contract says. So the approval may say that the file
leaves sealed, and for how many hours its key is lent; never for longer than the copy may be kept there.
"""

from collections.abc import Iterator
from typing import Final

from sekisho.kernel.errors import Reason, ReasonCode, because

_HOURS_A_DAY: Final = 24


def loan_faults(connection: str, lent_hours: int, kept_days: int) -> Iterator[Reason]:
    """Would the key be lent for longer than the copy may be kept? Where no key is lent there is nothing to ask."""
    if lent_hours > kept_days * _HOURS_A_DAY:
        yield because(ReasonCode.KEY_LENT_TOO_LONG, connection=connection, hours=lent_hours, days=kept_days)
