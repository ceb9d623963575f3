"""`sekisho worker`: examination, exit and sequencer, as one process."""

import runpy

import click


@click.command()
def worker() -> None:
    """検査・送出・帳簿の係を動かす / run examination, exit and the sequencer until told to end."""
    runpy.run_module("sekisho.worker", run_name="__main__")
