"""`sekisho minutes`: published minutes as data, and back to the page."""

import json
from collections import Counter
from pathlib import Path

import click

from sekisho.cli.answers import answer
from sekisho.cli.files import read_pieces
from sekisho.records import RecordsError
from sekisho.records.minutes import page_from_data, page_to_data, parse_minutes, write_minutes


@click.group()
def minutes() -> None:
    """会議録 / minutes."""


def _read_text(file: Path) -> str:
    """The text of a page, in UTF-8 as it is published.

    Raises:
        RecordsError: It is not UTF-8; it says where.
        SekishoError: There is no such file, or it is a folder.

    """
    try:
        return b"".join(read_pieces(file)).decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        message = f"{file}: UTF-8 の文章ではありません({fault.start} バイト目) / not UTF-8 at byte {fault.start}"
        raise RecordsError(message) from fault


@minutes.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="機械向け / for machines")
def parse(*, file: Path, as_json: bool) -> None:
    """公開された会議録を読む / read a published page."""
    page = parse_minutes(_read_text(file))
    if as_json:
        answer(page_to_data(page))
        return
    click.echo(f"{page.title}  {page.held_from}  {page.place}")
    for line in page.results:
        click.echo(line.text)
    for part in page.discussions:
        roles = Counter(turn.role for turn in part.turns)
        counts = " ".join(f"{role} {count}" for role, count in roles.items())
        click.echo(f"{part.heading}\t{part.phase}\t{counts}")


@minutes.command()
@click.argument("file", type=click.Path(path_type=Path))
def write(*, file: Path) -> None:
    """データから会議録のページを書く / write the page from what `parse --json` answered."""
    try:
        page = page_from_data(json.loads(_read_text(file)))
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        message = f"{file}: 会議録のデータではありません / not the data of a page"
        raise RecordsError(message) from fault
    click.echo(write_minutes(page), nl=False)
