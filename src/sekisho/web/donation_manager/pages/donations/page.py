"""Donations and answers as a screen shows them, and the form in which an answer is written."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.http import HttpRequest
from django.urls import reverse

from sekisho.adapters.donations.acts import LONGEST_ANSWER
from sekisho.adapters.donations.reading import AnswerFacts, DonationFacts
from sekisho.adapters.donations.responses import response_choices
from sekisho.web.components.act_forms import AREA, SELECT, ActForm, FormField, pick
from sekisho.web.components.facts import Fact, Said
from sekisho.web.components.listing import Column
from sekisho.web.components.portals import portal_words
from sekisho.web.donation_manager.words import status_words
from sekisho.web.words import Words

ERASED = Words("（保存期間を過ぎて消去済み）", "(erased after its keeping period)")
ENGLISH: Final = {
    "電話": "Telephone",
    "メール": "Mail",
    "窓口": "Window",
    "郵便": "Post",
    "返礼品": "Gift",
    "寄附証明書": "Receipt",
    "ワンストップ特例": "One-stop",
    "住所変更": "Change of address",
    "その他": "Other",
}
"""How the layout's own words are said in English; which words there are is the layout's to say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DonationLine:
    """One line of a list."""

    number: int
    url: str
    day: date
    name: Said
    address: str
    portal: Said
    amount: int
    status: Said
    gift: str


def donation_line(each: DonationFacts) -> DonationLine:
    """A donation in a list."""
    return DonationLine(
        number=each.number,
        url=reverse("donation", args=[each.number]),
        day=each.paid_on or each.ordered_on,
        name=each.personal.get("name", "") or ERASED,
        address=each.address,
        portal=portal_words(each.portal),
        amount=each.amount,
        status=status_words(each.status),
        gift=each.gift_name,
    )


