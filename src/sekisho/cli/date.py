"""`sekisho date`: Japanese dates in any spelling."""

import sys

import click

from sekisho.cli.answers import NO, answer
from sekisho.records import RecordsError, read_date


@click.group()
def date() -> None:
    """和暦と西暦 / Japanese and Western dates."""


@date.command()
@click.argument("text")
@click.option("--json", "as_json", is_flag=True, help="機械向け / for machines")
def parse(*, text: str, as_json: bool) -> None:
    """日付を読む / read a date; exit status 1 and the reason if it is none."""
    try:
        found = read_date(text)
    except RecordsError as fault:
        if as_json:
            answer({"reason": str(fault)})
        else:
            click.echo(str(fault), err=True)
        sys.exit(NO)
    data = {
        "iso": found.iso,
        "era": found.era_name,
        "year": found.era_year,
        "text": found.text,
        "fiscal": found.fiscal,
        "hint": found.hint,
    }
    if as_json:
        answer(data)
    else:
        click.echo(f"{found.iso}  {data['text']} {found.hint}".rstrip())
