"""`sekisho sftp`: the SFTP drop box for counterparts' machines, and the fingerprint of a machine's key."""

import os
import sys
from pathlib import Path

import click


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
def fingerprint(*, key: Path) -> None:
    """公開鍵の指紋を出す / the fingerprint of a machine's public key, to bind a terminal to it."""
    import asyncssh

    from sekisho.bootstrap import open_house

    open_house()
    from sekisho.adapters.certificates.machines import key_fingerprint

    click.echo(key_fingerprint(asyncssh.import_public_key(key.read_bytes())))


@sftp.command()
def key() -> None:
    """関所のホスト鍵を出す / the gate's own host key, which machines pin."""
    from sekisho.bootstrap import open_house

    home = open_house()
    from sekisho.adapters.certificates.machines import host_key

    click.echo(host_key(home.secret("sftp.key")).export_public_key().decode().strip())
