"""The download of the shop: one row an article, the wishes in free text, the mail address masked."""

import hashlib

from counterparts.donation_portal.orders import CANCELLED, CARD, PAID, WAITING, Order
from counterparts.donation_portal.people import Donor

HEADINGS = (
    "注文番号", "ステータス", "サブステータスID", "サブステータス", "注文日時", "注文日", "注文時間",
    "キャンセル期限日", "注文確認日時", "注文確定日時", "発送指示日時", "発送完了報告日時", "支払方法名",
    "クレジットカード支払い方法", "クレジットカード支払い回数", "配送方法", "配送区分", "注文種別",
    "複数送付先フラグ", "送付先一致フラグ", "離島フラグ", "楽天確認中フラグ", "警告表示タイプ", "楽天会員フラグ",
    "購入履歴修正有無フラグ", "商品合計金額", "消費税合計", "送料合計", "代引料合計", "請求金額", "合計金額",
    "ポイント利用額", "クーポン利用総額", "店舗発行クーポン利用額", "楽天発行クーポン利用額", "注文者郵便番号1",
    "注文者郵便番号2", "注文者住所都道府県", "注文者住所郡市区", "注文者住所それ以降の住所", "注文者姓", "注文者名",
    "注文者姓カナ", "注文者名カナ", "注文者電話番号1", "注文者電話番号2", "注文者電話番号3", "注文者メールアドレス",
    "注文者性別", "申込番号", "申込お届け回数", "送付先ID", "送付先送料", "送付先代引料", "送付先消費税合計",
    "送付先商品合計金額", "送付先合計金額", "のし", "送付先郵便番号1", "送付先郵便番号2", "送付先住所都道府県",
    "送付先住所郡市区", "送付先住所それ以降の住所", "送付先姓", "送付先名", "送付先姓カナ", "送付先名カナ",
    "送付先電話番号1", "送付先電話番号2", "送付先電話番号3", "商品明細ID", "商品ID", "商品名", "商品番号",
    "商品管理番号", "単価", "個数", "送料込別", "税込別", "代引手数料込別", "項目・選択肢", "ポイント倍率",
    "納期情報", "在庫タイプ", "ラッピングタイトル1", "ラッピング名1", "ラッピング料金1", "ラッピング税込別1",
    "ラッピング種類1", "ラッピングタイトル2", "ラッピング名2", "ラッピング料金2", "ラッピング税込別2",
    "ラッピング種類2", "お届け時間帯", "お届け日指定", "担当者", "ひとことメモ",
    "メール差込文 (お客様へのメッセージ)", "ギフト配送希望", "コメント", "利用端末", "メールキャリアコード",
    "あす楽希望フラグ", "医薬品受注フラグ", "楽天スーパーDEAL商品受注フラグ", "メンバーシッププログラム受注タイプ",
)  # fmt: skip
STATUS = {PAID: "発送待ち", WAITING: "支払手続き", CANCELLED: "キャンセル確定"}


def _masked(mail: str) -> str:
    """The address that the portal shows instead of the donor's."""
    return f"{hashlib.sha256(mail.encode()).hexdigest()[:24]}@masked.example.jp"


def _person(who: Donor, prefix: str) -> dict[str, str]:
    """Name and address of the donor or the recipient, under the headings of either."""
    return {
        f"{prefix}郵便番号1": who.postcode[:3],
        f"{prefix}郵便番号2": who.postcode[3:],
        f"{prefix}住所都道府県": who.prefecture,
        f"{prefix}住所郡市区": who.city,
        f"{prefix}住所それ以降の住所": who.street + who.building,
        f"{prefix}姓": who.family,
        f"{prefix}名": who.given,
        f"{prefix}姓カナ": who.family_kana,
        f"{prefix}名カナ": who.given_kana,
        **{f"{prefix}電話番号{number}": part for number, part in enumerate(who.telephone, start=1)},
    }


def _order(order: Order) -> dict[str, str]:
    """What every row of an order repeats."""
    at = order.ordered_at
    fixed = "" if order.paid_on is None else f"{order.paid_on:%Y-%m-%d} 09:00:00"
    return {
        "注文番号": order.number,
        "ステータス": STATUS[order.status],
        "注文日時": f"{at:%Y-%m-%d %H:%M:%S}",
        "注文日": f"{at:%Y-%m-%d}",
        "注文時間": f"{at:%H:%M:%S}",
        "注文確定日時": fixed,
        "支払方法名": order.method,
        "クレジットカード支払い方法": "一括払い" if order.method == CARD else "",
        "配送方法": "宅配便",
        "商品合計金額": str(order.amount),
        "請求金額": str(order.amount - order.points),
        "合計金額": str(order.amount),
        "ポイント利用額": str(order.points),
        "注文者メールアドレス": _masked(order.donor.mail),
        "注文者性別": order.donor.sex,
        "利用端末": "スマートフォン",
        **dict.fromkeys(("消費税合計", "送料合計", "代引料合計"), "0"),
        **dict.fromkeys(("クーポン利用総額", "店舗発行クーポン利用額", "楽天発行クーポン利用額"), "0"),
        **_person(order.donor, "注文者"),
        **_person(order.recipient or order.donor, "送付先"),
    }


def shop_rows(order: Order) -> list[list[str]]:
    """One row an article."""
    common = _order(order)
    wish = "希望する" if order.one_stop else "希望しない"
    named = "可" if order.publish else "否"
    options = (
        f"ワンストップ特例申請書の送付:{wish}\n寄附の使い道:{order.purpose}\n氏名の公表:{named}\n"
        f"生年月日:{order.donor.birth:%Y-%m-%d}"
    )
    rows = []
    for line, (code, name, quantity) in enumerate(order.gifts, start=1):
        article = {"商品明細ID": f"{order.number}-{line}", "商品名": name, "商品管理番号": code, "個数": str(quantity)}
        row = {**common, **article, "項目・選択肢": options}
        rows.append([row.get(heading, "") for heading in HEADINGS])
    return rows
