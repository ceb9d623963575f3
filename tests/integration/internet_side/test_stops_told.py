"""The worker of the city tells S1's door what became of a permit, over the line of donations; S1's gate obeys it."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from tests.fakes.manager import TENANT, Manager, sekisho
from tests.integration.conftest import Office

PERMIT, NEXT = "R1-59-02", "R8-59-02"


def shown(manager: Manager, permit: str = PERMIT) -> str:
    """In which state S1 has the permit; nothing if it was never handed over."""
    from sekisho.adapters.database.home import find_home

    assert find_home().folder != manager.home
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(manager.home / "sekisho.sqlite3", timeout=30)) as database:
        rows = database.execute("select status from database_permitrow where permit = ?", [permit]).fetchall()
    return str(rows[0][0]) if rows else ""


def handed_over(manager: Manager, permit: str = PERMIT) -> str:
    """S1's administrator accepts the permit of the city. Answers its state there."""
    from sekisho.adapters.database.permit_papers import write_paper

    body = write_paper(TENANT, permit, "tateyama", datetime.now(UTC))
    place = manager.home / "permit.json"
    place.write_bytes(body)
    told = ("--digest", hashlib.sha256(body).hexdigest(), "--person", administrator(manager), "--json")
    return str(json.loads(sekisho(manager.home, "permit", "accept", str(place), *told))["status"])


def administrator(manager: Manager) -> str:
    """S1's administrator of the area."""
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(manager.home / "sekisho.sqlite3", timeout=30)) as database:
        rows = database.execute("select username, roles from database_person order by id").fetchall()
    return str(next(name for name, roles in rows if "administrator" in roles))


def stop() -> None:
    """Somebody of the city stops it."""
    from sekisho.adapters.database.models import Person
    from sekisho.adapters.database.permits import StopCause, stop_permit

    Person.objects.create(username="kiyoura", tenant_id=TENANT, roles=["information_systems"], password="!")
    stop_permit(TENANT, PERMIT, "kiyoura", StopCause.INCIDENT, datetime.now(UTC))


def test_a_stop_in_the_city_reaches_s1_by_itself_once(office59: Office, manager: Manager, monkeypatch: Any) -> None:
    from sekisho.adapters.database.models import EntryRow
    from sekisho.bootstrap import handed_over as telling

    assert handed_over(manager) == "active"
    teller, at = telling.WordTeller(), datetime.now(UTC)
    assert teller.look(at) == 0, "nothing is stopped"
    stop()
    with monkeypatch.context() as away:
        away.setattr(telling, "call", lambda *_: httpx.Client(base_url="http://127.0.0.1:1", trust_env=False))
        assert teller.look(at + timedelta(minutes=1)) == 0, "S1 is away"
    assert shown(manager) == "active"
    assert teller.look(at + timedelta(minutes=1, seconds=30)) == 0, "it rests for a minute"
    assert teller.look(at + timedelta(minutes=2)) == 1
    assert shown(manager) == "suspended"
    entries = EntryRow.objects.count()
    assert teller.look(at + timedelta(minutes=3)) == 0, "it was told once"
    assert EntryRow.objects.count() == entries


def test_what_was_handed_over_beforehand_is_told_to_s1_when_it_begins_and_the_one_before_ends(
    office59: Office, manager: Manager
) -> None:
    """Given the next permit waits in both houses, when the city's clock makes it active, then S1 uses it by itself."""
    from sekisho.adapters.database.setup import issue_permit
    from sekisho.bootstrap.handed_over import WordTeller
    from sekisho.bootstrap.permits import activate_permits

    at = datetime.now(UTC)
    first = next(each for each in office59.dossier.approved if each.permit == PERMIT)
    said = replace(first.specification, not_before=(at - timedelta(hours=1)).isoformat())
    issue_permit(replace(first, permit=NEXT, specification=said), office59.dossier.issuers, at - timedelta(hours=2))
    assert [handed_over(manager), handed_over(manager, NEXT)] == ["active", "issued"]
    teller = WordTeller()
    assert teller.look(at) == 0, "it waits in the city as well"
    assert activate_permits(TENANT, datetime.now(UTC)) == (NEXT,)
    assert teller.look(at + timedelta(minutes=2)) == 2
    assert (shown(manager), shown(manager, NEXT)) == ("superseded", "active")
    assert teller.look(at + timedelta(minutes=4)) == 0, "it was told once"


def test_a_permit_that_was_never_handed_over_is_told_to_nobody(office59: Office, manager: Manager) -> None:
    from sekisho.bootstrap.handed_over import WordTeller

    stop()
    assert WordTeller().look(datetime.now(UTC)) == 0


def test_the_door_refuses_what_is_no_stop_and_what_it_does_not_know(office59: Office, manager: Manager) -> None:
    from sekisho.adapters.carriers import counterparts
    from sekisho.adapters.carriers.calling import call
    from sekisho.adapters.database.home import find_home
    from sekisho.adapters.database.word_papers import write_word

    stop()
    line = counterparts(find_home())["donation_manager"]
    with call(find_home(), f"gate-{TENANT}", line) as client:
        for body in (b"", b"[]", b'{"form": "sekisho.permit-stop/1"}', b"\x00" * 50, b"[" * 100_000):
            assert client.post(f"/permits/{TENANT}/", content=body).status_code == 400
        assert client.post(f"/permits/{TENANT}/", content=b" " * (1 << 20) + b"[]").status_code == 413
        assert client.get(f"/permits/{TENANT}/").status_code == 404
        assert client.post("/permits/401307/", content=b"[]").status_code == 403
        forged = json.loads(write_word(TENANT, PERMIT).body)
        said = {**json.loads(forged["statement"]), "permit": "R9-99-99"}
        body = json.dumps({**forged, "statement": json.dumps(said)}).encode()
        assert client.post(f"/permits/{TENANT}/", content=body).status_code == 404
