"""Why an issued permit waits although its first day has come: the clock starts nothing that a person stopped.

One person stops, two start. So a permit that two persons issued before another one of its connection was stopped does
not take that one's place by itself; and none takes the place of one in force while the gate would refuse it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from sekisho.adapters.database.issuer_words import issuer_word, stopped_here
from sekisho.adapters.database.ledgers import rows_about
from sekisho.adapters.database.models import PermitRow
from sekisho.adapters.database.registers import on_file
from sekisho.adapters.database.standings import written_status
from sekisho.kernel import (
    EntryKind,
    PermitOnFile,
    PermitStatus,
    Reason,
    ReasonCode,
    Refused,
    SekishoError,
    because,
    decode_entry,
    period_over,
    permit_faults,
    permit_from_data,
)

NOT_AS_ISSUED: Final = frozenset({ReasonCode.PERMIT_ALTERED, ReasonCode.PERMIT_NOT_SIGNED, ReasonCode.REGISTER_DIFFERS})
"""What says that a row is no longer the permit that two persons signed."""
_STOPPED: Final = frozenset({PermitStatus.SUSPENDED, PermitStatus.CHANGE_PENDING})
_BY_TWO: Final = frozenset({EntryKind.PERMIT_ISSUED, EntryKind.PERMIT_RESUMED})
UNREADABLE: Final = (Refused, SekishoError, AttributeError, KeyError, TypeError, ValueError)
"""What reading a row that is not what was signed may raise."""


@dataclass(frozen=True, slots=True)
class _Course:
    """What the ledger says of a permit: where it stands, since which entry, and the last word of two persons on it."""

    status: str = ""
    since: int = 0
    by_two: int = 0
    was_active: bool = False

    def after(self, number: int, kind: str, status: str) -> "_Course":
        """The course with one more entry. What ends while it is stopped was not started by anybody."""
        told = replace(self, by_two=number) if kind in _BY_TWO else self
        if status == self.status or (status == PermitStatus.EXPIRED and self.status in _STOPPED):
            return told
        return replace(told, status=status, since=number, was_active=self.was_active or status == PermitStatus.ACTIVE)


def _course_of(row: PermitRow) -> _Course:
    """The course of a permit by its entries."""
    found = _Course()
    entries = rows_about(row.tenant_id, f"permit/{row.permit}")
    for number, kind, body in entries.values_list("id", "kind", "body"):
        # What another house handed over was accepted by one person.
        by_paper = "paper" in decode_entry(bytes(body))
        found = found.after(number, "" if by_paper else kind, written_status(row.permit, bytes(body)))
    return found


def _issued(row: PermitRow) -> datetime:
    """The moment of issue that was signed; of what cannot be read, the one of its row."""
    try:
        return datetime.fromisoformat(permit_from_data(bytes(row.document), row.status, ()).issued_at)
    except UNREADABLE:
        return row.issued_at


def made_before(other: PermitRow, newer: PermitRow) -> bool:
    """Was it issued before the newer one? Of the same moment, the one that was entered first."""
    return (_issued(other), other.pk) < (_issued(newer), newer.pk)


def period_of(row: PermitRow) -> tuple[datetime, datetime] | None:
    """From when until when it holds; nothing of a row that is no longer what was signed."""
    try:
        said = on_file(row).specification
        return datetime.fromisoformat(said.not_before), datetime.fromisoformat(said.not_after)
    except UNREADABLE:
        return None


def _stopped_since(others: list[PermitRow], newer: PermitRow) -> Iterator[Reason]:
    """Each permit of the connection that was stopped after two persons gave their word for the newer one.

    A row that is stopped where the ledger does not say so counts as well. Of permits that another house handed over,
    that house judges of its own stops by saying which of them is in force; here counts what this house stopped.
    """
    word, accepted = _course_of(newer).by_two, issuer_word(newer.tenant_id, newer.permit) is not None
    for each in others:
        course = _course_of(each)
        if not (made_before(each, newer) or course.was_active):
            continue
        edited = each.status in _STOPPED and course.status not in _STOPPED
        stopped = course.status in _STOPPED and course.since > word
        if edited or (stopped and not (accepted and not stopped_here(each.tenant_id, each.permit))):
            yield because(ReasonCode.PERMIT_NOT_ACTIVE, permit=each.permit, status=each.status)


def _is_in_force(row: PermitRow, at: datetime) -> bool:
    """Is it active, and within its period?"""
    period = period_of(row) if row.status == PermitStatus.ACTIVE else None
    return period is not None and at < period[1]


def _speaks_against(found: PermitOnFile, at: datetime) -> tuple[Reason, ...]:
    """What the gate would refuse an issued permit for if it were active."""
    assessment, standing = found.specification.assessment, found.assessment
    reasons = permit_faults(replace(found, permit=replace(found.permit, status=PermitStatus.ACTIVE)))
    if assessment and (standing is None or standing.assessment != assessment or not standing.is_in_force(at)):
        reasons += (because(ReasonCode.ASSESSMENT_NOT_IN_FORCE, assessment=assessment),)
    return reasons


def _not_begun(row: PermitRow) -> Iterator[Reason]:
    """A permit that was handed over beforehand begins once its council's house says that it is in force there."""
    word = issuer_word(row.tenant_id, row.permit)
    if word is not None and not word.in_force:
        yield because(ReasonCode.PERMIT_NOT_ACTIVE, permit=row.permit, status=row.status)


def why_it_waits(row: PermitRow, found: PermitOnFile, at: datetime) -> tuple[Reason, ...]:
    """What keeps an issued permit from becoming active now that its first day has come; nothing, if nothing does.

    It takes the place of one in force only if the gate will let it: otherwise the earlier one stays.
    """
    rows = PermitRow.objects.filter(tenant_id=row.tenant_id, connection=row.connection).exclude(pk=row.pk)
    others = list(rows.order_by("permit"))
    reasons = (*_not_begun(row), *_stopped_since(others, row))
    if any(_is_in_force(each, at) and made_before(each, row) for each in others):
        reasons += _speaks_against(found, at)
    return reasons


def _outside_period(found: PermitOnFile, at: datetime) -> tuple[Reason, ...]:
    """Its first day has not come, or its period is over."""
    said = found.specification
    if at < datetime.fromisoformat(said.not_before):
        return (because(ReasonCode.PERMIT_NOT_YET_VALID, not_before=said.not_before),)
    return period_over(said.connection, said.not_after, at)


def what_keeps(row: PermitRow, found: PermitOnFile, at: datetime) -> tuple[Reason, ...]:
    """Everything that keeps an issued permit from being used, for whoever asks on a screen; each once.

    Its period, what makes it wait, and what the gate would refuse it for: also where it would become active all the
    same, because no other permit is in force, but would open nothing.
    """
    reasons = (*_outside_period(found, at), *why_it_waits(row, found, at), *_speaks_against(found, at))
    return tuple({each.en: each for each in reasons}.values())
