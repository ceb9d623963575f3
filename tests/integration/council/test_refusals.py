"""Who may not, what is missing, what is too early: each is refused with its reason, and nothing is changed."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from sekisho.kernel import ReasonCode, Refused, SekishoError
from sekisho.kernel.council import Choice, ItemVerdict, Role, Verdict
from tests.integration.council.conftest import why


def test_numbers_run_on_and_never_back(city: str) -> None:
    from sekisho.adapters.database.models import Matter
    from sekisho.bootstrap import council
    from tests.fakes.council import circulated

    circulated(city)
    circulated(city)
    numbers = list(Matter.objects.filter(tenant_id=city).order_by("id").values_list("consultation", flat=True))
    assert numbers == ["56", "57"]
    with pytest.raises(SekishoError, match="58 already"):
        council.set_next_consultation(city, 57)


def test_what_is_missing_blocks_the_submission_and_is_named(city: str) -> None:
    from sekisho.bootstrap import council
    from tests.fakes.council import act, paper_56

    paper = paper_56()
    holes = council.Paper(dossier=replace(paper.dossier, purpose=""), terms=paper.terms[:1])
    matter = council.draft(act(city, "doza"), holes)
    with pytest.raises(Refused) as refusal:
        council.submit(act(city, "inasa"), matter)
    named = {(reason.facts["place"], reason.facts["what"]) for reason in refusal.value.reasons}
    assert named == {(f"consultation {matter}", "purpose"), ("registry-prices-up", "terms")}
    council.revise(act(city, "doza", 1), matter, paper)
    council.submit(act(city, "inasa", 2), matter)


def test_the_drafter_does_not_submit_even_as_head(city: str) -> None:
    from sekisho.adapters.database.models import Person
    from sekisho.bootstrap import council
    from tests.fakes.council import act, paper_56

    matter = council.draft(act(city, "doza"), paper_56())
    # Nobody is both at once; whoever became head since has still drafted this one.
    for roles in (["drafter", "head"], ["head"]):
        Person.objects.filter(username="doza").update(roles=roles)
        assert why(lambda: council.submit(act(city, "doza"), matter)) == {ReasonCode.DUTIES_NOT_SEPARATE}


def test_roles_that_do_not_go_together_are_refused_when_given_and_when_used(city: str) -> None:
    from sekisho.adapters.database.models import EntryRow, Person
    from sekisho.bootstrap import council
    from tests.fakes.council import act, paper_56

    both = [Role.SECRETARIAT, Role.DRAFTER]
    assert why(lambda: council.assign_roles(act(city, "admin"), "doza", both)) == {ReasonCode.DUTIES_NOT_SEPARATE}
    assert why(lambda: council.assign_roles(act(city, "doza"), "doza", [Role.HEAD])) == {ReasonCode.NOT_ALLOWED}
    assert why(lambda: council.assign_roles(act(city, "admin"), "admin", [Role.HEAD])) >= {
        ReasonCode.DUTIES_NOT_SEPARATE
    }
    council.assign_roles(act(city, "admin"), "megane", [Role.DRAFTER])
    assert EntryRow.objects.filter(kind="roles_assigned").count() == 1
    # Written into the row behind our back, they are refused when they are used.
    Person.objects.filter(username="doza").update(roles=["drafter", "secretariat"])
    assert why(lambda: council.draft(act(city, "doza"), paper_56())) == {ReasonCode.DUTIES_NOT_SEPARATE}


@pytest.mark.parametrize("person", ["kazagashira", "oura", "megane", "glover", "urakami", "nobody"])
def test_only_a_drafter_drafts(city: str, person: str) -> None:
    from sekisho.bootstrap import council
    from tests.fakes.council import act, paper_56

    expected = ReasonCode.NOT_IDENTIFIED if person == "nobody" else ReasonCode.NOT_ALLOWED
    assert why(lambda: council.draft(act(city, person), paper_56())) == {expected}


def test_another_department_and_another_municipality_do_not_touch_the_draft(city: str) -> None:
    from sekisho.adapters.database.models import Person, Tenant
    from sekisho.bootstrap import council
    from tests.fakes.council import act, paper_56

    matter = council.draft(act(city, "doza"), paper_56())
    Tenant.objects.create(code="401307", label_ja="福岡市", label_en="Fukuoka")
    for name, tenant, department, role in (
        ("other", city, "general_affairs", "drafter"),
        ("boss", city, "general_affairs", "head"),
        ("far", "401307", "asset_tax", "drafter"),
    ):
        Person.objects.create(username=name, tenant_id=tenant, department=department, roles=[role])
    assert why(lambda: council.revise(act(city, "other"), matter, paper_56())) == {ReasonCode.NOT_ALLOWED}
    assert why(lambda: council.submit(act(city, "boss"), matter)) == {ReasonCode.NOT_ALLOWED}
    assert why(lambda: council.withdraw(act(city, "boss"), matter)) == {ReasonCode.NOT_ALLOWED}
    assert why(lambda: council.revise(act("401307", "far"), matter, paper_56())) == {ReasonCode.NOT_FOUND}
    assert why(lambda: council.revise(act(city, "far"), matter, paper_56())) == {ReasonCode.NOT_IDENTIFIED}


def test_what_was_circulated_is_frozen_and_a_change_begins_the_next_version(city: str) -> None:
    from sekisho.adapters.database.models import DossierVersion, EntryRow, Matter
    from sekisho.bootstrap import council
    from sekisho.kernel import decode_entry
    from tests.fakes.council import DAY, act, circulated, paper_56

    matter, _ = circulated(city)
    assert why(lambda: council.revise(act(city, "doza"), matter, paper_56())) == {ReasonCode.NOT_IN_THIS_STATE}
    assert council.amend(act(city, "doza", -500), matter) == 2
    paper = paper_56()
    longer = replace(paper.dossier, purpose="別の目的")
    council.revise(act(city, "doza", -490), matter, replace(paper, dossier=longer))
    council.circulate(act(city, "kazagashira", -480), matter, DAY)
    entry = decode_entry(bytes(EntryRow.objects.filter(kind="consultation_circulated").latest("id").body))
    assert (entry["version"], entry["change"], entry["differences"]) == (2, "material", 1)
    row = Matter.objects.get(tenant_id=city, matter=matter)
    kept = DossierVersion.objects.filter(matter=row).order_by("version").values_list("version", "frozen_at")
    assert [version for version, frozen in kept if frozen] == [1, 2]
    DossierVersion.objects.filter(matter=row, version=2).update(terms="[]")
    with pytest.raises(SekishoError, match="not the one that was frozen"):
        council.ask(act(city, "megane"), matter, council.Asked(about="purpose", text="なぜ"))


def test_a_question_is_about_a_field_and_its_answer_cites_or_amends_one(city: str) -> None:
    from sekisho.bootstrap import council
    from tests.fakes.council import act, circulated

    matter, _ = circulated(city)
    owner = "chart.networks[lgwan].operator"
    unknown = council.Asked(about="chart.networks[moon].owner", text="だれが")
    assert why(lambda: council.ask(act(city, "megane"), matter, unknown)) == {ReasonCode.NOT_FOUND}
    asked = council.ask(act(city, "megane"), matter, council.Asked(about=owner, text="だれが管理しているのか"))
    assert asked == "56-q1"
    for reply, code in (
        (council.Reply(text="J-LIS"), ReasonCode.DOSSIER_INCOMPLETE),
        (council.Reply(text="J-LIS", cites="nowhere"), ReasonCode.NOT_FOUND),
        (council.Reply(text="J-LIS", amended_in=2), ReasonCode.NOT_FOUND),
    ):
        assert why(partial(council.answer, act(city, "doza"), matter, asked, reply)) == {code}
    good = council.Reply(text="J-LIS が一元的に管理している", cites=owner)
    assert why(lambda: council.answer(act(city, "megane"), matter, asked, good)) == {ReasonCode.NOT_ALLOWED}
    council.amend(act(city, "doza"), matter)
    same = council.Reply(text="直した", amended_in=2)
    assert why(lambda: council.answer(act(city, "doza"), matter, asked, same)) == {ReasonCode.NOT_FOUND}
    council.answer(act(city, "doza"), matter, asked, good)


def test_a_recused_member_takes_no_part_and_leaves_both_sides_of_the_count(city: str) -> None:
    from sekisho.adapters.database.council_sitting import quorum_of
    from sekisho.adapters.database.models import Matter
    from sekisho.bootstrap import council
    from tests.fakes.council import DAY, MEMBERS, act, circulated

    matter, meeting = circulated(city)
    assert why(lambda: council.recuse(act(city, "inasa", -100), matter, "親族が従事")) == {ReasonCode.NOT_ALLOWED}
    council.recuse(act(city, "sofuku", -100), matter, "親族が従事")
    asked = council.Asked(about="purpose", text="なぜ")
    assert why(lambda: council.ask(act(city, "sofuku", -90), matter, asked)) == {ReasonCode.RECUSED}
    for person in (*MEMBERS, "oura"):
        council.arrive(act(city, "kazagashira", -5), meeting, person)
    council.open_meeting(act(city, "oura", 0), meeting)
    council.open_session(act(city, "oura", 1), matter)
    council.close_questions(act(city, "oura", 2), matter)
    quorum = quorum_of(Matter.objects.get(tenant_id=city, matter=matter), DAY + timedelta(minutes=3))
    assert (sorted(quorum.entitled), quorum.needed) == (["megane", "oura", "suwa"], 2)
    council.put_to_vote(act(city, "oura", 3), matter, "returned")
    assert why(lambda: council.vote(act(city, "sofuku", 4), matter, Choice.FOR)) == {ReasonCode.RECUSED}
    for person in ("megane", "suwa"):
        council.vote(act(city, person, 4), matter, Choice.FOR)
    assert council.decide(act(city, "oura", 5), matter).result == "returned"
    council.take_back(act(city, "inasa", 6), matter)
    assert Matter.objects.get(tenant_id=city, matter=matter).version == 2


def test_without_a_quorum_nothing_is_opened(city: str) -> None:
    from sekisho.bootstrap import council
    from tests.fakes.council import act, circulated

    matter, meeting = circulated(city)
    assert why(lambda: council.open_session(act(city, "oura"), matter)) == {ReasonCode.NOT_IN_THIS_STATE}
    for person in ("megane", "oura"):
        council.arrive(act(city, "kazagashira", -5), meeting, person)
    assert why(lambda: council.open_meeting(act(city, "oura"), meeting)) == {ReasonCode.NO_QUORUM}
    council.arrive(act(city, "suwa", -4), meeting, "suwa")
    assert why(lambda: council.open_meeting(act(city, "kazagashira"), meeting)) == {ReasonCode.NOT_ALLOWED}
    council.open_meeting(act(city, "oura"), meeting)
    council.leave(act(city, "suwa", 1), meeting, "suwa")
    assert why(lambda: council.open_session(act(city, "oura", 2), matter)) == {ReasonCode.NO_QUORUM}
    assert why(lambda: council.leave(act(city, "megane", 2), meeting, "oura")) == {ReasonCode.NOT_ALLOWED}


def test_nothing_is_decided_while_something_is_open(city: str) -> None:
    from sekisho.bootstrap import council
    from tests.fakes.council import MEMBERS, act, approve, deliberating, judge_items

    matter, _ = deliberating(city)
    assert why(lambda: council.vote(act(city, "megane", 29), matter, Choice.FOR)) == {ReasonCode.NOT_ALLOWED}
    council.put_to_vote(act(city, "oura", 30), matter, "approved")
    for person in MEMBERS[:2]:
        council.vote(act(city, person, 31), matter, Choice.FOR)
    assert why(lambda: council.vote(act(city, "suwa", 31), matter, Choice.FOR)) == {ReasonCode.NOT_ALLOWED}
    assert why(lambda: council.vote(act(city, "oura", 31), matter, Choice.FOR)) == {ReasonCode.NOT_ALLOWED}
    assert why(lambda: council.decide(act(city, "oura", 32), matter)) == {ReasonCode.VERDICT_MISSING}
    council.withdraw_motion(act(city, "oura", 32), matter)
    judge_items(city, matter)
    assert why(lambda: council.decide(act(city, "suwa", 33), matter)) == {ReasonCode.NOT_ALLOWED}
    assert why(lambda: council.decide(act(city, "oura", 33), matter)) == {ReasonCode.NOT_IN_THIS_STATE}
    strange = ItemVerdict(connection="registry-notices-down", item="sex", verdict=Verdict.KEEP)
    assert why(lambda: council.record_verdict(act(city, "megane", 33), matter, strange)) == {ReasonCode.NOT_FOUND}
    approve(city, matter)


def test_a_motion_that_is_not_carried_decides_nothing_and_the_chair_breaks_a_tie(city: str) -> None:
    from sekisho.bootstrap import council
    from tests.fakes.council import act, deliberating, judge_items

    matter, meeting = deliberating(city)
    judge_items(city, matter)
    council.leave(act(city, "kazagashira", 28), meeting, "sofuku")
    council.put_to_vote(act(city, "oura", 30), matter, "approved")
    council.vote(act(city, "megane", 31), matter, Choice.FOR)
    council.vote(act(city, "suwa", 31), matter, Choice.AGAINST)
    assert why(lambda: council.vote(act(city, "sofuku", 31), matter, Choice.FOR)) == {ReasonCode.NOT_PRESENT}
    assert why(lambda: council.decide(act(city, "oura", 32), matter)) == {ReasonCode.NOT_ALLOWED}
    assert why(lambda: council.decide(act(city, "oura", 32), matter, Choice.AGAINST)) == {ReasonCode.NOT_ALLOWED}
    decision = council.decide(act(city, "oura", 33), matter, Choice.FOR)
    assert (decision.result, decision.tally.casting) == ("approved", True)


def test_what_was_voted_in_one_meeting_decides_nothing_in_the_next(city: str) -> None:
    from sekisho.bootstrap import council
    from tests.fakes.council import DAY, MEMBERS, act, approve, deliberating

    matter, _ = deliberating(city)
    approve(city, matter, "continued")
    day = DAY + timedelta(days=30)
    invitation = council.Invitation(label_ja="第4回", label_en="Fourth", place="研修室", due_on=day)
    meeting = council.call_meeting(act(city, "kazagashira", 0, day), invitation)
    council.put_on_agenda(act(city, "kazagashira", 1, day), matter, meeting)
    council.circulate(act(city, "kazagashira", 2, day), matter, day)
    for person in (*MEMBERS, "oura"):
        council.arrive(act(city, "kazagashira", 3, day), meeting, person)
    council.open_meeting(act(city, "oura", 4, day), meeting)
    council.open_session(act(city, "oura", 5, day), matter)
    council.close_questions(act(city, "oura", 6, day), matter)
    assert why(lambda: council.decide(act(city, "oura", 7, day), matter)) == {ReasonCode.NOT_IN_THIS_STATE}
    assert why(lambda: council.close_meeting(act(city, "oura", 8, day), meeting)) == {ReasonCode.NOT_IN_THIS_STATE}


def test_what_is_sent_back_says_why_until_it_is_submitted_again(city: str) -> None:
    from sekisho.adapters.database.models import Matter
    from sekisho.bootstrap import council
    from tests.fakes.council import act, paper_56

    matter = council.draft(act(city, "doza"), paper_56())
    council.submit(act(city, "inasa", 1), matter)
    assert why(lambda: council.send_back(act(city, "kazagashira", 2), matter, " ")) == {ReasonCode.DOSSIER_INCOMPLETE}
    council.send_back(act(city, "kazagashira", 2), matter, "委託先が書かれていない")
    assert Matter.objects.get(matter=matter).remark == "委託先が書かれていない"
    council.submit(act(city, "inasa", 3), matter)
    assert Matter.objects.get(matter=matter).remark == ""


def test_the_letter_needs_two_different_persons_and_nobody_who_drafted(city: str) -> None:
    from sekisho.adapters.database.models import DecisionRow, DutyRow, Matter
    from sekisho.bootstrap import council
    from tests.fakes.council import DAY, act, approve, deliberating, judge_items

    matter, _ = deliberating(city)
    judge_items(city, matter)
    assert why(lambda: council.sign_letter(act(city, "oura", 29), matter)) == {ReasonCode.NOT_FOUND}
    approve(city, matter)
    assert ReasonCode.NOT_ALLOWED in why(lambda: council.sign_letter(act(city, "inasa", 60), matter))
    council.sign_letter(act(city, "kazagashira", 60), matter)
    assert why(lambda: council.sign_letter(act(city, "kazagashira", 61), matter)) == {ReasonCode.DUTIES_NOT_SEPARATE}
    row = Matter.objects.get(tenant_id=city, matter=matter)
    DutyRow.objects.create(matter=row, version=1, person="oura", act="submit", at=DAY - timedelta(days=1))
    assert why(lambda: council.sign_letter(act(city, "oura", 62), matter)) == {ReasonCode.DUTIES_NOT_SEPARATE}
    DutyRow.objects.filter(person="oura", act="submit").delete()
    found = DecisionRow.objects.get(matter=row)
    DecisionRow.objects.filter(pk=found.pk).update(letter=bytes(found.letter).replace(b"24", b"99"))
    assert why(lambda: council.sign_letter(act(city, "oura", 63), matter)) == {ReasonCode.DIGEST_DIFFERS}
