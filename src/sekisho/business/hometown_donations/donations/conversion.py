"""From a portal's file to donation records: one row a donation, its amount once, its year by the day of payment.

The donor is whoever ordered. The recipient of the gift is another person, and stands apart only where it is another.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

from sekisho.business.hometown_donations.donations.columns import read_frame
from sekisho.business.hometown_donations.donations.own_columns import OWN_COLUMNS
from sekisho.business.hometown_donations.donations.portals import Portal
from sekisho.business.hometown_donations.donations.words import (
    CANCELLED,
    PAID,
    WAITING,
    by_card,
    choice_of,
    sex_of,
    status_of,
)
from sekisho.records import Layout, RecordsError, full_kana

_KANA: Final = "^[\u30a1-\u30f6\u30fb\u30fc\u3000]*$"
_MANY: Final = "、"
_SHOWN: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """Donation records as bytes, and what they come to: counts and yen, nobody's data."""

    records: bytes
    donations: int
    amount: int
    cancelled: int
    by_year: Mapping[str, int]


def convert(portal: Portal, layout: Layout, plain: bytes, target: Layout, cities: str = "") -> Converted:
    """Every donation in a portal's file, in the layout of this office's own.

    Raises:
        RecordsError: The file cannot be read, or a row says what cannot be; it names the rows, never a value.

    """
    frame = OWN_COLUMNS[portal.portal](read_frame(layout, plain), cities)
    donations = _fold(frame.with_row_index("row", offset=2))
    records = _records(portal, donations)
    _check(records)
    counted = records.filter(pl.col("status") == PAID).with_columns(year=pl.col("paid_on").str.slice(0, 4))
    years = counted.group_by("year").agg(pl.col("amount").cast(pl.Int64).sum()).sort("year")
    return Converted(
        records=_write(records, target),
        donations=records.height,
        amount=int(records["amount"].cast(pl.Int64).sum()),
        cancelled=records.filter(pl.col("status") == CANCELLED).height,
        by_year=dict(years.iter_rows()),
    )


def _fold(frame: pl.DataFrame) -> pl.DataFrame:
    """One row an order: its amount once, its gifts together.

    Raises:
        RecordsError: The rows of an order differ in what they say of its amount.

    """
    if frame["order_number"].n_unique() == frame.height:
        return frame
    grouped = frame.group_by("order_number", maintain_order=True)
    gifts = ("gift_code", "gift_name")
    once = [pl.col(each).first() for each in frame.columns if each not in {"order_number", "quantity", *gifts}]
    folded = grouped.agg(
        *once,
        *(pl.col(each).filter(pl.col(each) != "").unique(maintain_order=True).str.join(_MANY) for each in gifts),
        pl.col("quantity").cast(pl.Int64, strict=False).sum().cast(pl.String),
        pl.col("amount").n_unique().alias("amounts"),
    )
    if (differing := folded.filter(pl.col("amounts") > 1)).height:
        raise RecordsError(
            _rows("同じ申込みの行で金額が違います / rows of one order differ in their amount", differing)
        )
    return folded.drop("amounts")


def _rows(what: str, frame: pl.DataFrame) -> str:
    """A sentence with the first rows that it speaks of."""
    shown = ", ".join(str(each) for each in frame["row"].head(_SHOWN))
    more = f" ほか{frame.height - _SHOWN}行" if frame.height > _SHOWN else ""
    return f"{what}: {shown}行目{more} / row {shown}"


def _kana(name: str) -> pl.Expr:
    """Full-width katakana; the few that come otherwise are rewritten, and what is no kana is left out."""
    spaced = pl.col(name).str.replace_all("[ ]+", "　")
    mended = pl.when(spaced.str.contains(_KANA)).then(spaced)
    rewritten = spaced.map_elements(_rewrite_kana, return_dtype=pl.String, skip_nulls=True)
    return mended.otherwise(rewritten).str.extract(f"({_KANA[1:-1]})").fill_null("")


def _rewrite_kana(text: str) -> str:
    """Half-width kana and hiragana as katakana."""
    return full_kana(text)


def _records(portal: Portal, frame: pl.DataFrame) -> pl.DataFrame:
    """The columns of the donation record."""
    frame = frame.with_columns(status=status_of("status", "paid_on"), elsewhere=_elsewhere(portal))
    paid = pl.col("paid_on")
    ordered_on = pl.col("ordered_at").str.slice(0, 10)
    paid = (
        pl.when((pl.col("status") == PAID) & (paid == "") & by_card("payment_method")).then(ordered_on).otherwise(paid)
    )
    return frame.with_columns(
        portal=pl.lit(portal.portal),
        paid_on=pl.when(pl.col("status") == WAITING).then(pl.lit("")).otherwise(paid),
        kana=_kana("kana"),
        postcode=pl.col("postcode").str.replace_all("-", ""),
        sex=sex_of("sex"),
        one_stop=choice_of("one_stop", "希望する", "希望しない", "希望しない"),
        publish=choice_of("publish", "可", "否", ""),
        gift_code=pl.col("gift_code").str.slice(0, 60),
        gift_name=pl.col("gift_name").str.slice(0, 300),
        purpose=pl.col("purpose").str.slice(0, 200),
        quantity=pl.when(pl.col("gift_code") == "").then(pl.lit("")).otherwise(pl.col("quantity")),
        recipient_kana=_kana("recipient_kana"),
        recipient_postcode=pl.col("recipient_postcode").str.replace_all("-", ""),
    ).with_columns(_only_elsewhere())


def _elsewhere(portal: Portal) -> pl.Expr:
    """Does the gift go to somebody else, or to another address than the donor's?"""
    said = pl.col("recipient_name") != ""
    if not portal.recipient_always:
        return said
    home = pl.concat_str(["prefecture", "city", "street", "building"])
    return said & ((pl.col("recipient_name") != pl.col("name")) | (pl.col("recipient_address") != home))


def _only_elsewhere() -> list[pl.Expr]:
    """The recipient's columns, empty where it is the donor."""
    names = ("recipient_name", "recipient_kana", "recipient_postcode", "recipient_address", "recipient_telephone")
    return [pl.when(pl.col("elsewhere")).then(pl.col(each)).otherwise(pl.lit("")).alias(each) for each in names]


def _check(records: pl.DataFrame) -> None:
    """What no rule of the layout can see from one field alone.

    Raises:
        RecordsError: It names the rows.

    """
    strange = (
        (
            "住所を市区町村と番地に分けられません / the address cannot be split",
            (pl.col("city") == "") | (pl.col("street") == ""),
        ),
        ("金額が数字ではありません / the amount is no number", ~pl.col("amount").str.contains(r"^[0-9]{1,12}$")),
        (
            "入金済なのに入金日がありません / paid, and no day of payment",
            (pl.col("status") == PAID) & (pl.col("paid_on") == ""),
        ),
    )
    for what, broken in strange:
        if (found := records.filter(broken)).height:
            raise RecordsError(_rows(what, found))


def _write(records: pl.DataFrame, target: Layout) -> bytes:
    """The records in the columns, names and code of the layout."""
    empty = [
        pl.when(pl.col(each.name) == "").then(None).otherwise(pl.col(each.name)).alias(each.header)
        for each in target.fields
    ]
    return records.select(empty).write_csv(line_terminator="\r\n", quote_style="necessary").encode()
