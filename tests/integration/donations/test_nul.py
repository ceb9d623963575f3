"""A NUL character in a portal's record or in a form is refused in words, on both databases; never a fault."""

from pathlib import Path

import pytest

from tests.integration.donations import test_areas_on_postgresql as areas

REFUSED = {
    "parcel order_number": "records_faulty",
    "parcel street": "records_faulty",
    "parcel gift_name": "records_faulty",
    "search": 400,
    "answer": 400,
    "address": 400,
    "path": 400,
    "donor": 400,
    "sign in": 400,
    "whole": 200,
}


@pytest.fixture(autouse=True)
def _story(monkeypatch: pytest.MonkeyPatch) -> None:
    """The story of this test."""
    monkeypatch.setattr(areas, "STORY", Path(__file__).with_name("nul_story.py"))


@pytest.mark.postgres
def test_a_nul_is_refused_on_postgresql(tmp_path: Path, postgres_url: str) -> None:
    assert areas.tell(tmp_path, areas.own_database(postgres_url, "s1_nul", superuser=False)) == REFUSED


def test_a_nul_is_refused_on_sqlite_as_well(tmp_path: Path) -> None:
    assert areas.tell(tmp_path, "") == REFUSED
