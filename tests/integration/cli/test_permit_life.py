"""`sekisho permit stop`, `start`, `revoke`, `expire`, `change`, `withdraw` and `keep` from the shell."""

import json
from pathlib import Path

from sekisho.kernel.council import dossier_to_data
from tests.integration.cli.test_office_commands import DOWN, answer, run
from tests.integration.conftest import Office


def test_a_permit_is_stopped_started_and_revoked_from_the_shell(office: Office) -> None:
    from sekisho.adapters.database.models import Person

    Person.objects.create(username="oura", tenant_id=office.tenant, roles=["chair"], password="!")
    assert answer("permit", "stop", DOWN, "--person", "glover", "--cause", "alarm")["status"] == "suspended"
    assert answer("permit", "start", DOWN, "--person", "glover")["status"] == "suspended"
    assert run("permit", "start", DOWN, "--person", "glover").exit_code == 1
    assert answer("permit", "start", DOWN, "--person", "nabekanmuri")["status"] == "active"
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


def test_a_change_is_put_to_the_council_and_withdrawn_from_the_shell(office: Office, tmp_path: Path) -> None:
    from sekisho.bootstrap import council
    from tests.fakes.council import enter_people
    from tests.integration.council.test_material_change import in_force, wider_paper

    enter_people(office.tenant)
    council.set_next_consultation(office.tenant, 62)
    matter, path = in_force(office.tenant), tmp_path / "changed.json"
    assert run("permit", "withdraw", matter, "--person", "inasa").exit_code == 1
    path.write_text(json.dumps(dossier_to_data(wider_paper().dossier)), encoding="utf-8")
    told = answer("permit", "change", matter, str(path), "--person", "inasa")
    assert told == {"permits": ["R1-62-01"], "status": "change_pending"}
    assert run("permit", "withdraw", matter, "--person", "doza").exit_code == 1
    told = answer("permit", "withdraw", matter, "--person", "inasa")
    assert told == {"permits": ["R1-62-01"], "status": "suspended"}
