"""The lane as a real process: certificates, headers, cut connections, idempotency keys, tickets and forms."""

import os
import socket
import sqlite3
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import httpx
import pytest

from sekisho.adapters.layouts import shipped_layouts
from sekisho.business.registry_notices import make_ledger, make_rows, notice_file
from sekisho.cli.demo.stage import running

HEADERS = {
    "Sekisho-Tenant": "422011",
    "Sekisho-Person": "urakami",
    "Sekisho-Route": "government_shared_network,lgwan",
    "Sekisho-Direction": "inward",
    "Sekisho-Counterpart": "linkage_platform",
}
PATH = "/parcels/registry-notices-down"
_SET_UP = """
from sekisho.bootstrap import open_house, now
home = open_house()
from sekisho.adapters.dossiers import shipped_dossier
from sekisho.cli.demo.city import found_city
found_city(home, shipped_dossier(), 1)
"""
_TICKET = """
from sekisho.bootstrap import open_house, now
open_house()
from sekisho.adapters.database.tickets import issue_ticket
from sekisho.kernel import Standing
standing = Standing(person="urakami", terminal="asset-tax-terminal-1", agency="mayor", department="asset_tax")
print(issue_ticket("422011", standing, "registry-notices-down", now()))
"""


@dataclass(frozen=True)
class Lane:
    """A running lane."""

    home: Path
    port: int
    forms: int
    environment: dict[str, str]

    def context(self, certificate: str = "asset-tax-terminal-1") -> ssl.SSLContext:
        """TLS as a terminal."""
        ca = self.home / "ca"
        context = ssl.create_default_context(cafile=str(ca / "authority.pem"))
        if certificate:
            context.load_cert_chain(ca / f"{certificate}.pem", ca / f"{certificate}.key")
        return context

    @contextmanager
    def client(self) -> Iterator[httpx.Client]:
        """The approved terminal."""
        url = f"https://localhost:{self.port}"
        with httpx.Client(base_url=url, verify=self.context(), trust_env=False) as client:
            yield client

    def put(self, body: bytes, key: str, **changes: str) -> httpx.Response:
        """One PUT."""
        headers = {**HEADERS, "Idempotency-Key": key, **{name.replace("_", "-"): v for name, v in changes.items()}}
        with self.client() as client:
            return client.put(PATH, content=body, headers={k: v for k, v in headers.items() if v})

    def count(self, table: str) -> int:
        """How many rows a table has."""
        with closing(sqlite3.connect(self.home / "sekisho.sqlite3")) as database:
            return int(database.execute(f"select count(*) from database_{table}").fetchone()[0])

    def script(self, text: str) -> str:
        """Run something inside the house."""
        ended = subprocess.run(
            [sys.executable, "-c", text], check=True, env=self.environment, capture_output=True, text=True
        )
        return ended.stdout.strip()


@pytest.fixture(scope="module")
def lane(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lane]:
    """The lane over a house of its own."""
    home = tmp_path_factory.mktemp("lane")
    settings = {"SEKISHO_HOME": str(home), "DJANGO_SETTINGS_MODULE": "sekisho.adapters.database.settings"}
    environment = {**os.environ, **settings, "PYTHONPATH": "src"}
    environment.pop("SEKISHO_DATABASE_URL", None)
    subprocess.run([sys.executable, "-c", _SET_UP], check=True, env=environment, timeout=60)
    ports = ["--port", "0", "--form-port", "0", "--back", "http://localhost:9"]
    with running("lane", "sekisho.lane", ports, home / "lane.log", environment) as child:
        yield Lane(home, int(child.ready["port"]), int(child.ready["forms"]), environment)


@pytest.fixture(scope="module")
def body() -> bytes:
    """A good file."""
    rows = make_rows(Random(1), make_ledger(Random(1), 50), 5, misfits=0.0)
    return b"".join(notice_file(shipped_layouts().find("registry_notice"), rows))


def codes(answer: httpx.Response) -> list[str]:
    """The reasons of a refusal."""
    found: dict[str, Any] = answer.json()
    return [reason["code"] for reason in found["reasons"]]


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
    lines = [f"PUT {PATH} HTTP/1.1", "Host: localhost", "Content-Length: 10000000", "Idempotency-Key: cut"]
    head = "\r\n".join([*lines, *(f"{name}: {value}" for name, value in HEADERS.items())]) + "\r\n\r\n"
    raw = socket.create_connection(("127.0.0.1", lane.port))
    with lane.context().wrap_socket(raw, server_hostname="localhost") as line:
        line.sendall(head.encode() + bytes(300_000))
    assert lane.put(body, "after-the-cut").status_code == 201
    assert (lane.count("parcel"), lane.count("entryrow")) == (before[0] + 1, before[1] + 1)


def test_a_ticket_lets_one_form_in_and_sends_the_browser_back(lane: Lane, body: bytes) -> None:
    ticket = lane.script(_TICKET)
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
    url = f"http://localhost:{lane.forms}/forms/{lane.script(_TICKET)}"
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
