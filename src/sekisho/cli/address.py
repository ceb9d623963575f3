"""`sekisho address`: addresses taken apart."""

import sys
from dataclasses import asdict

import click

from sekisho.cli.answers import NO, answer
from sekisho.records import RecordsError, parse_address

_LABELS = (
    ("郵便番号", "postcode"),
    ("都道府県", "prefecture"),
    ("市区町村", "municipality"),
    ("団体コード", "code"),
    ("町", "town"),
    ("番号", "number"),
    ("建物", "building"),
)


@click.group()
def address() -> None:
    """住所 / addresses."""


@address.command()
@click.argument("text")
@click.option("--json", "as_json", is_flag=True, help="機械向け / for machines")
def parse(*, text: str, as_json: bool) -> None:
    """住所を都道府県・市区町村・町・番号・建物に分ける / take an address apart; exit status 1 if it cannot be done."""
    from sekisho.adapters.places import postal_book, shipped_municipalities

    try:
        found = parse_address(text, shipped_municipalities(), postal_book().towns_in)
    except RecordsError as fault:
        if as_json:
            answer({"reason": str(fault)})
        else:
            click.echo(str(fault), err=True)
        sys.exit(NO)
    if as_json:
        answer(asdict(found))
        return
    for label, name in _LABELS:
        click.echo(f"{label}\t{getattr(found, name) or '-'}")
