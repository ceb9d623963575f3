"""Resumable uploads, tus 1.0, against the running lane: encrypted at rest, resumed after cuts and kills, one parcel."""

import base64
import hashlib
import os
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from tests.integration.lane.conftest import HEADERS, PATH, Lane, codes, lane_in

TUS = {"Tus-Resumable": "1.0.0"}
BYTES = {**TUS, "Content-Type": "application/offset+octet-stream"}
MARK = b"\x00plain-mark-of-this-test\x00"


@pytest.fixture
def client(lane: Lane) -> Iterator[httpx.Client]:
    """The approved terminal."""
    with lane.client() as found:
        yield found


def start(client: httpx.Client, size: int, **more: str) -> str:
    """Open an upload; answers its address."""
    named = {name.replace("_", "-"): value for name, value in more.items()}
    answer = client.post(f"{PATH}/uploads", headers={**HEADERS, **TUS, "Upload-Length": str(size), **named})
    assert answer.status_code == 201, answer.text
    return str(answer.headers["location"])


def push(client: httpx.Client, address: str, offset: int, data: bytes, **more: str) -> httpx.Response:
    """One PATCH."""
    named = {name.replace("_", "-"): value for name, value in more.items()}
    return client.patch(address, content=data, headers={**BYTES, "Upload-Offset": str(offset), **named})


def checksum(data: bytes) -> str:
    """The header's value for these bytes."""
    return f"sha256 {base64.b64encode(hashlib.sha256(data).digest()).decode()}"


def test_what_of_tus_is_spoken_is_told(client: httpx.Client) -> None:
    answer = client.options("/uploads/any")
    assert answer.status_code == 204
    assert answer.headers["tus-extension"] == "creation,creation-with-upload,checksum,expiration,termination"
    assert answer.headers["tus-checksum-algorithm"] == "sha256"
    assert client.post(f"{PATH}/uploads", headers=HEADERS).status_code == 412


def test_pieces_become_one_parcel_and_nothing_of_them_stays(lane: Lane, client: httpx.Client) -> None:
    data = MARK + os.urandom(200_000)
    before, keys = lane.files(), lane.keys("upload/")
    address = start(client, len(data), Sekisho_Digest=hashlib.sha256(data).hexdigest())
    assert push(client, address, 0, data[:70_001], Upload_Checksum=checksum(data[:70_001])).status_code == 204
    told = client.head(address, headers=TUS)
    assert (told.headers["upload-offset"], told.headers["upload-length"]) == ("70001", str(len(data)))
    assert told.headers["cache-control"] == "no-store"
    assert "upload-expires" in told.headers
    assert all(MARK not in path.read_bytes() for path in lane.home.rglob("*") if path.is_file()), "plain on the disk"
    last = push(client, address, 70_001, data[70_001:])
    assert (last.status_code, last.headers["upload-offset"]) == (204, str(len(data)))
    parcel = last.headers["sekisho-parcel"]
    rows = lane.query("select size, digest from database_parcel where parcel = ?", parcel)
    assert rows == [(len(data), hashlib.sha256(data).hexdigest())]
    assert client.head(address, headers=TUS).headers["sekisho-parcel"] == parcel, "a lost 204 is asked for again"
    assert lane.files() - before == {parcel}
    assert lane.keys("upload/") - keys == set()
    entries = lane.query("select count(*) from database_entryrow where parcel = ? and kind = 'received'", parcel)
    assert entries == [(1,)]


def test_an_offset_that_is_not_ours_a_wrong_sum_and_too_many_bytes_change_nothing(client: httpx.Client) -> None:
    address = start(client, 100_000)
    assert push(client, address, 0, bytes(1000)).headers["upload-offset"] == "1000"
    wrong = push(client, address, 0, bytes(1000))
    assert (wrong.status_code, codes(wrong)) == (409, ["offset_differs"])
    torn = push(client, address, 1000, b"x" * 50, Upload_Checksum=checksum(b"y" * 50))
    assert (torn.status_code, codes(torn)) == (460, ["checksum_differs"])
    other = push(client, address, 1000, b"x" * 50, Upload_Checksum="md5 AAAA")
    assert (other.status_code, codes(other)) == (400, ["input_not_understood"])
    assert push(client, address, 1000, bytes(99_001)).status_code == 422
    kind = client.patch(address, content=b"x", headers={**TUS, "Upload-Offset": "1000"})
    assert kind.status_code == 415
    assert client.head(address, headers=TUS).headers["upload-offset"] == "1000"
    assert client.delete(address, headers=TUS).status_code == 204
    assert client.head(address, headers=TUS).status_code == 410


def test_a_length_has_to_be_announced_and_the_doors_are_asked_first(lane: Lane, client: httpx.Client) -> None:
    deferred = client.post(f"{PATH}/uploads", headers={**HEADERS, **TUS, "Upload-Defer-Length": "1"})
    assert (deferred.status_code, codes(deferred)) == (400, ["input_not_understood"])
    wrong = {**HEADERS, **TUS, "Upload-Length": "10", "Sekisho-Person": "dejima"}
    before = lane.count("upload")
    refused = client.post(f"{PATH}/uploads", headers=wrong)
    assert (refused.status_code, codes(refused)) == (403, ["person_not_named"])
    assert lane.count("upload") == before
    large = client.post(f"{PATH}/uploads", headers={**HEADERS, **TUS, "Upload-Length": str(1 << 40)})
    assert large.status_code in {413, 507}


