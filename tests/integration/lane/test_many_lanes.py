"""Many lanes on the same ports, and clients that others wrote."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sekisho.cli.demo.stage import running
from sekisho.cli.serve import lane_arguments
from tests.conftest import free_port
from tests.integration.lane.conftest import Lane

SAID = {"machine_port": 8443, "form_port": 8001, "port": 8000, "lanes": 1, "proxy_user": ""}
_CLIENT = """
import sys
from tusclient import client
place, file = sys.argv[1:]
first = client.TusClient(place).uploader(file, chunk_size=300_000)
first.upload_chunk()
second = client.TusClient(place).uploader(file, chunk_size=300_000, url=first.url)
assert second.offset == first.offset == 300_000
second.upload()
print(second.offset)
"""


def test_lanes_are_told_of_each_other_and_of_the_proxy_s_user() -> None:
    assert lane_arguments(0, SAID) == ["--port", "8443", "--form-port", "8001", "--back", "http://localhost:8000"]
    told = lane_arguments(1, {**SAID, "lanes": 2, "proxy_user": "www-data"})
    assert told[-5:] == ["--one-of-many", "--proxied", "/run/sekisho/lane-1.sock", "--proxy-user", "www-data"]


def test_two_lanes_on_one_port_receive_every_parcel_once(house: Path, tmp_path: Path) -> None:
    ports = (free_port(), free_port())
    own = {"SEKISHO_HOME": str(house), "DJANGO_SETTINGS_MODULE": "sekisho.adapters.database.settings"}
    environment = {**os.environ, **own, "PYTHONPATH": "src"}
    asked = ["--port", str(ports[0]), "--form-port", str(ports[1]), "--one-of-many"]
    with (
        running("lane", "sekisho.lane", asked, tmp_path / "0.log", environment) as first,
        running("lane", "sekisho.lane", asked, tmp_path / "1.log", environment) as second,
    ):
        lane = Lane(house, *ports, environment)
        before = lane.count("parcel")
        processes = [each.process.pid for each in (first, second)]
        idle = [context_switches(each) for each in processes]
        told = [lane.put(b"%d" % number, f"many-{number // 2}-{number % 2}") for number in range(24)]
        again = [lane.put(b"%d" % number, f"many-{number // 2}-{number % 2}") for number in range(24)]
        assert all(context_switches(each) > was for each, was in zip(processes, idle, strict=True)), "one was idle"
    assert {each.status_code for each in told} == {201}
    assert [each.json() for each in again] == [each.json() for each in told]
    assert lane.count("parcel") == before + 24


def context_switches(process: int) -> int:
    """How often a process has waited for something so far."""
    lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("voluntary_ctxt"))


def test_a_client_that_others_wrote_resumes_an_upload(lane: Lane, tmp_path: Path) -> None:
    pytest.importorskip("tusclient", reason="PyPI's tuspy brings the client")
    file = tmp_path / "file"
    file.write_bytes(os.urandom(1_000_000))
    place = f"http://localhost:{lane.forms}/forms/{lane.ticket()}/uploads"
    ended = subprocess.run(
        [sys.executable, "-c", _CLIENT, place, str(file)], check=True, capture_output=True, text=True
    )
    assert ended.stdout.strip() == "1000000"
