"""What members vote on does not change under their votes: neither before the count nor between count and letter."""

import json
from collections.abc import Callable

import pytest

from sekisho.kernel import ReasonCode, decode_entry
from sekisho.kernel.council import Choice, ItemVerdict, TradeOff, Verdict
from tests.integration.council.conftest import why

DOWN = "registry-notices-down"
BACK_IN = ItemVerdict(connection=DOWN, item="remarks", verdict=Verdict.KEEP)
WEIGHED = TradeOff(about=DOWN, prevailed="事務", yielded="本人", why="早い", review_on="2027-04-01")


def put(city: str) -> str:
    """A matter with one item dropped, put to the vote."""
    from sekisho.bootstrap import council
    from tests.fakes.council import act, deliberating, judge_items

    matter, _ = deliberating(city)
    judge_items(city, matter, dropped=("remarks",))
    council.put_to_vote(act(city, "oura", 30), matter, "approved")
    return matter


def cast(city: str, matter: str) -> None:
    """All members vote for it."""
    from sekisho.bootstrap import council
    from tests.fakes.council import MEMBERS, act

    for person in MEMBERS:
        council.vote(act(city, person, 31), matter, Choice.FOR)


def test_while_a_motion_is_put_nothing_that_is_voted_on_changes(city: str) -> None:
    from sekisho.bootstrap import council
    from tests.fakes.council import act, deliberating, judge_items, proposed

    matter, _ = deliberating(city)
    judge_items(city, matter, dropped=("remarks",))
    waiting = council.propose_condition(act(city, "suwa", 26), matter, proposed())
    shown = council.propose_condition(act(city, "suwa", 26), matter, proposed())
    council.adopt_condition(act(city, "oura", 27), shown)
    council.submit_proof(act(city, "doza", 28), shown, "写真 R1-7")
    council.put_to_vote(act(city, "oura", 30), matter, "approved_with_conditions")
    cast(city, matter)
    changes: tuple[Callable[[], object], ...] = (
        lambda: council.record_verdict(act(city, "megane", 32), matter, BACK_IN),
        lambda: council.record_trade_off(act(city, "megane", 32), matter, WEIGHED),
        lambda: council.propose_condition(act(city, "suwa", 32), matter, proposed()),
        lambda: council.enter_condition(act(city, "kazagashira", 32), matter, "suwa", proposed()),
        lambda: council.amend_condition(act(city, "kazagashira", 32), waiting, proposed()),
        lambda: council.adopt_condition(act(city, "oura", 32), waiting),
        lambda: council.drop_condition(act(city, "oura", 32), waiting),
        lambda: council.verify_proof(act(city, "glover", 32), shown),
    )
    for change in changes:
        assert why(change) == {ReasonCode.VOTE_IS_OPEN}
    decision = council.decide(act(city, "oura", 33), matter)
    assert "remarks" not in decision.kept[DOWN]


def test_the_chair_takes_the_motion_back_and_its_ballots_are_void(city: str) -> None:
    from sekisho.bootstrap import council
    from tests.fakes.council import act, approve

    matter = put(city)
    cast(city, matter)
    assert why(lambda: council.withdraw_motion(act(city, "megane", 32), matter)) == {ReasonCode.NOT_ALLOWED}
    council.withdraw_motion(act(city, "oura", 32), matter)
    assert why(lambda: council.withdraw_motion(act(city, "oura", 32), matter)) == {ReasonCode.NOT_IN_THIS_STATE}
    council.record_verdict(act(city, "megane", 32), matter, BACK_IN)
    council.put_to_vote(act(city, "oura", 33), matter, "approved")
    assert why(lambda: council.decide(act(city, "oura", 34), matter)) == {ReasonCode.NOT_ALLOWED}
    approve(city, matter)


@pytest.mark.parametrize("planted", ["verdict", "trade_off", "condition", "proved", "motion", "nothing_frozen"])
def test_what_changed_behind_the_vote_is_not_decided(city: str, planted: str) -> None:
    from sekisho.adapters.database.models import ConditionRow, Matter, TradeOffRow, VerdictRow
    from sekisho.bootstrap import council
    from tests.fakes.council import act, deliberating, judge_items, proposed

    matter, _ = deliberating(city)
    judge_items(city, matter, dropped=("remarks",))
    council.record_trade_off(act(city, "megane", 26), matter, WEIGHED)
    for minute in (27, 28):
        council.adopt_condition(
            act(city, "oura", minute), council.propose_condition(act(city, "suwa", 26), matter, proposed())
        )
    council.put_to_vote(act(city, "oura", 30), matter, "approved_with_conditions")
    cast(city, matter)
    rows = {
        "verdict": (VerdictRow.objects.filter(item="remarks"), {"verdict": "keep"}),
        "trade_off": (TradeOffRow.objects.all(), {"yielded": "だれも"}),
        "condition": (ConditionRow.objects.filter(condition="56-c1"), {"owner": "inasa"}),
        "proved": (ConditionRow.objects.filter(condition="56-c1"), {"state": "verified"}),
        "motion": (Matter.objects.all(), {"motion": "approved"}),
        "nothing_frozen": (Matter.objects.all(), {"voted_on": ""}),
    }
    found, change = rows[planted]
    assert found.update(**change) == 1
    assert why(lambda: council.decide(act(city, "oura", 33), matter)) == {ReasonCode.NOT_VOTED_ON}


def test_the_ledger_says_of_motion_and_decision_that_they_are_about_the_same(city: str) -> None:
    from sekisho.adapters.database.models import EntryRow
    from sekisho.bootstrap import council
    from tests.fakes.council import act

    matter = put(city)
    cast(city, matter)
    council.decide(act(city, "oura", 33), matter)
    told = [
        decode_entry(bytes(EntryRow.objects.get(kind=kind).body)) for kind in ("motion_put", "consultation_decided")
    ]
    assert told[0]["voted_on"] == told[1]["voted_on"]
    assert len(json.dumps(told[0]["voted_on"])) == 66
