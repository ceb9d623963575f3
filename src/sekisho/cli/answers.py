"""How the command line answers: one JSON object for machines, sentences for people, and an exit status.

With `--json` standard output holds exactly one object, whatever the exit status: the answer, the reasons of a refusal
(`reasons`), or why there is no answer (`error`). The sentences for people then stand on standard error.
"""

import json
import sys
from collections.abc import Mapping
from typing import NoReturn

import click

from sekisho.kernel import Reason, Refused

YES, NO, COULD_NOT = 0, 1, 2


def answer(data: Mapping[str, object]) -> None:
    """Print one JSON object. Half a surrogate, which is no character, is written as its escape."""
    text = json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True)
    click.echo(text.encode("utf-8", "backslashreplace").decode("utf-8"))


def tell(data: Mapping[str, object], sentence: str, *, as_json: bool) -> None:
    """Answer a machine with the object, a person with the sentence."""
    if as_json:
        answer(data)
    else:
        click.echo(sentence)


def reasons_data(reasons: tuple[Reason, ...]) -> list[dict[str, str]]:
    """Every reason for machines, with what to do next."""
    return [
        {"code": str(each.code), "ja": each.ja, "en": each.en, "next_ja": each.next_ja, "next_en": each.next_en}
        for each in reasons
    ]


def refuse(refusal: Refused, *, as_json: bool = False) -> NoReturn:
    """Say every reason and what to do next, and end with exit status 1."""
    if as_json:
        answer({"reasons": reasons_data(refusal.reasons)})
    for reason in refusal.reasons:
        click.echo(f"止めました: {reason.ja} {reason.next_ja}", err=True)
        click.echo(f"Refused: {reason.en} {reason.next_en}", err=True)
    sys.exit(NO)


def report_error(sentence: str) -> None:
    """Say to a machine why there is no answer."""
    answer({"error": {"message": sentence}})


def fail(sentence: str, *, as_json: bool = False) -> NoReturn:
    """Say in one sentence what could not be done, and end with exit status 2."""
    if as_json:
        report_error(sentence)
    plain = sentence.encode("utf-8", "backslashreplace").decode("utf-8")
    click.echo(f"答えられません / could not answer: {plain}", err=True)
    sys.exit(COULD_NOT)
