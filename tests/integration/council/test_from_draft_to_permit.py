"""From the drafter's desk to a parcel that crosses: told as given, when, then, by seven people and a gate."""

from random import Random

import pytest

from sekisho.adapters.layouts import shipped_layouts
from sekisho.bootstrap import cross_file
from sekisho.business.registry_notices import make_ledger, make_rows, notice_file
from sekisho.kernel import Erased, ReasonCode, Refused, Stopped
from sekisho.kernel.council import ConditionKind

DOWN = "registry-notices-down"


def notices() -> bytes:
    """A file of notices."""
    rows = make_rows(Random(2), make_ledger(Random(1), 100), 5, misfits=0.0)
    return b"".join(notice_file(shipped_layouts().find("registry_notice"), rows))


def send(tenant: str) -> Erased | Stopped:
    """Urakami sends a file of notices from the one terminal."""
    body = notices()
    return cross_file((tenant, DOWN), ("asset-tax-terminal-1", "urakami"), (iter([body]), len(body)))


def refused_with(tenant: str) -> set[ReasonCode]:
    """Why nothing crosses now."""
    with pytest.raises(Refused) as refusal:
        send(tenant)
    return {reason.code for reason in refusal.value.reasons}


def entries(tenant: str) -> list[str]:
    """The kinds of the council's entries, in order."""
    from sekisho.adapters.database.models import EntryRow

    return list(EntryRow.objects.filter(tenant_id=tenant, parcel="").order_by("id").values_list("kind", flat=True))


def test_a_consultation_becomes_a_permit_and_a_parcel_crosses_under_it(city: str) -> None:
    from sekisho.bootstrap import council
    from tests.fakes.council import act, approve, deliberating, judge_items

    # Given a municipality in which nothing was approved, nothing crosses.
    assert refused_with(city) == {ReasonCode.NO_PERMIT}
    # When the division drafts it, its head submits it, the council keeps every item and approves,
    matter, _ = deliberating(city)
    judge_items(city, matter)
    approve(city, matter)
    # and only one has signed, then there is still no permit;
    assert council.sign_letter(act(city, "kazagashira", 60), matter) == ()
    assert refused_with(city) == {ReasonCode.NO_PERMIT}
    # when the chair signs as well,
    permits = council.sign_letter(act(city, "oura", 61), matter)
    # then each arrow in scope has its permit, and a parcel crosses under it.
    assert permits == ("R1-56-01", "R1-56-02")
    outcome = send(city)
    assert isinstance(outcome, Erased)
    assert outcome.waybill.permit == "R1-56-01"


def test_every_step_is_in_the_ledger_in_order_and_names_no_words_of_anybody(city: str) -> None:
    from sekisho.adapters.database.ledgers import read_bodies
    from sekisho.adapters.database.models import EntryRow
    from sekisho.bootstrap import council
    from tests.fakes.council import act, approve, deliberating, judge_items

    matter, _ = deliberating(city)
    judge_items(city, matter)
    approve(city, matter)
    council.sign_letter(act(city, "kazagashira", 60), matter)
    council.sign_letter(act(city, "oura", 61), matter)
    told = [kind for kind in entries(city) if kind not in {"verdict_recorded", "tenant_opened"}]
    assert told == [
        "consultation_drafted",
        "consultation_submitted",
        "consultation_accepted",
        "meeting_called",
        "consultation_on_agenda",
        "consultation_circulated",
        *["member_arrived"] * 4,
        "meeting_opened",
        "session_opened",
        "questions_closed",
        "motion_put",
        *["vote_cast"] * 3,
        "consultation_decided",
        "letter_signed",
        "letter_signed",
        "consultation_answered",
        *["permit_compiled", "permit_validated", "permit_issued", "permit_activated"] * 2,
        "consultation_in_force",
    ]
    bodies = b"".join(read_bodies(city, EntryRow.objects.filter(tenant_id=city).count()))
    assert b"kazagashira" in bodies
    assert not any(words.encode() in bodies for words in ("課税客体", "登記所との通知", "土地家屋の所有者", "不要"))


def test_an_item_that_was_dropped_stops_the_parcel_that_carries_it(city: str) -> None:
    from sekisho.bootstrap import council
    from tests.fakes.council import act, approve, deliberating, judge_items

    matter, _ = deliberating(city)
    judge_items(city, matter, dropped=("remarks",))
    approve(city, matter)
    council.sign_letter(act(city, "kazagashira", 60), matter)
    council.sign_letter(act(city, "oura", 61), matter)
    outcome = send(city)
    assert isinstance(outcome, Stopped)
    assert {(reason.code, reason.facts["item"]) for reason in outcome.reasons} == {
        (ReasonCode.ITEM_NOT_APPROVED, "remarks")
    }


def test_an_open_blocking_condition_keeps_the_gate_closed_until_its_proof_is_verified(city: str) -> None:
    from sekisho.bootstrap import council
    from tests.fakes.council import act, approve, deliberating, judge_items, proposed

    matter, _ = deliberating(city)
    judge_items(city, matter)
    condition = council.propose_condition(act(city, "suwa", 26), matter, proposed())
    council.adopt_condition(act(city, "oura", 27), condition)
    approve(city, matter, "approved_with_conditions")
    council.sign_letter(act(city, "kazagashira", 60), matter)
    council.sign_letter(act(city, "oura", 61), matter)
    assert refused_with(city) == {ReasonCode.CONDITION_OPEN}
    council.submit_proof(act(city, "doza", 70), condition, "写真 3 枚")
    assert refused_with(city) == {ReasonCode.CONDITION_OPEN}
    council.verify_proof(act(city, "glover", 80), condition)
    assert isinstance(send(city), Erased)


def test_a_condition_on_the_other_arrow_leaves_this_one_open(city: str) -> None:
    from sekisho.bootstrap import council
    from tests.fakes.council import UP, act, approve, deliberating, judge_items, proposed

    matter, _ = deliberating(city)
    judge_items(city, matter)
    condition = council.propose_condition(act(city, "suwa", 26), matter, proposed(hangs_on=UP))
    council.adopt_condition(act(city, "oura", 27), condition)
    approve(city, matter, "approved_with_conditions")
    council.sign_letter(act(city, "kazagashira", 60), matter)
    council.sign_letter(act(city, "oura", 61), matter)
    assert isinstance(send(city), Erased)


@pytest.mark.parametrize(
    ("kind", "days", "closed"),
    [
        (ConditionKind.BLOCKS_AFTER_DATE, 0, True),
        (ConditionKind.RECURRING, 180, True),
        (ConditionKind.REPORT_ONLY, 0, False),
    ],
)
def test_a_condition_past_its_date_closes_the_gate_unless_it_is_only_reported(
    city: str, kind: ConditionKind, days: int, closed: bool
) -> None:
    from sekisho.bootstrap import council
    from tests.fakes.council import act, approve, deliberating, judge_items, proposed

    matter, _ = deliberating(city)
    judge_items(city, matter)
    wanted = proposed(kind=kind, every_days=days, hangs_on="")
    condition = council.propose_condition(act(city, "suwa", 26), matter, wanted)
    council.adopt_condition(act(city, "oura", 27), condition)
    approve(city, matter, "approved_with_conditions")
    council.sign_letter(act(city, "kazagashira", 60), matter)
    council.sign_letter(act(city, "oura", 61), matter)
    if closed:
        assert refused_with(city) == {ReasonCode.CONDITION_OPEN}
    else:
        assert isinstance(send(city), Erased)
