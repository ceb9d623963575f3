"""What is put to the council is compared with a named precedent, field by field; what is hidden is none."""

from dataclasses import replace

import pytest

from sekisho.adapters.database.council_precedents import paper_like, precedent_dossier
from sekisho.bootstrap import council
from sekisho.kernel import Refused
from tests.fakes.council import Desks, act, open_council, paper_56
from tests.unit.web.two_offices import NAGASAKI, client_of, open_office


@pytest.fixture
def mine(db: None) -> Desks:
    open_office(NAGASAKI)
    return open_council(NAGASAKI)


def test_a_matter_is_compared_with_the_precedent_that_was_chosen(mine: Desks) -> None:
    client = client_of("doza")
    page = client.get(f"/matters/{mine.draft}/").content.decode()
    assert f'action="/matters/{mine.draft}/precedent/"' in page
    assert '<option value="c-56">' in page
    assert f'<option value="m-{mine.draft}"' not in page
    shown = client.get(f"/matters/{mine.draft}/precedent/?precedent=c-56").content.decode()
    assert "先例との違い" in shown
    assert "purpose" in shown
    assert "<ins>" in shown


def test_a_copy_of_a_precedent_that_is_not_changed_does_not_differ(mine: Desks) -> None:
    copied = paper_like(NAGASAKI, "asset_tax", f"m-{mine.circulated}")
    matter = council.draft(act(NAGASAKI, "doza"), copied)
    address = f"/matters/{matter}/precedent/?precedent=m-{mine.circulated}"
    assert "先例と違うところはありません" in client_of("doza").get(address).content.decode()
    changed = replace(copied, dossier=replace(copied.dossier, title_ja="別の件名"))
    council.revise(act(NAGASAKI, "doza"), matter, changed)
    page = client_of("doza").get(address).content.decode()
    assert "<ins>別の件名</ins>" in page
    assert f"<del>{paper_56().dossier.title_ja}</del>" in page


@pytest.mark.parametrize("key", ["", "c-99", "m-9999", "x"])
def test_what_is_no_precedent_is_not_there(mine: Desks, key: str) -> None:
    assert client_of("doza").get(f"/matters/{mine.draft}/precedent/?precedent={key}").status_code == 404
    with pytest.raises(Refused):
        precedent_dossier(NAGASAKI, "asset_tax", key)


def test_what_another_division_is_still_writing_is_no_precedent(mine: Desks) -> None:
    address = f"/matters/{mine.circulated}/precedent/?precedent=m-{mine.draft}"
    assert client_of("konpira").get(address).status_code == 404
