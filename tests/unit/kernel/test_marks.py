"""Marks: whatever the permit approves, what is harmful is refused and what was not judged is held."""

from dataclasses import replace

import pytest

from sekisho.kernel import (
    HELD_CODES,
    PEOPLE_LIST,
    WORDS_OF_MARKS,
    CanaryFound,
    Clearance,
    Erased,
    Findings,
    Mark,
    MarkCode,
    PeopleFound,
    PermitOnFile,
    ReasonCode,
    Stopped,
    cross,
    found_facts,
)
from tests.fakes.office import GOOD, NOW, SPECIFICATION, STANDING, Bench, arrival_of, permit_of

HELD = MarkCode.SCANNER_SILENT
HARMFUL = MarkCode.MALWARE


def crossing(found: Findings, without: tuple[str, ...] = ()) -> tuple[Bench, Erased | Stopped]:
    """One crossing of a parcel in which this is found."""
    bench = Bench(found=found, person=replace(STANDING, without=without))
    return bench, cross(arrival_of(bench.body), bench, bench.halls(), lambda: NOW)


@pytest.mark.parametrize("code", list(MarkCode))
def test_every_mark_stops_a_parcel_in_words_of_both_languages(code: MarkCode) -> None:
    mark = Mark(code=code, place="2.1")
    bench, outcome = crossing(replace(GOOD, marks=(mark,)))
    assert isinstance(outcome, Stopped)
    assert outcome.held is mark.holds
    reason = outcome.reasons[0]
    ja, en = WORDS_OF_MARKS[code]
    assert ja in reason.ja
    assert en in reason.en
    assert "2.1" in reason.ja
    assert reason.next_ja != reason.next_en
    assert (reason.code in HELD_CODES) is mark.holds
    assert bench.sent == []


def test_one_harmful_mark_is_enough_to_refuse() -> None:
    _, outcome = crossing(replace(GOOD, marks=(Mark(code=HELD), Mark(code=HARMFUL))))
    assert isinstance(outcome, Stopped)
    assert not outcome.held


def test_a_canary_holds_and_raises_an_alarm_that_names_whose_it_is() -> None:
    _, outcome = crossing(replace(GOOD, canaries=(CanaryFound(municipality="401307", count=2),)))
    assert isinstance(outcome, Stopped)
    assert outcome.held
    assert [reason.code for reason in outcome.reasons] == [ReasonCode.FOREIGN_CANARY]
    assert "401307" in outcome.reasons[0].ja


def test_the_ledger_has_codes_and_places_of_what_was_found() -> None:
    found = replace(GOOD, marks=(Mark(code=HELD, place="3", detail="error"),), removed=("macro",), rebuilt_sha256="ab")
    facts = found_facts(found)
    assert facts["marks"] == [{"code": "scanner_silent", "place": "3", "detail": "error"}]
    assert (facts["removed"], facts["rebuilt_sha256"]) == (["macro"], "ab")


def stripped(bench: Bench) -> frozenset[str]:
    """What was taken out of the parcel that was cleared."""
    clearance = dict(bench.log)["cleared"]
    assert isinstance(clearance, Clearance)
    return clearance.strip


MORE = replace(GOOD, items=GOOD.items | {"sex"})


def test_an_unapproved_item_that_the_bearer_leaves_out_does_not_stop_the_parcel() -> None:
    _, outcome = crossing(MORE)
    assert isinstance(outcome, Stopped)
    bench, outcome = crossing(MORE, ("sex",))
    assert isinstance(outcome, Erased)
    assert stripped(bench) == {"sex"}


def test_an_approved_item_cannot_be_left_out_and_another_one_still_stops() -> None:
    bench, outcome = crossing(MORE, ("sex", "owner_name"))
    assert isinstance(outcome, Erased)
    assert stripped(bench) == {"sex"}
    _, outcome = crossing(replace(MORE, items=MORE.items | {"age"}), ("sex",))
    assert isinstance(outcome, Stopped)
    assert [reason.facts["item"] for reason in outcome.reasons] == ["age"]


def test_a_list_of_people_that_nobody_approved_is_refused_with_its_rows() -> None:
    bench, outcome = crossing(replace(GOOD, people=(PeopleFound(where="", count=10_014, first_row=2),)))
    assert isinstance(outcome, Stopped)
    assert not outcome.held
    assert [reason.code for reason in outcome.reasons] == [ReasonCode.PEOPLE_LIST_FOUND]
    assert "10014" in outcome.reasons[0].ja
    assert bench.sent == []
    assert found_facts(replace(GOOD, people=(PeopleFound(where="", count=7, first_row=2),)))["people_rows"] == 7


def test_a_list_that_the_council_approved_by_name_goes_on() -> None:
    approved = replace(SPECIFICATION, items=(*SPECIFICATION.items, PEOPLE_LIST))
    on_file = PermitOnFile(permit=permit_of(approved), specification=approved, signatures_hold=True)
    bench = Bench(found=replace(GOOD, people=(PeopleFound(where="", count=10_014, first_row=2),)), on_file=on_file)
    assert isinstance(cross(arrival_of(bench.body), bench, bench.halls(), lambda: NOW), Erased)
