"""HTTPS with mutual TLS at a real nginx: our certificate opens it, another authority's server gets nothing at all."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sekisho.adapters.carriers import AwayError, Counterpart, carrier_to, keep_counterpart
from sekisho.adapters.certificates import CertificateAuthority, CertificateKind
from sekisho.adapters.database.home import Home
from sekisho.kernel import Recorded
from tests.conftest import free_port
from tests.integration.carriers.conftest import TENANT

CONF = """
daemon off; pid {folder}/pid; error_log {folder}/error.log; worker_processes 1;
events {{ worker_connections 64; }}
http {{
  access_log {folder}/access.log; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  server {{
    listen 127.0.0.1:{port} ssl; server_name localhost;
    ssl_certificate {ca}/nginx.pem; ssl_certificate_key {ca}/nginx.key;
    ssl_client_certificate {clients}/authority.pem; ssl_verify_client on; ssl_protocols TLSv1.2 TLSv1.3;
    client_max_body_size 0;
    location /upload/ {{ dav_methods PUT; root {folder}/kept; create_full_put_path on; }}
    location /closed/ {{ return 503; }}
  }}
}}
"""


def authority(home: Home) -> Path:
    """An authority with our certificate and nginx's."""
    made, at = CertificateAuthority(home), datetime.now(UTC)
    made.initialise(at)
    made.issue(f"gate-{TENANT}", CertificateKind.TERMINAL, TENANT, at)
    made.issue("nginx", CertificateKind.SERVER, "", at)
    return home.certificates


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[Path, Path], int]]:
    """Start nginx with these certificates, for clients of that authority; its port."""
    if shutil.which("nginx") is None:
        pytest.skip("nginx-light is not installed on this machine")
    running: list[subprocess.Popen[bytes]] = []

    def begin(ca: Path, clients: Path) -> int:
        folder, port = tmp_path / "nginx", free_port()
        (folder / "kept").mkdir(parents=True)
        folder.chmod(0o777)
        (folder / "kept").chmod(0o777)
        conf = folder / "nginx.conf"
        conf.write_text("user root;\n" + CONF.format(folder=folder, port=port, ca=ca, clients=clients))
        running.append(subprocess.Popen(["nginx", "-c", str(conf), "-e", str(folder / "error.log")]))
        for _ in range(100):
            if (folder / "pid").exists():
                break
            running[-1].poll()
            subprocess.run(["sleep", "0.05"], check=True)
        return port

    yield begin
    for process in running:
        process.terminate()
        process.wait(10)


def enter(house: Home, url: str, key: Ed25519PrivateKey) -> None:
    """The counterpart at this address."""
    known = Counterpart(
        counterpart="printer", url=url, recipient="age1", receipt_key=key.public_key().public_bytes_raw().hex()
    )
    keep_counterpart(house, known)


def bodies(tmp_path: Path) -> list[bytes]:
    """What nginx took."""
    return [path.read_bytes() for path in (tmp_path / "nginx" / "kept").rglob("*") if path.is_file()]


def test_our_certificate_opens_it_and_the_bytes_arrive_as_they_were_sealed(
    house: Home, recorded: Recorded, start: Callable[[Path, Path], int], tmp_path: Path
) -> None:
    from sekisho.kernel import SekishoError

    ca = authority(house)
    enter(house, f"https://localhost:{start(ca, ca)}", Ed25519PrivateKey.generate())
    with pytest.raises(SekishoError, match="receipt of printer cannot be read"):
        carrier_to(house, TENANT, "printer").carry(recorded)
    assert bodies(tmp_path) == [(house.parcels / recorded.cargo.place).read_bytes()]


def test_a_server_of_another_authority_gets_not_one_byte(
    house: Home, recorded: Recorded, start: Callable[[Path, Path], int], tmp_path: Path
) -> None:
    ours, theirs = authority(house), authority(Home(folder=tmp_path / "rogue"))
    enter(house, f"https://localhost:{start(theirs, ours)}", Ed25519PrivateKey.generate())
    with pytest.raises(AwayError):
        carrier_to(house, TENANT, "printer").carry(recorded)
    assert bodies(tmp_path) == []


def test_a_certificate_of_another_authority_does_not_open_theirs(
    house: Home, recorded: Recorded, start: Callable[[Path, Path], int], tmp_path: Path
) -> None:
    from sekisho.kernel import Refused

    ours, theirs = authority(house), authority(Home(folder=tmp_path / "other"))
    enter(house, f"https://localhost:{start(ours, theirs)}", Ed25519PrivateKey.generate())
    with pytest.raises((AwayError, Refused)):
        carrier_to(house, TENANT, "printer").carry(recorded)
    assert bodies(tmp_path) == []


def test_a_counterpart_that_is_closed_is_away(
    house: Home, recorded: Recorded, start: Callable[[Path, Path], int]
) -> None:
    ca = authority(house)
    enter(house, f"https://localhost:{start(ca, ca)}/closed", Ed25519PrivateKey.generate())
    with pytest.raises(AwayError, match="503"):
        carrier_to(house, TENANT, "printer").carry(recorded)
