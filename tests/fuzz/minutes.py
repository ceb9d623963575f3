"""Published minutes: a page is read whole, or refused by a declared fault; nothing is dropped."""

import json
from contextlib import suppress

from sekisho.records import RecordsError
from sekisho.records.minutes import page_from_data, page_to_data, parse_minutes, write_minutes


def try_one(data: bytes) -> None:
    """Read a page; written again from its data it says the same."""
    text = data.decode("utf-8", "surrogateescape")
    with suppress(RecordsError):
        page = parse_minutes(text)
        again = page_from_data(json.loads(json.dumps(page_to_data(page))))
        assert again == page
        assert write_minutes(page).split() == text.split()
