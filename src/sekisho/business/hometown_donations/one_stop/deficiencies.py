"""What keeps an application from being accepted (不備), each with what the letter asks the donor to do."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from sekisho.business.hometown_donations.one_stop.applications import (
    Applicant,
    AppliedDonation,
    OneStopApplication,
)
from sekisho.business.hometown_donations.one_stop.deadlines import OneStopDeadlines
from sekisho.business.hometown_donations.one_stop.forms import KeyedForm
from sekisho.kernel import ReasonCode, Refused, because

_KANA: Final = re.compile("[ァ-ヴー・\u3000]+")
_OLDEST: Final = 130
_SEXES: Final = frozenset({"", "男", "女"})


class Deficiency(StrEnum):
    """One thing that is missing or wrong. Stored values are never renamed and never reused."""

    NAME_MISSING = "name_missing"
    KANA_WRONG = "kana_wrong"
    ADDRESS_MISSING = "address_missing"
    BIRTH_WRONG = "birth_wrong"
    SEX_WRONG = "sex_wrong"
    NUMBER_MISSING = "number_missing"
    NUMBER_WRONG = "number_wrong"
    APPLIED_ON_WRONG = "applied_on_wrong"
    AMOUNT_DIFFERS = "amount_differs"
    DAY_DIFFERS = "day_differs"
    WRONG_YEAR = "wrong_year"
    NOT_ELIGIBLE = "not_eligible"
    MORE_THAN_FIVE = "more_than_five"
    IDENTITY_MISSING = "identity_missing"
    TOO_LATE = "too_late"


DEFICIENCIES: Final[Mapping[Deficiency, tuple[str, str, str, str]]] = MappingProxyType(
    {
        Deficiency.NAME_MISSING: (
            "氏名がありません",
            "The name is missing",
            "氏名を記入してください",
            "Write the name",
        ),
        Deficiency.KANA_WRONG: (
            "フリガナがないか、カタカナではありません",
            "The reading of the name is missing or not in katakana",
            "フリガナをカタカナで記入してください",
            "Write the reading in katakana",
        ),
        Deficiency.ADDRESS_MISSING: (
            "住所がありません",
            "The address is missing",
            "1月1日の住所を都道府県から記入してください",
            "Write the address of 1 January, from the prefecture on",
        ),
        Deficiency.BIRTH_WRONG: (
            "生年月日がないか、ありえない日です",
            "The date of birth is missing or impossible",
            "生年月日を記入してください",
            "Write the date of birth",
        ),
        Deficiency.SEX_WRONG: (
            "性別は「男」「女」または空欄です",
            "Sex is 男, 女 or left empty",
            "性別欄を訂正してください",
            "Correct the field for sex",
        ),
        Deficiency.NUMBER_MISSING: (
            "個人番号がありません",
            "The Individual Number is missing",
            "個人番号(12桁)を記入してください",
            "Write the Individual Number (12 digits)",
        ),
        Deficiency.NUMBER_WRONG: (
            "個人番号の検査用数字が合いません",
            "The check digit of the Individual Number is wrong",
            "個人番号カードを見て、個人番号(12桁)を記入し直してください",
            "Look at the number card, and write the 12 digits again",
        ),
        Deficiency.APPLIED_ON_WRONG: (
            "申請年月日がないか、読めません",
            "The date of application is missing or cannot be read",
            "申請年月日を記入してください",
            "Write the date of application",
        ),
        Deficiency.AMOUNT_DIFFERS: (
            "寄附金額が寄附の記録と違います",
            "The amount differs from that of the donation",
            "受領証明書の金額を記入してください",
            "Write the amount on the receipt",
        ),
        Deficiency.DAY_DIFFERS: (
            "寄附年月日が寄附の記録と違います",
            "The date differs from that of the donation",
            "受領証明書の日付を記入してください",
            "Write the date on the receipt",
        ),
        Deficiency.WRONG_YEAR: (
            "この年の寄附ではありません",
            "It is not a donation of this year",
            "寄附年分を確かめてください",
            "Check the year of the donation",
        ),
        Deficiency.NOT_ELIGIBLE: (
            "「申告特例対象寄附者である」の確認がありません",
            "The donor has not stated to be eligible",
            "確認欄①にチェックを入れてください(確定申告をする方は、この特例を使えません)",
            "Tick statement 1; whoever files a tax return cannot use this exception",
        ),
        Deficiency.MORE_THAN_FIVE: (
            "「申請先が5団体以下」の確認がありません",
            "The donor has not stated to ask five municipalities at most",
            "確認欄②にチェックを入れてください(6団体以上の方は、確定申告をしてください)",
            "Tick statement 2; whoever asks six municipalities or more files a tax return",
        ),
        Deficiency.IDENTITY_MISSING: (
            "本人確認書類がそろっていません",
            "Identity documents are missing",
            "個人番号カードの両面の写し、または番号確認書類と写真付き身元確認書類の写しを同封してください",
            "Enclose a copy of both sides of the number card, or of a paper with the number and a photo document",
        ),
        Deficiency.TOO_LATE: (
            "申請の期限を過ぎて届きました",
            "It came after the last day for forms",
            "この特例は使えません。確定申告で寄附金控除を受けてください",
            "The exception cannot be used; claim the donation in a tax return",
        ),
    }
)
"""Each in Japanese and English, and what the donor is asked for, in both."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedForm:
    """When a form was received, and about which donation; what it is checked against."""

    application: str
    received_on: date
    donation: AppliedDonation
    deadlines: OneStopDeadlines
    identity_shown: bool


