"""`sekisho barcode`: the customer barcode of Japan Post."""

from dataclasses import asdict

import click

from sekisho.cli.answers import answer
from sekisho.records import customer_barcode


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
    """カスタマバーコードを作る / make a customer barcode."""
    from sekisho.adapters.places import postal_book

    digits = postcode.replace("-", "")
    made = customer_barcode(postcode, postal_book().address_part(digits, text))
    if as_json:
        answer({**asdict(made), "bar_count": len(made.bars)})
        return
    click.echo(f"{digits} {made.extracted}\n{' '.join(made.symbols)} {made.check_symbol}\n{made.bars}")
