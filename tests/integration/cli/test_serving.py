"""`sekisho serve` as an office starts it: with certificates all opens, without them one sentence says why not."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import free_port

PORTS = ("--port", "--form-port", "--machine-port", "--sftp-port")


def sekisho(home: Path, *words: str) -> "subprocess.Popen[str]":
    """A command in a process of its own, for a house in this folder."""
    told = {**os.environ, "SEKISHO_HOME": str(home), "PYTHONPATH": "src"}
    command = [sys.executable, "-m", "sekisho", *words]
    return subprocess.Popen(command, env=told, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_without_certificates_nothing_opens_and_the_sentence_says_how_to_make_them(tmp_path: Path) -> None:
    with sekisho(tmp_path, "serve") as process:
        _, said = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "sekisho ca issue lane --kind server" in said
    assert "Traceback" not in said


@pytest.mark.slow
def test_with_certificates_the_drop_box_opens_beside_the_screens_and_ends_with_them(tmp_path: Path) -> None:
    for words in (("ca", "init"), ("ca", "issue", "lane", "--kind", "server")):
        with sekisho(tmp_path, *words) as process:
            process.communicate(timeout=60)
        assert process.returncode == 0
    ports = {name: free_port() for name in PORTS}
    told = [word for name, port in ports.items() for word in (name, str(port))]
    with sekisho(tmp_path, "serve", *told) as process:
        try:
            assert process.stdout is not None
            assert f"http://localhost:{ports['--port']}" in process.stdout.readline()
            with socket.create_connection(("127.0.0.1", ports["--sftp-port"]), timeout=10) as line:
                assert line.recv(64).startswith(b"SSH-2.0-")
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=60)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", ports["--sftp-port"]), timeout=10)
