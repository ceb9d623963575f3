"""The words that portals use for one thing, read as ours: state of the order, wishes, sex, means of payment."""

from typing import Final

import polars as pl

PAID: Final = "入金済"
WAITING: Final = "受付"
CANCELLED: Final = "取消"
_CANCELLED_LIKE: Final = "取消|取り消し|キャンセル"
_WAITING_LIKE: Final = "入金待ち|支払い?待ち|未入金|支払手続|申込受付|^受付"
_PAID_LIKE: Final = "入金済|確認済|決済済|発送|完了|受領"
_NO: Final = "しない|不要|不可|否|なし|無|^0$|いいえ"
_YES: Final = "する|要|可|あり|有|^1$|はい"
_CARD: Final = "カード|クレジット|Pay|ペイ|ポイント"


def status_of(status: str, paid: str) -> pl.Expr:
    """入金済, 受付 or 取消; a state that says nothing of payment is told by the day of payment."""
    column = pl.col(status)
    return (
        pl.when(column.str.contains(_CANCELLED_LIKE))
        .then(pl.lit(CANCELLED))
        .when(column.str.contains(_WAITING_LIKE))
        .then(pl.lit(WAITING))
        .when(column.str.contains(_PAID_LIKE) | (pl.col(paid) != ""))
        .then(pl.lit(PAID))
        .otherwise(pl.lit(WAITING))
    )


def choice_of(name: str, yes: str, no: str, unsaid: str) -> pl.Expr:
    """A wish in two words; what is not said is what the portal's form begins with."""
    column = pl.col(name)
    return (
        pl.when(column.str.contains(_NO))
        .then(pl.lit(no))
        .when(column.str.contains(_YES))
        .then(pl.lit(yes))
        .otherwise(pl.lit(unsaid))
    )


def sex_of(name: str) -> pl.Expr:
    """男 or 女, or nothing."""
    first = pl.col(name).str.slice(0, 1)
    return pl.when(first.is_in(["男", "女"])).then(first).otherwise(pl.lit(""))


def by_card(name: str) -> pl.Expr:
    """Was it paid when it was ordered?"""
    return pl.col(name).str.contains(_CARD)


def option_of(name: str, word: str) -> pl.Expr:
    """What stands behind a word in a text of choices, one a line: 項目名:選択肢."""
    return (
        pl.col(name)
        .str.extract(rf"(?m)^[^\r\n:：]*{word}[^\r\n:：]*[:：][ 　]*([^\r\n]*)")
        .fill_null("")
        .str.strip_chars()
    )
