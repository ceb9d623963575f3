"""The agency's decision as a document: from the page and the API, drafts marked, to the public without names."""

import base64

import pytest

from sekisho.adapters.database.models import EntryRow
from sekisho.adapters.documents import text_of
from tests.fakes.council import Desks, open_council
from tests.unit.web.letter_desk import decided, do, page, sign
from tests.unit.web.two_offices import NAGASAKI, client_of, open_office


@pytest.fixture
def mine(db: None) -> Desks:
    open_office(NAGASAKI)
    return open_council(NAGASAKI)


def said(pdf: bytes) -> str:
    """What a document says, without spaces."""
    return "".join("".join(text_of(pdf)).replace("\u200b", "").split())


def answered() -> str:
    """A matter on which the council gave its opinion."""
    matter = decided("opinion_no_objection")
    assert (sign("kazagashira", matter), sign("oura", matter)) == (302, 302)
    return matter


def test_page_and_api_give_it_as_a_draft_first_and_the_public_once_both_have_signed(mine: Desks) -> None:
    matter = answered()
    address = f"/letters/{matter}/internal-decision/pdf/"
    public = f"/public/{NAGASAKI}/decisions/{matter}/"
    assert client_of("kazagashira").post(address).status_code == 409, "nothing is decided yet"
    assert address not in page("kazagashira", matter)
    assert client_of("kazagashira").get(f"/api/matters/{matter}/internal-decision/pdf").status_code == 404
    assert do("nabekanmuri", f"/matters/{matter}/act/decide_internally/", outcome="opens", reason="") == 302
    assert address in page("kazagashira", matter)
    assert "案（署名がそろっていません）" in said(client_of("kazagashira").post(address).content)
    assert client_of("doza").get(f"{public}internal-decision/pdf/").status_code == 404
    assert do("glover", f"/matters/{matter}/act/countersign/") == 302
    signed = said(client_of("kazagashira").post(address).content)
    assert "実施する" in signed
    assert "案（" not in signed
    assert EntryRow.objects.filter(kind="exported").count() == 2
    told = client_of("kazagashira").get(f"/api/matters/{matter}/internal-decision/pdf").json()
    assert said(base64.b64decode(told["base64"])) == signed
    assert f"{public}internal-decision/pdf/" in client_of("doza").get(public).content.decode()
    shown = said(client_of("doza").get(f"{public}internal-decision/pdf/").content)
    assert "公表しません" in shown
    assert not any(name in shown for name in ("鍋冠", "南山手", "nabekanmuri", "glover"))


def test_a_reason_that_names_somebody_of_the_office_does_not_go_out(mine: Desks) -> None:
    from sekisho.adapters.database.models import Person

    matter = answered()
    name = Person.objects.get(username="oura").label_ja
    reason = f"{name}の求めによる"
    assert do("nabekanmuri", f"/matters/{matter}/act/decide_internally/", outcome="declines", reason=reason) == 302
    inside = said(client_of("kazagashira").post(f"/letters/{matter}/internal-decision/pdf/").content)
    assert "".join(reason.split()) in inside
    public = client_of("doza").get(f"/public/{NAGASAKI}/decisions/{matter}/internal-decision/pdf/")
    assert public.status_code == 409
    assert name not in public.content.decode()
