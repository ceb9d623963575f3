"""The lane behind a real nginx: TLS 1.3 with client certificates, and a certificate that nobody but nginx can tell."""

import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from sekisho.cli.demo.stage import running
from tests.conftest import free_port
from tests.integration.lane.conftest import HEADERS, PATH, Lane

NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
pytestmark = pytest.mark.skipif(NGINX is None, reason="Debian's nginx-light brings nginx")


@dataclass(frozen=True)
class Front:
    """nginx in front of a lane."""

    lane: Lane
    port: int
    forms_port: int
    socket: Path

    @contextmanager
    def client(self, certificate: str = "asset-tax-terminal-1") -> Iterator[httpx.Client]:
        """A terminal that calls nginx."""
        url = f"https://localhost:{self.port}"
        with httpx.Client(base_url=url, verify=self.lane.context(certificate), trust_env=False) as client:
            yield client


def write_configuration(folder: Path, lane: Lane, ports: tuple[int, int]) -> Path:
    """What our own command writes, inside the least that nginx needs around it."""
    ca = lane.home / "ca"
    asked = ["--name", "localhost", "--port", str(ports[0]), "--forms-port", str(ports[1])]
    asked += ["--certificate", str(ca / "lane.pem"), "--key", str(ca / "lane.key")]
    asked += ["--authority", str(ca / "authority.pem"), "--socket", str(folder / "lane-0.sock")]
    asked += ["--forms", f"127.0.0.1:{lane.forms}"]
    command = [os.sys.executable, "-m", "sekisho", "lane", "nginx-config", *asked]  # type: ignore[attr-defined]
    ours = subprocess.run(command, check=True, capture_output=True, text=True, env=lane.environment).stdout
    user = "user root;" if os.geteuid() == 0 else ""
    paths = "".join(
        f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whole = (
        f"{user} daemon off; pid {folder}/pid; error_log {folder}/error.log; events {{}} http {{ {paths}\n{ours}\n}}"
    )
    place = folder / "nginx.conf"
    place.write_text(whole)
    return place


@pytest.fixture(scope="module")
def front(house: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    """A lane with a socket for the proxy, and nginx in front of it."""
    assert NGINX is not None
    folder = tmp_path_factory.mktemp("nginx")
    own = {"SEKISHO_HOME": str(house), "DJANGO_SETTINGS_MODULE": "sekisho.adapters.database.settings"}
    environment = {**os.environ, **own, "PYTHONPATH": "src"}
    asked = ["--port", "0", "--form-port", "0", "--proxied", str(folder / "lane-0.sock")]
    with running("lane", "sekisho.lane", asked, folder / "lane.log", environment) as child:
        lane = Lane(house, int(child.ready["port"]), int(child.ready["forms"]), environment)
        ports = (free_port(), free_port())
        nginx = subprocess.Popen([NGINX, "-c", str(write_configuration(folder, lane, ports))])
        try:
            wait_for_port(ports[0])
            yield Front(lane, *ports, folder / "lane-0.sock")
        finally:
            nginx.terminate()
            nginx.wait(10)


def wait_for_port(port: int) -> None:
    """Wait until somebody listens."""
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail("nginx did not listen")


def test_a_terminal_puts_a_parcel_through_nginx(front: Front) -> None:
    body = os.urandom(200_000)
    with front.client() as client:
        answer = client.put(PATH, content=body, headers={**HEADERS, "Idempotency-Key": "through-nginx"})
        assert (answer.status_code, answer.json()["outcome"]) == (201, "received")
    rows = front.lane.query("select size from database_parcel where parcel = ?", answer.json()["parcel"])
    assert rows == [(200_000,)]


def test_a_header_that_names_another_certificate_is_thrown_away(front: Front) -> None:
    other = quote((front.lane.home / "ca/asset-tax-terminal-1.pem").read_text())
    headers = {**HEADERS, "Idempotency-Key": "forged", "Sekisho-Client-Certificate": other}
    with front.client("asset-tax-terminal-2") as client:
        answer = client.put(PATH, content=b"x", headers=headers)
    assert answer.json()["reasons"][0]["code"] == "terminal_not_approved"
    with front.lane.client() as past_nginx:
        answer = past_nginx.put(PATH, content=b"x", headers=headers)
    assert (answer.status_code, answer.json()["reasons"][0]["code"]) == (400, "input_not_understood")


def test_without_a_certificate_nginx_lets_nobody_through(front: Front) -> None:
    with pytest.raises(httpx.HTTPError), front.client("") as client:
        client.put(PATH, content=b"x", headers=HEADERS).raise_for_status()


def test_an_upload_in_pieces_goes_through_nginx(front: Front) -> None:
    tus = {"Tus-Resumable": "1.0.0"}
    body = os.urandom(150_000)
    with front.client() as client:
        opened = client.post(f"{PATH}/uploads", headers={**HEADERS, **tus, "Upload-Length": str(len(body))})
        place, offset = opened.headers["location"], 0
        for piece in (body[:60_000], body[60_000:]):
            told = {**tus, "Content-Type": "application/offset+octet-stream", "Upload-Offset": str(offset)}
            answer = client.patch(place, content=piece, headers=told)
            offset = int(answer.headers["upload-offset"])
        assert (offset, answer.status_code) == (len(body), 204)
        assert answer.headers["sekisho-parcel"]


def test_browsers_reach_forms_and_nothing_else(front: Front) -> None:
    context = front.lane.context("")
    with httpx.Client(base_url=f"https://localhost:{front.forms_port}", verify=context, trust_env=False) as browser:
        assert browser.get("/health").status_code == 404
        assert browser.put(PATH, content=b"x", headers=HEADERS).status_code == 404
        sent = browser.post(f"/forms/{front.lane.ticket()}", files={"file": ("notices.csv", os.urandom(5000))})
        assert sent.status_code == 303


def test_another_user_of_the_machine_cannot_speak_as_the_proxy(front: Front) -> None:
    if os.geteuid() != 0:
        pytest.skip("needs root, to be another user")
    nobody = pwd.getpwnam("nobody").pw_uid
    request = f"GET /health HTTP/1.1\r\nHost: x\r\n\r\n".encode()  # noqa: F541 - a head as it is written
    told = os.pipe()
    # The socket is reached by a descriptor of its folder, since the folder itself is for its owner alone.
    folder = os.open(front.socket.parent, os.O_RDONLY)
    if (child := os.fork()) == 0:
        os.fchdir(folder)
        os.setuid(nobody)
        with socket.socket(socket.AF_UNIX) as line:
            try:
                line.connect(front.socket.name)
                line.sendall(request)
                heard = line.recv(100)
            except OSError:
                heard = b""
        os.write(told[1], b"heard" if heard else b"hung up")
        os._exit(0)
    os.waitpid(child, 0)
    assert os.read(told[0], 20) == b"hung up"
    for each in (*told, folder):
        os.close(each)
    with socket.socket(socket.AF_UNIX) as ours:
        ours.connect(str(front.socket))
        ours.sendall(request)
        assert b" 200 " in ours.recv(4000)
