"""Gathering questions: what a field is about, what two questions share, who is late, and the life of a question."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from sekisho.kernel import Refused
from sekisho.kernel.council import (
    QUESTION_TABLE,
    Likeness,
    Question,
    QuestionSubject,
    QuestionTopic,
    Role,
    advance_state,
    arrow_of,
    days_waiting,
    is_answer_late,
    kind_of_field,
    likenesses,
    most_alike,
    named_in,
    subject_of_question,
    topic_of,
)
from tests.unit.kernel.council_story import DOSSIER

ASKED = Question(question="56-q1", asked_by="megane", version=1, about="purpose", text="なぜか")
DAY = date(2019, 11, 19)


@pytest.mark.parametrize(
    ("path", "topic", "arrow"),
    [
        ("purpose", QuestionTopic.FRONT, ""),
        ("chart.networks[lgwan].operator", QuestionTopic.NETWORK, ""),
        ("chart.computers[platform].owner", QuestionTopic.COMPUTER, ""),
        ("chart.connections[down].legal_basis", QuestionTopic.ARROW, "down"),
        ("chart.connections[down].items[owner_name].use", QuestionTopic.ITEM, "down"),
        ("sheets[down].purpose", QuestionTopic.ARROW, "down"),
        ("sheets[down].retention[server].hours", QuestionTopic.KEEPING, "down"),
        ("sheets[down].safeguards[lock].text", QuestionTopic.SAFEGUARD, "down"),
        ("processors[printer].task", QuestionTopic.CONTRACTOR, ""),
    ],
)
def test_a_field_says_what_it_is_about(path: str, topic: QuestionTopic, arrow: str) -> None:
    assert (topic_of(path), arrow_of(path)) == (topic, arrow)


def test_the_kind_of_a_field_is_the_same_for_every_thing() -> None:
    assert kind_of_field("sheets[down].retention[a].hours") == kind_of_field("sheets[up].retention[b].hours")
    assert named_in("sheets[down].retention[a].hours") == (("sheets", "down"), ("retention", "a"))


def test_the_subject_names_the_zone_of_a_network_and_of_what_stands_in_it() -> None:
    computer = DOSSIER.chart.computers[0]
    zone = next(str(each.zone) for each in DOSSIER.chart.networks if each.network == computer.network)
    by_computer = replace(ASKED, about=f"chart.computers[{computer.computer}].owner")
    by_network = replace(ASKED, about="purpose", cites=f"chart.networks[{computer.network}].owner")
    assert subject_of_question(by_computer, DOSSIER).zones == {zone}
    assert subject_of_question(by_network, DOSSIER).zones == {zone}
    unknown = replace(ASKED, about="chart.networks[nowhere].owner")
    assert subject_of_question(unknown, DOSSIER).zones == set()


def subject(**some: str) -> QuestionSubject:
    """A subject with one of some of its four sides."""
    sides = ("fields", "zones", "contractors", "items")
    return QuestionSubject(**{side: frozenset({some[side]} if side in some else ()) for side in sides})


def test_what_two_questions_share_is_each_side_that_they_have_in_common() -> None:
    one = QuestionSubject(fields=frozenset("f"), zones=frozenset("z"), contractors=frozenset("c"), items=frozenset("i"))
    assert likenesses(one, one) == set(Likeness)
    assert likenesses(one, subject(zones="z")) == {Likeness.ZONE}
    assert likenesses(one, subject(contractors="c", items="j")) == {Likeness.CONTRACTOR}
    assert likenesses(one, subject()) == set()


def test_the_most_alike_come_first_and_what_shares_nothing_does_not_come() -> None:
    asked = QuestionSubject(fields=frozenset("f"), zones=frozenset("z"), contractors=frozenset(), items=frozenset("i"))
    earlier = [
        ("nothing", subject(zones="y")),
        ("newer", subject(fields="f")),
        ("older", subject(items="i")),
        (
            "two",
            QuestionSubject(fields=frozenset("f"), zones=frozenset("z"), contractors=frozenset(), items=frozenset()),
        ),
    ]
    assert [each.key for each in most_alike(asked, earlier, 5)] == ["two", "newer", "older"]
    assert [each.key for each in most_alike(asked, earlier, 2)] == ["two", "newer"]


def test_an_answer_is_late_the_day_after_and_never_once_it_is_there() -> None:
    due = replace(ASKED, answer_by=DAY)
    assert not is_answer_late(due, DAY)
    assert is_answer_late(due, date(2019, 11, 20))
    assert not is_answer_late(replace(due, answer="だから", cites="purpose"), date(2019, 11, 20))
    assert not is_answer_late(ASKED, date(2029, 1, 1))


def test_the_days_of_waiting_are_counted_only_where_they_are_known() -> None:
    assert days_waiting(ASKED, DAY, date(2019, 11, 12)) == 7
    assert days_waiting(ASKED, DAY, None) is None
    assert days_waiting(replace(ASKED, answer="だから", cites="purpose"), DAY, date(2019, 11, 12)) is None


def test_a_question_stands_where_its_answer_and_its_taking_say() -> None:
    answered = replace(ASKED, answer="だから", cites="purpose", answered_at=datetime(2019, 11, 19, tzinfo=UTC))
    assert ASKED.state == "asked"
    assert replace(ASKED, answer="だから").state == "asked"  # it points to nothing
    assert answered.state == "answered"
    assert replace(answered, settled="accepted").state == "accepted"


@pytest.mark.parametrize(
    ("state", "act", "roles"),
    [
        ("asked", "accept", {Role.COUNCIL_MEMBER}),
        ("accepted", "answer", {Role.DRAFTER}),
        ("followed_up", "accept", {Role.COUNCIL_MEMBER}),
        ("answered", "accept", {Role.SECRETARIAT}),
        ("asked", "answer", {Role.SECRETARIAT}),
    ],
)
def test_what_is_not_in_the_table_of_a_question_is_refused(state: str, act: str, roles: set[Role]) -> None:
    with pytest.raises(Refused):
        advance_state(QUESTION_TABLE, "56-q1", state, act, roles)
