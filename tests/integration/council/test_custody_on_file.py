"""A draft is refused over a shared login, a denied path, a login that nobody holds; a vote over a promise not made."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from sekisho.kernel import Refused
from sekisho.kernel.council import (
    RULES_OF_A_DRAFT,
    ComputerCard,
    ConditionKind,
    Dossier,
    Note,
    NoteKind,
    dossier_from_data,
    dossier_to_data,
    missing_beside,
)

CARD = ComputerCard(computer="asset_tax_terminal", form="", lock="y", state="z", maker="m", tenancy="t")
UNTIL = date(2034, 3, 31)
Spoil = Callable[[Dossier], Dossier]


def login(**changes: object) -> Spoil:
    """The first credential of the dossier with something changed."""
    return lambda dossier: replace(
        dossier,
        credentials=(replace(dossier.credentials[0], **changes), *dossier.credentials[1:]),  # type: ignore[arg-type]
    )


def denied_path(dossier: Dossier) -> Dossier:
    """The dossier says that two computers are not joined, which its own chart joins."""
    arrow = dossier.chart.under_review()[0]
    claim = Note(note="apart", kind=NoteKind.NO_PATH, on=f"{arrow.source}/{arrow.target}", text="つながっていない")
    return replace(dossier, notes=(claim,))


EXCUSED = login(shared_with=("届出",), exception="共用の端末のため", exception_until=UNTIL.isoformat())
# Which rule refuses it, and what it names.
SPOILT: dict[str, tuple[Spoil, str, str]] = {
    "_anybody": (lambda dossier: replace(dossier, credentials=()), "annex.credentials", "custodians, operators"),
    "_holders": (login(custodians=()), "asset_tax_login", "custodians"),
    "_shared": (login(shared_with=("届出",)), "asset_tax_login", "shared_with: exception, exception_until"),
    "_used_by_its_holder": (login(operators=("inasa",)), "asset_tax_login", "custodians: exception, exception_until"),
    "_dated": (
        login(shared_with=("届出",), exception="共用の端末", exception_until="いつか"),
        "asset_tax_login.exception_until",
        "いつか",
    ),
    "_devices": (lambda dossier: replace(dossier, devices=(CARD,)), "annex.computers[asset_tax_terminal]", "form"),
    "_paths": (denied_path, "annex.notes[apart]", ""),
}


def test_every_rule_has_a_dossier_that_it_refuses() -> None:
    assert {rule.__name__ for rule in RULES_OF_A_DRAFT} == set(SPOILT)


@pytest.mark.parametrize("rule", SPOILT)
def test_a_spoilt_draft_is_not_submitted_and_only_its_own_rule_finds_it(city: str, rule: str) -> None:
    from sekisho.bootstrap import council
    from tests.fakes.council import act, paper_56

    spoil, place, what = SPOILT[rule]
    whole = paper_56()
    spoilt = council.Paper(dossier=spoil(whole.dossier), terms=whole.terms)
    matter = council.draft(act(city, "doza"), spoilt)
    with pytest.raises(Refused) as refusal:
        council.submit(act(city, "inasa"), matter)
    facts = [each.facts for each in refusal.value.reasons]
    assert {(each.get("place", each.get("where")), each["what"] if what else "") for each in facts} == {(place, what)}
    others = [each for each in RULES_OF_A_DRAFT if each.__name__ != rule]
    assert missing_beside(spoilt.dossier, others) == ()  # without this rule nobody would have noticed
    council.revise(act(city, "doza", 1), matter, whole)
    council.submit(act(city, "inasa", 2), matter)


def test_an_exception_needs_the_condition_that_ends_it_before_the_vote(city: str) -> None:
    from sekisho.adapters.database.models import ConditionRow
    from sekisho.bootstrap import council
    from tests.fakes.council import act, deliberating, judge_items, paper_56, proposed

    paper = paper_56()
    matter, _ = deliberating(city, council.Paper(dossier=EXCUSED(paper.dossier), terms=paper.terms))
    judge_items(city, matter)
    for due, kind in ((date(2034, 4, 1), ConditionKind.BLOCKS_AFTER_DATE), (UNTIL, ConditionKind.REPORT_ONLY)):
        wrong = proposed(hangs_on="asset_tax_login", kind=kind, due=due)
        council.adopt_condition(act(city, "oura", 26), council.propose_condition(act(city, "suwa", 26), matter, wrong))
    with pytest.raises(Refused) as refusal:
        council.put_to_vote(act(city, "oura", 30), matter, "approved_with_conditions")
    assert [each.facts["what"] for each in refusal.value.reasons] == ["exception_until: condition"]
    council.put_to_vote(act(city, "oura", 30), matter, "rejected")  # what opens nothing needs no promise
    council.withdraw_motion(act(city, "oura", 30), matter)
    right = proposed(hangs_on="asset_tax_login", kind=ConditionKind.BLOCKS_AFTER_DATE, due=UNTIL)
    promise = council.propose_condition(act(city, "suwa", 31), matter, right)
    council.adopt_condition(act(city, "oura", 32), promise)
    council.put_to_vote(act(city, "oura", 33), matter, "approved_with_conditions")
    row = ConditionRow.objects.get(condition=promise)
    assert (row.hangs_on, row.connection) == ("asset_tax_login", "")  # it stops every permit of the consultation


def test_custody_is_frozen_with_the_dossier_and_its_change_is_weighed(city: str) -> None:
    from sekisho.adapters.database.council_papers import read_paper
    from sekisho.adapters.database.models import Matter
    from sekisho.kernel.council import ChangeClass, classify_change, digest_of_dossier
    from tests.fakes.council import circulated, paper_56

    matter, _ = circulated(city)
    dossier = read_paper(Matter.objects.get(matter=matter)).dossier
    assert dossier.credentials == paper_56().dossier.credentials != ()
    assert dossier_from_data(dossier_to_data(dossier)) == dossier
    assert digest_of_dossier(EXCUSED(dossier)) != digest_of_dossier(dossier)
    silent = replace(dossier, credentials=(), devices=(), notes=())
    assert not {"credentials", "devices", "notes"} & set(dossier_to_data(silent))  # as dossiers of before were written
    assert classify_change(dossier, EXCUSED(dossier)) is ChangeClass.MATERIAL
    assert classify_change(dossier, silent) is ChangeClass.MATERIAL
    assert classify_change(silent, dossier) is ChangeClass.MINOR
    assert classify_change(dossier, login(custodians=("doza",))(dossier)) is ChangeClass.MINOR
