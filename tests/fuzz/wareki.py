"""Dates: whatever the text, a date that can be written and read again, or a declared fault."""

from contextlib import suppress

from sekisho.records import RecordsError, read_date, write_letter_wareki, write_short_wareki, write_wareki


def try_one(data: bytes) -> None:
    """Read a text as a date; what was read is read again from everything we write."""
    text = data.decode("utf-8", "surrogateescape")
    with suppress(RecordsError):
        found = read_date(text)
        again = read_date(found.text)
        assert (again.iso, again.text, again.fiscal) == (found.iso, found.text, found.fiscal)
        assert not again.hint or not found.whole
        if found.whole:
            written = (write_wareki(found.whole, weekday=True), write_short_wareki(found.whole), found.iso)
            for each in (*written, write_letter_wareki(found.whole)):
                assert read_date(each).whole == found.whole
