"""The lane as a real process: certificates, headers, cut connections, idempotency keys, tickets and forms."""

import sqlite3
import subprocess
import sys
from contextlib import closing

import httpx
import pytest

from tests.integration.lane.conftest import HEADERS, PATH, Lane, codes, head


def test_without_a_certificate_of_ours_nobody_is_heard(lane: Lane) -> None:
    with pytest.raises(httpx.HTTPError):
        httpx.get(f"https://localhost:{lane.port}/health", verify=lane.context(""), trust_env=False)


def test_received_is_told_after_it_is_durable_with_entry_and_leaf(lane: Lane, body: bytes) -> None:
    answer = lane.put(body, "good-1")
    assert answer.status_code == 201
    found = answer.json()
    assert found["outcome"] == "received"
    with closing(sqlite3.connect(lane.home / "sekisho.sqlite3")) as database:
        row = database.execute("select leaf from database_entryrow where id = ?", (found["entry"],)).fetchone()
    assert row[0].hex() == found["leaf"]


def test_the_same_key_answers_the_first_201_and_other_bytes_are_a_conflict(lane: Lane, body: bytes) -> None:
    first = lane.put(body, "twice")
    before = lane.count("parcel")
    assert lane.put(body, "twice").json() == first.json()
    other = lane.put(body + b"x", "twice")
    assert (other.status_code, codes(other)) == (409, ["key_used_for_other_bytes"])
    assert lane.count("parcel") == before


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"Sekisho_Person": ""}, 400, "input_not_understood"),
        ({"Sekisho_Tenant": ""}, 400, "input_not_understood"),
        ({"Sekisho_Direction": "sideways"}, 403, "direction_not_approved"),
        ({"Sekisho_Direction": "outward"}, 403, "direction_not_approved"),
        ({"Sekisho_Person": "dejima"}, 403, "person_not_named"),
        ({"Sekisho_Person": "nobody"}, 401, "not_identified"),
        ({"Sekisho_Tenant": "401307"}, 401, "not_identified"),
        ({"Sekisho_Route": "internet"}, 403, "route_not_approved"),
        ({"Sekisho_Counterpart": "portal"}, 403, "counterpart_not_approved"),
        ({"Sekisho_Digest": "0" * 64}, 422, "digest_differs"),
    ],
)
def test_what_is_not_approved_is_refused_at_the_entrance(
    lane: Lane, body: bytes, changes: dict[str, str], status: int, code: str
) -> None:
    answer = lane.put(body, f"bad-{code}-{changes}"[:100], **changes)
    assert (answer.status_code, codes(answer)) == (status, [code])
    assert all(reason["ja"] and reason["next_ja"] for reason in answer.json()["reasons"])


def test_another_terminal_s_certificate_is_another_terminal(lane: Lane, body: bytes) -> None:
    url = f"https://localhost:{lane.port}"
    with httpx.Client(base_url=url, verify=lane.context("asset-tax-terminal-2"), trust_env=False) as client:
        answer = client.put(PATH, content=body, headers={**HEADERS, "Idempotency-Key": "second-terminal"})
    assert codes(answer) == ["terminal_not_approved"]


def test_a_connection_cut_in_the_middle_leaves_nothing(lane: Lane, body: bytes) -> None:
    before = (lane.count("parcel"), lane.count("entryrow"))
    with lane.line() as line:
        line.sendall(head(10_000_000, "cut") + bytes(300_000))
    assert lane.put(body, "after-the-cut").status_code == 201
    assert (lane.count("parcel"), lane.count("entryrow")) == (before[0] + 1, before[1] + 1)


def test_a_ticket_lets_one_form_in_and_sends_the_browser_back(lane: Lane, body: bytes) -> None:
    ticket = lane.ticket()
    url = f"http://localhost:{lane.forms}/forms/{ticket}"
    first = httpx.post(url, files={"file": ("notices.csv", body)}, trust_env=False)
    assert first.status_code == 303
    parcel = first.headers["location"].rstrip("/").rsplit("/", 1)[1]
    with closing(sqlite3.connect(lane.home / "sekisho.sqlite3")) as database:
        found = database.execute("select size, state from database_parcel where parcel = ?", (parcel,)).fetchone()
    assert found == (len(body), "received")
    again = httpx.post(url, files={"file": ("notices.csv", body)}, trust_env=False)
    assert (again.status_code, codes(again)) == (403, ["ticket_not_valid"])


def test_a_form_without_a_file_is_refused_and_written_down(lane: Lane) -> None:
    url = f"http://localhost:{lane.forms}/forms/{lane.ticket()}"
    before = lane.count("parcel")
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    answer = httpx.post(url, content=b"--x--\r\n", headers=kind, trust_env=False)
    assert answer.status_code == 303
    assert lane.count("parcel") == before + 1


def test_the_proof_of_an_entry_is_for_terminals_of_its_own_municipality(lane: Lane, body: bytes) -> None:
    place = f"/receipts/422011/{lane.put(body, 'proved').json()['entry']}"
    with lane.client() as client:
        assert client.get(place).status_code in {200, 202}
    ca = ["ca", "issue", "terminal-of-401307", "--kind", "terminal", "--organization", "401307"]
    subprocess.run([sys.executable, "-m", "sekisho", *ca], check=True, env=lane.environment, capture_output=True)
    url = f"https://localhost:{lane.port}"
    with httpx.Client(base_url=url, verify=lane.context("terminal-of-401307"), trust_env=False) as stranger:
        assert stranger.get(place).status_code == 404
        codes_told = codes(stranger.put(PATH, content=body, headers={**HEADERS, "Idempotency-Key": "stranger"}))
        assert codes_told == ["not_identified"]
    assert httpx.get(f"http://localhost:{lane.forms}{place}", trust_env=False).status_code == 404


def test_a_machine_s_door_and_anything_else_are_not_found_without_their_form(lane: Lane) -> None:
    with lane.client() as client:
        assert client.get("/health").json() == {"ok": True}
        assert client.get("/anything").status_code == 404
        assert client.delete(PATH).status_code == 404
        assert client.get("/receipts/422011/999999").status_code == 404
