"""`sekisho serve`: web, lane and worker with the sequencer, as children that end with it."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from sekisho.cli.answers import fail


def lane_arguments(number: int, said: Mapping[str, Any]) -> list[str]:
    """What one of the lanes is told. Many listen on the same ports; each has a socket of its own for nginx."""
    told = ["--port", str(said["machine_port"]), "--form-port", str(said["form_port"])]
    told += ["--back", f"http://localhost:{said['port']}"]
    if said["lanes"] > 1:
        told.append("--one-of-many")
    if said["proxy_user"]:
        place = os.environ.get("SEKISHO_LANE_SOCKETS", "/run/sekisho")
        told += ["--proxied", f"{place}/lane-{number}.sock", "--proxy-user", said["proxy_user"]]
    return told


def refuse_without_certificates(folder: Path) -> None:
    """The lane shows a certificate and asks for one: without them nothing opens, and the sentence says how to go on."""
    missing = [name for name in ("authority.pem", "lane.pem", "lane.key") if not (folder / name).is_file()]
    if missing:
        names = ", ".join(missing)
        made = "`sekisho ca init`, `sekisho ca issue lane --kind server`"
        fail(f"入口の証明書がありません({names})。先に作ってください: {made} / the lane has no certificate yet: {made}")


@click.command()
@click.option("--port", default=8000, show_default=True, help="画面 / screens")
@click.option("--form-port", default=8001, show_default=True, help="画面からの送信 / uploads from the screens")
@click.option("--machine-port", default=8443, show_default=True, help="機械からの送信(相互TLS) / machines, mutual TLS")
@click.option("--workers", default=1, show_default=True, help="検査の係の数 / how many workers")
@click.option("--lanes", default=1, show_default=True, help="入口の数 / how many lanes")
@click.option("--sftp-port", default=0, help="SFTPの受け口。0 なら開かない / the SFTP drop box; 0 leaves it closed")
@click.option("--proxy-user", default="", help="nginx の利用者。端末の証明書を伝える口を開く / nginx's user")
def serve(**said: Any) -> None:
    """関所を動かす / run the gate until Ctrl-C."""
    port, workers, lanes = said["port"], said["workers"], said["lanes"]
    from sekisho.bootstrap import PLAIN_SETTINGS, open_house, prepare_database

    home = open_house("sekisho.web.settings")
    refuse_without_certificates(home.certificates)
    prepare_database()
    logs: Path = home.folder
    plain = {"DJANGO_SETTINGS_MODULE": PLAIN_SETTINGS}
    screens = {"DJANGO_SETTINGS_MODULE": "sekisho.web.settings"}
    screens["SEKISHO_LANE_URL"] = os.environ.get("SEKISHO_LANE_URL", f"http://localhost:{said['form_port']}")
    from sekisho.cli.process_groups import ProcessGroup

    with ProcessGroup() as group:
        for number in range(workers):
            share = ["--share", str(number), "--of", str(workers)]
            group.start("worker", "sekisho.worker", share, logs / f"worker-{number}.log", plain)
        for number in range(lanes):
            asked = lane_arguments(number, said)
            group.start("lane", "sekisho.lane", asked, logs / f"lane-{number}.log", plain)
        if said["sftp_port"]:
            asked = ["--port", str(said["sftp_port"])]
            group.start("sftp", "sekisho.lane.sftp", asked, logs / "sftp.log", plain)
        group.start("web", "sekisho.web", ["--port", str(port)], logs / "web.log", screens)
        click.echo(f"http://localhost:{port}  関所が開きました / the gate is open (Ctrl-C)")
        try:
            group.wait()
        except KeyboardInterrupt:
            click.echo("閉じます / closing")
