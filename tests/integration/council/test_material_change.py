"""A material change of what is in force: the changed arrow waits, the council decides again, a newer permit follows."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from sekisho.kernel import DataItem, Erased, ReasonCode, Refused
from sekisho.kernel.council import ItemUse, ItemVerdict, Verdict
from tests.fakes.council import DAY, DOWN, MEMBERS, UP, act, approve, deliberating, judge_items, paper_56
from tests.fakes.kept import kept
from tests.integration.council.conftest import why
from tests.integration.council.test_from_draft_to_permit import refused_with, send


@kept
def in_force(city: str) -> str:
    """Consultation 56, decided and in force; answers its matter."""
    from sekisho.bootstrap import council

    matter, _ = deliberating(city)
    judge_items(city, matter)
    approve(city, matter)
    council.sign_letter(act(city, "kazagashira", 60), matter)
    council.sign_letter(act(city, "oura", 61), matter)
    return matter


def wider_paper() -> Any:
    """The same papers, but the notices also carry the owner's telephone."""
    from sekisho.bootstrap import council

    paper = paper_56()
    chart, more = paper.dossier.chart, DataItem(item="telephone", ja="電話", en="Telephone", use="照会")
    arrows = tuple(
        replace(each, items=(*each.items, more)) if each.connection == DOWN else each for each in chart.connections
    )
    use = ItemUse(item="telephone", necessity="照会", legal_basis="地方税法第382条", alternative="なし")
    sheets = tuple(
        replace(each, items=(*each.items, use)) if each.connection == DOWN else each for each in paper.dossier.sheets
    )
    dossier = replace(paper.dossier, chart=replace(chart, connections=arrows), sheets=sheets)
    return council.Paper(dossier=dossier, terms=paper.terms)


def statuses() -> dict[str, str]:
    """Where each permit stands."""
    from sekisho.adapters.database.models import PermitRow

    return dict(PermitRow.objects.order_by("permit").values_list("permit", "status"))


def kinds(city: str, *wanted: str) -> list[str]:
    """The entries of these kinds, in order."""
    from sekisho.adapters.database.models import EntryRow

    rows = EntryRow.objects.filter(tenant_id=city, kind__in=wanted).order_by("id")
    return [str(json.loads(bytes(each))["kind"]) for each in rows.values_list("body", flat=True)]


def test_a_material_change_closes_the_changed_arrow_only(city: str) -> None:
    from sekisho.bootstrap import council

    matter = in_force(city)
    assert isinstance(send(city), Erased)
    for person, codes in (("doza", {ReasonCode.NOT_ALLOWED}), ("kazagashira", {ReasonCode.NOT_ALLOWED})):
        with pytest.raises(Refused) as refusal:
            council.change_materially(act(city, person, 70), matter, wider_paper())
        assert {each.code for each in refusal.value.reasons} == codes
    with pytest.raises(Refused) as refusal:
        council.change_materially(act(city, "inasa", 70), matter, paper_56())
    assert [each.code for each in refusal.value.reasons] == [ReasonCode.NO_CHANGE]
    assert set(statuses().values()) == {"active"}
    assert council.change_materially(act(city, "inasa", 71), matter, wider_paper()) == ("R1-56-01",)
    assert statuses() == {"R1-56-01": "change_pending", "R1-56-02": "active"}
    assert refused_with(city) == {ReasonCode.PERMIT_NOT_ACTIVE}
    assert kinds(city, "consultation_changed", "permit_change_pending") == [
        "consultation_changed",
        "permit_change_pending",
    ]


def test_changed_terms_are_material_for_their_own_arrow(city: str) -> None:
    from sekisho.bootstrap import council

    matter, paper = in_force(city), paper_56()
    terms = tuple(
        replace(each, records_at_most=each.records_at_most * 2) if each.connection == UP else each
        for each in paper.terms
    )
    changed = council.Paper(dossier=paper.dossier, terms=terms)
    assert council.change_materially(act(city, "inasa", 71), matter, changed) == ("R1-56-02",)
    assert isinstance(send(city), Erased)


