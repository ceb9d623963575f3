"""Given, when, then: what was asked four times in November 2019 is answered once, found again, and never asked anew."""

from datetime import timedelta

from sekisho.kernel import ReasonCode
from sekisho.kernel.council import Likeness
from tests.integration.council.conftest import why

OWNER, OPERATOR = "chart.networks[lgwan].owner", "chart.networks[lgwan].operator"


def test_an_answer_given_in_56_is_found_for_the_next_consultation(city: str) -> None:
    from sekisho.adapters.database.queries_questions import alike_answers, gathered_questions
    from sekisho.bootstrap import council
    from tests.fakes.council import DAY, act, circulated, paper_56

    # Given: consultation 56, in which a member asked who owns the network, and the drafter answered by its field.
    first, _ = circulated(city)
    question = council.ask(act(city, "megane", -500), first, council.Asked(about=OWNER, text="所有者はだれか"))
    due = (DAY + timedelta(days=1)).date()
    council.assign_answer(act(city, "kazagashira", -490), first, question, "doza", due)
    reply = council.Reply(text="J-LIS が所有し、管理している", cites=OPERATOR)
    assert why(lambda: council.answer(act(city, "urakami", -480), first, question, reply)) == {ReasonCode.NOT_ALLOWED}
    council.answer(act(city, "doza", -480), first, question, reply)
    council.accept_answer(act(city, "megane", -470), first, question)

    # When: the next consultation is asked about the same zone, another field.
    second, _ = circulated(city, paper_56("act_2023"), DAY + timedelta(days=30))
    later = act(city, "suwa", -500, DAY + timedelta(days=30))
    again = council.ask(later, second, council.Asked(about="chart.networks[lgwan].closed", text="閉域か"))

    # Then: the earlier answer is found, with its consultation, and a question without an answer is found by nobody.
    known = gathered_questions(city, later.at)
    asked = next(each for each in known if each.question.question == again)
    (alike,) = alike_answers(asked, known)
    assert (alike.key.question.question, alike.key.matter.consultation) == (question, "56")
    assert alike.shared == {Likeness.ZONE}
    assert alike_answers(alike.key, known) == ()


def test_a_follow_up_keeps_the_decision_open_until_it_is_answered(city: str) -> None:
    from sekisho.bootstrap import council
    from tests.fakes.council import MEMBERS, act, approve, circulated, judge_items

    matter, meeting = circulated(city)
    question = council.ask(act(city, "megane", -500), matter, council.Asked(about=OWNER, text="所有者はだれか"))
    reply = council.Reply(text="J-LIS", cites=OWNER)
    council.answer(act(city, "doza", -480), matter, question, reply)
    again = council.follow_up(act(city, "megane", -470), matter, question, "費用はだれが払うのか")
    for person in (*MEMBERS, "oura"):
        council.arrive(act(city, "kazagashira", -5), meeting, person)
    council.open_meeting(act(city, "oura", 0), meeting)
    council.open_session(act(city, "oura", 1), matter)
    council.close_questions(act(city, "oura", 20), matter)
    judge_items(city, matter)
    assert why(lambda: council.follow_up(act(city, "megane", 21), matter, again, "?")) >= {ReasonCode.NOT_IN_THIS_STATE}

    def decide() -> None:
        council.decide(act(city, "oura", 33), matter)

    council.put_to_vote(act(city, "oura", 22), matter, "approved")
    assert ReasonCode.QUESTION_OPEN in why(decide)
    council.answer(act(city, "doza", 29), matter, again, council.Reply(text="市が払う", cites=OWNER))
    approve(city, matter)
