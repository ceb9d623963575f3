"""`sekisho cross`: one whole crossing from the shell, in one process."""

import sys
from pathlib import Path

import click

from sekisho.cli.answers import NO, answer, reasons_data
from sekisho.kernel import Stopped


@click.command()
@click.argument("permit")
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@click.option("--tenant", default="422011", show_default=True, help="団体コード / municipality")
@click.option("--person", required=True, help="操作者 / operator")
@click.option("--terminal", required=True, help="端末 / terminal")
@click.option("--json", "as_json", is_flag=True, help="機械向け / for machines")
def cross(*, permit: str, file: Path, tenant: str, person: str, terminal: str, as_json: bool) -> None:
    """ファイルを一件通す / take one file through all ten doors; exit status 1 if it was stopped.

    PERMIT は通行証の番号か接続の名前 / the number of a permit, or the name of its connection.
    """
    from sekisho.bootstrap import cross_file
    from sekisho.cli.files import read_pieces
    from sekisho.cli.permit import connection_of

    size, connection = file.stat().st_size, connection_of(tenant, permit)
    outcome = cross_file((tenant, connection), (terminal, person), (read_pieces(file), size))
    parcel = outcome.waybill.parcel
    if isinstance(outcome, Stopped):
        reasons = reasons_data(tuple(outcome.reasons))
        word = "held" if outcome.held else "refused"
        if as_json:
            answer({"parcel": parcel, "outcome": word, "reasons": reasons})
        else:
            click.echo(f"{parcel}: {'保留' if outcome.held else '拒否'} / {word}")
            for each in outcome.reasons:
                click.echo(f"・{each.ja} {each.next_ja}\n  {each.en} {each.next_en}")
        sys.exit(NO)
    if as_json:
        answer({"parcel": parcel, "outcome": "erased", "key_digest": outcome.proof.key_digest})
    else:
        click.echo(f"{parcel}: 通過しました。写しは削除済みです / crossed, our copy is erased")
