"""A chair who is recused or away neither presides nor signs, whoever is named to act does; and who then issues."""

from functools import partial

from sekisho.kernel import ReasonCode, decode_entry
from sekisho.kernel.council import Choice
from tests.integration.council.conftest import why

DOWN = "registry-notices-down"


def taken_up(city: str) -> tuple[str, str]:
    """A matter of which the chair is recused, in the open meeting."""
    from sekisho.bootstrap import council
    from tests.fakes.council import MEMBERS, act, circulated

    matter, meeting = circulated(city)
    council.recuse(act(city, "oura", -100), matter, "親族が業者")
    for person in (*MEMBERS, "oura"):
        council.arrive(act(city, "kazagashira", -5), meeting, person)
    council.open_meeting(act(city, "oura", 0), meeting)
    return matter, meeting


def test_a_recused_chair_neither_presides_nor_decides_on_conditions_nor_signs(city: str) -> None:
    from sekisho.bootstrap import council
    from tests.fakes.council import act, judge_items, proposed

    matter, _ = taken_up(city)
    assert why(lambda: council.open_session(act(city, "oura", 1), matter)) == {ReasonCode.CHAIR_RECUSED}
    assert why(lambda: council.open_session(act(city, "megane", 1), matter)) == {ReasonCode.NOT_ALLOWED}
    council.name_acting_chair(act(city, "oura", 2), matter, "suwa")
    council.open_session(act(city, "suwa", 3), matter)
    council.close_questions(act(city, "suwa", 4), matter)
    judge_items(city, matter)
    condition = council.propose_condition(act(city, "megane", 26), matter, proposed())
    for refused in (
        lambda: council.adopt_condition(act(city, "oura", 27), condition),
        lambda: council.drop_condition(act(city, "oura", 27), condition),
        lambda: council.put_to_vote(act(city, "oura", 27), matter, "approved_with_conditions"),
    ):
        assert why(refused) == {ReasonCode.CHAIR_RECUSED}
    council.adopt_condition(act(city, "suwa", 27), condition)
    council.put_to_vote(act(city, "suwa", 28), matter, "approved_with_conditions")
    # Whoever presides does not vote like the others, and breaks a tie: here one for, one against.
    assert why(lambda: council.vote(act(city, "suwa", 29), matter, Choice.FOR)) == {ReasonCode.NOT_ALLOWED}
    council.vote(act(city, "megane", 29), matter, Choice.FOR)
    council.vote(act(city, "sofuku", 29), matter, Choice.AGAINST)
    assert why(lambda: council.decide(act(city, "oura", 30), matter, Choice.FOR)) == {ReasonCode.CHAIR_RECUSED}
    assert council.decide(act(city, "suwa", 30), matter, Choice.FOR).tally.casting
    assert why(lambda: council.sign_letter(act(city, "oura", 31), matter)) == {ReasonCode.CHAIR_RECUSED}
    assert ReasonCode.NOT_ALLOWED in why(lambda: council.sign_letter(act(city, "megane", 31), matter))

    def waive(person: str, minute: int) -> None:
        council.ask_waiver(act(city, person, minute), condition, "端末を廃止した")

    assert why(lambda: waive("suwa", 31)) == {ReasonCode.NOT_IN_THIS_STATE}, "what is not signed is not waived"
    assert council.sign_letter(act(city, "suwa", 31), matter) == ()
    assert len(council.sign_letter(act(city, "kazagashira", 32), matter)) == 2
    assert why(lambda: waive("oura", 33)) == {ReasonCode.RECUSED}
    assert why(lambda: waive("megane", 33)) == {ReasonCode.NOT_ALLOWED}
    waive("suwa", 34)


def test_only_a_member_who_sits_acts_and_only_where_the_chair_does_not(city: str) -> None:
    from sekisho.adapters.database.models import EntryRow
    from sekisho.bootstrap import council
    from tests.fakes.council import act

    matter, meeting = taken_up(city)
    council.recuse(act(city, "sofuku", 1), matter, "親族が業者")
    for by, named, code in (
        ("megane", "megane", ReasonCode.NOT_ALLOWED),
        ("oura", "sofuku", ReasonCode.RECUSED),
        ("oura", "oura", ReasonCode.RECUSED),
        ("kazagashira", "inasa", ReasonCode.NOT_PRESENT),
    ):
        assert why(partial(council.name_acting_chair, act(city, by, 2), matter, named)) == {code}
    council.name_acting_chair(act(city, "kazagashira", 2), matter, "megane")
    entry = decode_entry(bytes(EntryRow.objects.get(kind="acting_chair_named").body))
    assert (entry["person"], entry["chair"], entry["matter"]) == ("megane", "oura", matter)
    council.leave(act(city, "kazagashira", 3), meeting, "megane")
    assert why(lambda: council.open_session(act(city, "megane", 4), matter)) == {ReasonCode.NOT_PRESENT}


