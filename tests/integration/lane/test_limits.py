"""What the lane takes at most, and what it does with what was cut off, came too slowly, or was no proper request."""

import contextlib
import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import httpx
import pytest

from tests.integration.lane.conftest import HEADERS, PATH, Lane, codes, head, lane_in

CUTS = int(os.environ.get("SEKISHO_TEST_CUTS", "40"))
SIZE = 400_000


@pytest.fixture(scope="module")
def impatient(house: Path) -> Iterator[Lane]:
    """A lane that waits half a second for anybody."""
    limits = {"SEKISHO_LANE_GRACE_SECONDS": "0.5", "SEKISHO_LANE_BYTES_A_SECOND": "1000000"}
    with lane_in(house, limits) as lane:
        yield lane


def taken_today(lane: Lane) -> int:
    """How many bytes were taken in so far, also by other tests."""
    return int(lane.query("select coalesce(sum(size), 0) from database_parcel where state != 'turned_away'")[0][0])


@pytest.fixture(scope="module")
def day(lane: Lane) -> int:
    """How many MiB a day are taken: some more than were taken so far."""
    return (taken_today(lane) >> 20) + 4


@pytest.fixture(scope="module")
def narrow(house: Path, day: int) -> Iterator[Lane]:
    """A lane that takes two uploads at once, and so many MiB a day."""
    with lane_in(house, {"SEKISHO_LANE_AT_ONCE": "2", "SEKISHO_LANE_MIB_A_DAY": str(day)}) as lane:
        yield lane


def answer_on(line: socket.socket) -> bytes:
    """Whatever comes until the other side hangs up."""
    line.settimeout(20)
    heard = b""
    with contextlib.suppress(OSError):
        while piece := line.recv(65_536):
            heard += piece
    return heard


def settled(lane: Lane) -> tuple[set[str], int, int]:
    """What is visible of parcels: files, rows, entries."""
    return lane.files(), lane.count("parcel"), lane.count("entryrow")


