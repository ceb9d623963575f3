"""What each destination still has to be told: new, corrected or cancelled, compared with what it was told before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sekisho.business.hometown_donations.notices.facts import FilingExceptionNotice, NoticeAction


@dataclass(frozen=True, slots=True, kw_only=True)
class SentNotice:
    """A notice that stands at a destination, by one of its applications: under which number, and where."""

    reception_number: str
    destination: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedNotice:
    """A notice that is due, and the applications whose life goes on once its destination has it."""

    notice: FilingExceptionNotice
    applications: tuple[str, ...]


def _applications(notice: FilingExceptionNotice) -> tuple[str, ...]:
    """The applications that a notice rests on."""
    return tuple(seal.application for seal in notice.seals)


def _before(notice: FilingExceptionNotice, sent: Mapping[str, SentNotice]) -> SentNotice | None:
    """What stands at a destination of any of these applications."""
    return next((sent[each] for each in _applications(notice) if each in sent), None)


def _standing(notice: FilingExceptionNotice, sent: SentNotice | None) -> list[PlannedNotice]:
    """A donor whose applications stand: new, or a correction; where they moved, the earlier place is told too."""
    plain = PlannedNotice(notice=notice, applications=_applications(notice))
    if sent is None:
        return [plain]
    kept = replace(notice, reception_number=sent.reception_number)
    if sent.destination == notice.destination:
        return [replace(plain, notice=replace(kept, action=NoticeAction.CORRECT))]
    taken_back = replace(kept, destination=sent.destination, action=NoticeAction.CANCEL)
    return [PlannedNotice(notice=taken_back, applications=()), plain]


def _reduced(known: PlannedNotice, gone: FilingExceptionNotice, sent: SentNotice | None) -> PlannedNotice:
    """What is due where one of several applications was withdrawn: the sum of the others, under the same number."""
    grown = replace(known, applications=(*known.applications, *_applications(gone)))
    if sent is None or known.notice.action is not NoticeAction.NEW:
        return grown
    corrected = replace(known.notice, reception_number=sent.reception_number, action=NoticeAction.CORRECT)
    return replace(grown, notice=corrected)


def _cancelled(gone: FilingExceptionNotice, sent: SentNotice) -> PlannedNotice:
    """What is due for a donor who withdrew everything."""
    notice = replace(
        gone, reception_number=sent.reception_number, destination=sent.destination, action=NoticeAction.CANCEL
    )
    return PlannedNotice(notice=notice, applications=_applications(gone))


def plan_notices(
    standing: Iterable[FilingExceptionNotice],
    withdrawn: Iterable[FilingExceptionNotice],
    sent: Mapping[str, SentNotice],
) -> tuple[PlannedNotice, ...]:
    """Everything that is due: of those whose applications stand, and of those who withdrew some or all of them.

    `sent` names, by application, what stands at a destination now; what came back is not among it.
    """
    planned, place = list[PlannedNotice](), dict[str, int]()
    for notice in standing:
        planned += _standing(notice, _before(notice, sent))
        place[notice.applicant.individual_number] = len(planned) - 1
    for notice in withdrawn:
        at, before = place.get(notice.applicant.individual_number), _before(notice, sent)
        if at is not None:
            planned[at] = _reduced(planned[at], notice, before)
        elif before is not None:
            planned.append(_cancelled(notice, before))
    return tuple(planned)
