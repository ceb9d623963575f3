"""The rules by which a council sits, held by the municipality: named when a meeting is called, and counted by."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from sekisho.kernel import ReasonCode, Refused
from tests.unit.kernel.test_own_rules import THIRDS, USUAL

if TYPE_CHECKING:
    from sekisho.bootstrap import council

OWN: list[dict[str, Any]] = [
    {**USUAL, "holds_from": "2010-04-01", "holds_until": "2020-03-31"},
    {**THIRDS, "holds_from": "2015-04-01"},
]


def call(city: str, rule: str, days: int = 0) -> str:
    from sekisho.bootstrap import council
    from tests.fakes.council import DAY, act

    due_on = DAY + timedelta(days=days)
    invitation = council.Invitation(label_ja="第9回", label_en="Ninth", place="研修室", due_on=due_on, rule=rule)
    return council.call_meeting(act(city, "kazagashira", -500), invitation)


def own_rules(city: str) -> "council.Deed":
    from sekisho.bootstrap import council
    from tests.fakes.council import act

    council.set_rules(act(city, "kazagashira", -600), OWN)
    return act(city, "oura", 0)


def test_a_meeting_sits_by_the_rule_that_was_named_and_its_entries_say_so(city: str) -> None:
    from sekisho.adapters.database.ledgers import read_entries, sequence
    from sekisho.bootstrap import council
    from tests.fakes.council import act

    chair = own_rules(city)
    meeting = call(city, "two_thirds")
    for person in ("oura", "megane"):
        council.arrive(act(city, "kazagashira", -5), meeting, person)
    with pytest.raises(Refused) as refusal:  # two of four: two thirds of four are three
        council.open_meeting(chair, meeting)
    assert refusal.value.reasons[0].facts == {"present": "2", "needed": "3"}
    council.arrive(act(city, "kazagashira", -4), meeting, "suwa")
    council.open_meeting(chair, meeting)
    sequence(city)
    entries = {each["kind"]: each for each in read_entries(city)}
    assert [each["rule"] for each in entries["council_rules_set"]["council_rules"]] == [
        "majority_present",
        "two_thirds",
    ]
    assert entries["meeting_called"]["rule_as_called"]["legal_basis"] == "審議会規則第7条"
    assert (entries["meeting_opened"]["rule"], entries["meeting_opened"]["legal_basis"]) == (
        "two_thirds",
        "審議会規則第7条",
    )


def test_the_usual_rule_sits_if_none_is_named_and_what_is_unknown_or_ended_is_refused(city: str) -> None:
    from sekisho.adapters.database.models import Meeting

    call(city, "")
    own_rules(city)
    call(city, "")
    assert [each.rule["rule"] for each in Meeting.objects.order_by("id")] == [
        "majority_present_chair_breaks_tie",
        "majority_present",
    ]
    for rule, days in (("nobody_knows", 0), ("majority_present", 200), ("majority_present_chair_breaks_tie", 0)):
        with pytest.raises(Refused) as refusal:
            call(city, rule, days)
        assert refusal.value.reasons[0].code is ReasonCode.RULE_NOT_IN_FORCE
    assert call(city, "", 200) != call(city, "two_thirds", 200)


def test_a_meeting_called_by_a_rule_that_was_taken_away_is_not_opened(city: str) -> None:
    from sekisho.bootstrap import council
    from tests.fakes.council import act

    chair = own_rules(city)
    meeting = call(city, "majority_present")
    for person in ("oura", "megane", "suwa", "sofuku"):
        council.arrive(act(city, "kazagashira", -5), meeting, person)
    council.set_rules(act(city, "kazagashira", -3), OWN[1:])
    with pytest.raises(Refused) as refusal:
        council.open_meeting(chair, meeting)
    assert refusal.value.reasons[0].code is ReasonCode.RULE_NOT_IN_FORCE


def test_only_the_secretariat_enters_rules_and_only_sound_ones(city: str) -> None:
    from sekisho.adapters.database.models import Tenant
    from sekisho.bootstrap import council
    from tests.fakes.council import act

    for person, rules in (("oura", OWN), ("kazagashira", [{**OWN[0], "majority": "1/3"}]), ("kazagashira", [])):
        with pytest.raises(Refused):
            council.set_rules(act(city, person), rules)
    assert Tenant.objects.get(code=city).council_rules is None
