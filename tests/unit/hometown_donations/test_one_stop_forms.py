"""A one-stop form is read in one spelling, checked item by item, and accepted only when nothing is missing."""

from datetime import date
from random import Random

import pytest

from sekisho.business.hometown_donations.one_stop import (
    DEFICIENCIES,
    ChangeNotice,
    Deficiency,
    apply_change,
    changed_fields,
    deadlines_of,
    differing_fields,
    find_deficiencies,
    read_form,
)
from sekisho.kernel import ReasonCode, Refused
from tests.fakes.one_stop import DEADLINES, application_of, received, typed_form

FORM = typed_form(Random(60))
_WRONG = [
    ({"name": " "}, Deficiency.NAME_MISSING),
    ({"kana": "たかさき1"}, Deficiency.KANA_WRONG),
    ({"kana": ""}, Deficiency.KANA_WRONG),
    ({"address": ""}, Deficiency.ADDRESS_MISSING),
    ({"birth": "2026-02-30"}, Deficiency.BIRTH_WRONG),
    ({"birth": "2027-01-01"}, Deficiency.BIRTH_WRONG),
    ({"birth": "1890-01-01"}, Deficiency.BIRTH_WRONG),
    ({"sex": "不明"}, Deficiency.SEX_WRONG),
    ({"individual_number": ""}, Deficiency.NUMBER_MISSING),
    ({"individual_number": "123456789017"}, Deficiency.NUMBER_WRONG),
    ({"individual_number": "000000000000"}, Deficiency.NUMBER_WRONG),
    ({"applied_on": "いつか"}, Deficiency.APPLIED_ON_WRONG),
    ({"amount": "30001"}, Deficiency.AMOUNT_DIFFERS),
    ({"donated_on": "2026-05-03"}, Deficiency.DAY_DIFFERS),
    ({"confirmed_eligible": ""}, Deficiency.NOT_ELIGIBLE),
    ({"confirmed_five": ""}, Deficiency.MORE_THAN_FIVE),
]


def test_a_whole_form_has_no_deficiency_and_becomes_an_application() -> None:
    assert find_deficiencies(read_form(FORM), received()) == ()
    made = application_of(FORM)
    assert (made.donation.amount, made.donation_year) == (30_000, 2026)


@pytest.mark.parametrize(("change", "deficiency"), _WRONG)
def test_each_wrong_item_is_named_alone(change: dict[str, str], deficiency: Deficiency) -> None:
    assert find_deficiencies(read_form({**FORM, **change}), received()) == (deficiency,)


def test_every_deficiency_has_its_words_and_what_the_donor_is_asked_for() -> None:
    assert set(DEFICIENCIES) == set(Deficiency)


def test_without_identity_documents_or_after_the_deadline_it_is_not_accepted() -> None:
    form = read_form(FORM)
    assert find_deficiencies(form, received(identity_shown=False)) == (Deficiency.IDENTITY_MISSING,)
    assert find_deficiencies(form, received(on=date(2027, 1, 11))) == (Deficiency.TOO_LATE,)


def test_a_deficient_form_is_refused_without_a_word_of_what_was_typed() -> None:
    with pytest.raises(Refused) as refused:
        application_of({**FORM, "individual_number": "123456789017"})
    assert refused.value.reasons[0].code is ReasonCode.APPLICATION_DEFICIENT
    assert "123456789017" not in refused.value.reasons[0].ja


def test_printing_an_application_shows_nobody() -> None:
    shown = repr(application_of(FORM)) + repr(read_form(FORM))
    assert FORM["name"] not in shown
    assert FORM["individual_number"] not in shown


def test_digits_dates_and_kana_have_one_spelling_and_names_stay_as_they_are() -> None:
    form = read_form(
        {"individual_number": "１２３４－５６７８－９０１８", "birth": "昭和55年2月29日", "amount": "30,000円",
         "kana": "ﾀｶｻｷ ﾊﾙｶ", "name": "髙﨑　遥"}
    )  # fmt: skip
    assert form.values["individual_number"] == "123456789018"
    assert form.values["birth"] == "1980-02-29"
    assert form.amount == 30_000
    assert form.values["kana"] == "タカサキ　ハルカ"
    assert form.values["name"] == "髙﨑　遥"


def test_the_second_keying_shows_where_two_persons_differ() -> None:
    other = {**FORM, "individual_number": FORM["individual_number"][::-1], "amount": "30,000"}
    assert differing_fields(read_form(FORM), read_form(other)) == ("individual_number",)


def test_the_deadline_is_strict_unless_a_policy_moves_it_within_january() -> None:
    assert deadlines_of(2026).forms_until == date(2027, 1, 10)
    moved = deadlines_of(2026, date(2027, 1, 12))
    assert (moved.moved, moved.takes_forms(date(2027, 1, 12)), moved.takes_forms(date(2027, 1, 13))) == (
        True,
        True,
        False,
    )
    assert (moved.residence_on, moved.days_left(date(2027, 2, 2))) == (date(2027, 1, 1), -2)
    for impossible in (date(2027, 1, 9), date(2027, 1, 31)):
        with pytest.raises(Refused):
            deadlines_of(2026, impossible)


def test_a_change_notice_in_time_changes_the_person_and_never_the_donation() -> None:
    before = application_of(FORM)
    moved = {"address": "福岡県福岡市博多区博多駅前1番1号"}
    change = ChangeNotice(
        application="2026-000001", filed_on=date(2027, 1, 4), received_on=date(2027, 1, 10), after=moved
    )
    after = apply_change(before, change, DEADLINES)
    assert changed_fields(before, after) == ("address",)
    assert after.donation == before.donation


@pytest.mark.parametrize(
    ("after", "day", "code"),
    [
        ({"address": "福岡県"}, date(2027, 1, 11), ReasonCode.AFTER_DEADLINE),
        ({"amount": "99999"}, date(2027, 1, 5), ReasonCode.INPUT_NOT_UNDERSTOOD),
        ({}, date(2027, 1, 5), ReasonCode.NO_CHANGE),
        ({"individual_number": "123456789017"}, date(2027, 1, 5), ReasonCode.APPLICATION_DEFICIENT),
    ],
)
def test_a_change_that_cannot_be_is_refused(after: dict[str, str], day: date, code: ReasonCode) -> None:
    change = ChangeNotice(application="2026-000001", filed_on=day, received_on=day, after=after)
    with pytest.raises(Refused) as refused:
        apply_change(application_of(FORM), change, DEADLINES)
    assert refused.value.reasons[0].code is code
