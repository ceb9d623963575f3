"""How the command line answers: one JSON object for machines, sentences for people, and an exit status."""

import json
import sys
from typing import NoReturn

import click

from sekisho.kernel import Refused

YES, NO, COULD_NOT = 0, 1, 2


def answer(data: object) -> None:
    """Print one JSON object."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True))


def refuse(refusal: Refused) -> NoReturn:
    """Say every reason and what to do next, and end with exit status 1."""
    for reason in refusal.reasons:
        click.echo(f"止めました: {reason.ja} {reason.next_ja}", err=True)
        click.echo(f"Refused: {reason.en} {reason.next_en}", err=True)
    sys.exit(NO)


def fail(sentence: str) -> NoReturn:
    """Say in one sentence what could not be done, and end with exit status 2."""
    click.echo(f"答えられません / could not answer: {sentence}", err=True)
    sys.exit(COULD_NOT)
