"""`sekisho worker`: examination, exit and sequencer, as one process."""

import os
import sys

import click


@click.command()
@click.option("--share", default=0, show_default=True, help="何番目の係か / which of them this one is")
@click.option("--of", "count", default=1, show_default=True, help="係の数 / how many there are")
def worker(*, share: int, count: int) -> None:
    """検査・送出・帳簿の係を動かす / run examination, exit and the sequencer until told to end."""
    from sekisho.bootstrap import open_office

    open_office()
    command = [sys.executable, "-m", "sekisho.worker", "--share", str(share), "--of", str(count)]
    os.execv(sys.executable, command)  # noqa: S606 - becomes the worker itself, so that signals reach it
