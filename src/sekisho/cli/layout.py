"""`sekisho layout`: the record layouts, and checking a file against one of them."""

import sys
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from sekisho.adapters.layouts import shipped_layouts
from sekisho.cli.answers import NO, answer
from sekisho.cli.files import read_pieces
from sekisho.records import Examination, Layout, examine

_MARKS = {"official": "公表 / official", "reconstructed": "復元 / reconstructed", "local": "独自 / local"}


def _summary(layout: Layout) -> dict[str, object]:
    """A layout in one line."""
    return {
        "layout": layout.layout,
        "version": layout.version,
        "ja": layout.ja,
        "en": layout.en,
        "confidence": str(layout.confidence),
        "effective_from": layout.effective_from.isoformat(),
        "fields": len(layout.fields),
    }


@click.group()
def layout() -> None:
    """記録様式 / record layouts."""


@layout.command("list")
@click.option("--json", "as_json", is_flag=True, help="機械向け / for machines")
def list_(*, as_json: bool) -> None:
    """様式の一覧 / every layout."""
    rows = [_summary(each) for each in shipped_layouts().layouts]
    if as_json:
        answer(rows)
        return
    for row in rows:
        click.echo(f"{row['layout']:<18} {_MARKS[str(row['confidence'])]:<22} {row['ja']} / {row['en']}")


@layout.command()
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="機械向け / for machines")
def show(*, name: str, as_json: bool) -> None:
    """様式の項目 / the fields of a layout."""
    found = shipped_layouts().find(name)
    fields = [
        {
            "name": field.name,
            "header": field.header,
            "item": field.item,
            "type": str(field.type),
            "required": field.required,
            "class": str(field.data_class),
        }
        for field in found.fields
    ]
    if as_json:
        answer({**_summary(found), "source": found.source, "columns": fields})
        return
    table = Table(title=f"{found.ja} / {found.en}  [{_MARKS[found.confidence]}]", caption=found.source)
    for heading in ("name", "見出し", "項目", "型", "必須", "区分"):
        table.add_column(heading)
    for field in fields:
        table.add_row(*(("○" if value else "") if isinstance(value, bool) else str(value) for value in field.values()))
    Console().print(table)


def examination_data(seen: Examination) -> dict[str, object]:
    """An examination for machines."""
    return {
        "layout": seen.layout,
        "records": seen.records,
        "size": seen.size,
        "sha256": seen.sha256,
        "items": sorted(seen.items),
        "fault_count": seen.fault_count,
        "faults": [fault.as_data() for fault in seen.faults],
        "individual_numbers": [
            {"column": each.column, "count": each.count, "first_row": each.first_row} for each in seen.numbers
        ],
        "private_characters": [
            {"column": each.column, "count": each.count, "first_row": each.first_row} for each in seen.private
        ],
        "other_municipality": seen.foreign,
    }


def print_examination(seen: Examination) -> None:
    """An examination for people: every fault kept, then the counts."""
    for fault in seen.faults:
        click.echo(f"{fault.row}行 {fault.column}列 {fault.byte}バイト目 {fault.field}: {fault.ja} / {fault.en}")
    if seen.fault_count > len(seen.faults):
        click.echo(f"… ほか {seen.fault_count - len(seen.faults)} 件 / more")
    click.echo(f"記録 / records {seen.records:,}  不備 / faults {seen.fault_count:,}  SHA-256 {seen.sha256}")


@layout.command()
@click.argument("name")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--municipality", default="", help="この団体の記録だけか / whose records these must be")
@click.option("--json", "as_json", is_flag=True, help="機械向け / for machines")
def check(*, name: str, file: Path, municipality: str, as_json: bool) -> None:
    """ファイルを様式と照らす / every fault of a file, with row, column and byte; exit status 1 if there is one."""
    shelf = shipped_layouts()
    found = shelf.find(name)
    seen = examine(found, read_pieces(file), vocabulary=shelf.vocabulary, municipality=municipality)
    answer(examination_data(seen)) if as_json else print_examination(seen)
    if seen.fault_count:
        sys.exit(NO)
