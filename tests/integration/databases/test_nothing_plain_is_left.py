"""After a crossing no file of the home folder holds an owner's name; the same search finds a name that is planted."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from sekisho.adapters.layouts import shipped_layouts
from sekisho.business.registry_notices import make_ledger, make_rows, notice_file
from sekisho.records import read
from tests.integration.databases.test_both_databases import tell

PERSONAL = ("owner_name", "owner_address", "previous_owner_name", "previous_owner_address")


def personal_values() -> set[str]:
    """Read the names and addresses out of the notices that the story sends."""
    chance, layout = Random(56), shipped_layouts().find("registry_notice")
    file = notice_file(layout, make_rows(chance, make_ledger(chance, 12), 8))
    values = (each.values for each in read(layout, file))
    return {str(row[name]) for row in values for name in PERSONAL if row.get(name)}


def findings(home: Path, values: set[str]) -> Iterator[str]:
    """Search every file for every value, in the encodings in which it could have been written."""
    for path in sorted(home.rglob("*")):
        content = path.read_bytes() if path.is_file() else b""
        for value in values:
            forms = (
                value.encode(),
                value.encode("cp932", "ignore"),
                value.encode("utf-16-le"),
                ascii(value)[1:-1].encode(),
            )
            if any(form in content for form in forms):
                yield path.name


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Tell the story in a home folder and hand that over."""
    folder = tmp_path_factory.mktemp("told")
    tell(folder)
    return folder


def test_the_notices_do_hold_names() -> None:
    assert len(personal_values()) > 4
    assert all(len(value) > 3 for value in personal_values())


def test_no_name_and_no_address_lies_in_the_home_folder(home: Path) -> None:
    assert list(findings(home, personal_values())) == []


@pytest.mark.parametrize("encoding", ["utf-8", "cp932", "utf-16-le"])
def test_the_same_search_finds_a_planted_name(home: Path, encoding: str) -> None:
    planted = home / "planted"
    planted.write_bytes(b"..." + min(personal_values(), key=ascii).encode(encoding) + b"...")
    try:
        assert list(findings(home, personal_values())) == ["planted"]
    finally:
        planted.unlink()
