"""How counterparts are called: whom we believe, by which way out; at real TLS servers and through a proxy."""

import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from sekisho.adapters.carriers import AwayError, Counterpart, LinkagePlatform, keep_counterpart
from sekisho.adapters.carriers.addresses import find_counterpart
from sekisho.adapters.carriers.calling import DIRECT, call, client_context, set_way_out
from sekisho.adapters.carriers.donation_manager import DonationManagerDoor
from sekisho.adapters.carriers.notice_road import NoticeRoad
from sekisho.adapters.carriers.vendor_copies import VendorCopy, fetch_copy
from sekisho.adapters.certificates import CertificateAuthority, CertificateKind
from sekisho.adapters.database.home import Home
from sekisho.cli import main
from sekisho.kernel import SekishoError
from tests.integration.carriers.conftest import TENANT

NAME = "s1.example.jp"


class Door(BaseHTTPRequestHandler):
    """A server that answers everybody the same."""

    def do_GET(self) -> None:
        """Two bytes."""
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *_: object) -> None:
        """Nothing."""


class Cloud(BaseHTTPRequestHandler):
    """A proxy that lets nobody out, and notes where they wanted to go."""

    wanted: list[str]

    def do_CONNECT(self) -> None:
        """No."""
        self.wanted.append(self.path)
        self.send_error(403)

    def log_message(self, *_: object) -> None:
        """Nothing."""


def serving(server: HTTPServer) -> Iterator[int]:
    """Let it serve; its port."""
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


@pytest.fixture
def gate(house: Home) -> Home:
    """The city's home, with the gate's certificate."""
    authority, at = CertificateAuthority(house), datetime.now(UTC)
    authority.initialise(at)
    authority.issue(f"gate-{TENANT}", CertificateKind.TERMINAL, TENANT, at)
    return house


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    """An authority that is not ours, with a server's certificate; its folder."""
    authority, at = CertificateAuthority(Home(folder=tmp_path / "theirs")), datetime.now(UTC)
    folder = authority.initialise(at).parent
    authority.issue(NAME, CertificateKind.SERVER, "", at)
    return folder


@pytest.fixture
def door(theirs: Path) -> Iterator[int]:
    """A TLS server of that authority."""
    server = HTTPServer(("127.0.0.1", 0), Door)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(theirs / f"{NAME}.pem", theirs / f"{NAME}.key")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    yield from serving(server)


@pytest.fixture
def cloud() -> Iterator[int]:
    """The security cloud."""
    Cloud.wanted = []
    yield from serving(HTTPServer(("127.0.0.1", 0), Cloud))


def enter(door: int, *settings: str) -> int:
    """The counterpart as an administrator enters it; the command's exit status."""
    told = [word for each in settings for word in ("--set", each)]
    words = ["carrier", "enter", "s1", "--carrier", "intake", "--recipient", "-", "--url", f"https://localhost:{door}"]
    return CliRunner().invoke(main, [*words, *told]).exit_code


@pytest.mark.django_db
def test_a_counterpart_of_another_authority_is_believed_by_that_authority_alone(
    gate: Home, theirs: Path, door: int
) -> None:
    def ask() -> str:
        with call(gate, f"gate-{TENANT}", find_counterpart(gate, "s1")) as client:
            return client.get("/").text

    assert enter(door) == 0
    with pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
        ask()
    assert enter(door, f"authority={theirs / 'authority.pem'}") == 0
    (theirs / "authority.pem").unlink()
    assert ask() == "ok", "it was kept when it was entered"
    assert enter(door, f"authority={gate.certificates / 'authority.pem'}") == 0
    with pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
        ask()


@pytest.mark.django_db
def test_a_file_that_is_no_authority_is_not_entered(gate: Home, tmp_path: Path) -> None:
    (tmp_path / "words.pem").write_text("試験", encoding="utf-8")
    assert enter(9, f"authority={tmp_path / 'words.pem'}") == 2
    with pytest.raises(SekishoError, match="no address"):
        find_counterpart(gate, "s1")


def test_a_server_is_called_by_its_name_in_the_network(gate: Home, theirs: Path, door: int) -> None:
    context = client_context(gate, f"gate-{TENANT}", (theirs / "authority.pem").read_text(encoding="ascii"))
    with socket.create_connection(("127.0.0.1", door)) as line, context.wrap_socket(line, server_hostname=NAME) as tls:
        assert tls.version() in {"TLSv1.2", "TLSv1.3"}
    with socket.create_connection(("127.0.0.1", door)) as line, pytest.raises(ssl.SSLCertVerificationError):
        context.wrap_socket(line, server_hostname="other.example.jp")


@pytest.mark.parametrize("name", ["", ".", "a..b", ".hidden", "a/b", "../x", "x\n", "試験", "a." * 32 + "a"])
def test_what_is_no_name_of_a_machine_gets_no_certificate(gate: Home, name: str) -> None:
    with pytest.raises(SekishoError, match="certificate's name"):
        CertificateAuthority(gate).issue(name, CertificateKind.SERVER, "", datetime.now(UTC))


@pytest.mark.parametrize("name", ["gate.example.lg.jp", "linkage_platform", "192.0.2.7"])
def test_the_names_of_the_instructions_get_one(gate: Home, name: str) -> None:
    done = CliRunner().invoke(main, ["ca", "issue", name, "--kind", "server", "--json"])
    assert done.exit_code == 0, done.output
    assert Path(json.loads(done.output)["certificate"]).name == f"{name}.pem"


COPY = VendorCopy(tenant=TENANT, permit="p", counterpart="s1", parcel="p1", sent=())


def knock(home: Home) -> None:
    """Bring something to S1's door."""
    door = DonationManagerDoor(home, TENANT, find_counterpart(home, "s1"))
    with door._client() as client:
        door._post(client, "intake", "p1", b"")


CALLS: dict[str, Callable[[Home], object]] = {
    "platform": lambda home: LinkagePlatform(home, f"gate-{TENANT}", "s1").waiting(),
    "road": lambda home: NoticeRoad(home, TENANT, "s1").returns(),
    "vendor": lambda home: fetch_copy(home, COPY),
    "door": knock,
}


@pytest.mark.parametrize("kind", sorted(CALLS))
def test_every_call_leaves_by_the_way_out_unless_the_counterpart_says_otherwise(
    gate: Home, cloud: int, kind: str
) -> None:
    def entered(**settings: str) -> None:
        url = "https://s1.invalid:8543"
        keep_counterpart(gate, Counterpart(counterpart="s1", url=url, recipient="-", receipt_key="", settings=settings))
        with pytest.raises(AwayError):
            CALLS[kind](gate)

    entered()
    assert Cloud.wanted == []
    set_way_out(gate, f"http://127.0.0.1:{cloud}")
    entered()
    assert Cloud.wanted == ["s1.invalid:8543"]
    entered(proxy=DIRECT)
    assert Cloud.wanted == ["s1.invalid:8543"]
    set_way_out(gate, "http://127.0.0.1:9")
    entered(proxy=f"http://127.0.0.1:{cloud}")
    assert Cloud.wanted == ["s1.invalid:8543"] * 2
