"""What each portal's download looks like: its headings, its code, and one row or several for an order."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from counterparts.donation_portal.orders import CANCELLED, PAID, WAITING, Order
from counterparts.donation_portal.rakuten import HEADINGS as SHOP_HEADINGS
from counterparts.donation_portal.rakuten import shop_rows

Rows = Callable[[Order], list[list[str]]]


@dataclass(frozen=True, slots=True)
class Form:
    """The form of one portal's file."""

    encoding: str
    headings: tuple[str, ...]
    rows: Rows
    quote_all: bool = False


CHOICE = (
    "申込番号,申込日,入金日,寄附金額,氏名,氏名（カナ）,郵便番号,都道府県,市区町村,番地,建物名,電話番号,メールアドレス,性別,"
    "生年月日,ワンストップ特例申請書の送付希望,使い道,公表の可否,管理コード,お礼の品名,個数,配送先氏名,配送先氏名（カナ）,"
    "配送先郵便番号,配送先住所,配送先電話番号,決済方法,ステータス"
)
SATOFURU = (
    "寄附受付番号,申込日,入金日,寄附金額,寄附者氏名,寄附者氏名カナ,寄附者郵便番号,寄附者住所1,寄附者住所2,寄附者住所3,"
    "寄附者電話番号,メール,性別,生年月日,ワンストップ特例希望,使い道,氏名公表,お礼品ID,お礼品名,数量,お届け先氏名,"
    "お届け先氏名カナ,お届け先郵便番号,お届け先住所,お届け先電話番号,決済方法,ステータス"
)
FURUNAVI = (
    "申込番号,申込日時,入金確認日,寄附金額,氏名,フリガナ,郵便番号,住所,電話番号,メールアドレス,性別,生年月日,"
    "ワンストップ特例希望,使い道,公表,返礼品コード,返礼品名,数量,お届け先氏名,お届け先フリガナ,お届け先郵便番号,"
    "お届け先住所,お届け先電話番号,支払方法,ステータス"
)
STATUS = {
    "choice": {PAID: "入金済み", WAITING: "入金待ち", CANCELLED: "キャンセル"},
    "satofuru": {PAID: "入金確認済", WAITING: "入金待ち", CANCELLED: "キャンセル"},
    "furunavi": {PAID: "入金済", WAITING: "申込受付", CANCELLED: "取消"},
}


def _postcode(digits: str) -> str:
    """With its hyphen."""
    return f"{digits[:3]}-{digits[3:]}"


def _gift_and_recipient(order: Order) -> list[str]:
    """The first gift, and to whom it goes if not to the donor."""
    code, name, quantity = order.gifts[0]
    other = order.recipient
    where = ["", "", "", "", ""]
    if other:
        where = [
            f"{other.family}　{other.given}",
            f"{other.family_kana}　{other.given_kana}",
            _postcode(other.postcode),
            f"{other.prefecture}{other.city}{other.street}{other.building}",
            "-".join(other.telephone),
        ]
    return [code, name, str(quantity), *where]


def _row(order: Order, portal: str, ordered: str, address: list[str]) -> list[list[str]]:
    """What the three portals with one row an order have in common."""
    donor = order.donor
    paid = "" if order.paid_on is None else f"{order.paid_on:%Y/%m/%d}"
    who = [f"{donor.family}　{donor.given}", f"{donor.family_kana}　{donor.given_kana}", _postcode(donor.postcode)]
    reach = ["-".join(donor.telephone), donor.mail, donor.sex, f"{donor.birth:%Y/%m/%d}"]
    wish = ["希望する" if order.one_stop else "希望しない", order.purpose, "公表可" if order.publish else "公表不可"]
    end = [order.method, STATUS[portal][order.status]]
    return [
        [
            order.number,
            ordered,
            paid,
            str(order.amount),
            *who,
            *address,
            *reach,
            *wish,
            *_gift_and_recipient(order),
            *end,
        ]
    ]


def _choice_rows(order: Order) -> list[list[str]]:
    """The address in four columns."""
    donor = order.donor
    address = [donor.prefecture, donor.city, donor.street, donor.building]
    return _row(order, "choice", f"{order.ordered_at:%Y-%m-%d %H:%M}", address)


def _satofuru_rows(order: Order) -> list[list[str]]:
    """The address in three columns."""
    donor = order.donor
    address = [f"{donor.prefecture}{donor.city}", donor.street, donor.building]
    return _row(order, "satofuru", f"{order.ordered_at:%Y/%m/%d}", address)


def _furunavi_rows(order: Order) -> list[list[str]]:
    """The address in one column."""
    donor = order.donor
    address = [f"{donor.prefecture}{donor.city}{donor.street}{donor.building}"]
    return _row(order, "furunavi", f"{order.ordered_at:%Y/%m/%d %H:%M}", address)


FORMS: Mapping[str, Form] = {
    "choice": Form("utf-8-sig", tuple(CHOICE.split(",")), _choice_rows),
    "rakuten": Form("cp932", SHOP_HEADINGS, shop_rows, quote_all=True),
    "satofuru": Form("cp932", tuple(SATOFURU.split(",")), _satofuru_rows),
    "furunavi": Form("utf-8", tuple(FURUNAVI.split(",")), _furunavi_rows),
}


def write_file(portal: str, orders: Iterable[Order], renamed: Mapping[str, str]) -> bytes:
    """The download of these orders; headings that the portal has renamed carry their new names."""
    form, text = FORMS[portal], io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL if form.quote_all else csv.QUOTE_MINIMAL, lineterminator="\r\n")
    writer.writerow([renamed.get(heading, heading) for heading in form.headings])
    for order in orders:
        writer.writerows(form.rows(order))
    whole = text.getvalue()
    # What CP932 does not have, the portal writes in its usual form.
    return (whole.replace("𠮷", "吉") if form.encoding == "cp932" else whole).encode(form.encoding)
