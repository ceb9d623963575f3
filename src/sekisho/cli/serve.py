"""`sekisho serve`: web, lane and worker with the sequencer, as children that end with it."""

import os
from contextlib import ExitStack
from pathlib import Path

import click


@click.command()
@click.option("--port", default=8000, show_default=True, help="画面 / screens")
@click.option("--form-port", default=8001, show_default=True, help="画面からの送信 / uploads from the screens")
@click.option("--machine-port", default=8443, show_default=True, help="機械からの送信(相互TLS) / machines, mutual TLS")
@click.option("--workers", default=1, show_default=True, help="検査の係の数 / how many workers")
def serve(*, port: int, form_port: int, machine_port: int, workers: int) -> None:
    """関所を動かす / run the gate until Ctrl-C."""
    from sekisho.bootstrap import PLAIN_SETTINGS, open_house, prepare_database

    home = open_house("sekisho.web.settings")
    prepare_database()
    logs: Path = home.folder
    plain = {"DJANGO_SETTINGS_MODULE": PLAIN_SETTINGS}
    screens = {"DJANGO_SETTINGS_MODULE": "sekisho.web.settings"}
    screens["SEKISHO_LANE_URL"] = os.environ.get("SEKISHO_LANE_URL", f"http://localhost:{form_port}")
    from sekisho.cli.demo.stage import running, wait_for

    lane = ["--port", str(machine_port), "--form-port", str(form_port), "--back", f"http://localhost:{port}"]
    with ExitStack() as stack:
        for number in range(workers):
            share = ["--share", str(number), "--of", str(workers)]
            stack.enter_context(running("worker", "sekisho.worker", share, logs / f"worker-{number}.log", plain))
        children = [
            stack.enter_context(running("lane", "sekisho.lane", lane, logs / "lane.log", plain)),
            stack.enter_context(running("web", "sekisho.web", ["--port", str(port)], logs / "web.log", screens)),
        ]
        click.echo(f"http://localhost:{port}  関所が開きました / the gate is open (Ctrl-C)")
        try:
            wait_for(children[-1].process)
        except KeyboardInterrupt:
            click.echo("閉じます / closing")
