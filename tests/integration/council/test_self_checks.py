"""The yearly self-check told as given, when, then: a department answers, its head submits, the secretariat verifies."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sekisho.kernel import Erased, ReasonCode
from sekisho.kernel.council import (
    CheckAnswer,
    CheckResult,
    ExemptionClaim,
)
from tests.fakes.council import DAY, act, paper_56
from tests.fakes.kept import kept
from tests.integration.council.conftest import why
from tests.integration.council.test_from_draft_to_permit import send
from tests.integration.council.test_lighter_change import hold_meeting, reported, shorter_kept
from tests.integration.council.test_material_change import in_force as in_force_anew

in_force = kept(in_force_anew)  # what every test here begins with is set up once
DUE = date(2020, 11, 19)
BEFORE = DAY + timedelta(days=320)  # within the sixty days of notice
LATE = DAY + timedelta(days=400)


def row() -> Any:
    """The one round."""
    from sekisho.adapters.database.models import SelfCheckRow

    return SelfCheckRow.objects.get()


def said(number: str, **others: CheckAnswer) -> list[CheckAnswer]:
    """Every question is answered as approved, but those that are named by their keys."""
    from sekisho.adapters.database.models import SelfCheckRow
    from sekisho.adapters.database.self_check_papers import questions_of_round

    asked = questions_of_round(SelfCheckRow.objects.get(number=number))
    plain = {
        each.key: CheckAnswer(key=each.key, result=CheckResult.AS_APPROVED, evidence="施錠したラックの写真")
        for each in asked
    }
    return list({**plain, **others}.values())


def submitted(city: str, number: str, day: datetime, **others: CheckAnswer) -> None:
    """The drafter answers everything, and the head submits it."""
    from sekisho.bootstrap import self_checks

    self_checks.answer(act(city, "doza", 0, day), number, said(number, **others))
    self_checks.submit(act(city, "inasa", 1, day), number)


def entries(city: str) -> list[str]:
    """The kinds of the entries about self-checks, in order."""
    from sekisho.adapters.database.models import EntryRow

    rows = EntryRow.objects.filter(tenant_id=city, kind__startswith="self_check").order_by("id")
    return list(rows.values_list("kind", flat=True))


def test_the_department_answers_its_head_submits_and_the_secretariat_verifies(city: str) -> None:
    from sekisho.adapters.database.self_check_clock import calendar_of
    from sekisho.bootstrap import self_checks

    # Given a consultation in force since 19 November 2019, nothing is asked before the sixty days of notice.
    in_force(city)
    assert self_checks.pass_dates(city, BEFORE - timedelta(days=30)) == ()
    # When the days of notice have come, then it is asked once, and due a year after the issue.
    assert self_checks.pass_dates(city, BEFORE) == ("56-s1",)
    assert self_checks.pass_dates(city, BEFORE) == ()
    assert (row().state, row().due, row().department) == ("due", DUE, "asset_tax")
    # When the drafter answers, the head submits, the secretariat verifies and closes,
    submitted(city, "56-s1", BEFORE)
    assert (row().facts["conditions"], len(row().facts["arrows"])) == (0, 2)
    self_checks.verify(act(city, "kazagashira", 2, BEFORE), "56-s1")
    self_checks.close(act(city, "kazagashira", 3, BEFORE), "56-s1", "")
    # then each step is an entry, and the next one counts from the day on which it was verified.
    assert entries(city) == [f"self_check_{each}" for each in ("due", "answered", "submitted", "verified", "closed")]
    (found,) = calendar_of(city)
    assert (found.open, found.due, found.since) == (None, date(2021, 10, 4), date(2020, 10, 4))


def test_no_person_does_two_of_the_three_and_no_other_department_answers(city: str) -> None:
    from sekisho.adapters.database.models import Person
    from sekisho.bootstrap import self_checks

    in_force(city)
    self_checks.pass_dates(city, BEFORE)
    answers = said("56-s1")

    def answer(person: str) -> None:
        self_checks.answer(act(city, person, 0, BEFORE), "56-s1", answers)

    Person.objects.create(username="other", tenant_id=city, department="citizens", roles=["drafter"])
    Person.objects.create(username="chief", tenant_id=city, department="citizens", roles=["head"])
    assert why(lambda: answer("other")) == {ReasonCode.NOT_ALLOWED}
    assert why(lambda: answer("inasa")) == {ReasonCode.NOT_ALLOWED}
    answer("doza")
    Person.objects.filter(username="doza").update(roles=["head"])
    submit = self_checks.submit
    assert why(lambda: submit(act(city, "doza", 1, BEFORE), "56-s1")) == {ReasonCode.DUTIES_NOT_SEPARATE}
    assert why(lambda: submit(act(city, "chief", 1, BEFORE), "56-s1")) == {ReasonCode.NOT_ALLOWED}
    submit(act(city, "inasa", 2, BEFORE), "56-s1")
    # The one who submitted is moved to the secretariat, and still does not verify what they submitted.
    for person in ("doza", "inasa"):
        Person.objects.filter(username=person).update(roles=["secretariat"])
        verify = act(city, person, 3, BEFORE)
        assert why(lambda verify=verify: self_checks.verify(verify, "56-s1")) == {  # type: ignore[misc]
            ReasonCode.DUTIES_NOT_SEPARATE
        }
    self_checks.verify(act(city, "kazagashira", 4, BEFORE), "56-s1")


def test_who_answered_once_stays_somebody_who_answered_after_another_wrote_over_it(city: str) -> None:
    from sekisho.adapters.database.models import Person
    from sekisho.bootstrap import self_checks

    in_force(city)
    self_checks.pass_dates(city, BEFORE)
    Person.objects.create(username="second", tenant_id=city, department="asset_tax", roles=["drafter"])
    for person in ("doza", "second"):
        self_checks.answer(act(city, person, 0, BEFORE), "56-s1", said("56-s1"))
    Person.objects.filter(username="doza").update(roles=["head"])
    refused = why(lambda: self_checks.submit(act(city, "doza", 1, BEFORE), "56-s1"))
    assert refused == {ReasonCode.DUTIES_NOT_SEPARATE}


def test_what_is_not_finished_is_not_submitted_and_what_is_sent_back_is_answered_again(city: str) -> None:
    from sekisho.bootstrap import self_checks

    in_force(city)
    self_checks.pass_dates(city, BEFORE)
    secretary, head = act(city, "kazagashira", 2, BEFORE), act(city, "inasa", 1, BEFORE)
    assert why(lambda: self_checks.submit(head, "56-s1")) == {ReasonCode.DOSSIER_INCOMPLETE}
    half = [each for each in said("56-s1") if not each.key.startswith("retention/")]
    self_checks.answer(act(city, "doza", 0, BEFORE), "56-s1", half)
    assert why(lambda: self_checks.submit(head, "56-s1")) == {ReasonCode.DOSSIER_INCOMPLETE}
    unknown = [CheckAnswer(key="item/none/none", result=CheckResult.AS_APPROVED)]
    drafter = act(city, "doza", 0, BEFORE)
    assert why(lambda: self_checks.answer(drafter, "56-s1", unknown)) == {ReasonCode.NOT_FOUND}
    submitted(city, "56-s1", BEFORE)
    assert why(lambda: self_checks.send_back(secretary, "56-s1", " ")) == {ReasonCode.DOSSIER_INCOMPLETE}
    self_checks.send_back(secretary, "56-s1", "写真が古い")
    assert why(lambda: self_checks.verify(secretary, "56-s1")) == {ReasonCode.NOT_IN_THIS_STATE}
    submitted(city, "56-s1", BEFORE)
    self_checks.verify(secretary, "56-s1")
    assert (row().state, row().remark, row().verified_by) == ("verified", "", "kazagashira")


def test_what_is_different_is_followed_up_and_what_ended_is_stopped_before_it_is_closed(city: str) -> None:
    from sekisho.bootstrap import council, self_checks
    from sekisho.bootstrap.council import StopCause

    in_force(city)
    self_checks.pass_dates(city, BEFORE)
    ended = CheckAnswer(key="needed", result=CheckResult.ENDED, what="廃止", since=date(2020, 9, 1))
    submitted(city, "56-s1", BEFORE, needed=ended)
    secretary = act(city, "kazagashira", 2, BEFORE)
    self_checks.verify(secretary, "56-s1")

    def close(followed: str) -> None:
        self_checks.close(secretary, "56-s1", followed)

    assert why(lambda: close("")) == {ReasonCode.DOSSIER_INCOMPLETE, ReasonCode.NOT_IN_THIS_STATE}
    assert why(lambda: close("廃止のため取消し")) == {ReasonCode.NOT_IN_THIS_STATE}
    for permit in ("R1-56-01", "R1-56-02"):
        council.stop_permit(act(city, "kazagashira", 3, BEFORE), permit, StopCause.OTHER)
    close("廃止のため停止")
    assert row().followed == "廃止のため停止"


def test_a_late_check_is_told_to_the_next_meeting_and_closes_nothing_by_the_usual_rule(city: str) -> None:
    from sekisho.bootstrap import council, self_checks

    in_force(city)
    council.close_meeting(act(city, "oura", 70), "k001")
    self_checks.pass_dates(city, BEFORE)
    on_the_day = datetime(2020, 11, 19, 14, 0, tzinfo=UTC)  # 23:00 at the office
    assert self_checks.pass_dates(city, on_the_day) == ()
    assert self_checks.pass_dates(city, on_the_day + timedelta(hours=2)) == ("56-s1",)
    assert row().state == "overdue"
    assert isinstance(send(city), Erased)
    hold_meeting(city, 400)
    (told,) = reported(city)
    assert told["checks"] == [{"number": "56-s1", "consultation": "56", "state": "overdue", "due": "2020-11-19"}]
    # Once it is verified, the next meeting hears of it no more.
    submitted(city, "56-s1", LATE)
    self_checks.verify(act(city, "kazagashira", 2, LATE), "56-s1")
    hold_meeting(city, 500)
    assert len(reported(city)) == 1


def test_a_round_asks_about_the_version_with_which_it_began(city: str) -> None:
    from sekisho.adapters.database.self_check_papers import questions_of_round
    from sekisho.bootstrap import council, self_checks

    matter = in_force(city)
    number = self_checks.call(act(city, "kazagashira", 0, DAY + timedelta(days=30)), "56")
    assert (number, row().due) == ("56-s1", date(2020, 2, 17))
    before = questions_of_round(row())
    council.change_lightly(act(city, "inasa", 0, DAY + timedelta(days=31)), matter, shorter_kept(paper_56()))
    assert questions_of_round(row()) == before
    again = act(city, "kazagashira", 1, DAY + timedelta(days=32))
    assert why(lambda: self_checks.call(again, "56")) == {ReasonCode.NOT_IN_THIS_STATE}
    assert why(lambda: self_checks.call(again, "99")) == {ReasonCode.NOT_FOUND}
    assert why(lambda: self_checks.call(act(city, "doza", 1, DAY), "56")) == {ReasonCode.NOT_ALLOWED}


def test_with_the_last_permit_a_round_lapses(city: str) -> None:
    from sekisho.bootstrap import council, self_checks
    from sekisho.bootstrap.council import StopCause

    in_force(city)
    self_checks.pass_dates(city, BEFORE)
    for permit in ("R1-56-01", "R1-56-02"):
        council.revoke_permit(act(city, "oura", 0, BEFORE), permit, StopCause.OTHER)
    assert self_checks.pass_dates(city, LATE) == ("56-s1",)
    assert row().state == "lapsed"
    assert self_checks.pass_dates(city, LATE) == ()


def test_the_gate_s_own_facts_lie_beside_the_answers(city: str) -> None:
    from sekisho.adapters.database.self_check_facts import facts_from_data, facts_to_data, gate_facts
    from sekisho.adapters.database.self_check_papers import paper_in_force

    in_force(city)
    for _ in range(2):
        assert isinstance(send(city), Erased)
    paper = paper_in_force(city, "56")
    assert paper is not None
    facts = gate_facts(city, paper.dossier, DAY.date(), datetime.now(UTC))
    down = next(each for each in facts.arrows if each.permit == "R1-56-01")
    assert (down.came, down.crossed, down.stopped, down.people) == (2, 2, 0, {"urakami": 2})
    assert (down.records, down.most_records, down.busiest_day, down.records_a_year) == (12, 6, 2, 20_000)
    assert facts_from_data(facts_to_data(facts)) == facts


def test_the_year_s_report_lists_rounds_by_the_april_year_and_claimed_exemptions(city: str) -> None:
    from sekisho.adapters.database.queries_self_checks import exemptions_in, rounds_in
    from sekisho.bootstrap import council, self_checks

    in_force(city)
    self_checks.pass_dates(city, BEFORE)
    matter = council.draft(act(city, "doza", 80), paper_56())
    council.submit(act(city, "inasa", 81), matter)
    council.accept(act(city, "kazagashira", 82), matter)
    claim = ExemptionClaim(article="法第69条", quotation="法令に基づく場合を除き", claimed_by="")
    council.claim_exemption(act(city, "inasa", 83), matter, claim)
    assert [each.number for each in rounds_in(city, 2020, DAY.date())] == ["56-s1"]
    assert (rounds_in(city, 2019, DAY.date()), rounds_in(city, 2021, DAY.date())) == ((), ())
    (found,) = exemptions_in(city, 2019)
    assert (found.matter, found.article, found.state) == (matter, "法第69条", "exemption_claimed")
    assert exemptions_in(city, 2020) == ()
