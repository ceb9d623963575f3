"""From sealed applications to one notice a donor, and from notices to one batch a destination.

Applications become one notice only when their sealed rows name the same Individual Number, and everything else on them
agrees. Nothing here is guessed: the linkage of donors, which knows probabilities, is never asked.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from sekisho.business.hometown_donations.notices.facts import (
    FilingExceptionNotice,
    NoticeBatch,
    NoticeException,
    NoticeObstacle,
    NoticeSender,
    SealedRow,
)
from sekisho.business.hometown_donations.one_stop import Applicant, seal_holds
from sekisho.records import MunicipalityTable, PlaceKind, RecordsError, parse_address

ABROAD: Final = "abroad"
UNKNOWN: Final = ""
Residence = Callable[[str], str]
"""From an address to the code of the municipality whose mayor is told; `ABROAD`, or `UNKNOWN`."""
_JAPANESE: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_FOREIGN: Final = re.compile("^(?:国外|海外|外国)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """What came of a year's accepted applications: notices, and those of which none can be made yet."""

    notices: tuple[FilingExceptionNotice, ...]
    exceptions: tuple[NoticeException, ...]


def residence_in(table: MunicipalityTable) -> Residence:
    """Residence by the table of municipalities; a ward of a designated city stands for its city."""

    def find(address: str) -> str:
        try:
            found = table.find(parse_address(address, table).code)
        except RecordsError:
            abroad = _FOREIGN.match(address) or not _JAPANESE.search(address)
            return ABROAD if abroad and address.strip() else UNKNOWN
        return found.parent if found.kind is PlaceKind.WARD else found.code

    return find


def _same_person(rows: Sequence[SealedRow]) -> Applicant | None:
    """The one person on all of these rows, telephone numbers aside; nothing if they differ."""
    found = {replace(row.application.applicant, telephone="") for row in rows}
    return found.pop() if len(found) == 1 else None


def _notice_of(rows: Sequence[SealedRow], key: bytes, residence: Residence) -> FilingExceptionNotice | NoticeObstacle:
    """The notice over one donor's rows, or what is in its way."""
    if not all(seal_holds(key, row.seal, row.application.applicant) for row in rows):
        return NoticeObstacle.SEAL_BROKEN
    person = _same_person(rows)
    if person is None:
        return NoticeObstacle.ROWS_DISAGREE
    destination = residence(person.address)
    if destination in {ABROAD, UNKNOWN}:
        return NoticeObstacle.ABROAD if destination == ABROAD else NoticeObstacle.ADDRESS_UNKNOWN
    seals = tuple(row.seal for row in rows)
    return FilingExceptionNotice(
        reception_number=seals[0].application,
        destination=destination,
        donation_year=seals[0].donation_year,
        applicant=person,
        seals=seals,
    )


def group_notices(rows: Iterable[SealedRow], key: bytes, residence: Residence) -> Grouping:
    """One notice a donor and year; what cannot be told is on the list of exceptions, and nothing is in both."""
    by_person: dict[tuple[str, int], list[SealedRow]] = defaultdict(list)
    for row in sorted(rows, key=lambda each: each.seal.application):
        by_person[row.application.applicant.individual_number, row.seal.donation_year].append(row)
    notices, exceptions = list[FilingExceptionNotice](), list[NoticeException]()
    for mine in by_person.values():
        made = _notice_of(mine, key, residence)
        if isinstance(made, NoticeObstacle):
            numbers = tuple(row.seal.application for row in mine)
            exceptions.append(NoticeException(applications=numbers, obstacle=made))
        else:
            notices.append(made)
    return Grouping(notices=tuple(notices), exceptions=tuple(exceptions))


def make_batches(
    notices: Iterable[FilingExceptionNotice], sender: NoticeSender, issued_on: date
) -> tuple[NoticeBatch, ...]:
    """One batch a destination and year, each notice in exactly one of them, in the order of the codes."""
    by_place: dict[tuple[str, int], list[FilingExceptionNotice]] = defaultdict(list)
    for notice in notices:
        by_place[notice.destination, notice.donation_year].append(notice)
    return tuple(
        NoticeBatch(
            sender=sender,
            destination=place,
            donation_year=year,
            issued_on=issued_on,
            notices=tuple(by_place[place, year]),
        )
        for place, year in sorted(by_place)
    )
