"""Small tables that people keep as CSV, read by the names of their headings: Excel's CSV, UTF-8 or CP932."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from sekisho.kernel import SekishoError

_FOLD: Final = re.compile(r"[\s_\-./()（）・]+")
_LARGEST: Final = 4 << 20
Aliases = Mapping[str, tuple[str, ...]]


def fold(heading: str) -> str:
    """A heading as it is compared."""
    return _FOLD.sub("", heading).lower()


def facts_by_heading(aliases: Aliases) -> Mapping[str, str]:
    """Which fact each heading names, by the heading as it is compared."""
    return MappingProxyType({fold(alias): fact for fact, names in aliases.items() for alias in names})


def columns_of(cells: Sequence[str], by_heading: Mapping[str, str]) -> dict[str, int]:
    """Which column holds which fact; of two that name the same, the first."""
    columns: dict[str, int] = {}
    for place, cell in enumerate(cells):
        fact = by_heading.get(fold(cell))
        if fact is not None:
            columns.setdefault(fact, place)
    return columns


def _decode(body: bytes) -> str:
    """The text of a table.

    Raises:
        SekishoError: It is too large, or its characters cannot be read.

    """
    if len(body) > _LARGEST:
        message = f"表が大きすぎます({_LARGEST}バイトまで) / the table is larger than {_LARGEST} bytes"
        raise SekishoError(message)
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return body.decode(encoding)
        except UnicodeDecodeError:
            continue
    message = "表の文字が読めません。UTF-8 か CP932 で保存してください / save the table in UTF-8 or CP932"
    raise SekishoError(message)


def read_table(body: bytes, aliases: Aliases, needed: Sequence[str]) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Each row with its number, as the facts that its headings name.

    Raises:
        SekishoError: It is no CSV, a heading that is needed is missing, or a row has another number of cells.

    """
    by_heading = facts_by_heading(aliases)
    rows = csv.reader(io.StringIO(_decode(body).replace("\x00", ""), newline=""), strict=True)
    columns: dict[str, int] | None = None
    width = 0
    try:
        for cells in rows:
            number = rows.line_num
            if not any(cell.strip() for cell in cells) or cells[0].startswith("#"):
                continue
            if columns is None:
                columns, width = _columns(cells, by_heading, needed), len(cells)
                continue
            if len(cells) != width:
                message = f"{number}行目の列の数が見出しと違います / line {number} has another number of cells"
                raise SekishoError(message)
            yield number, MappingProxyType({fact: cells[place].strip() for fact, place in columns.items()})
    except csv.Error as fault:
        message = "CSVとして読めません / not a CSV"
        raise SekishoError(message) from fault


def _columns(cells: Sequence[str], by_heading: Mapping[str, str], needed: Sequence[str]) -> dict[str, int]:
    """Which column holds which fact.

    Raises:
        SekishoError: A heading that is needed is missing.

    """
    columns = columns_of(cells, by_heading)
    if missing := [each for each in needed if each not in columns]:
        message = f"見出しがありません / headings are missing: {', '.join(missing)}"
        raise SekishoError(message)
    return columns
