"""What each portal's columns are to us: the same names for all portals, before they become donation records."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

import polars as pl

from sekisho.business.hometown_donations.donations.columns import day_of, joined, moment_of, one_line
from sekisho.business.hometown_donations.donations.words import by_card, option_of

_PLAIN: Final = (
    "order_number", "amount", "name", "kana", "postcode", "prefecture", "city", "street", "building", "telephone",
    "mail", "sex", "one_stop", "purpose", "publish", "gift_code", "gift_name", "quantity", "recipient_name",
    "recipient_kana", "recipient_postcode", "recipient_address", "recipient_telephone", "payment_method", "status",
)  # fmt: skip
_PREFECTURE: Final = r"^(東京都|北海道|(?:京都|大阪)府|[^都道府県]{2,3}県)"
_TOWN: Final = r"^([^0-9０-９]+?郡[^0-9０-９]+?[町村]|[^0-9０-９]+?市[^0-9０-９市]+?区|[^0-9０-９]+?[市区町村])"
Townspeople = Callable[[pl.DataFrame, str], pl.DataFrame]


def _usual(frame: pl.DataFrame) -> pl.DataFrame:
    """Texts on one line, days and moments in one form."""
    return frame.with_columns(
        *(one_line(each).alias(each) for each in _PLAIN if each in frame.columns),
        moment_of("ordered_at").alias("ordered_at"),
        day_of("paid_on").alias("paid_on"),
        day_of("birth").alias("birth"),
    )


def split_address(frame: pl.DataFrame, cities: str) -> pl.DataFrame:
    """A whole address in one column `whole`: prefecture, municipality and the rest; `cities` are their names.

    The names come first because 四日市市 and 大和郡山市 cannot be told by their last letter.
    """
    frame = frame.with_columns(pl.col("whole").str.extract(_PREFECTURE).fill_null("").alias("prefecture"))
    rest = pl.col("whole").str.slice(pl.col("prefecture").str.len_chars())
    frame = frame.with_columns(rest.alias("whole"))
    known = pl.col("whole").str.extract(cities) if cities else pl.lit(None, pl.String)
    frame = frame.with_columns(known.fill_null(pl.col("whole").str.extract(_TOWN)).fill_null("").alias("city"))
    return frame.with_columns(
        pl.col("whole").str.slice(pl.col("city").str.len_chars()).str.strip_chars().alias("street")
    )


def _choice(frame: pl.DataFrame, _: str) -> pl.DataFrame:
    """The address stands in columns already."""
    return _usual(frame)


def _satofuru(frame: pl.DataFrame, cities: str) -> pl.DataFrame:
    """Prefecture and municipality in one column, and the rest in two."""
    frame = frame.with_columns(
        joined(("address1", "address2"), "").alias("whole"), pl.col("address3").alias("building")
    )
    return _usual(split_address(frame, cities))


def _furunavi(frame: pl.DataFrame, cities: str) -> pl.DataFrame:
    """The whole address in one column."""
    frame = frame.with_columns(pl.col("address").alias("whole"), pl.lit("").alias("building"))
    return _usual(split_address(frame, cities))


def _rakuten(frame: pl.DataFrame, _: str) -> pl.DataFrame:
    """Names, postcodes and telephones in pieces; the wishes in free text; the day of payment told by the means."""
    wishes = joined(("options", "memo", "comment"), "\n")
    frame = frame.with_columns(
        wishes.alias("wishes"),
        pl.col("total").alias("amount"),
        joined(("family_name", "given_name"), "　").alias("name"),
        joined(("family_kana", "given_kana"), "　").alias("kana"),
        joined(("postcode1", "postcode2"), "").alias("postcode"),
        joined(("telephone1", "telephone2", "telephone3"), "-").alias("telephone"),
        pl.lit("").alias("building"),
        joined(("recipient_family_name", "recipient_given_name"), "　").alias("recipient_name"),
        joined(("recipient_family_kana", "recipient_given_kana"), "　").alias("recipient_kana"),
        joined(("recipient_postcode1", "recipient_postcode2"), "").alias("recipient_postcode"),
        joined(("recipient_prefecture", "recipient_city", "recipient_street"), "").alias("recipient_address"),
        joined(("recipient_telephone1", "recipient_telephone2", "recipient_telephone3"), "-").alias(
            "recipient_telephone"
        ),
        # By card it is paid when it is ordered, and whether it was paid at all is told by the state.
        pl.when(by_card("payment_method")).then(pl.lit("")).otherwise(pl.col("fixed_at")).alias("paid_on"),
    )
    return _usual(
        frame.with_columns(
            option_of("wishes", "ワンストップ").alias("one_stop"),
            option_of("wishes", "使い道").alias("purpose"),
            option_of("wishes", "公表").alias("publish"),
            option_of("wishes", "生年月日").alias("birth"),
        )
    )


OWN_COLUMNS: Final[Mapping[str, Townspeople]] = MappingProxyType(
    {"choice": _choice, "rakuten": _rakuten, "satofuru": _satofuru, "furunavi": _furunavi}
)
