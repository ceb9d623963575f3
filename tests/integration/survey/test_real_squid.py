"""A log that Debian's Squid itself wrote: one host on the allow-list, one that it turned away."""

import shutil
import socket
import tempfile
import threading
import time
from pathlib import Path

import pytest

from sekisho.business.connection_survey import EgressLog, SourceBook, Survey, TrafficBook, read_approved
from sekisho.cli.demo.stage import running


def ask(proxy: str, target: str) -> bytes:
    """Ask the proxy for a tunnel; answers its first line."""
    host, port = proxy.rsplit(":", 1)
    with socket.create_connection((host, int(port)), timeout=20) as line:
        line.sendall(f"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n\r\n".encode())
        told = line.recv(4096)
        if b" 200 " in told.split(b"\r\n", 1)[0]:
            line.sendall(b"hello")
            line.recv(16)
        return told.split(b"\r\n", 1)[0]


def serve_once(listener: socket.socket) -> None:
    """Answer one caller."""
    caller, _ = listener.accept()
    with caller:
        caller.recv(16)
        caller.sendall(b"welcome")


def when_written(place: Path, lines: int) -> bytes:
    """A log once it has so many lines; Squid writes a line when its caller has gone."""
    until = time.monotonic() + 20
    while time.monotonic() < until and place.read_bytes().count(b"\n") < lines:
        time.sleep(0.02)
    return place.read_bytes()


def test_what_squid_wrote_is_read_matched_and_found(tmp_path: Path) -> None:
    if shutil.which("squid") is None:
        pytest.skip("squid is not installed: Debian's package squid brings it")
    # Squid gives up its rights, and then must still reach its own folder, which pytest's folders do not allow.
    with tempfile.TemporaryDirectory(prefix="security-cloud-") as own, socket.socket() as listener:
        Path(own).chmod(0o755)
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        threading.Thread(target=serve_once, args=(listener,), daemon=True).start()
        allowed, home = f"portal.example {port} R1-59-01\n", Path(own) / "cloud"
        (tmp_path / "allowed").write_text(allowed)
        told = ["--home", str(home), "--allowed", str(tmp_path / "allowed"), "--known", "stranger.example"]
        with running("cloud", "counterparts.security_cloud", told, tmp_path / "cloud.log") as cloud:
            proxy = f"127.0.0.1:{cloud.ready['port']}"
            assert b"200" in ask(proxy, f"portal.example:{port}")
            assert b"403" in ask(proxy, "stranger.example:443")
            body = when_written(home / "access.log", lines=3)
    log, book = EgressLog([body]), TrafficBook(SourceBook([]))
    book.count(log.seen())
    survey = Survey(read_approved(allowed.encode()), (), sources_known=False)
    judged = {each.traffic.host: each for each in map(survey.judge, book.all())}
    assert (log.reading.unread_lines(), log.reading.no_traffic) == (0, 1)  # whoever waits for the port says nothing
    assert (judged["portal.example"].permit, judged["portal.example"].traffic.refused) == ("R1-59-01", 0)
    assert judged["portal.example"].traffic.up >= len(b"hello")
    assert not judged["stranger.example"].is_covered
    assert judged["stranger.example"].traffic.refused == 1
