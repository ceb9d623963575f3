"""What the council masks goes along hidden: the decision says it, the permit binds it, the gate names it."""

import hashlib
import json
from dataclasses import replace

import pytest

from sekisho.kernel import (
    Clearance,
    DataItem,
    Findings,
    NumberFound,
    PermitOnFile,
    ReasonCode,
    Specification,
    Stopped,
    cleared_entry,
    cross,
    digest_of,
    make_clearance,
    permit_document,
    permit_from_data,
    specification_from_data,
    specification_to_data,
)
from sekisho.kernel.council import (
    ORDINANCE,
    Deliberated,
    Verdict,
    digest_of_decision,
    make_decision,
    specification_for,
    write_letter,
)
from tests.fakes.office import GOOD, NOW, SPECIFICATION, STANDING, Bench, arrival_of, permit_of
from tests.unit.kernel.council_sitting import CARRIED, DAY, KEPT
from tests.unit.kernel.council_story import DOSSIER, DOWN, with_arrow
from tests.unit.kernel.test_custody_and_entries import inspected
from tests.unit.kernel.test_letters import CONDITION, DECISION, TERMS

MASKING = replace(SPECIFICATION, masked_items=("sex", "my_number"))
WITH_SEX = replace(GOOD, items=GOOD.items | {"sex"})


def crossing(found: Findings, approved: Specification = MASKING, without: tuple[str, ...] = ()) -> Clearance:
    """The clearance of a parcel in which this is found."""
    on_file = PermitOnFile(permit=permit_of(approved), specification=approved, signatures_hold=True)
    bench = Bench(on_file=on_file, found=found, person=replace(STANDING, without=without))
    outcome = cross(arrival_of(bench.body), bench, bench.halls(), lambda: NOW)
    assert not isinstance(outcome, Stopped), [str(reason.code) for reason in outcome.reasons]
    clearance = dict(bench.log)["cleared"]
    assert isinstance(clearance, Clearance)
    return clearance


def hidden_and_taken(*args: object, **more: object) -> tuple[set[str], set[str]]:
    """What is masked on the way, and what is taken out."""
    clearance = crossing(*args, **more)  # type: ignore[arg-type]  # the same arguments
    return set(clearance.mask), set(clearance.strip)


def test_a_masked_item_does_not_stop_a_parcel_and_its_clearance_names_it() -> None:
    assert hidden_and_taken(WITH_SEX) == ({"sex"}, set())
    assert hidden_and_taken(GOOD) == (set(), set()), "what is not there is not masked"
    with pytest.raises(AssertionError, match="item_not_approved"):
        crossing(WITH_SEX, SPECIFICATION)
    with pytest.raises(AssertionError, match="item_not_approved"):
        crossing(replace(WITH_SEX, items=WITH_SEX.items | {"age"}))


def test_a_masked_item_keeps_its_column_whoever_asks_to_leave_it_out_or_what_is_stripped() -> None:
    more = replace(WITH_SEX, items=WITH_SEX.items | {"age"})
    assert hidden_and_taken(more, replace(MASKING, strip_unapproved=True)) == ({"sex"}, {"age"})
    assert hidden_and_taken(more, without=("sex", "age")) == ({"sex"}, {"age"})


def test_an_individual_number_that_is_masked_is_in_no_column_that_goes_on() -> None:
    found = replace(
        GOOD,
        items=GOOD.items | {"my_number"},
        number_columns={"payee_number": "my_number"},
        individual_numbers=(NumberFound(column="payee_number", count=2, first_row=2),),
    )
    assert hidden_and_taken(found) == ({"my_number"}, set())
    elsewhere = (NumberFound(column="remarks", count=1, first_row=2),)
    with pytest.raises(AssertionError, match="individual_number_found"):
        crossing(replace(found, individual_numbers=elsewhere))


def test_the_ledger_names_masked_items_only_where_there_are_any() -> None:
    form = inspected()
    assert "mask" not in cleared_entry(form, make_clearance(form, frozenset()), NOW)
    entry = cleared_entry(form, make_clearance(form, frozenset(), frozenset({"sex", "age"})), NOW)
    assert entry["mask"] == ["age", "sex"]


