"""Under the act of 2023 the council gives an opinion, the agency decides, and two of the agency sign what opens."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from sekisho.kernel import ReasonCode
from sekisho.kernel.council import Choice, InternalOutcome
from tests.integration.council.conftest import why

TODAY = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
OPENS, DECLINES = InternalOutcome.OPENS, InternalOutcome.DECLINES


def answered(city: str, result: str = "opinion_no_objection") -> str:
    """A matter on which the council has given its opinion, signed by chair and secretariat."""
    from sekisho.bootstrap import council
    from tests.fakes.council import act, approve, deliberating, judge_items, paper_56

    matter, _ = deliberating(city, paper_56("act_2023"), TODAY)
    judge_items(city, matter, day=TODAY)
    approve(city, matter, result, TODAY)
    assert council.sign_letter(act(city, "kazagashira", 60, TODAY), matter) == ()
    assert council.sign_letter(act(city, "oura", 61, TODAY), matter) == ()
    return matter


def state_of(matter: str) -> str:
    from sekisho.adapters.database.models import Matter

    return Matter.objects.get(matter=matter).state


def test_permits_follow_from_the_agency_s_decision_and_not_from_the_opinion(city: str) -> None:
    from sekisho.adapters.database.ledgers import read_entries, sequence
    from sekisho.adapters.database.models import PermitRow
    from sekisho.bootstrap import council
    from tests.fakes.council import act

    matter = answered(city)
    assert (state_of(matter), PermitRow.objects.count()) == ("answered", 0)
    for person in ("kazagashira", "oura"):
        assert why(lambda who=person: council.issue_permits(act(city, who, 62, TODAY), matter)) == {  # type: ignore[misc]
            ReasonCode.NOT_IN_THIS_STATE
        }
    later = TODAY + timedelta(days=3)
    council.decide_internally(act(city, "nabekanmuri", 0, later), matter, OPENS)
    assert why(lambda: council.issue_permits(act(city, "nabekanmuri", 1, later), matter)) == {
        ReasonCode.PERMIT_NOT_SIGNED
    }
    assert council.countersign(act(city, "glover", 2, later), matter) == ("R8-56-01", "R8-56-02")
    assert state_of(matter) == "in_force"
    permit = PermitRow.objects.order_by("permit").first()
    assert permit is not None
    assert permit.specification["not_before"] == "2026-11-27T00:00:00+09:00"
    assert [each["signer"] for each in permit.signatures] == ["nabekanmuri", "glover"]
    sequence(city)
    kinds = {each["kind"]: each for each in read_entries(city)}
    told = kinds["consultation_decided_internally"]
    assert (told["opinion"], told["outcome"], told["departs"]) == ("opinion_no_objection", "opens", False)
    assert told["letter"] == kinds["consultation_answered"]["letter"]
    assert kinds["internal_decision_signed"]["internal_decision"] == told["internal_decision"]
    assert kinds["consultation_in_force"]["signers"] == ["nabekanmuri", "glover"]


@pytest.mark.parametrize(
    ("result", "outcome", "state"),
    [("opinion_objection", OPENS, "agency_decided"), ("opinion_no_objection", DECLINES, "agency_declined")],
)
def test_whoever_departs_from_the_opinion_says_why(
    city: str, result: str, outcome: InternalOutcome, state: str
) -> None:
    from sekisho.adapters.database.council_internal import read_internal
    from sekisho.adapters.database.ledgers import read_entries, sequence
    from sekisho.adapters.database.models import InternalDecisionRow
    from sekisho.bootstrap import council
    from tests.fakes.council import act

    matter = answered(city, result)
    silent = why(lambda: council.decide_internally(act(city, "nabekanmuri", 70, TODAY), matter, outcome, "  "))
    assert (silent, state_of(matter)) == ({ReasonCode.DOSSIER_INCOMPLETE}, "answered")
    council.decide_internally(act(city, "nabekanmuri", 71, TODAY), matter, outcome, "代わる手段がないため")
    kept = read_internal(InternalDecisionRow.objects.get())
    assert (kept.departs, kept.reason, kept.opinion, state_of(matter)) == (True, "代わる手段がないため", result, state)
    sequence(city)
    assert "代わる手段" not in str(list(read_entries(city)))


def test_an_objection_that_is_followed_ends_the_matter_without_a_permit(city: str) -> None:
    from sekisho.bootstrap import council
    from tests.fakes.council import act

    matter = answered(city, "opinion_objection")
    assert not council.decide_internally(act(city, "nabekanmuri", 70, TODAY), matter, DECLINES).departs
    for person in ("glover", "nabekanmuri"):
        assert ReasonCode.NOT_IN_THIS_STATE in why(
            lambda who=person: council.countersign(act(city, who, 71, TODAY), matter)  # type: ignore[misc]
        )


def test_the_two_who_sign_are_two_persons_of_the_agency(city: str) -> None:
    from sekisho.adapters.database.models import Person
    from sekisho.bootstrap import council
    from tests.fakes.council import act

    matter = answered(city)
    for person in ("oura", "kazagashira", "inasa", "glover"):
        refused = why(
            lambda who=person: council.decide_internally(act(city, who, 70, TODAY), matter, OPENS)  # type: ignore[misc]
        )
        assert ReasonCode.NOT_ALLOWED in refused
    # Whoever signed the council's opinion does not decide on it as well, whatever roles were given them since.
    Person.objects.filter(username="kazagashira").update(roles=["protection_manager"])
    signer = why(lambda: council.decide_internally(act(city, "kazagashira", 70, TODAY), matter, OPENS))
    assert signer == {ReasonCode.DUTIES_NOT_SEPARATE}
    Person.objects.filter(username="nabekanmuri").update(roles=["protection_manager", "information_systems"])
    council.decide_internally(act(city, "nabekanmuri", 71, TODAY), matter, OPENS)
    assert why(lambda: council.countersign(act(city, "nabekanmuri", 72, TODAY), matter)) == {
        ReasonCode.DUTIES_NOT_SEPARATE
    }
    assert ReasonCode.NOT_ALLOWED in why(lambda: council.countersign(act(city, "oura", 73, TODAY), matter))
    assert len(council.countersign(act(city, "glover", 74, TODAY), matter)) == 2
    assert why(lambda: council.countersign(act(city, "glover", 75, TODAY), matter)) == {ReasonCode.NOT_IN_THIS_STATE}


def test_a_decision_that_was_altered_after_the_first_signature_is_not_signed(city: str) -> None:
    from sekisho.adapters.database.models import InternalDecisionRow
    from sekisho.bootstrap import council
    from tests.fakes.council import act

    matter = answered(city)
    council.decide_internally(act(city, "nabekanmuri", 70, TODAY), matter, OPENS)
    row = InternalDecisionRow.objects.get()
    InternalDecisionRow.objects.update(document=bytes(row.document).replace("なし".encode(), b"") + b" ")
    assert why(lambda: council.countersign(act(city, "glover", 71, TODAY), matter)) == {ReasonCode.DIGEST_DIFFERS}


def test_the_council_approves_nothing_under_the_act_and_gives_no_opinion_under_the_ordinance(city: str) -> None:
    from sekisho.adapters.database import council_votes
    from sekisho.adapters.database.models import EntryRow, Matter
    from sekisho.bootstrap import council
    from tests.fakes.council import DAY, MEMBERS, act, approve, deliberating, judge_items, paper_56

    matter, _ = deliberating(city, paper_56("act_2023"), TODAY)
    judge_items(city, matter, day=TODAY)
    older, _ = deliberating(city)
    judge_items(city, older)
    for one, result, day in ((matter, "approved", TODAY), (older, "opinion_no_objection", DAY)):
        before = EntryRow.objects.count()
        # It is refused before anybody votes on it, with the reason that the decision would give,
        assert why(partial(council.put_to_vote, act(city, "oura", 30, day), one, result)) == {ReasonCode.NOT_ALLOWED}
        assert Matter.objects.get(matter=one).motion == ""
        assert EntryRow.objects.count() == before
        # and again when it is decided, should a motion have come past that.
        with pytest.MonkeyPatch.context() as bug:
            bug.setattr(council_votes, "impossible", lambda *_: ())
            council.put_to_vote(act(city, "oura", 31, day), one, result)
        for person in MEMBERS:
            council.vote(act(city, person, 32, day), one, Choice.FOR)
        assert why(partial(council.decide, act(city, "oura", 33, day), one)) == {ReasonCode.NOT_ALLOWED}
        council.withdraw_motion(act(city, "oura", 34, day), one)
    approve(city, older)
    council.sign_letter(act(city, "kazagashira", 60), older)
    assert council.sign_letter(act(city, "oura", 61), older) != ()
    assert ReasonCode.NOT_IN_THIS_STATE in why(
        lambda: council.decide_internally(act(city, "nabekanmuri", 62), older, OPENS)
    )
