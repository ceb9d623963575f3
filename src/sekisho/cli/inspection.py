"""`sekisho inspect`: all that the gate would say of a file, without a database."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from sekisho.adapters.layouts import layouts_in_use
from sekisho.adapters.scanners import TEXTS, inspect_chunks, peek, sniff
from sekisho.cli.answers import NO, answer
from sekisho.cli.document_inspection import inspect_file
from sekisho.cli.fault_table import examination_data, print_examination
from sekisho.cli.files import read_pieces
from sekisho.cli.first_look import office_day, refuse_empty
from sekisho.kernel import Findings


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--layout", "name", default="registry_notice", show_default=True, help="様式 / layout")
@click.option("--municipality", default="", help="この団体の記録だけか / whose records these must be")
@click.option("--json", "as_json", is_flag=True, help="機械向け / for machines")
@click.option("--rebuilt", type=click.Path(path_type=Path), help="無害化した文書の書出し先 / where to write it rebuilt")
def inspect(*, file: Path, name: str, municipality: str, as_json: bool, rebuilt: Path | None) -> None:
    """関所がこのファイルについて言うことをすべて / everything the gate would say of this file.

    文書・画像・書庫は、様式と比べずに中身を調べます / documents, images and archives are looked through.
    """
    head, pieces = peek(read_pieces(file))
    if not head:
        refuse_empty(file)
    if sniff(head) not in TEXTS:
        if not inspect_file(file, pieces, rebuilt, as_json=as_json):
            sys.exit(NO)
        return
    _inspect_records(file, (head, pieces), (name, municipality), as_json=as_json)


def _say(found: Findings, strangers: list[str]) -> None:
    """What was found besides the records, for people."""
    click.echo(f"種類 / type {found.media_type}  検査の備え / profile {', '.join(sorted(found.profile))}")
    for item in strangers:
        click.echo(f"様式にない項目 / unexpected item: {found.item_labels.get(item, item)} ({item})")
    for each in found.individual_numbers:
        click.echo(f"個人番号とみられる数字 / apparent Individual Numbers: {each.column} {each.count}")
    for mark in found.marks:
        click.echo(f"{mark.reason().ja} / {mark.reason().en}")
    for kind in found.active_content:
        click.echo(f"動作する内容 / active content: {kind}")


def _inspect_records(
    file: Path, stream: tuple[bytes, Iterator[bytes]], wanted: tuple[str, str], *, as_json: bool
) -> None:
    """What the gate would say of a file of records, compared with a layout and for a municipality."""
    (head, pieces), (name, municipality) = stream, wanted
    used = layouts_in_use().choose(name, head, office_day())
    layout = used.layout
    found, seen = inspect_chunks(used, pieces, municipality)
    strangers = sorted(found.items - layout.items())
    clean = not (
        strangers or seen.fault_count or found.individual_numbers or found.active_content or seen.foreign or found.marks
    )
    data = {
        **examination_data(seen, used, file.name),
        "media_type": found.media_type,
        "unexpected_items": strangers,
        "active_content": list(found.active_content),
        "marks": [str(mark.code) for mark in found.marks],
        "profile": sorted(found.profile),
        "clean": clean,
    }
    if as_json:
        answer(data)
    else:
        print_examination(seen, used, file.name)
        _say(found, strangers)
    if not clean:
        sys.exit(NO)
