"""`sekisho inspect`: all that the gate would say of a file, without a database."""

import sys
from pathlib import Path

import click

from sekisho.adapters.layouts import layouts_in_use
from sekisho.adapters.scanners import inspect_chunks, peek
from sekisho.cli.answers import NO, answer
from sekisho.cli.fault_table import examination_data, print_examination
from sekisho.cli.files import read_pieces
from sekisho.cli.first_look import office_day


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--layout", "name", default="registry_notice", show_default=True, help="様式 / layout")
@click.option("--municipality", default="", help="この団体の記録だけか / whose records these must be")
@click.option("--json", "as_json", is_flag=True, help="機械向け / for machines")
def inspect(*, file: Path, name: str, municipality: str, as_json: bool) -> None:
    """関所がこのファイルについて言うことをすべて / everything the gate would say of this file."""
    head, pieces = peek(read_pieces(file))
    used = layouts_in_use().choose(name, head, office_day())
    layout = used.layout
    found, seen = inspect_chunks(used, pieces, municipality)
    strangers = sorted(found.items - layout.items())
    clean = not (strangers or seen.fault_count or found.individual_numbers or found.active_content or seen.foreign)
    data = {
        **examination_data(seen, used, file.name),
        "media_type": found.media_type,
        "unexpected_items": strangers,
        "active_content": list(found.active_content),
        "profile": sorted(found.profile),
        "clean": clean,
    }
    if as_json:
        answer(data)
    else:
        print_examination(seen, used, file.name)
        click.echo(f"種類 / type {found.media_type}  検査の備え / profile {', '.join(sorted(found.profile))}")
        for item in strangers:
            click.echo(f"様式にない項目 / unexpected item: {found.item_labels.get(item, item)} ({item})")
        for each in found.individual_numbers:
            click.echo(f"個人番号とみられる数字 / apparent Individual Numbers: {each.column} {each.count}")
        for kind in found.active_content:
            click.echo(f"動作する内容 / active content: {kind}")
    if not clean:
        sys.exit(NO)
