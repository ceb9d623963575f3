"""How a council sits, asks, votes and decides; told by its rules, member by member."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest

from sekisho.kernel import ReasonCode, Refused
from sekisho.kernel.council import (
    USUAL_RULE,
    Ballot,
    BlindPhase,
    Choice,
    Presence,
    Question,
    Verdict,
    WrittenOpinion,
    check_quorum,
    count_votes,
    kept_items,
    open_points,
    present_at,
    quorum_for,
    readable_opinions,
)
from tests.unit.kernel.council_sitting import CHAIR, KEPT, MEMBERS, NINE, codes


def votes(**choices: Choice) -> list[Ballot]:
    """One ballot a person, on item 56."""
    return [Ballot(person=person, item="56", choice=choice) for person, choice in choices.items()]


def test_presence_is_what_somebody_did_last() -> None:
    minute = timedelta(minutes=1)
    events = [
        Presence(person="fuku", at=NINE + 20 * minute, arrived=True),
        Presence(person="akebono", at=NINE, arrived=True),
        Presence(person="akebono", at=NINE + 10 * minute, arrived=False),
    ]
    assert present_at(events, NINE - minute) == set()
    assert present_at(events, NINE) == {"akebono"}
    assert present_at(events, NINE + 10 * minute) == set()
    assert present_at(events, NINE + 20 * minute) == {"fuku"}


@pytest.mark.parametrize(
    ("members", "needed", "at_least"), [(5, 3, 3), (6, 4, 3), (1, 1, 1), (0, 1, 0), (10, 6, 5), (11, 6, 6)]
)
def test_more_than_half_and_half_or_more_are_two_rules(members: int, needed: int, at_least: int) -> None:
    names = [str(number) for number in range(members)]
    half = replace(USUAL_RULE, quorum_strict=False)
    assert quorum_for(USUAL_RULE, names, names, ()).needed == needed
    assert quorum_for(half, names, names, ()).needed == at_least
    thirds = replace(USUAL_RULE, quorum=Fraction(2, 3), quorum_strict=False)
    assert quorum_for(thirds, ["a", "b", "c", "d"], (), ()).needed == 3


def test_who_is_recused_leaves_both_sides_of_the_count() -> None:
    quorum = quorum_for(USUAL_RULE, MEMBERS, {"akebono", "fuku", "ginya", "stranger"}, {"ginya"})
    assert quorum.entitled == {"akebono", "chair", "fuku", "hama"}
    assert (quorum.present, quorum.needed, quorum.met) == (frozenset({"akebono", "fuku"}), 3, False)
    with pytest.raises(Refused) as refusal:
        check_quorum(quorum)
    (reason,) = refusal.value.reasons
    assert (reason.code, reason.facts["present"], reason.facts["needed"]) == (ReasonCode.NO_QUORUM, "2", "3")


@pytest.mark.parametrize(
    ("choices", "casting", "outcome"),
    [
        ({"akebono": Choice.FOR, "fuku": Choice.FOR, "ginya": Choice.FOR}, None, (3, 0, 1, True, False)),
        ({"akebono": Choice.FOR, "fuku": Choice.FOR}, None, (2, 0, 2, False, False)),
        ({"akebono": Choice.FOR, "fuku": Choice.FOR, "ginya": Choice.ABSTAIN}, None, (2, 0, 2, False, False)),
        (
            {"akebono": Choice.FOR, "fuku": Choice.FOR, "ginya": Choice.AGAINST, "hama": Choice.AGAINST},
            Choice.FOR,
            (2, 2, 0, True, True),
        ),
        (
            {"akebono": Choice.FOR, "fuku": Choice.FOR, "ginya": Choice.AGAINST, "hama": Choice.AGAINST},
            Choice.AGAINST,
            (2, 2, 0, False, True),
        ),
        ({"akebono": Choice.AGAINST, "fuku": Choice.FOR}, Choice.FOR, (1, 1, 2, False, False)),
    ],
)
def test_how_votes_are_counted(
    choices: dict[str, Choice], casting: Choice | None, outcome: tuple[int, int, int, bool, bool]
) -> None:
    quorum = quorum_for(USUAL_RULE, MEMBERS, MEMBERS, ())
    tally = count_votes(USUAL_RULE, quorum, votes(**choices), item="56", chair=("chair", casting))
    assert (tally.in_favour, tally.against, tally.abstained, tally.carried, tally.casting) == outcome
    assert (tally.item, tally.rule) == ("56", USUAL_RULE.rule)


def test_an_absent_chair_breaks_no_tie_and_a_rule_without_casting_vote_has_none() -> None:
    four = votes(akebono=Choice.FOR, fuku=Choice.FOR, ginya=Choice.AGAINST, hama=Choice.AGAINST)
    away = quorum_for(USUAL_RULE, MEMBERS, set(MEMBERS) - {"chair"}, ())
    whole = quorum_for(USUAL_RULE, MEMBERS, MEMBERS, ())
    no_casting = replace(USUAL_RULE, chair_breaks_tie=False)
    for rule, quorum in ((USUAL_RULE, away), (no_casting, whole)):
        assert not count_votes(rule, quorum, four, item="56", chair=("chair", Choice.FOR)).carried


def test_where_the_chair_votes_the_chair_is_counted_like_everybody() -> None:
    rule = replace(USUAL_RULE, chair_votes=True)
    quorum = quorum_for(rule, MEMBERS, MEMBERS, ())
    tally = count_votes(rule, quorum, votes(chair=Choice.FOR, fuku=Choice.FOR, hama=Choice.FOR), item="56", chair=CHAIR)
    assert (tally.in_favour, tally.abstained, tally.carried) == (3, 2, True)


@pytest.mark.parametrize(
    ("ballots", "code"),
    [
        (votes(ginya=Choice.FOR), ReasonCode.RECUSED),
        (votes(stranger=Choice.FOR), ReasonCode.RECUSED),
        (votes(hama=Choice.FOR), ReasonCode.NOT_PRESENT),
        (votes(chair=Choice.FOR), ReasonCode.NOT_ALLOWED),
        ([Ballot(person="akebono", item="57", choice=Choice.FOR)], ReasonCode.NOT_ALLOWED),
        ([*votes(akebono=Choice.FOR), *votes(akebono=Choice.FOR)], ReasonCode.NOT_ALLOWED),
    ],
)
def test_a_ballot_that_may_not_be_counted_is_refused(ballots: list[Ballot], code: ReasonCode) -> None:
    quorum = quorum_for(USUAL_RULE, MEMBERS, {"akebono", "chair", "fuku"}, {"ginya"})
    with pytest.raises(Refused) as refusal:
        count_votes(USUAL_RULE, quorum, ballots, item="56", chair=CHAIR)
    assert set(codes(refusal.value)) == {code}
    facts = {name: value for reason in refusal.value.reasons for name, value in reason.facts.items()}
    named = {"person": ballots[0].person, "item": "56", "action": "vote 56"}
    assert facts == {name: named[name] for name in facts}


def test_without_a_quorum_nothing_is_counted() -> None:
    quorum = quorum_for(USUAL_RULE, MEMBERS, {"akebono"}, ())
    with pytest.raises(Refused):
        count_votes(USUAL_RULE, quorum, votes(akebono=Choice.FOR), item="56", chair=CHAIR)


def test_a_written_opinion_is_blind_until_all_are_in_or_the_deadline_comes() -> None:
    phase = BlindPhase(members=frozenset({"akebono", "fuku"}), version=1, deadline=NINE)
    first = WrittenOpinion(person="akebono", version=1, text="USBが心配", given_at=NINE - timedelta(days=2))
    second = replace(first, person="fuku", text="異議なし")
    before = NINE - timedelta(minutes=1)
    assert readable_opinions(phase, [first], "akebono", before) == (first,)
    with pytest.raises(Refused) as refusal:
        readable_opinions(phase, [first], "fuku", before)
    assert codes(refusal.value) == [ReasonCode.OPINIONS_SEALED]
    assert refusal.value.reasons[0].facts["until"] == "2019-11-19T09:30+00:00"
    assert readable_opinions(phase, [first, second], "hama", before) == (first, second)
    assert readable_opinions(phase, [first], "hama", NINE) == (first,)


def test_an_answer_must_point_to_a_field_or_change_one() -> None:
    asked = Question(question="Q1", asked_by="akebono", version=1, about="chart.networks[city].owner", text="だれか")
    assert not asked.answered
    assert not replace(asked, answer="市です").answered
    assert replace(asked, answer="市です", cites="chart.networks[city].owner").answered
    assert replace(asked, answer="改めます", amended_in=2).answered


def test_what_is_still_open_is_named() -> None:
    items = {"down": ["owner_name", "lot_number"]}
    open_question = Question(question="Q1", asked_by="akebono", version=1, about="x", text="x")
    reasons = open_points([open_question, replace(open_question, blocking=False)], items, KEPT[:1])
    assert [reason.code for reason in reasons] == [ReasonCode.QUESTION_OPEN, ReasonCode.VERDICT_MISSING]
    assert reasons[0].facts["question"] == "Q1"
    assert reasons[1].facts["item"] == "down/lot_number"
    assert not open_points([], items, KEPT)


def test_only_what_is_kept_is_kept() -> None:
    items = {"down": ["owner_name", "lot_number", "sex"]}
    verdicts = [KEPT[0], replace(KEPT[1], verdict=Verdict.MASK), replace(KEPT[1], item="sex", verdict=Verdict.DROP)]
    assert kept_items(items, verdicts) == {"down": ("owner_name",)}
