"""`sekisho demo`: consultation 56 end to end, on real files, over real connections, told from the ledger."""

import os
import sys
from pathlib import Path

import click

from sekisho.cli.answers import NO, answer


@click.command()
@click.option("--once", is_flag=True, help="一度通して終わる / run once and end")
@click.option("--json", "as_json", is_flag=True, help="機械向け / for machines")
@click.option("--home", type=click.Path(path_type=Path), default=Path("var/demo"), help="置き場所 / where it lives")
@click.option("--dossier", type=click.Path(exists=True, path_type=Path), help="別の諮問データ / another dossier (YAML)")
@click.option("--notices", default=200, show_default=True, help="通知の件数 / how many notices")
@click.option("--port", default=8000, show_default=True, help="画面のポート / port of the screens")
def demo(*, once: bool, as_json: bool, home: Path, dossier: Path | None, notices: int, port: int) -> None:
    """諮問第56号を実際のファイルで通してみる / see consultation 56 cross a real gate."""
    home = home.absolute()
    os.environ["SEKISHO_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "sekisho.web.settings"
    os.environ.pop("SEKISHO_DATABASE_URL", None)
    from sekisho.bootstrap import open_house
    from sekisho.cli.demo.folder import clear_home

    clear_home(home)
    open_house()
    from sekisho.adapters.dossiers import shipped_dossier
    from sekisho.cli.demo.play import play, serve_screens

    text = dossier.read_text(encoding="utf-8") if dossier else shipped_dossier()
    with play(home, text, notices, quiet=as_json, forms=0 if once else port + 1) as (report, city):
        if as_json:
            answer(report.as_data())
        if once:
            sys.exit(NO if report.unexpected else 0)
        serve_screens(home, city, port)
