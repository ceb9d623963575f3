"""A large body goes straight from its connection into blocks: every byte of it, and none of what comes after it."""

import hashlib
import json
import socket
import time
from collections.abc import Iterator
from random import Random

import pytest

from sekisho.lane.requests import BLOCK
from sekisho.lane.taking import LARGE
from tests.integration.lane.conftest import Lane, head
from tests.integration.lane.test_limits import answer_on, settled

HEALTH = b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"


def answers(line: socket.socket) -> Iterator[tuple[bytes, bytes]]:
    """One answer after the other: its first line, and its body."""
    line.settimeout(20)
    held = b""
    while True:
        while b"\r\n\r\n" not in held:
            held += line.recv(65_536) or pytest.fail("the connection ended")
        first, _, held = held.partition(b"\r\n\r\n")
        lines = first.lower().split(b"\r\n")
        size = next((int(each.split(b":")[1]) for each in lines if each.startswith(b"content-length:")), 0)
        while len(held) < size:
            held += line.recv(65_536) or pytest.fail("the connection ended")
        body, held = held[:size], held[size:]
        yield lines[0], body


def send_in_bits(line: socket.socket, data: bytes, chance: Random) -> None:
    """As a sender on a bad line does: in bits of any size."""
    at = 0
    while at < len(data):
        step = chance.choice([1, 1000, 65_536, 300_000, 900_000])
        line.sendall(data[at : at + step])
        at += step


@pytest.mark.parametrize("more", [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 7 * BLOCK + 12_345])
def test_every_byte_arrives_and_the_connection_goes_on(lane: Lane, more: int) -> None:
    chance, size = Random(more), LARGE + more
    first, second = chance.randbytes(size), chance.randbytes(size)
    with lane.line() as line:
        heard = answers(line)
        for number, body in enumerate((first, second)):
            send_in_bits(line, head(size, f"large-{more}-{number}") + body + HEALTH, chance)
            status, told = next(heard)
            assert b" 201" in status
            parcel = json.loads(told)["parcel"]
            kept = lane.query("select size, digest from database_parcel where parcel = ?", parcel)
            assert kept == [(size, hashlib.sha256(body).hexdigest())]
            assert b" 200" in next(heard)[0], "what follows the body is the next request"


def test_a_sender_that_waits_to_be_told_is_told_to_go_on(lane: Lane) -> None:
    body = Random(9).randbytes(LARGE + 5)
    with lane.line() as line:
        line.sendall(head(len(body), "told-to-go-on", Expect="100-continue"))
        heard = answers(line)
        assert b" 100" in next(heard)[0]
        line.sendall(body)
        assert b" 201" in next(heard)[0]


def test_the_same_key_for_other_bytes_is_refused_and_for_the_same_bytes_answered_again(lane: Lane) -> None:
    body = Random(11).randbytes(LARGE + 77)
    first, again = lane.put(body, "said-twice"), lane.put(body, "said-twice")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json()["parcel"] == again.json()["parcel"]
    assert lane.put(body[::-1], "said-twice").status_code == 409


@pytest.mark.parametrize("place", [0, 1, BLOCK - 1, BLOCK, LARGE - 1, LARGE + 3, 2 * LARGE - 1])
def test_wherever_it_is_cut_nothing_of_it_is_to_be_seen(lane: Lane, place: int) -> None:
    before, keys = settled(lane), lane.keys("parcel/")
    with lane.line() as line:
        line.sendall(head(2 * LARGE, f"cut-at-{place}") + bytes(place))
        time.sleep(0.05)
    until = time.monotonic() + 30
    while (settled(lane) != before or lane.keys("parcel/") != keys) and time.monotonic() < until:
        time.sleep(0.05)
    assert (settled(lane), lane.keys("parcel/")) == (before, keys)


def test_an_upload_in_pieces_takes_large_ones_and_keeps_what_came_before_a_cut(lane: Lane) -> None:
    from tests.integration.lane.test_uploads import TUS, push, start

    body = Random(13).randbytes(3 * LARGE)
    with lane.client() as client:
        address = start(client, len(body))
        with lane.line() as line:
            asked = f"PATCH {address} HTTP/1.1\r\nHost: localhost\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\n"
            kind = f"Content-Type: application/offset+octet-stream\r\nContent-Length: {len(body)}\r\n\r\n"
            line.sendall((asked + kind).encode() + body[: 2 * LARGE])
            time.sleep(0.3)
        until, offset = time.monotonic() + 30, 0
        while not offset and time.monotonic() < until:
            offset = int(client.head(address, headers=TUS).headers["upload-offset"])
            time.sleep(0.05)
        assert LARGE < offset <= 2 * LARGE
        ended = push(client, address, offset, body[offset:])
    parcel = ended.headers["sekisho-parcel"]
    kept = lane.query("select size, digest from database_parcel where parcel = ?", parcel)
    assert kept == [(len(body), hashlib.sha256(body).hexdigest())]


def test_whoever_falls_silent_in_the_middle_is_not_waited_for(lane: Lane) -> None:
    from tests.integration.lane.conftest import lane_in

    before = settled(lane)
    limits = {"SEKISHO_LANE_GRACE_SECONDS": "0.5", "SEKISHO_LANE_BYTES_A_SECOND": "1000000"}
    with lane_in(lane.home, limits) as impatient, impatient.line() as line:
        line.sendall(head(8 * LARGE, "silent") + bytes(LARGE + 10))
        told = answer_on(line)
        assert b" 408 " in told
        assert b"too_slow" in told
    assert settled(lane) == before
