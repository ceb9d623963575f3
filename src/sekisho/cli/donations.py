"""`sekisho donations`: the donation manager S1, a site of its own in a home folder of its own.

Nothing here opens a city's gate: the home folder that is named is S1's, with its own database, keys and ledger.
"""

import os
from contextlib import ExitStack
from pathlib import Path
from typing import Final

import click

SETTINGS: Final = "sekisho.web.donation_manager.settings"
HOME = click.option(
    "--home",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="S1 のフォルダー / the folder of S1, never the gate's",
)


@click.group()
def donations() -> None:
    """寄附データ一括管理 S1 / the donation manager S1."""


def enter_home(home: Path) -> None:
    """Work in S1's own home, from now on and in every child; its tables are made or brought up to date."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.environ["SEKISHO_HOME"] = str(home.absolute())
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    from sekisho.bootstrap import open_house, prepare_database

    open_house(SETTINGS)
    prepare_database()


@donations.command()
@HOME
@click.option("--port", default=8100, show_default=True, help="画面 / screens")
def serve(*, home: Path, port: int) -> None:
    """S1 を動かす / run S1 until Ctrl-C."""
    enter_home(home)
    from sekisho.cli.demo.stage import running, wait_for

    with ExitStack() as stack:
        screens = ["--port", str(port)]
        web = stack.enter_context(running("web", "sekisho.web.donation_manager", screens, home / "web.log"))
        click.echo(f"ready port={web.ready['port']}")
        click.echo(f"http://localhost:{port}  寄附データ一括管理が開きました / the donation manager is open (Ctrl-C)")
        try:
            wait_for(web.process)
        except KeyboardInterrupt:
            click.echo("閉じます / closing")