def test_an_upload_that_is_given_up_loses_its_key_and_pieces(lane: Lane, client: httpx.Client) -> None:
    before, keys = lane.files(), lane.keys("upload/")
    address = start(client, 300_000)
    push(client, address, 0, bytes(100_000))
    assert len(lane.files() - before) == 1
    assert len(lane.keys("upload/") - keys) == 1
    assert client.delete(address, headers=TUS).status_code == 204
    assert (lane.files() - before, lane.keys("upload/") - keys) == (set(), set())
    gone = push(client, address, 100_000, b"x")
    assert (gone.status_code, codes(gone)) == (410, ["upload_gone"])


def test_an_upload_that_has_expired_is_gone_with_its_key(lane: Lane, client: httpx.Client) -> None:
    keys = lane.keys("upload/")
    address = start(client, 1000)
    push(client, address, 0, bytes(10))
    assert len(lane.keys("upload/") - keys) == 1
    with closing(sqlite3.connect(lane.home / "sekisho.sqlite3")) as database, database:
        database.execute("update database_upload set expires_at = '2020-01-01' where state = 'open'")
    assert client.head(address, headers=TUS).status_code == 410
    assert lane.keys("upload/") - keys == set()


def test_what_came_before_a_cut_is_kept_and_continued(lane: Lane, client: httpx.Client) -> None:
    data = os.urandom(1_500_000)
    address = start(client, len(data))
    lines = [f"PATCH {address} HTTP/1.1", "Host: localhost", f"Content-Length: {len(data)}", "Upload-Offset: 0"]
    with lane.line() as line:
        named = "\r\n".join([*lines, *(f"{name}: {value}" for name, value in BYTES.items())]) + "\r\n\r\n"
        line.sendall(named.encode() + data[:900_000])
        line.unwrap()
    offset = 0
    for _ in range(200):
        offset = int(client.head(address, headers=TUS).headers["upload-offset"])
        if offset:
            break
    assert 0 < offset <= 900_000
    assert push(client, address, offset, data[offset:]).headers["sekisho-parcel"]


def test_a_form_s_upload_needs_its_ticket_once_and_its_address_afterwards(lane: Lane) -> None:
    url, ticket, data = f"http://localhost:{lane.forms}", lane.ticket(), os.urandom(90_000)
    with httpx.Client(base_url=url, trust_env=False) as browser:
        headers = {**BYTES, "Upload-Length": str(len(data))}
        first = browser.post(f"/forms/{ticket}/uploads", content=data[:50_000], headers=headers)
        assert (first.status_code, first.headers["upload-offset"]) == (201, "50000")
        assert browser.post(f"/forms/{ticket}/uploads", headers=headers).status_code == 403
        last = push(browser, first.headers["location"], 50_000, data[50_000:])
        assert last.headers["sekisho-parcel"]
        assert browser.head("/uploads/unknown", headers=TUS).status_code == 404


def test_a_machine_s_upload_is_its_own(lane: Lane, client: httpx.Client) -> None:
    address = start(client, 1000)
    url = f"https://localhost:{lane.port}"
    with httpx.Client(base_url=url, verify=lane.context("asset-tax-terminal-2"), trust_env=False) as other:
        assert other.head(address, headers=TUS).status_code == 404
    assert httpx.head(f"http://localhost:{lane.forms}{address}", headers=TUS, trust_env=False).status_code == 404


@pytest.mark.parametrize("failpoint", ["piece", "whole"])
def test_a_killed_lane_continues_where_it_was(house: Path, failpoint: str) -> None:
    data = os.urandom(300_000)
    with lane_in(house, {"SEKISHO_FAILPOINT": f"{failpoint}:{2 if failpoint == 'piece' else 1}"}) as first:
        with first.client() as client:
            address = start(client, len(data))
            push(client, address, 0, data[:100_000])
            with pytest.raises(httpx.HTTPError):
                client.patch(address, content=data[100_000:], headers={**BYTES, "Upload-Offset": "100000"}, timeout=2.0)
        kill_standing(first)
    with lane_in(house, {}) as second, second.client() as client:
        told = client.head(address, headers=TUS).headers
        if failpoint == "piece":
            assert told["upload-offset"] == "100000"
            told = push(client, address, 100_000, data[100_000:]).headers
        assert second.query("select digest from database_parcel where parcel = ?", told["sekisho-parcel"]) == [
            (hashlib.sha256(data).hexdigest(),)
        ]


def kill_standing(lane: Lane) -> None:
    """Kill the lane that stands still at its failpoint."""
    for status in Path("/proc").glob("[0-9]*/environ"):
        try:
            told = status.read_bytes()
        except OSError:
            continue
        if str(lane.home).encode() in told and b"SEKISHO_FAILPOINT=" in told:
            os.kill(int(status.parent.name), signal.SIGKILL)
