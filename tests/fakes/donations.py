"""Two municipalities in the donation manager, and donation records of made-up donors, to be delivered to either."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime

from sekisho.adapters.database.models import Department, Person
from sekisho.adapters.database.municipalities import enter_tenant
from sekisho.adapters.database.turns import writing
from sekisho.adapters.donations.acts import Act
from sekisho.adapters.donations.deliveries import Delivery, Intake
from sekisho.adapters.donations.intake import take_in
from sekisho.adapters.layouts import shipped_layouts
from sekisho.kernel import Standing
from sekisho.records import write

NAGASAKI, NEIGHBOUR = "422011", "422029"
S1_URLS = "sekisho.web.donation_manager.urls"
"""For `pytest.mark.urls`: the pages of the donation manager in place of the city's."""
NOW = datetime(2026, 11, 27, 1, 0, tzinfo=UTC)
NAMES = ("見本　髙子", "試験　太郎", "架空　花子", "仮名　一郎", "例示　みどり", "想定　次郎", "模擬　さくら")
KANA = (
    "ミホン　タカコ",
    "シケン　タロウ",
    "カクウ　ハナコ",
    "カメイ　イチロウ",
    "レイジ　ミドリ",
    "ソウテイ　ジロウ",
    "モギ　サクラ",
)
ANSWER = {
    "city_code": NAGASAKI,
    "portal": "choice",
    "order_number": "N-0000001",
    "answered_at": "2026-06-01 10:00",
    "channel": "電話",
    "subject": "返礼品",
    "answer": "到着の予定を案内した",
    "closed": "済",
}
PLACES = (("長崎県", "長崎市"), ("東京都", "千代田区"), ("大阪府", "大阪市北区"), ("北海道", "札幌市中央区"))


def record(number: int, **other: str) -> dict[str, str]:
    """One donation record; its donor is made up."""
    prefecture, city = PLACES[number % len(PLACES)]
    values = {
        "portal": "choice",
        "order_number": f"N-{number:07}",
        "ordered_at": "2026-05-01 10:23",
        "paid_on": "2026-05-02",
        "amount": str(10_000 + 1_000 * number),
        "name": NAMES[number % len(NAMES)],
        "kana": KANA[number % len(KANA)],
        "postcode": f"850{number:04}",
        "prefecture": prefecture,
        "city": city,
        "street": f"桜町{number + 1}番22号",
        "telephone": f"095-000-{number:04}",
        "mail": f"donor{number}@example.invalid",
        "one_stop": "希望する",
        "status": "入金済",
        "gift_code": "G-01",
        "gift_name": "びわゼリー",
        "quantity": "1",
        "payment_method": "カード",
    }
    return values | other


def parcel_of(rows: Sequence[dict[str, str]], layout: str = "donation.record") -> bytes:
    """A file of records."""
    return b"".join(write(shipped_layouts().find(layout), rows))


def deliver(area: str, parcel: str, body: bytes, **other: str) -> Intake:
    """Bring a parcel to the door of an area."""
    return take_in(delivery_of(area, parcel, body, **other), body)


def delivery_of(area: str, parcel: str, body: bytes, **other: str) -> Delivery:
    """What a sender says of a parcel."""
    said = {"door": "intake", "sha256": hashlib.sha256(body).hexdigest(), "sender": "gate", "portal": ""} | other
    return Delivery(area=area, parcel=parcel, at=NOW, **said)


def officer_of(area: str, number: int = 1) -> str:
    """The user name of an officer of an area."""
    return f"officer-{area}-{number}"


def open_area(area: str) -> None:
    """A municipality with two officers; nobody has a password."""
    labels = {NAGASAKI: ("長崎市", "Nagasaki City"), NEIGHBOUR: ("佐世保市", "Sasebo City")}[area]
    with writing():
        enter_tenant(area, labels, NOW)
    Department.objects.create(
        tenant_id=area,
        department="hometown",
        agency="mayor",
        label_ja="ふるさと納税推進室",
        label_en="Donations Office",
    )
    for number in (1, 2):
        Person.objects.create(
            username=officer_of(area, number),
            tenant_id=area,
            department="hometown",
            label_ja=f"担当 {number}",
            label_en=f"Officer {number}",
            roles=["operator", "head"],
            password="!",
        )


def act_in(area: str, number: int = 1) -> Act:
    """An officer of an area who acts."""
    standing = Standing(person=officer_of(area, number), terminal="", agency="mayor", department="hometown")
    return Act(area=area, standing=standing, at=NOW)
