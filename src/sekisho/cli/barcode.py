"""`sekisho barcode`: the customer barcode of Japan Post."""

import sys
from dataclasses import asdict

import click

from sekisho.cli.answers import NO, answer
from sekisho.records import NoBarcodeError


@click.group()
def barcode() -> None:
    """バーコード / barcodes."""


@barcode.command()
@click.option("--postcode", required=True, help="郵便番号 / the postcode, seven digits")
@click.option(
    "--address", "text", required=True, help="住所(町名の後だけでもよい) / the address, or what follows the town"
)
@click.option("--json", "as_json", is_flag=True, help="機械向け / for machines")
def customer(*, postcode: str, text: str, as_json: bool) -> None:
    """カスタマバーコードを作る / make a customer barcode; exit status 1 and the reason if there can be none."""
    from sekisho.adapters.places import postal_book

    try:
        made = postal_book().customer_barcode(postcode, text)
    except NoBarcodeError as fault:
        if as_json:
            answer({"reason": str(fault)})
        else:
            click.echo(str(fault), err=True)
        sys.exit(NO)
    if as_json:
        answer({**asdict(made), "bar_count": len(made.bars)})
        return
    click.echo(
        f"{''.join(made.symbols[:7])} {made.extracted}\n{' '.join(made.symbols)} {made.check_symbol}\n{made.bars}"
    )
