"""`sekisho permit stop`, `start`, `revoke`, `expire`, `change` and `keep` from the shell."""

import json
from pathlib import Path

from sekisho.kernel.council import dossier_to_data
from tests.integration.cli.test_office_commands import DOWN, answer, run
from tests.integration.conftest import Office


def test_a_permit_is_stopped_started_and_revoked_from_the_shell(office: Office) -> None:
    from sekisho.adapters.database.models import Person

    Person.objects.create(username="oura", tenant_id=office.tenant, roles=["chair"], password="!")
    assert answer("permit", "stop", DOWN, "--person", "glover", "--cause", "alarm")["status"] == "suspended"
    assert run("permit", "start", DOWN, "--person", "glover").exit_code == 1
    both = ("--person", "glover", "--person", "nabekanmuri")
    assert answer("permit", "start", DOWN, *both)["status"] == "active"
    assert run("permit", "revoke", DOWN, "--person", "glover").exit_code == 1
    told = answer("permit", "revoke", DOWN, "--person", "oura", "--cause", "incident")
    assert told == {"permits": ["R1-56-01"], "status": "revoked"}
    assert answer("permit", "explain", DOWN)["admitted"] is False


def test_nothing_expires_before_its_time(office: Office) -> None:
    assert answer("permit", "expire") == {"permits": [], "status": "expired"}
    assert "no permit is concerned" in run("permit", "expire").stdout


def test_a_change_of_what_is_not_there_or_no_json_is_said(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "changed.json"
    path.write_text("{", encoding="utf-8")
    broken = run("permit", "change", "m0001", str(path), "--person", "inasa")
    assert (broken.exit_code, "not JSON" in broken.stderr) == (2, True)
    path.write_text(json.dumps(dossier_to_data(office.dossier.papers.dossier)), encoding="utf-8")
    assert run("permit", "change", "m0001", str(path), "--person", "inasa").exit_code == 1
    assert run("permit", "keep", "m0001", "--person", "inasa").exit_code == 1
