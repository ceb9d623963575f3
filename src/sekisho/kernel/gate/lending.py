"""Lending the key of a delivered container: who may open it, and from when on nobody can (委託先への鍵の貸出し).

What was delivered sealed opens only with a key that is asked for each time. So the end of a loan is the gate's to
keep, not the contractor's: it is compared at every asking, whether or not the key was destroyed by then.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sekisho.kernel.errors import Reason, ReasonCode, because
from sekisho.kernel.gate.entrance import permit_faults
from sekisho.kernel.gate.forms import PermitOnFile


class LoanEnd(StrEnum):
    """Why a loan ended. Stored values are never renamed and never reused."""

    TIME = "time"
    RECALLED = "recalled"
    CERTIFIED = "certified"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyLoan:
    """A key that is lent: of which delivery, under which permit, to which counterpart, until when.

    `container` is the digest of what was delivered. `ended_at` is when it ended, if somebody or the clock ended it.
    """

    parcel: str
    permit: str
    counterpart: str
    container: str
    until: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Borrower:
    """Who asks for a lent key: a person and the contractor they work for, a terminal and the contractor it stands at.

    Both are read from the roster; empty where they are nobody's contractor.
    """

    person: str
    works_for: str
    terminal: str
    stands_at: str


def loan_until(delivered_at: datetime, hours: int) -> datetime:
    """The instant from which on nobody opens: so many hours after the delivery."""
    return delivered_at + timedelta(hours=hours)


def _over(loan: KeyLoan, at: datetime) -> Iterator[Reason]:
    """Is the loan over, by its instant or because it was ended before?"""
    ended = min(loan.until, loan.ended_at) if loan.ended_at else loan.until
    if loan.ended_at or at >= loan.until:
        yield because(ReasonCode.KEY_LOAN_OVER, parcel=loan.parcel, ended=ended.isoformat(timespec="seconds"))


def _not_theirs(loan: KeyLoan, borrower: Borrower) -> Iterator[Reason]:
    """Is it somebody else's, or asked for from somewhere else?"""
    if borrower.works_for != loan.counterpart:
        yield because(ReasonCode.PERSON_NOT_NAMED, person=borrower.person)
    if borrower.stands_at != loan.counterpart:
        yield because(ReasonCode.TERMINAL_NOT_APPROVED, terminal=borrower.terminal)


def _not_permitted(loan: KeyLoan, on_file: PermitOnFile, at: datetime) -> Iterator[Reason]:
    """Does the permit of the connection no longer stand, or does it lend this counterpart nothing?"""
    approved = on_file.specification
    yield from permit_faults(on_file)
    if at >= datetime.fromisoformat(approved.not_after):
        yield because(ReasonCode.PERMIT_EXPIRED, not_after=approved.not_after)
    if approved.counterpart != loan.counterpart or not approved.key_lent_hours:
        yield because(ReasonCode.KEY_NOT_LENT, parcel=loan.parcel)


def objections_to_lending(loan: KeyLoan, borrower: Borrower, on_file: PermitOnFile, at: datetime) -> tuple[Reason, ...]:
    """Why this key must not be given to this borrower now; every reason at once."""
    return (*_not_theirs(loan, borrower), *_over(loan, at), *_not_permitted(loan, on_file, at))
