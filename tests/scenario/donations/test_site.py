"""S1 as a site of its own: real processes, real certificates; a city's gate brings parcels, and only into its area."""

import base64
import hashlib
import json
import os
import ssl
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from sekisho.adapters.certificates import CertificateAuthority, CertificateKind
from sekisho.adapters.database.home import Home
from sekisho.cli.demo.stage import running
from tests.conftest import free_port
from tests.fakes.donations import NAGASAKI, NEIGHBOUR, NOW, parcel_of, record

FILE = """\
municipality: {{code: "{code}", ja: {ja}, en: {en}}}
agencies:
  - {{agency: mayor, ja: 市長, en: Mayor}}
departments:
  - {{department: hometown, agency: mayor, ja: ふるさと納税推進室, en: Donations Office}}
terminals: []
administrator: {{person: kanri{code}, ja: 管理 一, en: Kanri Hajime, department: hometown}}
"""


def run(home: Path, *arguments: str) -> str:
    """A command of S1, as an administrator types it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SEKISHO_", "DJANGO_"))}
    command = [sys.executable, "-m", "sekisho", "donations", arguments[0], "--home", str(home), *arguments[1:]]
    done = subprocess.run(command, env=kept, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@contextmanager
def served(home: Path) -> Iterator[Mapping[str, str]]:
    """S1 as it is started, until the test is over; gives its ports."""
    ports = ["--port", str(free_port()), "--door-port", str(free_port())]
    told = ["donations", "serve", "--home", str(home), *ports]
    with running("S1", "sekisho", told, home.with_suffix(".log")) as process:
        yield process.ready


@dataclass(frozen=True, kw_only=True)
class Running:
    """S1 with the doors of two areas, as the gate of each city sees it."""

    home: Path
    door: str
    screens: str
    gates: dict[str, ssl.SSLContext]

    def ask(self, gate: str, method: str, place: str, body: bytes = b"", parcel: str = "") -> httpx.Response:
        """One request with the certificate of a gate."""
        digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
        headers = {"Sekisho-Parcel": parcel, "Content-Digest": f"sha-256=:{digest}:"} if parcel else {}
        with httpx.Client(verify=self.gates[gate], trust_env=False, base_url=self.door) as client:
            return client.request(method, place, content=body, headers=headers)


@pytest.fixture(scope="module")
def s1(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Two areas, each with its own city's gate from the city's own authority."""
    home, gates = tmp_path_factory.mktemp("s1"), {}
    for code, ja, en in ((NAGASAKI, "長崎市", "Nagasaki City"), (NEIGHBOUR, "佐世保市", "Sasebo City")):
        city = Home(folder=tmp_path_factory.mktemp(code))
        authority = CertificateAuthority(city)
        authority.initialise(NOW)
        issued = authority.issue(f"gate-{code}", CertificateKind.TERMINAL, code, NOW)
        file = city.folder / "municipality.yaml"
        file.write_text(FILE.format(code=code, ja=ja, en=en), "utf-8")
        run(home, "open", str(file))
        shown = ("--certificate", str(issued.certificate), "--authority", str(authority.certificate))
        told = json.loads(run(home, "admit", "--area", code, "--terminal", f"gate-{code}", *shown, "--json"))
        assert told["fingerprint"] == issued.fingerprint
        run(home, "area", "--area", code, "--issuer", f"{ja}長 見本 一郎")
        gates[code] = ssl.create_default_context(cafile=str(home / "ca" / "authority.pem"))
        gates[code].load_cert_chain(issued.certificate, issued.key)
    with served(home) as ports:
        places = {"door": f"https://localhost:{ports['door']}", "screens": f"http://localhost:{ports['port']}"}
        yield Running(home=home, gates=gates, **places)


def test_a_gate_brings_a_parcel_and_is_answered_the_same_again(s1: Running) -> None:
    body = parcel_of([record(number) for number in range(3)])
    first = s1.ask(NAGASAKI, "POST", f"/intake/{NAGASAKI}/", body, "p1")
    again = s1.ask(NAGASAKI, "POST", f"/intake/{NAGASAKI}/", body, "p1")
    read = s1.ask(NAGASAKI, "GET", f"/intake/{NAGASAKI}/p1/")
    assert (first.status_code, again.status_code, read.status_code) == (201, 201, 200)
    assert first.json() == again.json() == read.json()
    lines = body.splitlines(keepends=True)[1:]
    assert first.json()["rows"] == [hashlib.sha256(line).hexdigest() for line in lines]


def test_no_gate_reaches_the_area_of_a_neighbour(s1: Running) -> None:
    body = parcel_of([record(7)])
    assert s1.ask(NEIGHBOUR, "POST", f"/intake/{NAGASAKI}/", body, "p7").status_code == 403
    assert s1.ask(NEIGHBOUR, "GET", f"/intake/{NAGASAKI}/p1/").status_code == 403
    assert s1.ask(NEIGHBOUR, "GET", f"/intake/{NEIGHBOUR}/p1/").status_code == 404
    assert s1.ask(NEIGHBOUR, "POST", f"/intake/{NEIGHBOUR}/", body, "p7").status_code == 201


def test_whoever_shows_no_certificate_hears_nothing(s1: Running) -> None:
    bare = ssl.create_default_context(cafile=str(s1.home / "ca" / "authority.pem"))
    with httpx.Client(verify=bare, trust_env=False) as client, pytest.raises(httpx.TransportError):
        client.get(f"{s1.door}/intake/{NAGASAKI}/p1/")


@pytest.mark.parametrize(
    ("place", "parcel", "status"),
    [
        (f"/intake/{NAGASAKI}/", "", 400),
        (f"/intake/{NAGASAKI}/", "../p", 400),
        (f"/link/{NAGASAKI}/rakuten/", "l1", 400),
        (f"/link/{NAGASAKI}/", "l1", 404),
        (f"/elsewhere/{NAGASAKI}/", "l1", 404),
        (f"/responses/{NAGASAKI}/", "r1", 422),
        (f"/link/{NAGASAKI}/choice/", "l2", 201),
    ],
)
def test_every_refusal_says_why(s1: Running, place: str, parcel: str, status: int) -> None:
    answer = s1.ask(NAGASAKI, "POST", place, parcel_of([record(9)]), parcel)
    assert answer.status_code == status
    assert status == 201 or all(each["ja"] and each["en"] for each in answer.json()["reasons"])


def test_the_screens_ask_who_one_is(s1: Running) -> None:
    with httpx.Client(trust_env=False) as client:
        assert client.get(f"{s1.screens}/donations/").headers["location"].startswith("/accounts/login/")
        assert "寄附データ一括管理 S1にログイン" in client.get(f"{s1.screens}/accounts/login/").text


def test_everything_of_the_site_lies_in_its_own_home(s1: Running) -> None:
    names = {each.name for each in s1.home.iterdir()}
    assert {"sekisho.sqlite3", "keys.sqlite3", "keys.slots", "master.key", "ca"} <= names
    assert "試験".encode() not in (s1.home / "sekisho.sqlite3").read_bytes()