def _of_applicant(form: KeyedForm, on: date) -> Iterator[Deficiency]:
    """What is wrong with the person."""
    if not form.values["name"]:
        yield Deficiency.NAME_MISSING
    if not _KANA.fullmatch(form.values["kana"]):
        yield Deficiency.KANA_WRONG
    if not form.values["address"]:
        yield Deficiency.ADDRESS_MISSING
    birth = form.day("birth")
    if birth is None or not on.year - _OLDEST <= birth.year <= on.year or birth > on:
        yield Deficiency.BIRTH_WRONG
    if form.values["sex"] not in _SEXES:
        yield Deficiency.SEX_WRONG
    if not form.values["individual_number"]:
        yield Deficiency.NUMBER_MISSING
    elif not form.has_number:
        yield Deficiency.NUMBER_WRONG


def _of_statements(form: KeyedForm) -> Iterator[Deficiency]:
    """What is wrong with what the donor states, and when."""
    if form.day("applied_on") is None:
        yield Deficiency.APPLIED_ON_WRONG
    if not form.values["confirmed_eligible"]:
        yield Deficiency.NOT_ELIGIBLE
    if not form.values["confirmed_five"]:
        yield Deficiency.MORE_THAN_FIVE


def _of_donation(form: KeyedForm, receipt: ReceivedForm) -> Iterator[Deficiency]:
    """What is wrong with the donation, the documents and the day."""
    if form.amount != receipt.donation.amount:
        yield Deficiency.AMOUNT_DIFFERS
    if form.day("donated_on") != receipt.donation.donated_on:
        yield Deficiency.DAY_DIFFERS
    if receipt.donation.donated_on.year != receipt.deadlines.donation_year:
        yield Deficiency.WRONG_YEAR
    if not receipt.identity_shown:
        yield Deficiency.IDENTITY_MISSING
    if not receipt.deadlines.takes_forms(receipt.received_on):
        yield Deficiency.TOO_LATE


def find_deficiencies(form: KeyedForm, receipt: ReceivedForm) -> tuple[Deficiency, ...]:
    """Everything that keeps this form from being accepted, all at once, in a fixed order."""
    return (*_of_applicant(form, receipt.received_on), *_of_statements(form), *_of_donation(form, receipt))


def make_application(form: KeyedForm, receipt: ReceivedForm) -> OneStopApplication:
    """The application that a form without deficiencies is.

    Raises:
        Refused: Something is missing or wrong; each is named.

    """
    if found := find_deficiencies(form, receipt):
        raise Refused([because(ReasonCode.APPLICATION_DEFICIENT, application=receipt.application, what=words(found))])
    birth, applied_on = form.day("birth"), form.day("applied_on")
    if birth is None or applied_on is None:  # a deficiency, so never here; said for the type checker
        raise Refused([because(ReasonCode.NOT_FOUND, what=receipt.application)])
    values = form.values
    return OneStopApplication(
        application=receipt.application,
        donation_year=receipt.deadlines.donation_year,
        applied_on=applied_on,
        received_on=receipt.received_on,
        donation=receipt.donation,
        applicant=Applicant(
            name=values["name"],
            kana=values["kana"],
            address=values["address"],
            birth=birth,
            individual_number=values["individual_number"],
            sex=values["sex"],
            telephone=values["telephone"],
        ),
    )


def words(found: Collection[Deficiency]) -> str:
    """Deficiencies in one line."""
    return "、".join(DEFICIENCIES[each][0] for each in found)
