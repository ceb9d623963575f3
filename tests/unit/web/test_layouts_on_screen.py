"""Where a screen names a layout, it says that it is the municipality's own, or that our own cannot be used."""

from pathlib import Path

import pytest

from sekisho.adapters.layouts import own_folder
from sekisho.web.components.layouts import name_layout
from tests.unit.layouts.test_own_layouts import OURS
from tests.unit.web.two_offices import NAGASAKI, Belongings, client_of, open_office


@pytest.fixture
def mine(db: None) -> Belongings:
    return open_office(NAGASAKI)


@pytest.fixture
def folder() -> Path:
    """The folder of our own layouts."""
    own_folder().mkdir(parents=True, exist_ok=True)
    return own_folder()


def test_a_shipped_layout_has_no_mark() -> None:
    found = name_layout("price_notice")
    assert (found.mark.ja, found.mark.en, found.reconstructed) == ("", "", True)
    assert name_layout("no_such_layout").ja == "no_such_layout"


def test_our_own_layout_is_marked_on_the_permit_and_on_the_document(mine: Belongings, folder: Path) -> None:
    ours = OURS.replace("layout: price_notice", "layout: registry_notice")
    permit, documents = f"/permits/{mine.permit}/", "/documents/"
    client = client_of(mine.person)
    for page in (permit, documents):
        assert "当団体の様式" not in client.get(page).content.decode()
    (folder / "ours.yaml").write_text(ours, encoding="utf-8")
    for page in (permit, documents):
        assert "（当団体の様式）" in client.get(page).content.decode()


def test_a_broken_layout_is_said_and_the_screen_still_opens(mine: Belongings, folder: Path) -> None:
    (folder / "ours.yaml").write_text("layout: x\n", encoding="utf-8")
    shown = client_of(mine.person).get("/documents/")
    assert shown.status_code == 200
    assert "検査は止まっています" in shown.content.decode()
