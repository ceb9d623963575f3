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


def plan_notices(
    standing: Iterable[FilingExceptionNotice],
    withdrawn: Iterable[FilingExceptionNotice],
    sent: Mapping[str, SentNotice],
) -> tuple[PlannedNotice, ...]:
    """Everything that is due. Where one of several applications was withdrawn, the sum of the others is a correction.

    `sent` names, by application, what stands at a destination now; what came back is not among it.
    """
    planned, by_person = list[PlannedNotice](), dict[str, PlannedNotice]()
    for notice in standing:
        gone = _before(notice, sent)
        for each in _standing(notice, gone):
            planned.append(each)
            by_person[notice.applicant.individual_number] = each
    for notice in withdrawn:
        known = by_person.get(notice.applicant.individual_number)
        before = _before(notice, sent)
        if known is not None:
            grown = replace(known, applications=(*known.applications, *_applications(notice)))
            if before is not None and known.notice.action is NoticeAction.NEW:
                number = before.reception_number
                grown = replace(
                    grown, notice=replace(known.notice, reception_number=number, action=NoticeAction.CORRECT)
                )
            planned[planned.index(known)] = grown
        elif before is not None:
            cancelled = replace(
                notice,
                reception_number=before.reception_number,
                destination=before.destination,
                action=NoticeAction.CANCEL,
            )
            planned.append(PlannedNotice(notice=cancelled, applications=_applications(notice)))
    return tuple(planned)
