"""Laws of a council: whoever comes, goes, is recused or abstains."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from sekisho.kernel import Refused
from sekisho.kernel.council import (
    USUAL_RULE,
    Ballot,
    Choice,
    CouncilRule,
    Presence,
    count_votes,
    judge_threshold,
    present_at,
    quorum_for,
)

NAMES = [f"member-{number}" for number in range(11)]
START = datetime(2019, 11, 19, 9, 30, tzinfo=UTC)
people = st.sets(st.sampled_from(NAMES))
rules = st.builds(
    lambda quorum, strict, majority, votes, breaks: replace(
        USUAL_RULE,
        quorum=quorum,
        quorum_strict=strict,
        majority=majority,
        chair_votes=votes,
        chair_breaks_tie=breaks,
    ),
    st.sampled_from([Fraction(1, 2), Fraction(2, 3)]),
    st.booleans(),
    st.sampled_from([Fraction(1, 2), Fraction(2, 3)]),
    st.booleans(),
    st.booleans(),
)
events = st.lists(
    st.builds(
        lambda person, minute, arrived: Presence(person=person, at=START + timedelta(minutes=minute), arrived=arrived),
        st.sampled_from(NAMES),
        st.integers(0, 600),
        st.booleans(),
    ),
    unique_by=lambda each: (each.person, each.at),
)


@given(rule=rules, members=people, present=people, recused=people)
def test_a_quorum_is_reached_by_adding_members_and_never_lost_by_it(
    rule: CouncilRule, members: set[str], present: set[str], recused: set[str]
) -> None:
    now = quorum_for(rule, members, present, recused)
    everybody = quorum_for(rule, members, members, recused)
    assert now.present <= now.entitled <= members - recused
    assert everybody.needed == now.needed
    if now.met and members - recused:
        assert everybody.met


@given(rule=rules, members=people, present=people, stranger=people)
def test_who_is_recused_or_a_stranger_counts_on_neither_side(
    rule: CouncilRule, members: set[str], present: set[str], stranger: set[str]
) -> None:
    recused = quorum_for(rule, members, present, stranger)
    assert recused == quorum_for(rule, members - stranger, present - stranger, ())


@given(happened=events, minute=st.integers(0, 600))
def test_who_comes_late_is_absent_before_and_who_left_is_absent_afterwards(
    happened: list[Presence], minute: int
) -> None:
    at = START + timedelta(minutes=minute)
    here = present_at(happened, at)
    assert here == present_at([each for each in happened if each.at <= at], at)
    for person in NAMES:
        last = max(
            (each for each in happened if each.person == person and each.at <= at), key=lambda e: e.at, default=None
        )
        assert (person in here) == (last is not None and last.arrived)


@given(
    rule=rules,
    choices=st.dictionaries(st.sampled_from(NAMES[1:]), st.sampled_from(list(Choice))),
    casting=st.sampled_from([None, *Choice]),
)
def test_a_vote_more_never_loses_a_motion_and_a_tie_is_broken_only_by_the_chair(
    rule: CouncilRule, choices: dict[str, Choice], casting: Choice | None
) -> None:
    quorum = quorum_for(rule, NAMES, NAMES, ())
    ballots = [Ballot(person=person, item="1", choice=choice) for person, choice in choices.items()]
    tally = count_votes(rule, quorum, ballots, item="1", chair=(NAMES[0], casting))
    voting = len(NAMES) if rule.chair_votes else len(NAMES) - 1
    assert tally.in_favour + tally.against + tally.abstained == voting
    assert not tally.casting or (rule.chair_breaks_tie and tally.in_favour == rule.majority * voting)
    assert not tally.carried or tally.casting or tally.in_favour > rule.majority * voting
    silent = next((name for name in NAMES[1:] if name not in choices), None)
    if silent is not None and tally.carried and not tally.casting:
        more = [*ballots, Ballot(person=silent, item="1", choice=Choice.FOR)]
        assert count_votes(rule, quorum, more, item="1", chair=(NAMES[0], casting)).carried


@given(members=people, present=people)
def test_without_a_quorum_no_vote_is_counted(members: set[str], present: set[str]) -> None:
    quorum = quorum_for(USUAL_RULE, members, present, ())
    try:
        count_votes(USUAL_RULE, quorum, [], item="1", chair=("", None))
    except Refused:
        assert not quorum.met
    else:
        assert quorum.met


@given(
    subjects=st.integers(0, 2_000_000),
    more=st.integers(0, 500_000),
    handlers=st.integers(0, 2_000),
    incident=st.booleans(),
)
def test_more_persons_more_handlers_or_an_incident_never_make_an_assessment_shallower(
    subjects: int, more: int, handlers: int, incident: bool
) -> None:
    depth = judge_threshold(subjects, handlers, serious_incident=incident).depth
    assert judge_threshold(subjects + more, handlers, serious_incident=incident).depth >= depth
    assert judge_threshold(subjects, handlers + more, serious_incident=incident).depth >= depth
    assert judge_threshold(subjects, handlers, serious_incident=True).depth >= depth
