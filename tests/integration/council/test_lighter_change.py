"""A minor change of what is in force: a version of its own, permits as they were, and the next meeting hears of it."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sekisho.kernel import Erased, ReasonCode, put_on
from tests.fakes.council import DAY, DOWN, act, paper_56
from tests.integration.council.conftest import why
from tests.integration.council.test_from_draft_to_permit import send
from tests.integration.council.test_material_change import in_force, kinds, statuses, wider_paper


def shorter_kept(paper: Any) -> Any:
    """The same papers, but copies are kept for a shorter time."""
    sheets = tuple(
        replace(each, retention=tuple(replace(kept, hours=12) for kept in each.retention))
        if each.connection == DOWN
        else each
        for each in paper.dossier.sheets
    )
    return replace(paper, dossier=replace(paper.dossier, sheets=sheets))


def renamed(paper: Any) -> Any:
    """The same papers under another title."""
    return replace(paper, dossier=replace(paper.dossier, title_ja="登記所との通知のオンライン化"))


def versions(matter: str) -> list[tuple[int, bool]]:
    """The versions of a matter, and whether each is frozen."""
    from sekisho.adapters.database.models import DossierVersion

    rows = DossierVersion.objects.filter(matter__matter=matter).order_by("version")
    return [(each.version, each.frozen_at is not None) for each in rows]


def reported(city: str) -> list[Any]:
    """What meetings were told, as the ledger has it."""
    from sekisho.adapters.database.models import EntryRow

    rows = EntryRow.objects.filter(tenant_id=city, kind="reported_to_meeting").order_by("id")
    return [json.loads(bytes(each)) for each in rows.values_list("body", flat=True)]


def hold_meeting(city: str, days: int) -> str:
    """Another meeting is called and opened."""
    from sekisho.bootstrap import council
    from tests.fakes.council import MEMBERS

    day = DAY + timedelta(days=days)
    invitation = council.Invitation(label_ja="第4回", label_en="Fourth", place="研修室", due_on=day)
    meeting = council.call_meeting(act(city, "kazagashira", 0, day), invitation)
    for person in (*MEMBERS, "oura"):
        council.arrive(act(city, "kazagashira", 1, day), meeting, person)
    council.open_meeting(act(city, "oura", 2, day), meeting)
    return meeting


def test_a_minor_change_is_a_frozen_version_and_the_permits_stay_as_signed(city: str) -> None:
    from sekisho.adapters.database.council_versions import version_decided, version_in_force
    from sekisho.adapters.database.models import Matter
    from sekisho.bootstrap import council

    matter = in_force(city)
    assert council.change_lightly(act(city, "inasa", 71), matter, shorter_kept(paper_56())) == 2
    assert versions(matter) == [(1, True), (2, True)]
    row = Matter.objects.get(matter=matter)
    assert (row.state, version_in_force(row), version_decided(row)) == ("in_force", 2, 1)
    assert set(statuses().values()) == {"active"}
    assert isinstance(send(city), Erased)
    assert kinds(city, "consultation_changed_lightly", "consultation_changed") == ["consultation_changed_lightly"]


def test_the_next_meeting_hears_of_a_minor_change_once_and_of_an_editorial_one_never(city: str) -> None:
    from sekisho.bootstrap import council

    matter = in_force(city)
    council.close_meeting(act(city, "oura", 70), "k001")
    minor = shorter_kept(paper_56())
    council.change_lightly(act(city, "inasa", 71), matter, minor)
    council.change_lightly(act(city, "inasa", 72), matter, renamed(minor))
    meeting = hold_meeting(city, 90)
    hold_meeting(city, 180)
    (told,) = reported(city)
    assert (told["meeting"], told["conditions"]) == (meeting, [])
    assert told["changes"] == [{"consultation": "56", "matter": matter, "version": 2, "fields": 2}]


def test_a_meeting_hears_of_conditions_until_they_are_settled(city: str) -> None:
    from sekisho.bootstrap import council
    from tests.fakes.council import deliberating, proposed

    matter, _ = deliberating(city)
    condition = council.propose_condition(act(city, "suwa", 26), matter, proposed())
    council.adopt_condition(act(city, "oura", 27), condition)
    hold_meeting(city, 20)
    hold_meeting(city, 90)
    council.submit_proof(act(city, "doza", 0, DAY + timedelta(days=91)), condition, "写真")
    council.verify_proof(act(city, "glover", 0, DAY + timedelta(days=91)), condition)
    hold_meeting(city, 120)
    assert [[(each["condition"], each["overdue"]) for each in told["conditions"]] for told in reported(city)] == [
        [(condition, False)],
        [(condition, True)],
    ]


def test_what_is_material_or_nothing_is_no_lighter_change(city: str) -> None:
    from sekisho.bootstrap import council

    matter, paper = in_force(city), paper_56()
    head = act(city, "inasa", 71)
    longer = replace(paper, terms=tuple(replace(each, erase_within_hours=48) for each in paper.terms))
    for changed, codes in (
        (wider_paper(), {ReasonCode.CHANGE_IS_MATERIAL}),
        (longer, {ReasonCode.CHANGE_IS_MATERIAL}),
        (paper, {ReasonCode.NO_CHANGE}),
    ):
        assert why(lambda changed=changed: council.change_lightly(head, matter, changed)) == codes  # type: ignore[misc]
    terminal = replace(paper.dossier.chart.computers[0], place="")
    emptied = replace(paper, dossier=replace(paper.dossier, chart=put_on(paper.dossier.chart, terminal)))
    assert why(lambda: council.change_lightly(head, matter, emptied)) == {ReasonCode.DOSSIER_INCOMPLETE}
    assert why(lambda: council.change_lightly(act(city, "doza", 71), matter, shorter_kept(paper))) == {
        ReasonCode.NOT_ALLOWED
    }
    assert versions(matter) == [(1, True)]


def test_a_material_change_that_is_withdrawn_leaves_the_minor_one_standing(city: str) -> None:
    from sekisho.adapters.database.council_papers import read_paper
    from sekisho.adapters.database.models import Matter
    from sekisho.bootstrap import council

    matter = in_force(city)
    council.change_lightly(act(city, "inasa", 71), matter, shorter_kept(paper_56()))
    council.change_materially(act(city, "inasa", 72), matter, shorter_kept(wider_paper()))
    council.withdraw_change(act(city, "inasa", 73), matter)
    sheet = read_paper(Matter.objects.get(matter=matter)).dossier.sheet_of(DOWN)
    assert sheet is not None
    assert {each.hours for each in sheet.retention} == {12}
    assert "telephone" not in {each.item for each in sheet.items}
