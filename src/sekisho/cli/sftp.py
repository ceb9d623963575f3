"""`sekisho sftp`: the SFTP drop box for counterparts' machines, and the fingerprint of a machine's key."""

import os
import sys
from pathlib import Path

import click

from sekisho.cli.answers import tell
from sekisho.cli.permit_acts import AS_JSON


@click.group()
def sftp() -> None:
    """SFTPの受け口 / the SFTP drop box."""


@sftp.command()
@click.option("--port", default=8022, show_default=True, help="受け口 / where to listen, on loopback")
def serve(*, port: int) -> None:
    """SFTPの受け口を開く / open the drop box until told to end."""
    from sekisho.bootstrap import open_office

    open_office()
    os.execv(sys.executable, [sys.executable, "-m", "sekisho.lane.sftp", "--port", str(port)])  # noqa: S606 - becomes the server


@sftp.command()
@click.argument("key", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@AS_JSON
def fingerprint(*, key: Path, as_json: bool) -> None:
    """公開鍵の指紋を出す / the fingerprint of a machine's public key, to bind a terminal to it."""
    import asyncssh

    from sekisho.bootstrap import open_house

    open_house()
    from sekisho.adapters.certificates.machines import key_fingerprint

    found = key_fingerprint(asyncssh.import_public_key(key.read_bytes()))
    tell({"fingerprint": found}, found, as_json=as_json)


@sftp.command()
@AS_JSON
def key(*, as_json: bool) -> None:
    """関所のホスト鍵を出す / the gate's own host key, which machines pin."""
    from sekisho.bootstrap import open_house

    home = open_house()
    from sekisho.adapters.certificates.machines import host_key

    text = host_key(home.secret("sftp.key")).export_public_key().decode().strip()
    tell({"key": text}, text, as_json=as_json)