def test_what_was_approved_and_signed_before_keeps_its_digest_and_can_be_read() -> None:
    assert digest_of(SPECIFICATION) == "ead771870958b119742a7520df2c28c93441727d589f6f699683264a8a99f8e4"
    document = permit_document(permit_of())
    assert hashlib.sha256(document).hexdigest() == "873aedd4babacd34f149427b2691b58f5891e573438fdba94df0e5ff611844f3"
    assert permit_from_data(document, "active", ()) == permit_of()
    assert "masked_items" not in specification_to_data(SPECIFICATION)
    assert digest_of_decision(DECISION) == "646cfdbf414c002555484f9cb5d0f43eb2ceec28fb7113c3b56b6dea6d9ed3f9"
    letter = write_letter(DECISION, (TERMS,), (CONDITION,))
    assert hashlib.sha256(letter).hexdigest() == "f2d67d2e336ed235ba59c89a76d352d7b663cc6f1b6dcd8170b9c8f63b0ecf17"


def test_masked_items_are_part_of_what_is_signed() -> None:
    assert digest_of(MASKING) != digest_of(SPECIFICATION)
    assert specification_from_data(specification_to_data(MASKING)) == MASKING
    document = permit_document(permit_of(MASKING))
    assert permit_from_data(document, "active", ()) == permit_of(MASKING)
    assert [30, ["sex", "my_number"]] in json.loads(document)["caveats"]


def test_a_decision_and_its_letter_name_what_is_masked() -> None:
    said = Deliberated(verdicts=(KEPT[0], replace(KEPT[1], verdict=Verdict.MASK, reason="番地までは要らない")))
    decision = make_decision(DOSSIER, ORDINANCE, said, voted=("approved", CARRIED), decided_on=DAY)
    assert decision.kept == {"down": ("owner_name",)}
    assert decision.masked == {"down": ("lot_number",)}
    assert json.loads(write_letter(decision, (), ()))["decision"]["masked"] == {"down": ["lot_number"]}
    dropped = Deliberated(verdicts=(KEPT[0], replace(KEPT[1], verdict=Verdict.DROP, reason="x")))
    other = make_decision(DOSSIER, ORDINANCE, dropped, voted=("approved", CARRIED), decided_on=DAY)
    assert other.masked == {}
    assert digest_of_decision(other) != digest_of_decision(decision)


@pytest.mark.parametrize(
    ("written", "kept", "masked", "items", "hidden"),
    [
        ((), ("owner_name",), ("lot_number",), ("owner_name",), ("lot_number",)),
        ((), ("owner_name",), (), ("owner_name",), ()),
        (("place", "lot"), ("owner_name",), ("lot_number",), ("owner_name",), ("place", "lot")),
        (("owner_name", "lot"), ("owner_name",), ("lot_number",), (), ("owner_name", "lot")),
        (("owner_name", "lot"), ("lot_number",), (), ("lot",), ()),
    ],
    ids=["as it is called", "dropped", "as it is written", "a shared column is hidden", "a dropped one is refused"],
)
def test_a_permit_masks_the_columns_in_which_the_item_is_written(
    written: tuple[str, ...],
    kept: tuple[str, ...],
    masked: tuple[str, ...],
    items: tuple[str, ...],
    hidden: tuple[str, ...],
) -> None:
    carried: list[DataItem] = [
        replace(each, written_as=written if each.item == "lot_number" else ()) for each in DOWN.items
    ]
    dossier = with_arrow(replace(DOWN, items=tuple(carried)))
    said = replace(DECISION, kept={"down": kept}, masked={"down": masked} if masked else {})
    approved = specification_for(dossier, said, TERMS)
    assert (approved.items, approved.masked_items) == (items, hidden)


def test_the_sentences_say_what_to_do_instead() -> None:
    from sekisho.kernel import because

    outside = because(ReasonCode.MASK_OUTSIDE_GATE, item="down/sex")
    unfit = because(ReasonCode.MASK_DOES_NOT_FIT, item="down/sex", layout="registry_notice")
    assert "registry_notice" in unfit.ja
    assert {each.next_ja for each in (outside, unfit)} == {"その項目を残すか外すかを選んでください。"}


def test_a_column_of_individual_numbers_that_is_taken_out_does_not_go_on() -> None:
    found = replace(GOOD, items=GOOD.items | {"my_number"}, number_columns={"payee_number": "my_number"})
    with pytest.raises(AssertionError, match="number_column_not_approved"):
        crossing(found, SPECIFICATION)
    assert hidden_and_taken(found, replace(SPECIFICATION, strip_unapproved=True)) == (set(), {"my_number"})
    held = (NumberFound(column="payee_number", count=2, first_row=2),)
    with pytest.raises(AssertionError, match="individual_number_found"):
        crossing(replace(found, individual_numbers=held), replace(SPECIFICATION, strip_unapproved=True))