def test_a_chair_who_presides_cannot_be_replaced_and_one_who_left_does_not_preside(city: str) -> None:
    from sekisho.bootstrap import council
    from tests.fakes.council import MEMBERS, act, deliberating, judge_items

    matter, meeting = deliberating(city)
    judge_items(city, matter)
    put = act(city, "oura", 30)
    council.put_to_vote(put, matter, "approved")
    council.vote(act(city, "suwa", 30), matter, Choice.FOR)
    here = {ReasonCode.CHAIR_PRESIDES}
    assert why(lambda: council.name_acting_chair(act(city, "kazagashira", 31), matter, "suwa")) == here
    assert why(lambda: council.name_acting_chair_of_meeting(act(city, "oura", 31), meeting, "suwa")) == here
    council.leave(act(city, "kazagashira", 32), meeting, "oura")
    assert why(lambda: council.put_to_vote(act(city, "oura", 33), matter, "approved")) == {ReasonCode.NOT_PRESENT}
    council.name_acting_chair_of_meeting(act(city, "kazagashira", 33), meeting, "suwa")
    # The vote of whoever presides now was void with the motion.
    assert why(lambda: council.decide(act(city, "suwa", 34), matter)) == {ReasonCode.NOT_IN_THIS_STATE}
    council.put_to_vote(act(city, "suwa", 35), matter, "approved")
    for person in set(MEMBERS) - {"suwa"}:
        council.vote(act(city, person, 36), matter, Choice.FOR)
    council.decide(act(city, "suwa", 37), matter)
    council.close_meeting(act(city, "suwa", 38), meeting)
    assert why(lambda: council.sign_letter(act(city, "oura", 60), matter)) == {ReasonCode.NOT_ALLOWED}
    assert council.sign_letter(act(city, "suwa", 60), matter) == ()


def test_a_meeting_without_its_chair_is_opened_by_whoever_acts_until_the_chair_comes(city: str) -> None:
    from sekisho.bootstrap import council
    from tests.fakes.council import MEMBERS, act, circulated

    matter, meeting = circulated(city)
    for person in MEMBERS:
        council.arrive(act(city, "kazagashira", -5), meeting, person)
    assert why(lambda: council.open_meeting(act(city, "suwa", 0), meeting)) == {ReasonCode.NOT_ALLOWED}
    council.name_acting_chair_of_meeting(act(city, "kazagashira", 0), meeting, "suwa")
    council.open_meeting(act(city, "suwa", 1), meeting)
    council.open_session(act(city, "suwa", 2), matter)
    council.arrive(act(city, "kazagashira", 3), meeting, "oura")
    assert why(lambda: council.close_questions(act(city, "suwa", 4), matter)) == {ReasonCode.NOT_ALLOWED}
    council.close_questions(act(city, "oura", 4), matter)


def test_whoever_issues_is_still_what_they_signed_as(city: str) -> None:
    from sekisho.adapters.database import council_letters
    from sekisho.adapters.database.models import Person
    from sekisho.bootstrap import council
    from tests.fakes.council import act, approve, deliberating, judge_items

    matter, _ = deliberating(city)
    judge_items(city, matter)
    approve(city, matter)
    # Signed by both, and interrupted before the permits were issued.
    assert not council_letters.sign_letter(act(city, "kazagashira", 40), matter)
    assert council_letters.sign_letter(act(city, "oura", 41), matter)
    for roles in (["head"], ["council_member"], ["chair"], []):
        Person.objects.filter(username="kazagashira").update(roles=roles)
        assert why(lambda: council.issue_permits(act(city, "kazagashira", 42), matter)) == {ReasonCode.NOT_ALLOWED}
    Person.objects.create(username="office2", tenant_id=city, department="general_affairs", roles=["secretariat"])
    assert why(lambda: council.issue_permits(act(city, "office2", 42), matter)) == {ReasonCode.NOT_ALLOWED}
    assert len(council.issue_permits(act(city, "oura", 43), matter)) == 2
