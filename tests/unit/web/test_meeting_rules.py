"""S-230: the rule by which a meeting sits is chosen when it is called, and stands on the page with its article."""

import pytest

from sekisho.bootstrap import council
from tests.fakes.council import enter_people
from tests.unit.kernel.test_own_rules import THIRDS, USUAL
from tests.unit.web.two_offices import NAGASAKI, client_of, open_office

FORM = {"label_ja": "第1回", "label_en": "First", "place": "研修室", "day": "2027-01-15"}


@pytest.fixture
def rules(db: None) -> None:
    open_office(NAGASAKI)
    enter_people(NAGASAKI)
    own = [{**USUAL, "holds_until": "2026-12-31"}, THIRDS, {**USUAL, "rule": "ended", "holds_until": "2024-03-31"}]
    council.set_rules(council.act_as(NAGASAKI, "kazagashira"), own)


def call(rule: str) -> int:
    return client_of("kazagashira").post("/meetings/new/act/call/", {**FORM, "rule": rule}).status_code


def test_the_form_offers_what_holds_or_will_hold_and_chooses_the_first(rules: None) -> None:
    shown = client_of("kazagashira").get("/meetings/").content.decode()
    assert '<option value="majority_present" selected' in shown
    assert '<option value="two_thirds"' in shown
    assert "審議会規則第7条" in shown
    assert 'value="ended"' not in shown


def test_a_rule_that_is_unknown_or_has_ended_by_then_calls_nobody(rules: None) -> None:
    assert [call(rule) for rule in ("nobody_knows", "ended", "majority_present")] == [409, 409, 409]
    assert "審議会規則第7条" not in client_of("megane").get("/meetings/").content.decode()
    assert call("two_thirds") == 302
    assert "審議会規則第7条" in client_of("megane").get("/meetings/").content.decode()
