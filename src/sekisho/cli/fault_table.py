"""The faults of a file as a table that somebody can act on: where, what was found, what is allowed, how to mend it."""

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import click
from rich.console import Console
from rich.table import Table

from sekisho.adapters.layouts import LayoutFile
from sekisho.cli.layout_facts import MARKS, ORIGINS, version_words
from sekisho.records import Examination, Fault, Layout

_NARROWEST: Final = 140
_HEADS: Final = (
    "行\nrow",
    "列\ncolumn",
    "バイト\nbyte",
    "不備\nwhat is wrong",
    "届いた値\nfound",
    "許される値\nallowed",
    "直し方\nhow to mend it",
)
_NUMBERS: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultKind:
    """All faults of one kind: how many, and the first row."""

    rule: str
    ja: str
    en: str
    count: int
    first_row: int


def fault_kinds(faults: Sequence[Fault]) -> tuple[FaultKind, ...]:
    """The kinds of faults, the most frequent first."""
    kinds: dict[str, list[Fault]] = {}
    for fault in faults:
        kinds.setdefault(str(fault.code), []).append(fault)
    found = (
        FaultKind(
            rule=rule,
            ja=each[0].what[0],
            en=each[0].what[1],
            count=len(each),
            first_row=min(fault.row for fault in each),
        )
        for rule, each in kinds.items()
    )
    return tuple(sorted(found, key=lambda kind: (-kind.count, kind.first_row)))


def fits_name(layout: Layout, name: str) -> bool:
    """Is the file named as its layout asks? Most layouts ask for nothing."""
    return not layout.filename or re.fullmatch(layout.filename, name) is not None


def examination_data(seen: Examination, file: LayoutFile, name: str, limit: int | None = None) -> dict[str, object]:
    """An examination for machines; `name` is what the file is called."""
    return {
        "layout": file.layout.layout,
        "version": file.layout.version,
        "layout_sha256": file.sha256,
        "origin": file.layout.origin,
        "confidence": str(file.layout.confidence),
        "recognised": bool(seen.layout),
        "records": seen.records,
        "size": seen.size,
        "sha256": seen.sha256,
        "items": sorted(seen.items),
        "fault_count": seen.fault_count,
        "faults": [fault.as_data() for fault in seen.faults[:limit]],
        "kinds": [{"rule": each.rule, "count": each.count} for each in fault_kinds(seen.faults)],
        "individual_numbers": [
            {"column": each.column, "count": each.count, "first_row": each.first_row} for each in seen.numbers
        ],
        "private_characters": [
            {"column": each.column, "count": each.count, "first_row": each.first_row} for each in seen.private
        ],
        "other_municipality": seen.foreign,
        "totals": dict(seen.totals),
        "file_name_fits": fits_name(file.layout, name),
    }


def _column(layout: Layout, fault: Fault) -> str:
    """The number of a column and its Japanese name."""
    header = next((each.header for each in layout.fields if each.name == fault.field), fault.label or fault.field)
    return f"{fault.column} {header}".rstrip()


def _table(layout: Layout, faults: Sequence[Fault]) -> Table:
    """The faults, one a line."""
    table = Table(show_lines=True)
    for place, head in enumerate(_HEADS):
        table.add_column(head, justify="right" if place in {0, 2} else "left", overflow="fold", no_wrap=place in {0, 2})
    for fault in faults:
        table.add_row(
            f"{fault.row:,}",
            _column(layout, fault),
            f"{fault.byte:,}",
            "\n".join(fault.what),
            fault.found or "—",
            fault.allowed or "—",
            "\n".join(fault.mend),
        )
    return table


def _console() -> Console:
    """As wide as the terminal; where nobody looks (a file, a pipe), wide enough for the table."""
    return Console() if sys.stdout.isatty() else Console(width=_NARROWEST)


def print_examination(seen: Examination, file: LayoutFile, name: str, limit: int | None = None) -> None:
    """An examination for people: the first faults, how many there are of each kind, and what was compared with what."""
    shown, layout = seen.faults[:limit], file.layout
    if shown:
        _console().print(_table(layout, shown))
    if seen.fault_count > len(shown):
        click.echo(f"… ほか {seen.fault_count - len(shown):,} 件 / more (--limit N, --all)")
    if seen.fault_count > len(seen.faults):
        click.echo(f"内訳は最初の {len(seen.faults):,} 件から / kinds among the first that were kept:")
    for kind in fault_kinds(seen.faults):
        first = f"{kind.first_row:,}"
        click.echo(f"{kind.count:>7,} 件  {kind.ja} / {kind.en}  (最初は {first} 行目 / first in row {first})")
    click.echo(
        f"様式 / layout: {layout.ja} / {layout.en} ({layout.layout}) {version_words(layout)}"
        f" [{MARKS[layout.confidence]}] [{ORIGINS.get(layout.origin, layout.origin)}]"
    )
    for field, yen in seen.totals:
        header = next((each.header for each in layout.fields if each.name == field), field)
        click.echo(f"合計 / total: {header} {yen:,} 円")
    if not fits_name(layout, name):
        click.echo(f"ファイル名が様式と違います / the file is not named as the layout asks: {layout.filename}")
    click.echo(f"記録 / records: {seen.records:,}  不備 / faults: {seen.fault_count:,}")
    click.echo(f"SHA-256: {seen.sha256}  ({seen.size:,} bytes)")
