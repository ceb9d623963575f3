"""`sekisho donations`: the donation manager S1, a site of its own in a home folder of its own.

Nothing here opens a city's gate: the home folder that is named is S1's, with its own database, keys and ledger.
Others add their commands in modules of their own (`donations_*.py`), named in `_MORE`.
"""

import importlib
import os
from pathlib import Path
from typing import Any, Final

import click

from sekisho.adapters.database.home import Home
from sekisho.cli.answers import tell
from sekisho.cli.municipality import read_opening
from sekisho.cli.permit_acts import AS_JSON
from sekisho.cli.process_groups import ProcessGroup

SETTINGS: Final = "sekisho.web.donation_manager.settings"
_MORE: Final[dict[str, str]] = {
    "allow-list": "sekisho.cli.donations_ways:allow_list",
    "ask": "sekisho.cli.donations_link:ask",
    "automatic-link": "sekisho.cli.donations_ways:automatic_link",
    "connector": "sekisho.cli.donations_ways:connector",
    "link": "sekisho.cli.donations_link:link",
    "one-stop": "sekisho.cli.donations_one_stop:one_stop",
    "run-connector": "sekisho.cli.donations_ways:run_connector",
    "way-out": "sekisho.cli.donations_ways:way_out",
}
HOME = click.option(
    "--home",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="S1 のフォルダー / the folder of S1, never the gate's",
)
AREA = click.option("--area", required=True, help="団体コード6桁 / six-digit code of the municipality")
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


class Rooms(click.Group):
    """The commands of S1; each is brought only when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands, in alphabetical order."""
        return sorted({*super().list_commands(ctx), *_MORE})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name."""
        if cmd_name not in _MORE:
            return super().get_command(ctx, cmd_name)
        module, name = _MORE[cmd_name].split(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command


@click.group(cls=Rooms)
def donations() -> None:
    """寄附データ一括管理 S1 / the donation manager S1."""


def enter_home(home: Path) -> Home:
    """Work in S1's own home, from now on and in every child; tables, keys and certificates are made at first start."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.environ["SEKISHO_HOME"] = str(home.absolute())
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    from sekisho.bootstrap import now, open_house, prepare_database

    opened = open_house(SETTINGS)
    prepare_database()
    from sekisho.adapters.donations.areas import check_user
    from sekisho.adapters.donations.site import prepare_certificates

    check_user()
    prepare_certificates(opened, now())
    return opened


@donations.command("open")
@HOME
@click.argument("file", type=_FILE)
@AS_JSON
def open_(*, home: Path, file: Path, as_json: bool) -> None:
    """団体の領域を開く。FILE は `sekisho municipality example` の形 / open a municipality's area from a file."""
    own, rows, first = read_opening(file.read_bytes())
    enter_home(home)
    from sekisho.bootstrap import now
    from sekisho.bootstrap.accounts import Newcomer, Opening, open_with_administrator

    named = Opening(
        code=own["code"],
        label_ja=own["ja"],
        label_en=own["en"],
        agencies=rows["agencies"],
        departments=rows["departments"],
        terminals=rows["terminals"],
    )
    roles = ("administrator",)
    labels = {"label_ja": first["ja"], "label_en": first["en"]}
    newcomer = Newcomer(person=first["person"], department=first["department"], roles=roles, **labels)
    password = open_with_administrator(named, newcomer, now())
    told = {"area": named.code, "person": newcomer.person, "password": password}
    tell(told, f"{named.label_ja}: {newcomer.person} {password}", as_json=as_json)


@donations.command()
@HOME
@AREA
@click.option("--terminal", required=True, help="関所の名前 / what the gate is called")
@click.option("--certificate", type=_FILE, required=True, help="関所の証明書 / the gate's certificate")
@click.option("--authority", type=_FILE, default=None, help="その発行者 / the authority that issued it")
@AS_JSON
def admit(*, home: Path, area: str, terminal: str, certificate: Path, authority: Path | None, as_json: bool) -> None:
    """市の関所を、その団体の領域にだけ通す / let a city's gate bring parcels into its own area."""
    opened = enter_home(home)
    from sekisho.adapters.donations.site import Gate, admit_gate

    shown = admit_gate(opened, Gate(area=area, terminal=terminal, certificate=certificate, authority=authority))
    tell({"area": area, "terminal": terminal, "fingerprint": shown}, f"{terminal}: {shown}", as_json=as_json)


@donations.command()
@HOME
@AREA
@click.option("--issuer", required=True, help="証明書の発行者 / who issues receipts, such as 長崎市長 氏名")
@click.option("--contact", default="", help="問い合わせ先 / whom a donor asks")
@click.option("--keep-years", default=7, show_default=True, help="寄附の保存年数 / years that donations are kept")
@click.option("--invite-years", default=1, show_default=True, help="翌年の案内に使える年数 / years of inviting")
@AS_JSON
def area(*, home: Path, area: str, as_json: bool, **said: Any) -> None:
    """団体の領域の決まりを書く / write down what holds in a municipality's area."""
    enter_home(home)
    from sekisho.adapters.donations.area_settings import AreaSettings, keep_settings
    from sekisho.business.hometown_donations.donors import KeepingRule

    rule = KeepingRule(donation_years=said["keep_years"], invitation_years=said["invite_years"])
    keep_settings(area, AreaSettings(issuer=said["issuer"], contact=said["contact"], keeping=rule))
    tell({"area": area, **said}, f"{area}: {said['issuer']}", as_json=as_json)


@donations.command()
@HOME
@click.option("--port", default=8100, show_default=True, help="画面 / screens")
@click.option("--door-port", default=8543, show_default=True, help="機械の口(相互TLS) / the door, mutual TLS")
@click.option("--certificate", type=_FILE, default=None, help="口の証明書 / the door's certificate, if not its own")
@click.option("--key", type=_FILE, default=None, help="その鍵 / and its key")
def serve(*, home: Path, port: int, door_port: int, certificate: Path | None, key: Path | None) -> None:
    """S1 を動かす / run S1 until Ctrl-C."""
    enter_home(home)
    told = ["--port", str(door_port)]
    told += [] if certificate is None or key is None else ["--certificate", str(certificate), "--key", str(key)]
    with ProcessGroup() as group:
        place = "sekisho.web.donation_manager"
        web = group.start("web", place, ["--port", str(port)], home / "web.log")
        door = group.start("door", f"{place}.door", told, home / "door.log")
        group.start("linker", f"{place}.linker", [], home / "linker.log")
        click.echo(f"ready port={web.ready['port']} door={door.ready['port']}")
        click.echo(f"http://localhost:{port}  寄附データ一括管理が開きました / the donation manager is open (Ctrl-C)")
        try:
            group.wait()
        except KeyboardInterrupt:
            click.echo("閉じます / closing")
