"""The container of a lent key: its bytes are fixed, its head is bound to its chunks, and only its own key opens it."""

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given
from hypothesis import strategies as st

from sekisho.adapters.objects import CHUNK, StreamFault
from sekisho.adapters.objects.containers import (
    ContainerFault,
    ContainerHead,
    make_head,
    open_container,
    read_head,
    seal_container,
)

GOLDEN = Path("tests/golden/containers")
LENT, SALT = bytes(range(32)), bytes(range(32, 64))
HEAD = make_head(("422011", "p261127-00000000beef", "notices-out"), "https://gate.example:8443", SALT)
PLAIN = "納税通知書\r\n".encode("cp932")


def sealed(plain: bytes, head: ContainerHead = HEAD, lent: bytes = LENT) -> bytes:
    """A container whole."""
    return b"".join(seal_container(head, lent, [plain]))


def opened(container: bytes, lent: bytes = LENT) -> bytes:
    """What is in it."""
    file = io.BytesIO(container)
    head = read_head(file)
    return b"".join(open_container(file, head, lent))


def test_the_bytes_of_a_container_are_those_that_were_agreed() -> None:
    assert sealed(PLAIN) == (GOLDEN / "small.lent").read_bytes()


def test_others_open_it_with_nothing_but_the_description() -> None:
    """Written anew from the head of the module, so that a contractor's own program can do the same."""
    golden = (GOLDEN / "small.lent").read_bytes()
    first, second, rest = golden.split(b"\n", 2)
    head = json.loads(second)
    info, salt = first + b"\n" + second + b"\n", bytes.fromhex(head["salt"])
    key = HKDF(algorithm=hashes.SHA256(), length=32, salt=salt, info=info).derive(LENT)
    nonce = (0).to_bytes(11, "big") + b"\x01"
    assert AESGCM(key).decrypt(nonce, rest, head["parcel"].encode()) == PLAIN
    assert set(head) == {"tenant", "parcel", "connection", "ask", "salt"}, "and it names nobody"


@given(st.integers(0, 3 * CHUNK + 9), st.binary(min_size=1, max_size=40))
def test_whatever_is_sealed_opens_again_with_its_key_alone(size: int, seed: bytes) -> None:
    plain = (seed * (size // len(seed) + 1))[:size]
    container = sealed(plain)
    assert opened(container) == plain
    with pytest.raises(StreamFault):
        opened(container, bytes(32))


@given(st.data())
def test_a_container_that_was_changed_anywhere_opens_nothing_or_is_none(data: st.DataObject) -> None:
    golden = bytearray((GOLDEN / "small.lent").read_bytes())
    place, flip = data.draw(st.integers(0, len(golden) - 1)), data.draw(st.integers(1, 255))
    golden[place] ^= flip
    with pytest.raises((ContainerFault, StreamFault)):
        opened(bytes(golden))


@given(st.binary(max_size=300))
def test_whatever_else_it_is_it_is_no_container(body: bytes) -> None:
    with pytest.raises(ContainerFault):
        read_head(io.BytesIO(body))
    with pytest.raises(ContainerFault):
        read_head(io.BytesIO(b"sekisho-lent/1\n" + body))


@pytest.mark.parametrize("text", ["[" * 5_000, "{}", "[]", "null", '{"tenant": 1}', "x"])
def test_a_head_that_is_no_head_is_told_in_one_sentence(text: str) -> None:
    with pytest.raises(ContainerFault):
        read_head(io.BytesIO(f"sekisho-lent/1\n{text}\n".encode()))


@pytest.mark.parametrize(
    ("names", "ask"),
    [
        (("422011", "浦上", "up"), "https://gate.example"),
        (("422011", "p1", "up"), "http://gate.example"),
        (("422011", "p1", "up"), "https://gate.example/?person=hana"),
        (("", "p1", "up"), "https://gate.example"),
    ],
)
def test_a_head_holds_plain_names_and_an_address_and_nothing_else(names: tuple[str, str, str], ask: str) -> None:
    with pytest.raises(ContainerFault):
        make_head(names, ask, SALT)


def test_a_container_is_made_and_opened_piece_by_piece() -> None:
    """Memory does not grow with the file: nothing is read before what came before it was written."""
    taken = []

    def coming() -> Iterator[bytes]:
        for number in range(64):
            taken.append(number)
            yield b"x" * CHUNK

    pieces = seal_container(HEAD, LENT, coming())
    next(pieces)
    for _ in range(4):
        next(pieces)
    assert len(taken) <= 6
