"""A permit that hands items over masked names them in its text, and is not issued if they cannot be masked."""

from dataclasses import replace
from typing import Any

import pytest

from sekisho.adapters.decisions import compile_policy, validate_permit
from sekisho.adapters.dossiers import read_dossier, shipped_dossier
from sekisho.adapters.layouts import held_items, shipped_layouts, unmaskable
from sekisho.kernel import ReasonCode, Refused
from tests.unit.decisions.granted import DOWN, KNOWN, ORIGIN, STRIPPING, grant

MASKING = replace(DOWN, masked_items=("sex",))


def faults_of(**changes: Any) -> list[str]:
    """What is said against a permit that masks."""
    with pytest.raises(Refused) as refusal:
        validate_permit(grant(replace(MASKING, **changes)), KNOWN)
    assert {reason.code for reason in refusal.value.reasons} == {ReasonCode.POLICY_NOT_VALID}
    return [str(reason.facts["what"]) for reason in refusal.value.reasons]


@pytest.mark.parametrize("approved", [MASKING, replace(MASKING, strip_unapproved=True)], ids=["stops", "strips"])
def test_a_permit_that_masks_stands_its_check_and_both_opinions_stay_one(approved: Any) -> None:
    assert validate_permit(grant(approved), KNOWN).allowed >= 40


def test_the_policy_text_names_the_masked_items_only_where_there_are_any() -> None:
    assert '@masked_items("sex, age")\n' in compile_policy("R1", replace(DOWN, masked_items=("sex", "age")), ORIGIN)
    assert "masked_items" not in compile_policy("R1", DOWN, ORIGIN)
    assert "masked_items" not in compile_policy("R1", STRIPPING, ORIGIN)
    with pytest.raises(Refused):
        compile_policy("R1", replace(DOWN, masked_items=("sex\n",)), ORIGIN)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"masked_items": ("office",), "items": ("notice_id",)},
            ["item office of layout registry_notice cannot be masked: no mask may stand in its place"],
        ),
        (
            {"masked_items": ("sex", DOWN.items[0])},
            [
                f"item {DOWN.items[0]} cannot be masked: it is also among the items that cross as they are",
                f"item {DOWN.items[0]} cannot be masked: no approved layout holds it",
            ],
        ),
        ({"masked_items": ("age",)}, ["item age cannot be masked: no approved layout holds it"]),
        (
            {"layouts": ("registry_notice", "document")},
            [
                "layouts: 'document' does not exist",
                "item sex of layout document cannot be masked: no mask may stand in its place",
            ],
        ),
    ],
    ids=["no mask fits", "in the clear too", "in no layout", "a document"],
)
def test_what_cannot_be_masked_is_said_before_anybody_signs(changes: Any, said: list[str]) -> None:
    assert faults_of(**changes) == said


def test_where_every_layout_takes_the_mask_nothing_is_said() -> None:
    validate_permit(grant(replace(MASKING, layouts=("registry_notice", "price_notice"))), KNOWN)


def test_the_shelf_says_what_its_layouts_hold_and_what_of_it_takes_no_mask() -> None:
    shelf = shipped_layouts()
    held, without = held_items(shelf), unmaskable(shelf)
    assert without <= held
    assert {("registry_notice", "owner_name"), ("registry_notice", "sex")} <= held - without
    assert ("nta.316", "sex") not in held, "a file by position holds nothing beyond its layout"
    assert ("registry_notice", "registration_date") in without


def test_a_dossier_may_say_which_items_of_an_arrow_were_masked() -> None:
    text = shipped_dossier().replace(
        "    items: [notice_id, office,", "    masked_items: [cause, sex]\n    items: [notice_id, office,"
    )
    approved = read_dossier(text).terms_of(DOWN.connection)[-1].specification
    assert approved.masked_items == ("cause", "sex")
    assert approved.items == tuple(each for each in DOWN.items if each != "cause")
    assert DOWN.masked_items == ()
