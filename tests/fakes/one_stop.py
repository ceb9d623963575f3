"""Made-up donors with made-up Individual Numbers, their forms, and sealed rows of them."""

from collections.abc import Iterator
from datetime import date
from random import Random

from sekisho.business.hometown_donations.notices import NoticeSender, SealedRow
from sekisho.business.hometown_donations.one_stop import (
    AppliedDonation,
    OneStopApplication,
    OneStopDeadlines,
    ReceivedForm,
    deadlines_of,
    make_application,
    read_form,
    seal_row,
)
from sekisho.records import individual_check_digit

KEY = bytes(range(32))
YEAR = 2026
DEADLINES = deadlines_of(YEAR)
SENDER = NoticeSender(
    code="422011",
    name="長崎市",
    address="長崎県長崎市魚の町4番1号",
    desk="ふるさと納税推進室",
    telephone="095-000-0000",
)
_SURNAMES = ("髙﨑", "出島", "眼鏡橋", "銅座", "思案橋", "浦上", "稲佐", "大浦", "東山手", "風頭")
_READINGS = (
    "タカサキ",
    "デジマ",
    "メガネバシ",
    "ドウザ",
    "シアンバシ",
    "ウラカミ",
    "イナサ",
    "オオウラ",
    "ヒガシヤマテ",
    "カザガシラ",
)
_GIVEN = (("遥", "ハルカ"), ("葵", "アオイ"), ("亮", "リョウ"), ("光", "ヒカリ"), ("歩", "アユム"))
_PLACES = (
    "長崎県佐世保市八幡町",
    "福岡県福岡市中央区天神",
    "東京都港区芝",
    "北海道札幌市中央区北1条",
    "大阪府堺市堺区南瓦町",
)


def number_of(chance: Random) -> str:
    """An Individual Number that nobody has, with its check digit right."""
    first = f"{chance.randrange(10**11):011d}"
    return f"{first}{individual_check_digit(first)}"


def typed_form(chance: Random, amount: int = 30_000, donated_on: str = "2026-05-02") -> dict[str, str]:
    """A form as an officer types it."""
    who, given = chance.randrange(len(_SURNAMES)), chance.choice(_GIVEN)
    return {
        "applied_on": "2026-06-01",
        "name": f"{_SURNAMES[who]}　{given[0]}",
        "kana": f"{_READINGS[who]}　{given[1]}",
        "address": f"{chance.choice(_PLACES)}{chance.randrange(1, 30)}番{chance.randrange(1, 40)}号",
        "telephone": "",
        "individual_number": number_of(chance),
        "sex": chance.choice(("", "男", "女")),
        "birth": f"{chance.randrange(1940, 2005)}-{chance.randrange(1, 13):02d}-{chance.randrange(1, 29):02d}",
        "donated_on": donated_on,
        "amount": str(amount),
        "confirmed_eligible": "1",
        "confirmed_five": "1",
    }


def received(
    application: str = "2026-000001",
    amount: int = 30_000,
    *,
    on: date = date(2026, 6, 5),
    deadlines: OneStopDeadlines = DEADLINES,
    identity_shown: bool = True,
) -> ReceivedForm:
    """A form that came in time, about a donation of 2 May."""
    donation = AppliedDonation(donation=f"D{application}", donated_on=date(2026, 5, 2), amount=amount)
    return ReceivedForm(
        application=application, received_on=on, donation=donation, deadlines=deadlines, identity_shown=identity_shown
    )


def application_of(typed: dict[str, str], application: str = "2026-000001", amount: int = 30_000) -> OneStopApplication:
    """The application that a form without deficiencies is."""
    return make_application(read_form(typed), received(application, amount))


def sealed(application: OneStopApplication) -> SealedRow:
    """An application with its seal."""
    return SealedRow(application=application, seal=seal_row(KEY, application))


def sealed_rows(chance: Random, count: int) -> Iterator[SealedRow]:
    """So many people, each with one application of another amount."""
    for number in range(1, count + 1):
        amount = chance.randrange(5, 400) * 1_000
        yield sealed(application_of(typed_form(chance, amount), f"2026-{number:06d}", amount))
