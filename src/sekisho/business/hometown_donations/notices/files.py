"""The file of one destination: written with the layout `onestop.notice`, then read back and held against every seal.

The check knows only the bytes that would leave and the seals. Whatever moved a value from one row to another, in
whichever column, on the way from the first keying to these bytes, is refused here.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from sekisho.business.hometown_donations.notices.facts import FilingExceptionNotice, NoticeBatch
from sekisho.business.hometown_donations.one_stop import Applicant, seal_holds
from sekisho.kernel import ReasonCode, Refused, because
from sekisho.records import Layout, Record, RecordsError, find_unwritable, read, write

_SHOWN = 5


def _row_of(batch: NoticeBatch, notice: FilingExceptionNotice) -> Mapping[str, str]:
    """One notice as the layout has it."""
    sender, person = batch.sender, notice.applicant
    return {
        "dest_code": batch.destination,
        "from_code": sender.code,
        "from_name": sender.name,
        "from_address": sender.address,
        "from_desk": sender.desk,
        "from_telephone": sender.telephone,
        "issued_on": batch.issued_on.isoformat(),
        "donation_year": str(notice.donation_year),
        "reception_number": notice.reception_number,
        "name": person.name,
        "kana": person.kana,
        "address": person.address,
        "individual_number": person.individual_number,
        "sex": person.sex,
        "birth": person.birth.isoformat(),
        "total_amount": str(notice.total),
        "action": str(notice.action),
    }


def rows_of(batch: NoticeBatch) -> Iterator[Mapping[str, str]]:
    """Every notice of a batch as a record."""
    return (_row_of(batch, notice) for notice in batch.notices)


def split_writable(layout: Layout, batch: NoticeBatch) -> tuple[NoticeBatch, tuple[FilingExceptionNotice, ...]]:
    """The batch without the notices that this layout cannot write, and those, which go on paper."""
    unwritable = {found.record for found in find_unwritable(layout, rows_of(batch))}
    numbered = list(enumerate(batch.notices, start=1))
    kept = tuple(notice for number, notice in numbered if number not in unwritable)
    return replace(batch, notices=kept), tuple(notice for number, notice in numbered if number in unwritable)


def write_batch(layout: Layout, batch: NoticeBatch) -> Iterator[bytes]:
    """The file of one destination, record by record.

    Raises:
        RecordsError: A value cannot be written; it is named, never replaced.

    """
    return write(layout, rows_of(batch))


def _person_in(values: Mapping[str, str]) -> Applicant:
    """The person whom a row of the file speaks of.

    Raises:
        ValueError: The date of birth is none.

    """
    return Applicant(
        name=values["name"],
        kana=values["kana"],
        address=values["address"],
        birth=date.fromisoformat(values["birth"]),
        individual_number=values["individual_number"],
        sex=values["sex"],
    )


def _is_sealed(key: bytes, notice: FilingExceptionNotice, expected: Mapping[str, str], record: Record) -> bool:
    """Is a row of the file what was sealed? Its person by the seals, its amount by their sum, the rest as expected."""
    values = record.values
    try:
        person = _person_in(values)
    except ValueError:
        return False
    return (
        all(seal_holds(key, seal, person) for seal in notice.seals)
        and values["total_amount"] == str(notice.total)
        and dict(values) == dict(expected)
    )


def broken_rows(key: bytes, layout: Layout, batch: NoticeBatch, chunks: Iterable[bytes]) -> tuple[int, ...]:
    """The rows of a file that are not as they were sealed, from 1; a row too many or too few counts as broken.

    Raises:
        RecordsError: The file cannot be read at all.

    """
    known = {notice.reception_number: (notice, _row_of(batch, notice)) for notice in batch.notices}
    broken, seen = list[int](), 0
    for record in read(layout, chunks):
        seen += 1
        notice, expected = known.pop(record.values["reception_number"], (None, {}))
        if notice is None or not _is_sealed(key, notice, expected, record):
            broken.append(record.row)
    return (*broken, *range(seen + 1, seen + 1 + len(known)))


def check_batch(key: bytes, layout: Layout, batch: NoticeBatch, chunks: Iterable[bytes]) -> None:
    """May these bytes leave for this destination?

    Raises:
        Refused: A row is not as it was sealed, is missing, or is one too many; by its number and never by its values.

    """
    try:
        broken = broken_rows(key, layout, batch, chunks)
    except RecordsError:
        reason = because(ReasonCode.ROW_SEAL_BROKEN, destination=batch.destination, count=batch.rows, rows="*")
        raise Refused([reason]) from None
    if broken:
        rows = ", ".join(map(str, broken[:_SHOWN])) + ("…" if len(broken) > _SHOWN else "")
        reason = because(ReasonCode.ROW_SEAL_BROKEN, destination=batch.destination, count=len(broken), rows=rows)
        raise Refused([reason])
