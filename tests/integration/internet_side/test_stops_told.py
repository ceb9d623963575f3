"""The worker of the city tells S1's door what became of a permit, over the line of donations; S1's gate obeys it."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from tests.fakes.manager import TENANT, Manager
from tests.fakes.manager_permits import PERMIT, handed_over, shown
from tests.integration.conftest import Office


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
