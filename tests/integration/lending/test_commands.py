"""`sekisho loan` for officers and contractors: sentences, exit status, one JSON object."""

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from sekisho.adapters.borrowing import TurnedDownError
from sekisho.cli import main
from tests.fakes.lending import PRINTER, TENANT, copy_of
from tests.integration.cli.test_erasure_commands import ask
from tests.integration.conftest import Office
from tests.integration.lending.conftest import Delivery

FINGERPRINT = "cd" * 32


def ask_json(*words: str, status: int = 0) -> Any:
    """The one object that a machine reads, whatever the exit status."""
    told = CliRunner().invoke(main, [*words, "--json"])
    assert told.exit_code == status, told.output
    return json.loads(told.stdout)


def administrator(person: str = "kanri") -> str:
    """Somebody who keeps accounts."""
    from sekisho.adapters.database.models import Person

    Person.objects.create(username=person, tenant_id=TENANT, department="asset_tax", roles=["administrator"])
    return person


def test_a_container_says_what_it_is_without_asking_anybody(delivery: Delivery) -> None:
    told = ask_json("loan", "show", str(delivery.container))
    assert (told["parcel"], told["sha256"]) == (delivery.parcel, delivery.digest)
    assert "鍵の窓口" in ask("loan", "show", str(delivery.container))
    other = delivery.folder / "other.csv"
    other.write_bytes(delivery.plain)
    assert "容器" in ask_json("loan", "show", str(other), status=2)["error"]["message"]


def test_an_officer_recalls_a_key_once(delivery: Delivery) -> None:
    assert "引き揚げ" in ask("loan", "recall", delivery.parcel, "--person", "inasa")
    assert copy_of(delivery.parcel).loan_end == "recalled"
    (reason,) = ask_json("loan", "recall", delivery.parcel, "--person", "inasa", status=1)["reasons"]
    assert reason["code"] == "key_loan_over"


def test_an_administrator_enters_a_contractor_s_terminal_and_nobody_else_does(lending: Office) -> None:
    from sekisho.adapters.database.models import Department, EntryRow, Terminal

    words = ("loan", "terminal", PRINTER, "press-2", FINGERPRINT, "--ja", "印刷業者", "--en", "Printer", "--person")
    ask(*words, "urakami", status=1)
    assert not Terminal.objects.filter(terminal="press-2").exists()
    assert ask_json(*words, administrator())["counterpart"] == PRINTER
    entered = Terminal.objects.get(terminal="press-2")
    assert (entered.department, entered.zone, entered.fingerprint) == (PRINTER, "outside", FINGERPRINT)
    assert Department.objects.filter(tenant_id=TENANT, department=PRINTER).count() == 1
    assert EntryRow.objects.filter(kind="terminal_enrolled").count() == 1
    taken = (
        "loan",
        "terminal",
        PRINTER,
        "asset-tax-terminal-1",
        "ef" * 32,
        "--ja",
        "x",
        "--en",
        "x",
        "--person",
        "kanri",
    )
    (reason,) = ask_json(*taken, status=1)["reasons"]
    assert reason["code"] == "not_in_this_state", "the city's own terminal stays the city's"
    assert lending.tenant == TENANT


def test_the_gate_s_reasons_are_told_and_nothing_is_written(delivery: Delivery, tmp_path: Path) -> None:
    from unittest import mock

    for name in ("c.pem", "k.pem", "a.pem"):
        (tmp_path / name).write_bytes(b"")
    said = ("--certificate", str(tmp_path / "c.pem"), "--key", str(tmp_path / "k.pem"))
    whom = ("--authority", str(tmp_path / "a.pem"), "--person", "insatsu")
    words = ("loan", "open", str(delivery.container), str(tmp_path / "out.csv"), *said, *whom)
    assert "証明書" in ask(*words, status=2)
    over = {"code": "key_loan_over", "ja": "終わり。", "en": "Over.", "next_ja": "消す。", "next_en": "Erase."}
    with mock.patch("sekisho.adapters.borrowing.writing.ask_key", side_effect=TurnedDownError([over])):
        assert "開けません: 終わり。 消す。" in ask(*words, status=1)
        assert ask_json(*words, status=1)["reasons"] == [over]
    assert not (tmp_path / "out.csv").exists()
