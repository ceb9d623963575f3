"""Conditions and exemptions: who owes, who checks, what the clock does; each refusal with its reason."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from sekisho.adapters.database.office_time import office_day
from sekisho.kernel import ReasonCode, decode_entry
from sekisho.kernel.council import CONDITION_TABLE, Condition, ConditionKind, ExemptionClaim, ProofKind, stops_permit
from tests.integration.council.conftest import why


def test_a_condition_is_not_verified_by_whoever_owes_it(city: str) -> None:
    from sekisho.bootstrap import council
    from tests.fakes.council import act, deliberating, proposed

    matter, _ = deliberating(city)

    def propose(**changes: object) -> str:
        return council.propose_condition(act(city, "suwa", 26), matter, proposed(**changes))

    assert why(lambda: propose(owner="glover")) == {ReasonCode.NOT_FOUND}
    assert why(lambda: propose(hangs_on="moon")) == {ReasonCode.NOT_FOUND}
    assert why(lambda: propose(every_days=30)) == {ReasonCode.DOSSIER_INCOMPLETE}
    condition = propose()
    assert why(lambda: council.adopt_condition(act(city, "suwa", 27), condition)) == {ReasonCode.NOT_ALLOWED}
    assert why(lambda: council.submit_proof(act(city, "doza", 27), condition, "x")) == {ReasonCode.NOT_IN_THIS_STATE}
    council.adopt_condition(act(city, "oura", 28), condition)
    council.submit_proof(act(city, "doza", 29), condition, "写真")
    assert ReasonCode.DUTIES_NOT_SEPARATE in why(lambda: council.verify_proof(act(city, "doza", 30), condition))
    assert why(lambda: council.verify_proof(act(city, "kazagashira", 30), condition)) == {ReasonCode.NOT_ALLOWED}
    assert why(lambda: council.reject_proof(act(city, "glover", 30), condition, " ")) == {ReasonCode.DOSSIER_INCOMPLETE}
    council.reject_proof(act(city, "glover", 31), condition, "写っていない")
    council.submit_proof(act(city, "doza", 32), condition, "写真 2")
    council.verify_proof(act(city, "glover", 33), condition)
    council.close_condition(act(city, "kazagashira", 34), condition)


def test_a_member_who_is_recused_or_not_in_the_room_proposes_nothing(city: str) -> None:
    from sekisho.adapters.database.models import ConditionRow, Person
    from sekisho.bootstrap import council
    from tests.fakes.council import act, circulated, proposed

    matter, meeting = circulated(city)
    council.recuse(act(city, "sofuku", -100), matter, "親族が業者")
    for person in ("megane", "sofuku", "suwa", "oura"):
        council.arrive(act(city, "kazagashira", -5), meeting, person)
    council.open_meeting(act(city, "oura", 0), meeting)
    council.open_session(act(city, "oura", 1), matter)
    council.leave(act(city, "kazagashira", 2), meeting, "suwa")
    Person.objects.create(username="late", tenant_id=city, department="council", roles=["council_member"])
    for person, code in (
        ("sofuku", ReasonCode.RECUSED),
        ("suwa", ReasonCode.NOT_PRESENT),
        ("late", ReasonCode.NOT_ALLOWED),  # called to another meeting
    ):
        assert why(partial(council.propose_condition, act(city, person, 3), matter, proposed())) == {code}
    assert not ConditionRow.objects.exists()
    assert council.propose_condition(act(city, "megane", 3), matter, proposed()) == "56-c1"


def both_sign(city: str, matter: str) -> None:
    """Secretariat and chair sign the letter."""
    from sekisho.bootstrap import council
    from tests.fakes.council import act

    for person, minute in (("kazagashira", 33), ("oura", 34)):
        council.sign_letter(act(city, person, minute), matter)


def test_a_condition_is_waived_by_two_with_a_reason_and_never_by_one(city: str) -> None:
    from sekisho.adapters.database.council_conditions import why_stopped
    from sekisho.adapters.database.models import ConditionRow, EntryRow
    from sekisho.adapters.database.standings import conditions_differ
    from sekisho.bootstrap import council
    from tests.fakes.council import DAY, DOWN, act, approve, deliberating, judge_items, proposed

    matter, _ = deliberating(city)
    judge_items(city, matter)
    condition = council.propose_condition(act(city, "suwa", 26), matter, proposed())
    council.adopt_condition(act(city, "oura", 27), condition)
    approve(city, matter, "approved_with_conditions")
    both_sign(city, matter)
    chair, office = act(city, "oura", 40), act(city, "kazagashira", 41)
    assert why(lambda: council.waive_condition(chair, condition)) == {ReasonCode.NOT_IN_THIS_STATE}
    assert why(lambda: council.ask_waiver(chair, condition, " ")) == {ReasonCode.DOSSIER_INCOMPLETE}
    assert why(lambda: council.ask_waiver(office, condition, "不要")) == {ReasonCode.NOT_ALLOWED}
    council.ask_waiver(chair, condition, "端末を廃止した")
    assert why_stopped(city, "56", DOWN, office_day(DAY))
    assert why(lambda: council.waive_condition(chair, condition)) == {ReasonCode.DUTIES_NOT_SEPARATE}
    assert why(lambda: council.waive_condition(act(city, "megane", 41), condition)) == {ReasonCode.NOT_ALLOWED}
    # What was asked before the proof was handed in and sent back is asked anew.
    council.submit_proof(act(city, "doza", 42), condition, "写真")
    council.reject_proof(act(city, "glover", 43), condition, "写っていない")
    assert why(lambda: council.waive_condition(office, condition)) == {ReasonCode.NOT_IN_THIS_STATE}
    council.ask_waiver(act(city, "oura", 44), condition, "端末を廃止した")
    council.waive_condition(act(city, "kazagashira", 45), condition)
    assert why_stopped(city, "56", DOWN, office_day(DAY)) == ()
    assert ConditionRow.objects.get(condition=condition).state == "waived"
    assert EntryRow.objects.filter(kind="condition_waiver_asked").count() == 2
    entry = decode_entry(bytes(EntryRow.objects.get(kind="condition_waived").body))
    assert (entry["by"], entry["asked_by"], len(str(entry["reason"]))) == ({"person": "kazagashira"}, "oura", 64)
    assert conditions_differ(city, "56", DOWN) == ()


def test_before_the_decision_nothing_is_waived_under_the_votes(city: str) -> None:
    from sekisho.bootstrap import council
    from tests.fakes.council import act, deliberating, proposed

    matter, _ = deliberating(city)
    condition = council.propose_condition(act(city, "suwa", 26), matter, proposed())
    council.adopt_condition(act(city, "oura", 27), condition)
    assert why(lambda: council.ask_waiver(act(city, "oura", 28), condition, "不要")) == {ReasonCode.NOT_IN_THIS_STATE}


def test_the_clock_marks_what_is_overdue_once_and_a_recurring_condition_begins_again(city: str) -> None:
    from sekisho.adapters.database.models import ConditionRow
    from sekisho.bootstrap import council
    from sekisho.kernel.council import ConditionKind
    from tests.fakes.council import DAY, act, deliberating, proposed

    matter, _ = deliberating(city)
    again = proposed(kind=ConditionKind.RECURRING, every_days=180)
    condition = council.propose_condition(act(city, "suwa", 26), matter, again)
    council.adopt_condition(act(city, "oura", 27), condition)
    late = DAY + timedelta(days=60)
    assert council.pass_due_dates(city, DAY) == ()
    assert council.pass_due_dates(city, late) == (condition,)
    assert council.pass_due_dates(city, late) == ()
    council.submit_proof(council.act_as(city, "doza", late), condition, "報告書")
    council.verify_proof(council.act_as(city, "glover", late), condition)
    row = ConditionRow.objects.get(condition=condition)
    assert (row.state, row.due.isoformat()) == ("open", "2020-07-16")


def test_the_worker_looks_at_the_calendar_once_a_day(city: str) -> None:
    from sekisho.adapters.database.models import EntryRow
    from sekisho.bootstrap import council
    from sekisho.worker.days import begin_day
    from tests.fakes.council import DAY, act, deliberating, proposed

    matter, _ = deliberating(city)
    condition = council.propose_condition(act(city, "suwa", 26), matter, proposed())
    council.adopt_condition(act(city, "oura", 27), condition)
    late = DAY + timedelta(days=60)
    first = begin_day(DAY, None)
    assert begin_day(late, office_day(late)) == office_day(late)
    assert not EntryRow.objects.filter(kind="condition_overdue").exists()
    assert begin_day(late, first) == office_day(late)
    assert EntryRow.objects.filter(kind="condition_overdue").count() == 1


def test_an_exemption_is_claimed_with_its_article_and_judged_by_the_secretariat(city: str) -> None:
    from sekisho.adapters.database.models import Matter
    from sekisho.bootstrap import council
    from tests.fakes.council import act, paper_56

    matter = council.draft(act(city, "doza"), paper_56())
    council.submit(act(city, "inasa"), matter)
    council.accept(act(city, "kazagashira"), matter)
    bare = ExemptionClaim(article="", quotation="", claimed_by="")
    assert why(lambda: council.claim_exemption(act(city, "inasa"), matter, bare)) == {ReasonCode.DOSSIER_INCOMPLETE}
    claim = replace(bare, article="法第69条", quotation="法令に基づく場合を除き")
    council.claim_exemption(act(city, "inasa"), matter, claim)
    assert why(lambda: council.judge_exemption(act(city, "inasa"), matter, holds=True)) == {ReasonCode.NOT_ALLOWED}
    council.judge_exemption(act(city, "kazagashira"), matter, holds=True)
    assert Matter.objects.get(tenant_id=city, matter=matter).state == "exempt"


def test_the_gate_s_question_leaves_out_exactly_what_can_never_stop_a_permit() -> None:
    from sekisho.adapters.database.council_conditions import SETTLED
    from sekisho.adapters.database.registers import _PERMIT

    day = date(2019, 11, 19)
    waiting = Condition(
        condition="56-c1",
        consultation="56",
        hangs_on="",
        text="x",
        kind=ConditionKind.BLOCKS_START,
        proof=ProofKind.PHOTO,
        owner="doza",
        verifier="glover",
        due=day,
    )
    stops = {state for state in CONDITION_TABLE.states if stops_permit(replace(waiting, state=state), day)}
    assert set(SETTLED) == set(CONDITION_TABLE.states) - stops
    assert f"NOT IN {SETTLED}" in _PERMIT
