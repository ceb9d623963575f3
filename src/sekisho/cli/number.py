"""`sekisho number`: identifiers and their check digits."""

import sys

import click

from sekisho.cli.answers import NO, answer
from sekisho.records import NumberKind, check_number


@click.group()
def number() -> None:
    """番号と検査用数字 / numbers and their check digits."""


@number.command()
@click.argument("kind", type=click.Choice([str(kind) for kind in NumberKind]))
@click.argument("value")
@click.option("--json", "as_json", is_flag=True, help="機械向け / for machines")
def check(*, kind: str, value: str, as_json: bool) -> None:
    """番号を確かめる / check a number; exit status 1 if it cannot be one."""
    verdict = check_number(NumberKind(kind), value)
    if as_json:
        answer({"valid": verdict.valid, "normalised": verdict.normalised, "reason": verdict.reason})
    else:
        click.echo("正しい形です / valid" if verdict.valid else verdict.reason)
    if not verdict.valid:
        sys.exit(NO)
