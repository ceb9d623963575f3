"""`sekisho demo`: consultation 56 end to end, on real files, over real connections, told from the ledger."""

import os
import sys
from pathlib import Path
from typing import Final

import click

from sekisho.cli.answers import NO, answer
from sekisho.cli.demo.year.plan import SHORT
from sekisho.kernel import Refused, SekishoError

SOME: Final = click.IntRange(min=1)
PORT: Final = click.IntRange(1, 65_534)


def _dossier(path: Path | None) -> str:
    """The text of the dossier: the one that was handed in, once it has been read, or the one that ships.

    Raises:
        SekishoError: It is not a dossier.

    """
    from sekisho.adapters.dossiers import read_dossier, shipped_dossier

    if path is None:
        return shipped_dossier()
    try:
        text = path.read_text(encoding="utf-8")
        read_dossier(text)
    except (UnicodeDecodeError, Refused) as fault:
        why = fault.reasons[0].ja if isinstance(fault, Refused) else "UTF-8 ではありません / not UTF-8"
        message = f"{path}: {why}"
        raise SekishoError(message) from fault
    return text


@click.command()
@click.option("--once", is_flag=True, help="一度通して終わる / run once and end")
@click.option("--json", "as_json", is_flag=True, help="機械向け / for machines")
@click.option("--home", type=click.Path(path_type=Path), default=Path("var/demo"), help="置き場所 / where it lives")
@click.option("--dossier", type=click.Path(exists=True, path_type=Path), help="別の諮問データ / another dossier (YAML)")
@click.option("--notices", default=200, type=SOME, show_default=True, help="通知の件数 / how many notices")
@click.option(
    "--donations",
    default=SHORT,
    type=click.IntRange(min=0),
    show_default=True,
    help="1年の寄附の件数。0なら寄附の年は演じない / donations of the year; 0 leaves the year out (a city has 72,000)",
)
@click.option("--port", default=8000, type=PORT, show_default=True, help="画面のポート / port of the screens")
def demo(*, once: bool, as_json: bool, home: Path, dossier: Path | None, port: int, **counts: int) -> None:
    """諮問第56号と寄附の1年を実際に通してみる / see consultation 56 and a year of donations cross real gates."""
    text, home = _dossier(dossier), home.absolute()
    os.environ["SEKISHO_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "sekisho.web.settings"
    os.environ.pop("SEKISHO_DATABASE_URL", None)
    from sekisho.bootstrap import open_house
    from sekisho.cli.demo.folder import clear_home

    clear_home(home)
    open_house()
    from sekisho.cli.demo.play import Play, play, serve_screens

    wanted = Play(home=home, dossier=text, forms=0 if once else port + 1, **counts)
    with play(wanted, quiet=as_json) as (report, city):
        if as_json:
            answer(report.as_data())
        if once:
            sys.exit(NO if report.unexpected else 0)
        serve_screens(home, city, port)