def decide_again(city: str, matter: str, result: str) -> None:
    """The changed matter goes the whole way once more."""
    from sekisho.bootstrap import council

    council.submit(act(city, "inasa", 80), matter)
    council.accept(act(city, "kazagashira", 81), matter)
    invitation = council.Invitation(
        label_ja="第4回", label_en="Fourth", place="研修室", due_on=act(city, "oura", 90).at
    )
    meeting = council.call_meeting(act(city, "kazagashira", 82), invitation)
    council.put_on_agenda(act(city, "kazagashira", 83), matter, meeting)
    council.circulate(act(city, "kazagashira", 84), matter, act(city, "oura", 85).at)
    for person in (*MEMBERS, "oura"):
        council.arrive(act(city, "kazagashira", 86), meeting, person)
    council.open_meeting(act(city, "oura", 90), meeting)
    council.open_session(act(city, "oura", 91), matter)
    council.close_questions(act(city, "oura", 92), matter)
    later = DAY + timedelta(minutes=70)
    judge_items(city, matter, day=later)
    kept = ItemVerdict(connection=DOWN, item="telephone", verdict=Verdict.KEEP)
    council.record_verdict(act(city, "megane", 93), matter, kept)
    approve(city, matter, result, day=later)


def test_what_was_decided_again_supersedes_what_waited(city: str) -> None:
    from sekisho.bootstrap import council

    matter = in_force(city)
    council.change_materially(act(city, "inasa", 71), matter, wider_paper())
    decide_again(city, matter, "approved")
    council.sign_letter(act(city, "kazagashira", 200), matter)
    permits = council.sign_letter(act(city, "oura", 201), matter)
    assert permits == ("R1-56-03", "R1-56-04")
    assert statuses() == {
        "R1-56-01": "superseded",
        "R1-56-02": "superseded",
        "R1-56-03": "active",
        "R1-56-04": "active",
    }
    outcome = send(city)
    assert isinstance(outcome, Erased)
    assert outcome.waybill.permit == "R1-56-03"


def test_a_change_that_was_rejected_leaves_what_was_approved_and_two_persons_start_it(city: str) -> None:
    from sekisho.adapters.database.models import Person
    from sekisho.bootstrap import council
    from sekisho.bootstrap.permits import start_permit

    matter = in_force(city)
    council.change_materially(act(city, "inasa", 71), matter, wider_paper())
    with pytest.raises(Refused) as refusal:
        council.keep_as_approved(act(city, "oura", 72), matter)
    assert [each.code for each in refusal.value.reasons] == [ReasonCode.NOT_IN_THIS_STATE]
    decide_again(city, matter, "rejected")
    with pytest.raises(Refused) as refusal:
        council.keep_as_approved(act(city, "glover", 73), matter)
    assert [each.code for each in refusal.value.reasons] == [ReasonCode.NOT_ALLOWED]
    assert council.keep_as_approved(act(city, "oura", 74), matter) == ("R1-56-01",)
    assert refused_with(city) == {ReasonCode.PERMIT_NOT_ACTIVE}
    told = {"tenant_id": city, "department": "general_affairs", "roles": ["protection_manager"], "password": "!"}
    Person.objects.update_or_create(username="nabekanmuri", defaults=told)
    start_permit(city, "R1-56-01", ("glover", "nabekanmuri"), act(city, "glover", 75).at)
    assert isinstance(send(city), Erased)


def test_with_its_last_permit_a_consultation_ends_the_same_way(city: str) -> None:
    from sekisho.adapters.database.models import Matter
    from sekisho.bootstrap.permits import StopCause, revoke_permit

    matter = in_force(city)
    at = act(city, "oura", 300).at
    revoke_permit(city, "R1-56-01", "oura", StopCause.OTHER, at)
    assert Matter.objects.get(matter=matter).state == "in_force"
    revoke_permit(city, "R1-56-02", "oura", StopCause.OTHER, at)
    assert Matter.objects.get(matter=matter).state == "revoked"
    assert kinds(city, "permit_revoked", "consultation_revoked")[-1] == "consultation_revoked"


def test_the_clock_ends_a_consultation_with_its_last_permit(city: str) -> None:
    from sekisho.adapters.database.models import Matter
    from sekisho.bootstrap.permits import expire_permits

    matter = in_force(city)
    assert expire_permits(city, datetime(2035, 4, 1, tzinfo=UTC)) == ("R1-56-01", "R1-56-02")
    assert Matter.objects.get(matter=matter).state == "expired"


def before_the_council(city: str, matter: str, stage: str) -> None:
    """The change goes on as far as this stage, and nobody has decided."""
    from sekisho.bootstrap import council

    if stage == "amendment_pending":
        return
    council.submit(act(city, "inasa", 80), matter)
    if stage == "submitted":
        return
    council.accept(act(city, "kazagashira", 81), matter)
    invitation = council.Invitation(
        label_ja="第4回", label_en="Fourth", place="研修室", due_on=act(city, "oura", 90).at
    )
    meeting = council.call_meeting(act(city, "kazagashira", 82), invitation)
    council.put_on_agenda(act(city, "kazagashira", 83), matter, meeting)
    council.circulate(act(city, "kazagashira", 84), matter, act(city, "oura", 85).at)


