"""`sekisho erasure`, `keys`, `carrier` and `sftp` answer for people and machines, with their exit status."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyrage
from click.testing import CliRunner

from sekisho.cli import main
from tests.integration.conftest import NOW, Office
from tests.integration.erasure.conftest import HEAD, MANAGER, cross_once, enter_documents


def ask(*words: str, status: int = 0) -> str:
    """Run a command; what it printed."""
    told = CliRunner().invoke(main, list(words))
    assert told.exit_code == status, told.output
    return str(told.output)


def ask_json(*words: str, status: int = 0) -> Any:
    """The same for a machine."""
    return json.loads(ask(*words, "--json", status=status))


def test_a_certificate_is_written_and_checked_and_a_touched_one_is_not_believed(office: Office, tmp_path: Path) -> None:
    parcel = cross_once(office)
    file, pdf = tmp_path / "c.txt", tmp_path / "c.pdf"
    told = ask_json("erasure", "certificate", parcel, str(file))
    ask("erasure", "certificate", parcel, str(pdf))
    assert pdf.read_bytes().startswith(b"%PDF-")
    assert ask_json("erasure", "verify", str(file), "--key", told["key"])["verified"]
    file.write_text(file.read_text("utf-8").replace("records: 4", "records: 5"), "utf-8")
    assert not ask_json("erasure", "verify", str(file), "--key", told["key"], status=1)["verified"]


def test_a_dry_run_a_stop_and_two_persons(office: Office) -> None:
    enter_documents(office, 12, NOW - timedelta(days=1))
    (place,) = ask_json("erasure", "due")["due"]
    assert (place["place"], len(place["copies"]), place["stops"]) == ("house", 12, True)
    (stopped,) = ask_json("erasure", "run", "--person", HEAD, status=1)["lists"]
    ask("erasure", "confirm", stopped["number"], "--person", HEAD, status=1)
    assert "erased" in ask("erasure", "confirm", stopped["number"], "--person", MANAGER)
    assert ask_json("erasure", "due")["due"] == []


def test_keys_are_backed_up_and_counterparts_entered(office: Office, tmp_path: Path) -> None:
    assert office.tenant
    folder = tmp_path / "backups"
    assert ask_json("keys", "backup", str(folder))["kept_days"] == 7
    assert len(ask_json("keys", "expire", str(folder))["kept"]) == 1
    recipient = str(pyrage.x25519.Identity.generate().to_public())
    entered = ("carrier", "enter", "printer", "--recipient", recipient, "--carrier")
    ask(*entered, "sftp", "--set", "host=h", status=2)
    ask(*entered, "sftp", "--set", "host=h", "--set", "user=u", "--set", "host_key=ssh-ed25519 AAAA")
    ours = ask("carrier", "key", "printer")
    assert ours == ask("carrier", "key", "printer"), "the same key each time"
    (tmp_path / "ours.pub").write_text(ours)
    assert len(ask("sftp", "fingerprint", str(tmp_path / "ours.pub")).strip()) == 64
    assert ask("sftp", "key").startswith("ssh-ed25519 ")
    named = ("--terminal", "asset-tax-terminal-1", "--person", "urakami")
    assert "registry-notices-down" in ask("carrier", "watch", str(folder), "registry-notices-down", *named)
