"""Every answer to a machine is one object, and the exit status says yes, no or that there is no answer."""

import importlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import click
import pytest
from click.testing import CliRunner, Result

from sekisho.cli import COMMANDS, main
from sekisho.kernel import ReasonCode, Refused, because

GOLDEN = Path(__file__).parents[2] / "golden"
SEED = GOLDEN / "minutes" / "nagasaki_r1_3.txt"
VECTORS = json.loads((GOLDEN / "formats" / "vectors.json").read_text(encoding="utf-8"))["vectors"]
BARCODES = [each for each in VECTORS if each["kind"] == "customer_barcode"]


def run(*arguments: str) -> Result:
    """One command."""
    return CliRunner().invoke(main, list(arguments))


def only_object(result: Result) -> dict[str, Any]:
    """Standard output, which must be one object and nothing else."""
    found = json.loads(result.stdout)
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(
    "arguments",
    [
        ("number", "check", "telephone", "1"),
        ("number", "check", "individual"),
        ("layout", "show", "no_such_layout"),
        ("layout", "check", "registry_notice", "no-such-file.csv"),
        ("inspect", "no-such-file.csv"),
        ("minutes", "parse", "no-such-file.txt"),
        ("minutes", "parse", str(GOLDEN / "formats" / "vectors.json")),
        ("barcode", "customer", "--postcode", "12", "--address", "1-1"),
        ("date", "parse", "1", "2"),
        ("nonsense",),
    ],
)
def test_what_cannot_be_answered_is_one_object_that_says_why(arguments: tuple[str, ...]) -> None:
    told = run(*arguments, "--json")
    assert told.exit_code == 2
    found = only_object(told)
    assert set(found) == {"error"}
    assert set(found["error"]) == {"message"}
    assert found["error"]["message"]
    assert told.stderr, "people read why on standard error"
    assert run(*arguments).stdout == "", "without --json standard output stays empty"


@pytest.fixture
def plant(monkeypatch: pytest.MonkeyPatch) -> Callable[[BaseException], None]:
    """Put a command that breaks in the place of `sekisho date`."""

    def planted(fault: BaseException) -> None:
        @click.command()
        @click.option("--json", "as_json", is_flag=True)
        def command(*, as_json: bool) -> NoReturn:
            raise fault

        monkeypatch.setattr(importlib.import_module("sekisho.cli.date"), "date", command)

    return planted


def test_a_fault_of_ours_is_never_a_no_and_says_nothing_of_what_was_read(
    plant: Callable[[BaseException], None],
) -> None:
    plant(ZeroDivisionError("長崎太郎"))
    told = run("date", "--json")
    assert told.exit_code == 2
    assert "ZeroDivisionError" in only_object(told)["error"]["message"]
    assert "長崎太郎" not in told.output


def test_what_is_interrupted_is_not_a_no(plant: Callable[[BaseException], None]) -> None:
    plant(KeyboardInterrupt())
    told = run("date", "--json")
    assert told.exit_code == 2
    assert "interrupted" in only_object(told)["error"]["message"]


def test_a_refusal_is_one_object_with_every_reason(plant: Callable[[BaseException], None]) -> None:
    plant(Refused([because(ReasonCode.NO_PERMIT, connection="x"), because(ReasonCode.PERMIT_ALTERED, permit="y")]))
    told = run("date", "--json")
    assert told.exit_code == 1
    reasons = only_object(told)["reasons"]
    assert [each["code"] for each in reasons] == ["no_permit", "permit_altered"]
    assert set(reasons[0]) == {"code", "ja", "en", "next_ja", "next_en"}


@pytest.mark.parametrize("vector", BARCODES, ids=lambda each: str(each["id"]))
def test_barcodes_are_answered_as_in_the_golden_values(vector: dict[str, Any]) -> None:
    given = vector["input"]
    told = run("barcode", "customer", "--postcode", given["postcode"], "--address", given["address_b"], "--json")
    found = only_object(told)
    assert {key: found[key] for key in vector["expected"]} == vector["expected"]


def test_the_page_model_of_minutes_is_whole() -> None:
    found = only_object(run("minutes", "parse", str(SEED), "--json"))
    assert {"page_id", "title", "updated_on", "body", "council", "session", "held_from", "held_to"} <= set(found)
    assert {"place", "agenda", "results", "discussions", "contact"} <= set(found)
    assert {each["kind"] for each in found["agenda"]} == {"諮問", "意見"}
    assert set(found["session"]) == {"era_year", "no"}
    assert set(found["agenda"][0]) == {"kind", "no", "title", "section"}
    assert set(found["results"][0]) == {"nos", "outcome", "text"}
    assert {"nos", "phase", "turns"} <= set(found["discussions"][0])
    assert sum(len(each["turns"]) for each in found["discussions"]) == 65 + 45 + 3


def test_half_a_character_from_the_shell_is_answered_not_tripped_over() -> None:
    told = run("date", "parse", "令和\udce38年", "--json")
    assert told.exit_code == 1
    assert only_object(told)["reason"]


def test_every_command_that_answers_has_json() -> None:
    seen: list[str] = []

    def walk(command: click.Command, name: str) -> None:
        if isinstance(command, click.Group):
            context = click.Context(command)
            for below in command.list_commands(context):
                found = command.get_command(context, below)
                if found is not None:
                    walk(found, f"{name} {below}".strip())
        elif not any(each.name == "as_json" for each in command.params):
            seen.append(name)

    walk(main, "")
    assert set(COMMANDS)
    pages = {"lane nginx-config", "minutes write", "municipality example"}
    servers = {"donations serve", "ledger witness serve", "serve", "sftp serve", "worker"}
    assert set(seen) == pages | servers, "which are no answers"