COLUMNS: tuple[Column[DonationFacts], ...] = (
    Column(words=Words("申込番号", "Order"), value=lambda each: each.personal.get("order_number", "")),
    Column(words=Words("ポータル", "Portal"), value=lambda each: portal_words(each.portal)),
    Column(words=Words("寄附年月日", "Paid on"), value=lambda each: each.paid_on, days=True),
    Column(words=Words("寄附金額", "Amount"), value=lambda each: each.amount),
    Column(words=Words("状態", "State"), value=lambda each: status_words(each.status)),
    Column(words=Words("氏名", "Name"), value=lambda each: each.personal.get("name", "") or ERASED),
    Column(words=Words("フリガナ", "Reading"), value=lambda each: each.personal.get("kana", "")),
    Column(words=Words("郵便番号", "Postcode"), value=lambda each: each.personal.get("postcode", "")),
    Column(words=Words("住所", "Address"), value=lambda each: each.address),
    Column(words=Words("電話番号", "Telephone"), value=lambda each: each.personal.get("telephone", "")),
    Column(words=Words("返礼品", "Gift"), value=lambda each: each.gift_name),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DonationView:
    """One donation: what the office keeps of it, the donor, and the one who receives the gift."""

    number: int
    donor_url: str
    gone: bool
    can_print: bool
    facts: tuple[Fact, ...]
    donor: tuple[Fact, ...]
    recipient: tuple[Fact, ...]
    days: tuple[tuple[Words, date | None], ...]
    erased_at: datetime | None


def _named(each: DonationFacts, *pairs: tuple[Words, str]) -> tuple[Fact, ...]:
    """Those of these sealed values that are there."""
    return tuple(Fact(name=words, value=value) for words, name in pairs if (value := each.personal.get(name, "")))


def _donor(each: DonationFacts) -> tuple[Fact, ...]:
    """What is known of the donor."""
    facts = (
        *_named(each, (Words("氏名", "Name"), "name"), (Words("フリガナ", "Reading"), "kana")),
        Fact(name=Words("住所", "Address"), value=f"{each.personal.get('postcode', '')} {each.address}".strip()),
        *_named(
            each,
            (Words("電話番号", "Telephone"), "telephone"),
            (Words("メールアドレス", "Mail address"), "mail"),
            (Words("生年月日", "Born"), "birth"),
            (Words("性別", "Sex"), "sex"),
        ),
    )
    return tuple(fact for fact in facts if fact.value)


def _recipient(each: DonationFacts) -> tuple[Fact, ...]:
    """Who receives the gift: another person than the donor, perhaps."""
    return _named(
        each,
        (Words("氏名", "Name"), "recipient_name"),
        (Words("フリガナ", "Reading"), "recipient_kana"),
        (Words("郵便番号", "Postcode"), "recipient_postcode"),
        (Words("住所", "Address"), "recipient_address"),
        (Words("電話番号", "Telephone"), "recipient_telephone"),
    )


def _facts(each: DonationFacts) -> tuple[Fact, ...]:
    """What was given, and for what."""
    wish = Words("希望する", "Wished") if each.one_stop else Words("希望しない", "Not wished")
    gift = f"{each.gift_name} × {each.quantity}" if each.quantity else each.gift_name
    facts = (
        *_named(each, (Words("申込番号", "Order"), "order_number")),
        Fact(name=Words("ポータル", "Portal"), value=portal_words(each.portal)),
        Fact(name=Words("寄附金額", "Amount"), value=Words(f"{each.amount:,} 円", f"{each.amount:,} yen")),
        Fact(name=Words("状態", "State"), value=status_words(each.status)),
        Fact(name=Words("ワンストップ特例", "One-stop exception"), value=wish),
        Fact(name=Words("使い道", "Purpose"), value=each.purpose),
        Fact(name=Words("返礼品", "Gift"), value=gift),
        *_named(
            each, (Words("支払方法", "Paid by"), "payment_method"), (Words("氏名の公表", "Name published"), "publish")
        ),
    )
    return tuple(fact for fact in facts if fact.value)


def donation_view(each: DonationFacts) -> DonationView:
    """A donation on its own page."""
    return DonationView(
        number=each.number,
        donor_url=reverse("donor", args=[each.donor]),
        gone=each.erased_at is not None,
        can_print=each.erased_at is None and each.year is not None,
        facts=_facts(each),
        donor=_donor(each),
        recipient=_recipient(each),
        days=(
            (Words("申込日", "Ordered on"), each.ordered_on),
            (Words("寄附年月日", "Paid on"), each.paid_on),
            (Words("翌年の御案内に使える期限", "May be invited until"), each.invite_until),
            (Words("保存期限", "Kept until"), each.keep_until),
        ),
        erased_at=each.erased_at,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerLine:
    """One answer in the history."""

    at: datetime
    channel: Words
    subject: Words
    closed: Words
    words: str
    donation: int


def _said(word: str) -> Words:
    """A word of the layout in both languages."""
    return Words(word, ENGLISH.get(word, word))


def answer_line(each: AnswerFacts) -> AnswerLine:
    """An answer as a line."""
    return AnswerLine(
        at=each.answered_at,
        channel=_said(each.channel),
        subject=_said(each.subject),
        closed=Words("済", "Done") if each.closed else Words("継続", "Open"),
        words=each.words,
        donation=each.donation,
    )


def answer_form(number: int, request: HttpRequest) -> ActForm:
    """The form for an answer, with what was typed if it came back."""
    typed = request.POST.get
    channels, subjects = (
        pick(*((each, _said(each)) for each in response_choices()[name]), chosen=typed(name, ""))
        for name in ("channel", "subject")
    )
    closed = pick(("yes", Words("済", "Done")), ("no", Words("継続", "Still open")), chosen=typed("closed", ""))
    hint = Words(f"{LONGEST_ANSWER}字まで", f"At most {LONGEST_ANSWER} letters")
    return ActForm(
        key="answer",
        url=reverse("donation_answer", args=[number]),
        words=Words("対応を記録する", "Record the answer"),
        main=True,
        fields=(
            FormField(name="channel", words=Words("対応の方法", "By"), kind=SELECT, choices=channels),
            FormField(name="subject", words=Words("区分", "About"), kind=SELECT, choices=subjects),
            FormField(
                name="answer",
                words=Words("対応内容", "What was answered"),
                kind=AREA,
                value=typed("answer", ""),
                hint=hint,
            ),
            FormField(name="closed", words=Words("完了", "Finished"), kind=SELECT, choices=closed),
        ),
    )
