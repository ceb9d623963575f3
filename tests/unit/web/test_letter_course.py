"""S-240 to its end: permits that work, or the agency's decision against them."""

import pytest

from sekisho.kernel.council import MAY, Act, Role
from tests.fakes.council import Desks, open_council
from tests.unit.web.letter_desk import decide, decided, do, page, sign, steps
from tests.unit.web.two_offices import NAGASAKI, client_of, open_office


@pytest.fixture
def mine(db: None) -> Desks:
    open_office(NAGASAKI)
    return open_council(NAGASAKI)


def test_a_letter_without_conditions_ends_with_permits_that_are_active(mine: Desks) -> None:
    matter = decided("opinion_no_objection")
    assert (sign("kazagashira", matter), sign("oura", matter)) == (302, 302)
    assert decide(matter) == (302, 302)
    assert all(steps(matter).values())
    assert "済み" in client_of("kazagashira").get("/letters/?all=1").content.decode()
    assert f'href="/letters/{matter}/"' not in client_of("kazagashira").get("/letters/").content.decode()


def test_a_departure_without_its_reason_is_refused_on_screen_and_with_it_the_course_ends(mine: Desks) -> None:
    matter = decided("opinion_no_objection")
    assert (sign("kazagashira", matter), sign("oura", matter)) == (302, 302)
    address = f"/matters/{matter}/act/decide_internally/"
    assert do("nabekanmuri", address, outcome="declines", reason="") == 409
    assert do("nabekanmuri", address, outcome="perhaps", reason="急ぐため") == 422
    assert do("nabekanmuri", address, outcome="declines", reason="予算が付かなかったため") == 302
    assert steps(matter) == dict.fromkeys(("decision", "letter", "signed", "agency"), True)
    shown = page("konpira", matter)
    for words in ("実施機関の決裁", "実施しない", "意見と異なる理由", "予算が付かなかったため"):
        assert words in shown, words
        assert words in client_of("konpira").get(f"/matters/{matter}/decision/").content.decode(), words


def test_only_the_secretariat_prepares_letters() -> None:
    assert {role for role in Role if Act.PREPARE_LETTER in MAY[role]} == {Role.SECRETARIAT}
    assert {role for role in Role if Act.GATHER_QUESTIONS in MAY[role]} == {Role.SECRETARIAT}