@pytest.mark.parametrize("stage", ["amendment_pending", "submitted", "circulated"])
def test_a_change_is_withdrawn_while_nobody_has_decided_and_what_was_approved_stands_again(
    city: str, stage: str
) -> None:
    from sekisho.adapters.database.council_papers import read_paper
    from sekisho.adapters.database.models import Matter
    from sekisho.bootstrap import council

    matter = in_force(city)
    approved = read_paper(Matter.objects.get(matter=matter)).dossier
    council.change_materially(act(city, "inasa", 71), matter, wider_paper())
    before_the_council(city, matter, stage)
    for person in ("doza", "kazagashira", "oura"):
        assert ReasonCode.NOT_ALLOWED in why(partial(council.withdraw_change, act(city, person, 95), matter))
    assert why(lambda: council.withdraw(act(city, "inasa", 95), matter)) == {ReasonCode.NOT_IN_THIS_STATE}
    assert council.withdraw_change(act(city, "inasa", 96), matter) == ("R1-56-01",)
    row = Matter.objects.get(matter=matter)
    stands = read_paper(row).dossier
    assert (row.state, row.version, replace(stands, version=1)) == ("in_force", 3, approved)
    assert read_paper(row, 2).dossier.chart == wider_paper().dossier.chart
    assert statuses() == {"R1-56-01": "suspended", "R1-56-02": "active"}
    assert kinds(city, "consultation_change_withdrawn", "permit_kept") == [
        "consultation_change_withdrawn",
        "permit_kept",
    ]
    assert refused_with(city) == {ReasonCode.PERMIT_NOT_ACTIVE}
    assert why(lambda: council.withdraw_change(act(city, "inasa", 97), matter)) == {ReasonCode.NOT_IN_THIS_STATE}
    assert council.change_materially(act(city, "inasa", 98), matter, wider_paper()) == ("R1-56-01",)


def test_once_the_council_deliberates_a_change_is_no_longer_withdrawn(city: str) -> None:
    from sekisho.bootstrap import council

    matter = in_force(city)
    council.change_materially(act(city, "inasa", 71), matter, wider_paper())
    decide_again(city, matter, "rejected")
    assert why(lambda: council.withdraw_change(act(city, "inasa", 200), matter)) == {ReasonCode.NOT_IN_THIS_STATE}
    assert council.keep_as_approved(act(city, "oura", 201), matter) == ("R1-56-01",)


def test_a_consultation_that_was_never_in_force_has_no_change_to_withdraw(city: str) -> None:
    from sekisho.bootstrap import council

    matter = council.draft(act(city, "doza"), paper_56())
    assert why(lambda: council.withdraw_change(act(city, "inasa", 1), matter)) == {ReasonCode.NOT_IN_THIS_STATE}
    council.withdraw(act(city, "inasa", 2), matter)


def test_a_change_is_weighed_field_by_field_before_anything_is_written(city: str) -> None:
    from sekisho.adapters.database.council_changes import weigh_change_of
    from sekisho.adapters.database.models import EntryRow
    from sekisho.bootstrap import council

    matter, paper = in_force(city), paper_56()
    before = EntryRow.objects.count()
    label = council.Paper(dossier=replace(paper.dossier, title_ja="改めた件名"), terms=paper.terms)
    assert (weigh_change_of(city, matter, label).weight.name, weigh_change_of(city, matter, label).permits) == (
        "EDITORIAL",
        (),
    )
    wider = weigh_change_of(city, matter, wider_paper())
    assert (wider.weight.name, wider.permits) == ("MATERIAL", ("R1-56-01",))
    assert any(each.difference.path.endswith("items[telephone].item") for each in wider.changes)
    longer = tuple(replace(each, not_after="2036-04-01T00:00:00+09:00") for each in paper.terms)
    terms = weigh_change_of(city, matter, council.Paper(dossier=paper.dossier, terms=longer))
    assert [each.difference.path for each in terms.changes] == [f"terms.{DOWN}.not_after", f"terms.{UP}.not_after"]
    assert terms.permits == ("R1-56-01", "R1-56-02")
    assert EntryRow.objects.count() == before