def test_wherever_an_upload_is_cut_nothing_of_it_is_to_be_seen(lane: Lane) -> None:
    chance, before = Random(6), settled(lane)
    keys = lane.keys("parcel/")
    places = [SIZE * number // CUTS for number in range(CUTS)] + [chance.randrange(SIZE) for _ in range(CUTS // 4)]
    for number, place in enumerate(places):
        with contextlib.suppress(OSError), lane.line() as line:
            line.sendall(head(SIZE, f"cut-{number}") + bytes(place))
    until = time.monotonic() + 30
    while (settled(lane) != before or lane.keys("parcel/") != keys) and time.monotonic() < until:
        time.sleep(0.05)
    assert settled(lane) == before
    assert lane.keys("parcel/") == keys, "the keys of what was cut off are gone"
    assert lane.put(bytes(SIZE), "whole").status_code == 201
    files, rows, entries = settled(lane)
    assert (len(files - before[0]), rows - before[1], entries - before[2]) == (1, 1, 1)


@pytest.mark.parametrize(
    "request_head",
    [
        b"PUT /parcels/x HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"PUT /parcels/x HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
        b"GET /parcels/%252e%252e%252freceipt HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /parcels/%2e%2e/receipt HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /../parcels HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET //parcels HTTP/1.1\r\nHost: x\r\n\r\n",
        b"PUT /parcels/x HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
    ],
)
def test_a_request_that_two_readers_would_read_differently_is_refused(lane: Lane, request_head: bytes) -> None:
    with lane.line() as line:
        line.sendall(request_head)
        assert b" 400 " in answer_on(line)


@pytest.mark.parametrize(
    "more", [b"".join(b"x-%d: y\r\n" % number for number in range(100_000)), b"x: " + b"y" * 200_000]
)
def test_a_head_of_endless_length_is_cut_off(lane: Lane, more: bytes) -> None:
    with lane.line() as line:
        with contextlib.suppress(OSError):
            line.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\n" + more)
        assert answer_on(line)[:12] in {b"HTTP/1.1 431", b""}
    with lane.client() as client:
        assert client.get("/health").status_code == 200


def test_bytes_that_do_not_come_are_not_waited_for(impatient: Lane) -> None:
    before = settled(impatient)
    with impatient.line() as line:
        line.sendall(head(SIZE, "slow") + bytes(100))
        told = answer_on(line)
    assert b" 408 " in told
    assert b"too_slow" in told
    with impatient.line() as line:
        line.sendall(b"PUT /parcels/x HTTP/1.1\r\nHost: x\r\nX-Slow: ")
        assert answer_on(line) == b"", "half a head is hung up on"
    assert settled(impatient) == before


def test_more_uploads_at_once_than_are_taken_are_asked_to_come_later(narrow: Lane) -> None:
    with narrow.line() as first, narrow.line() as second:
        for number, line in enumerate((first, second)):
            line.sendall(head(SIZE, f"held-{number}") + bytes(100_000))
        for _ in range(50):
            answer = narrow.put(b"x", "third", Sekisho_Person="dejima")
            if answer.status_code == 503:
                break
        assert (answer.status_code, codes(answer)) == (503, ["too_many_at_once"])
        assert answer.headers["retry-after"]


def test_a_municipality_takes_so_many_bytes_a_day(narrow: Lane, day: int) -> None:
    rest = (day << 20) - taken_today(narrow)
    for _ in range(50):
        first = narrow.put(os.urandom(rest // 2), "first-half")
        if first.status_code != 503:  # the berths of uploads that were cut off just now
            break
    assert first.status_code == 201
    full = narrow.put(os.urandom(rest - rest // 2 + 1), "second-half")
    assert (full.status_code, codes(full)) == (429, ["day_is_full"])
    assert narrow.put(os.urandom(1000), "a-little").status_code == 201
    assert taken_today(narrow) <= day << 20


def test_a_disk_without_room_takes_no_bytes(house: Path) -> None:
    with lane_in(house, {"SEKISHO_LANE_RESERVE_MIB": str(1 << 40)}) as full:
        before = settled(full)
        answer = full.put(b"x", "no-room")
        assert (answer.status_code, codes(answer)) == (507, ["no_room"])
        tus = {"Tus-Resumable": "1.0.0", "Upload-Length": "5"}
        with full.client() as client:
            assert client.post(f"{PATH}/uploads", headers={**HEADERS, **tus}).status_code == 507
        assert settled(full) == before


def test_a_digest_by_its_standard_field_is_held_to(lane: Lane, body: bytes) -> None:
    wrong = lane.put(body, "standard-wrong", Repr_Digest="sha-256=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:")
    assert (wrong.status_code, codes(wrong)) == (422, ["digest_differs"])
    unread = lane.put(body, "standard-unread", Content_Digest="sha-256=:nonsense:")
    assert (unread.status_code, codes(unread)) == (400, ["input_not_understood"])
    twice = lane.put(
        body,
        "standard-twice",
        Sekisho_Digest="0" * 64,
        Repr_Digest="sha-256=:AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:",
    )
    assert twice.status_code == 400


def test_parcels_that_come_at_once_are_each_received_once(lane: Lane) -> None:
    import asyncio

    async def send_all() -> list[httpx.Response]:
        url = f"https://localhost:{lane.port}"
        async with httpx.AsyncClient(base_url=url, verify=lane.context(), trust_env=False, timeout=60) as client:
            keys = [f"together-{number // 2}" for number in range(32)]
            headers = [{**HEADERS, "Idempotency-Key": key} for key in keys]
            return await asyncio.gather(*(client.put(PATH, content=h["Idempotency-Key"], headers=h) for h in headers))

    before = lane.count("parcel")
    answers = asyncio.run(send_all())
    assert {each.status_code for each in answers} == {201}
    assert len({each.json()["parcel"] for each in answers}) == 16
    assert lane.count("parcel") == before + 16
