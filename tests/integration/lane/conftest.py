"""The lane as a real process over a house of its own, shared by the tests of a file."""

import os
import socket
import sqlite3
import ssl
import subprocess
import sys
from collections.abc import Iterator, Mapping
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
SET_UP = """
from sekisho.bootstrap import open_house, now
home = open_house()
from sekisho.adapters.dossiers import shipped_dossier
from sekisho.cli.demo.city import found_city
found_city(home, shipped_dossier(), 1, alone=True)
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

    @contextmanager
    def line(self) -> Iterator[ssl.SSLSocket]:
        """A bare connection of the approved terminal."""
        raw = socket.create_connection(("127.0.0.1", self.port), timeout=20)
        with self.context().wrap_socket(raw, server_hostname="localhost") as line:
            yield line

    def query(self, question: str, *values: object) -> list[tuple[Any, ...]]:
        """Look into the database from outside."""
        with closing(sqlite3.connect(self.home / "sekisho.sqlite3")) as database:
            return database.execute(question, values).fetchall()

    def count(self, table: str) -> int:
        """How many rows a table has."""
        return int(self.query(f"select count(*) from database_{table}")[0][0])

    def files(self) -> set[str]:
        """What lies in the landing store."""
        folder = self.home / "parcels"
        return {path.name for path in folder.iterdir()} if folder.exists() else set()

    def keys(self, prefix: str) -> set[str]:
        """Which keys of a kind are there, not destroyed."""
        with closing(sqlite3.connect(self.home / "keys.sqlite3")) as database:
            rows = database.execute("select key from places where not gone").fetchall()
        return {key for (key,) in rows if key.startswith(prefix)}

    def script(self, text: str) -> str:
        """Run something inside the house."""
        ended = subprocess.run(
            [sys.executable, "-c", text], check=True, env=self.environment, capture_output=True, text=True
        )
        return ended.stdout.strip()

    def ticket(self) -> str:
        """A single-use ticket of the approved person."""
        return self.script(_TICKET)


def head(size: int, key: str, **more: str) -> bytes:
    """The head of a PUT, for a bare connection."""
    lines = [f"PUT {PATH} HTTP/1.1", "Host: localhost", f"Content-Length: {size}", f"Idempotency-Key: {key}"]
    named = {**HEADERS, **{name.replace("_", "-"): value for name, value in more.items()}}
    return ("\r\n".join([*lines, *(f"{name}: {value}" for name, value in named.items())]) + "\r\n\r\n").encode()


def codes(answer: httpx.Response) -> list[str]:
    """The reasons of a refusal."""
    found: dict[str, Any] = answer.json()
    return [reason["code"] for reason in found["reasons"]]


@contextmanager
def lane_in(home: Path, settings: Mapping[str, str]) -> Iterator[Lane]:
    """Run a lane over a house that is there."""
    own = {"SEKISHO_HOME": str(home), "DJANGO_SETTINGS_MODULE": "sekisho.adapters.database.settings"}
    environment = {**os.environ, **own, "PYTHONPATH": "src", **settings}
    environment.pop("SEKISHO_DATABASE_URL", None)
    ports = ["--port", "0", "--form-port", "0", "--back", "http://localhost:9"]
    with running("lane", "sekisho.lane", ports, home / "lane.log", environment) as child:
        yield Lane(home, int(child.ready["port"]), int(child.ready["forms"]), environment)


@pytest.fixture(scope="package")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A city, entered once for all files here."""
    home = tmp_path_factory.mktemp("lane")
    own = {"SEKISHO_HOME": str(home), "DJANGO_SETTINGS_MODULE": "sekisho.adapters.database.settings"}
    environment = {**os.environ, **own, "PYTHONPATH": "src"}
    environment.pop("SEKISHO_DATABASE_URL", None)
    subprocess.run([sys.executable, "-c", SET_UP], check=True, env=environment, timeout=120)
    return home


@pytest.fixture(scope="package")
def lane(house: Path) -> Iterator[Lane]:
    """The lane over that house."""
    with lane_in(house, {}) as running_lane:
        yield running_lane


@pytest.fixture(scope="package")
def body() -> bytes:
    """A good file."""
    rows = make_rows(Random(1), make_ledger(Random(1), 50), 5, misfits=0.0)
    return b"".join(notice_file(shipped_layouts().find("registry_notice"), rows))
