"""Which version of a layout a file is held against: accepted on its day, and fitting its first bytes."""

from datetime import date
from pathlib import Path

import pytest

from sekisho.adapters.layouts import OfficeShelf, layouts_in_use
from sekisho.records import RecordsError, write

JANUARY = date(2027, 1, 31)


@pytest.fixture
def office(tmp_path: Path) -> OfficeShelf:
    """The shipped layouts."""
    return layouts_in_use(tmp_path)


def good(office: OfficeShelf, version: str) -> bytes:
    """A good file of withholding records in this version."""
    layout = office.version("nta.375", version)
    return b"".join(write(layout, [dict(next(each.values for each in layout.golden if not each.faults))]))


@pytest.mark.parametrize("version", ["2021-01-01", "2025-01-01"])
def test_of_the_accepted_versions_the_one_that_fits_is_taken(office: OfficeShelf, version: str) -> None:
    assert office.choose("nta.375", good(office, version), JANUARY).layout.version == version


def test_a_version_that_does_not_hold_yet_is_not_taken_however_well_it_fits(office: OfficeShelf) -> None:
    body = good(office, "2025-01-01")
    assert office.choose("nta.375", body, date(2024, 1, 31)).layout.version == "2021-01-01"
    assert office.choose("nta.375", body).layout.version == "2025-01-01", "without a day, all are asked"


def test_before_the_first_version_and_without_a_layout_there_is_none(office: OfficeShelf) -> None:
    with pytest.raises(RecordsError):
        office.choose("nta.375", b"", date(1990, 1, 1))
    with pytest.raises(RecordsError):
        office.choose("nothing", b"")
    with pytest.raises(RecordsError, match=r"2021-01-01, 2025-01-01"):
        office.version("nta.375", "1900")


def test_the_file_of_a_layout_is_known_by_its_digest(office: OfficeShelf) -> None:
    found = office.choose("nta.375", b"")
    assert (found.layout.version, len(found.sha256)) == ("2025-01-01", 64)
    with pytest.raises(RecordsError, match="not of this shelf"):
        OfficeShelf(shelf=office.shelf, files=()).file_of(found.layout)
