"""The decision letter as PDF for anybody: only what both have signed, and nobody is named in it."""

from typing import Any

import pytest
from django.test import Client

from sekisho.adapters.database.models import Person
from sekisho.adapters.documents import text_of, words_in
from tests.fakes.council import Desks, open_council
from tests.unit.web.letter_desk import decided, digest, sign
from tests.unit.web.two_offices import NAGASAKI, NEIGHBOUR, client_of, open_office


@pytest.fixture
def mine(db: None) -> Desks:
    open_office(NAGASAKI)
    return open_council(NAGASAKI)


def public_pdf(matter: str) -> Any:
    """The letter as anybody asks for it."""
    return Client().get(f"/public/{NAGASAKI}/decisions/{matter}/pdf/")


def test_the_public_reads_the_signed_letter_as_pdf_and_nobody_is_named_in_it(mine: Desks) -> None:
    assert public_pdf(mine.decided).status_code == 404
    assert sign("oura", mine.decided) == 302
    page = Client().get(f"/public/{NAGASAKI}/decisions/{mine.decided}/").content.decode()
    assert f'href="/public/{NAGASAKI}/decisions/{mine.decided}/pdf/"' in page
    answer = public_pdf(mine.decided)
    assert answer.headers["Content-Type"] == "application/pdf"
    rows = Person.objects.filter(tenant_id=NAGASAKI).values_list("username", "label_ja", "label_en")
    names = sorted({name for row in rows for name in row if name} - {"admin"})
    assert "大浦 見本" in names
    assert words_in(answer.content, names) == ()
    said = "".join("".join(text_of(answer.content)).replace("\u200b", "").split())
    for words in ("端末の置き場所の写真を出すこと", "除く", "公表しません", digest(mine.decided)):
        assert words in said, words
    assert "不要" not in said  # the reason that a member gave
    inside = client_of("konpira").post(f"/letters/{mine.decided}/pdf/").content
    assert words_in(inside, ["大浦 見本", "銅座 見本"]) == (1, 2)
    assert Client().get(f"/public/{NEIGHBOUR}/decisions/{mine.decided}/pdf/").status_code == 404
    assert public_pdf(mine.deliberating).status_code == 404


def test_a_letter_in_which_somebody_is_named_after_all_does_not_go_out(mine: Desks) -> None:
    assert sign("oura", mine.decided) == 302
    assert public_pdf(mine.decided).status_code == 200
    # Planted: somebody here is called like words of the letter.
    Person.objects.filter(username="suwa", tenant_id=NAGASAKI).update(label_ja="端末の 置き場所")
    refused = public_pdf(mine.decided)
    assert refused.status_code == 409
    assert "端末の 置き場所" not in refused.content.decode()


def test_the_letter_comes_as_pdf_from_the_page_of_the_decision_too(mine: Desks) -> None:
    matter = decided("opinion_no_objection")
    address = f'action="/letters/{matter}/pdf/"'
    for desk in ("decision", "letter"):
        where = f"/matters/{matter}/decision/" if desk == "decision" else f"/letters/{matter}/"
        assert address in client_of("konpira").get(where).content.decode(), desk
    assert "/pdf/" not in client_of("konpira").get(f"/matters/{mine.deliberating}/decision/").content.decode()
