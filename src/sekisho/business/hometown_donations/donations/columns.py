"""A portal's file as columns by the names of its layout's fields, cleaned of what no field of ours may hold."""

from typing import Final

import polars as pl

from sekisho.business.hometown_donations.donations.headings import read_headings
from sekisho.records import Layout, RecordsError, decode_text

_HEAD: Final = 1 << 16
_BREAKS: Final = r"[\r\n\t\x0b\x0c]+"
DAY: Final = r"^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?$"
_DATE_PARTS: Final = 3


def read_frame(layout: Layout, plain: bytes) -> pl.DataFrame:
    """Every row of a file; a column that the layout does not know is left out, one that is missing is empty.

    Raises:
        RecordsError: The file cannot be read in the layout's code or form.

    """
    headings = read_headings(layout, plain[:_HEAD])
    encoding = "utf-8" if layout.encoding == "utf-8-bom" else layout.encoding
    try:
        text = decode_text(plain.removeprefix(b"\xef\xbb\xbf"), encoding)
        frame = pl.read_csv(
            text.encode(),
            has_header=True,
            infer_schema=False,
            empty_string_is_null=False,
            eol_char="\n",
            new_columns=[f"c{number}" for number in range(len(headings))],
        )
    except (UnicodeDecodeError, pl.exceptions.PolarsError) as fault:
        message = f"{layout.layout}: 読み取れません / the file cannot be read as its layout says"
        raise RecordsError(message) from fault
    places = {heading: f"c{number}" for number, heading in enumerate(headings)}
    return frame.select(_column(places, field).alias(field[0]) for field in _names(layout))


def _names(layout: Layout) -> list[tuple[str, tuple[str, ...]]]:
    """Each field with the headings that it goes by."""
    return [(field.name, (field.header, *field.aliases)) for field in layout.fields]


def _column(places: dict[str, str], field: tuple[str, tuple[str, ...]]) -> pl.Expr:
    """The column of a field without its carriage returns; empty if the file has none."""
    place = next((places[each] for each in field[1] if each in places), None)
    return pl.lit("") if place is None else pl.col(place).str.strip_chars()


def one_line(name: str) -> pl.Expr:
    """A text without line breaks."""
    return pl.col(name).str.replace_all(_BREAKS, " ")


def day_of(name: str) -> pl.Expr:
    """A day as 2026-05-01, whatever strokes it was written with; empty if there is none."""
    parts = pl.col(name).str.extract_groups(DAY).struct
    pieces = [parts.field(str(number)).str.zfill(2) for number in range(1, _DATE_PARTS + 1)]
    return pl.concat_str(pieces, separator="-").fill_null("")


def moment_of(name: str) -> pl.Expr:
    """A day, with its time of day if one stands there."""
    parts = pl.col(name).str.extract_groups(DAY).struct
    minute = pl.concat_str([parts.field("4").str.zfill(2), parts.field("5")], separator=":")
    second = pl.when(parts.field("6").is_not_null()).then(pl.lit(":") + parts.field("6")).otherwise(pl.lit(""))
    time = pl.when(parts.field("4").is_not_null()).then(pl.lit(" ") + minute + second).otherwise(pl.lit(""))
    return pl.concat_str([day_of(name), time.fill_null("")])


def joined(names: tuple[str, ...], separator: str) -> pl.Expr:
    """Several columns as one text, without those that are empty."""
    filled = [pl.when(pl.col(each) == "").then(None).otherwise(pl.col(each)) for each in names]
    return pl.concat_str(filled, separator=separator, ignore_nulls=True).fill_null("")
