"""The landing store: what comes is hashed and encrypted while it comes, and opens only whole and in its place."""

import hashlib
import secrets
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sekisho.adapters.objects import CHUNK, Opener, Sealer, Sink, StreamFault, open_chunks, remove_bytes, sealed_path
from sekisho.kernel import SekishoError

KEY = bytes(range(32))


def sealed(body: bytes, key: bytes = KEY, name: str = "p1") -> bytes:
    """A whole sealed stream."""
    sealer = Sealer(key, name)
    return bytes(sealer.feed(body)) + sealer.finish()


def opened(stream: bytes, key: bytes = KEY, name: str = "p1") -> bytes:
    """The plain bytes of a sealed stream."""
    return b"".join(Opener(key, name).chunks([stream]))


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 5])
def test_what_was_sealed_opens_again_at_every_size(size: int) -> None:
    body = secrets.token_bytes(size)
    assert opened(sealed(body)) == body


@given(body=st.binary(max_size=300), cut=st.integers(0, 300))
def test_it_does_not_matter_how_the_bytes_come(body: bytes, cut: int) -> None:
    sealer = Sealer(KEY, "p1")
    found = bytes(sealer.feed(body[:cut])) + bytes(sealer.feed(body[cut:])) + sealer.finish()
    assert found == sealed(body)


@given(body=st.binary(max_size=200), place=st.integers(0, 10_000), change=st.integers(1, 255))
def test_any_changed_byte_is_found(body: bytes, place: int, change: int) -> None:
    stream = bytearray(sealed(body))
    stream[place % len(stream)] ^= change
    with pytest.raises(StreamFault):
        opened(bytes(stream))


def test_dropped_swapped_repeated_and_appended_chunks_are_found() -> None:
    stream = sealed(secrets.token_bytes(3 * CHUNK + 7))
    piece = CHUNK + 16
    one, two, three, last = (
        stream[:piece],
        stream[piece : 2 * piece],
        stream[2 * piece : 3 * piece],
        stream[3 * piece :],
    )
    for broken in (
        one + three + last,
        two + one + three + last,
        one + one + two + three + last,
        stream + one,
        one + two,
    ):
        with pytest.raises(StreamFault):
            opened(broken)


def test_another_key_or_another_name_does_not_open_it() -> None:
    stream = sealed(b"a notice")
    for key, name in ((bytes(32), "p1"), (KEY, "p2")):
        with pytest.raises(StreamFault):
            opened(stream, key, name)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(size=st.sampled_from([0, 10, CHUNK, CHUNK + 1, 5 * CHUNK]))
def test_small_parcels_stay_inline_and_large_ones_go_to_a_file(tmp_path: Path, size: int) -> None:
    body, place = secrets.token_bytes(size), f"p{secrets.token_hex(4)}"
    sink = Sink(tmp_path, place, KEY)
    for first in range(0, size, 1000):
        sink.feed(body[first : first + 1000])
    taken = sink.finish()
    assert (taken.stored.size, taken.stored.digest) == (size, hashlib.sha256(body).hexdigest())
    assert (taken.inline is None) == (size > CHUNK) == (tmp_path / place).exists()
    assert b"".join(open_chunks(tmp_path, (taken.stored.place, taken.inline), place, KEY)) == body
    removed = remove_bytes(tmp_path, taken.stored.place)
    assert (removed > 0) == (size > CHUNK)
    assert list(tmp_path.iterdir()) == []
    assert remove_bytes(tmp_path, taken.stored.place) == 0


def test_a_file_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    sink = Sink(tmp_path, "p9", KEY)
    sink.feed(bytes(2 * CHUNK))
    sink.finish()
    assert (tmp_path / "p9").stat().st_mode & 0o777 == 0o600
    again = Sink(tmp_path, "p9", KEY)
    again.feed(bytes(CHUNK))
    with pytest.raises(SekishoError):
        again.feed(bytes(2 * CHUNK))


def test_what_is_discarded_leaves_nothing(tmp_path: Path) -> None:
    sink = Sink(tmp_path, "p8", KEY)
    sink.feed(bytes(2 * CHUNK))
    sink.discard()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("place", ["", "../escape", "/etc/passwd", ".hidden", "a/b", "A", "p\0"])
def test_a_place_is_never_a_path(tmp_path: Path, place: str) -> None:
    with pytest.raises(SekishoError):
        sealed_path(tmp_path, place)


def test_plain_bytes_never_touch_the_disk(tmp_path: Path) -> None:
    canary = "隠岐ノ島 検査鳥".encode()
    sink = Sink(tmp_path, "p7", KEY)
    sink.feed(canary * 20_000)
    sink.finish()
    assert not any(canary in path.read_bytes() for path in tmp_path.iterdir())
    (tmp_path / "planted").write_bytes(canary)
    assert any(canary in path.read_bytes() for path in tmp_path.iterdir())


def test_a_disk_that_cannot_be_written_is_our_fault_and_names_no_path() -> None:
    sink = Sink(Path("/proc/no-such-folder"), "p6", KEY)
    with pytest.raises(SekishoError) as fault:
        sink.feed(bytes(3 * CHUNK))
    assert "/proc" not in str(fault.value)


def test_the_disk_is_told_to_begin_with_every_byte_but_the_last_few_and_it_is_only_a_wish(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sekisho.adapters.objects import landing

    body, told = secrets.token_bytes(3 * landing.EARLY), list[tuple[int, int]]()
    real = landing._begin_to_write

    def tell(file: int, begin: int, end: int) -> None:
        told.append((begin, end))
        real(file, begin, end)

    monkeypatch.setattr(landing, "_begin_to_write", tell)
    for place, known in (("p1", landing._BEGIN), ("p2", None)):
        monkeypatch.setattr(landing, "_BEGIN", known)
        told.clear()
        sink = Sink(tmp_path, place, KEY)
        for first in range(0, len(body), 4 * CHUNK):
            sink.feed(body[first : first + 4 * CHUNK])
        sink.finish()
        assert b"".join(open_chunks(tmp_path, (place, None), place, KEY)) == body
        ends = [0, *(end for _, end in told)]
        assert [begin for begin, _ in told] == ends[:-1], "one piece behind the other"
        assert 0 <= sealed_path(tmp_path, place).stat().st_size - ends[-1] < landing.EARLY
        assert len(told) > 1
