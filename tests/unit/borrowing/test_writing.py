"""The contractor's side: an opened file appears whole or not at all, and never over another."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from sekisho.adapters.borrowing import BorrowingDesk, open_lent, read_container, writing
from sekisho.adapters.borrowing.asking import TurnedDownError
from sekisho.adapters.objects.containers import make_head, seal_container
from sekisho.kernel import SekishoError

LENT = b"k" * 32
PLAIN = b"x" * 200_000


@pytest.fixture
def container(tmp_path: Path) -> Path:
    """A container."""
    head = make_head(("422011", "p1", "up"), "https://gate.example", b"s" * 32)
    place = tmp_path / "p1.lent"
    place.write_bytes(b"".join(seal_container(head, LENT, [PLAIN])))
    return place


@pytest.fixture
def desk(tmp_path: Path) -> BorrowingDesk:
    """A terminal whose files are not there."""
    return BorrowingDesk(certificate=tmp_path / "c", key=tmp_path / "k", authority=tmp_path / "a", person="hana")


def lent_by(key: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """The gate gives this key."""
    monkeypatch.setattr(writing, "ask_key", lambda *_: key)


def left(container: Path) -> list[str]:
    """What lies beside the container."""
    return sorted(each.name for each in container.parent.iterdir() if each != container)


@pytest.mark.parametrize("unnamed", [True, False])
def test_the_file_is_written_whole_for_its_owner_only(
    container: Path, desk: BorrowingDesk, monkeypatch: pytest.MonkeyPatch, *, unnamed: bool
) -> None:
    lent_by(LENT, monkeypatch)
    if not unnamed:
        monkeypatch.setattr(writing, "_unnamed", lambda _: None)
    target = container.parent / "out.csv"
    assert open_lent(container, target, desk) == len(PLAIN)
    assert target.read_bytes() == PLAIN
    assert target.stat().st_mode & 0o777 == 0o600
    assert left(container) == ["out.csv"]


@pytest.mark.parametrize("unnamed", [True, False])
def test_nothing_is_left_of_a_file_that_does_not_open(
    container: Path, desk: BorrowingDesk, monkeypatch: pytest.MonkeyPatch, *, unnamed: bool
) -> None:
    lent_by(LENT, monkeypatch)
    if not unnamed:
        monkeypatch.setattr(writing, "_unnamed", lambda _: None)
    body = container.read_bytes()
    container.write_bytes(body[:-1])
    with pytest.raises(SekishoError, match="do not open"):
        open_lent(container, container.parent / "out.csv", desk)
    assert left(container) == []
    container.write_bytes(body)
    lent_by(b"other" * 6 + b"..", monkeypatch)
    with pytest.raises(SekishoError, match="do not open"):
        open_lent(container, container.parent / "out.csv", desk)
    assert left(container) == []


def test_a_file_that_is_there_is_never_replaced_and_no_opening_is_spent(container: Path, desk: BorrowingDesk) -> None:
    target = container.parent / "out.csv"
    target.write_bytes(b"mine")
    with pytest.raises(SekishoError, match="not replaced"):
        open_lent(container, target, desk)
    assert target.read_bytes() == b"mine"
    with pytest.raises(SekishoError, match="not replaced"):
        writing.write_whole(target, [b"x"])
    assert target.read_bytes() == b"mine"


def test_a_disk_that_says_no_leaves_nothing(container: Path) -> None:
    def chunks() -> Iterator[bytes]:
        yield b"begun"
        raise OSError(28, os.strerror(28))

    with pytest.raises(SekishoError, match="No space left"):
        writing.write_whole(container.parent / "out.csv", chunks())
    assert left(container) == []


def test_without_a_certificate_nobody_is_asked_and_a_refusal_is_told_in_the_gate_s_words(
    container: Path, desk: BorrowingDesk
) -> None:
    with pytest.raises(SekishoError, match="cannot be read"):
        open_lent(container, container.parent / "out.csv", desk)
    assert left(container) == []
    assert str(TurnedDownError([{"ja": "だめ。"}, {"ja": "終わり。"}])) == "だめ。 終わり。"


def test_the_head_is_told_without_asking_and_what_is_none_is_told_in_a_sentence(container: Path) -> None:
    head, digest = read_container(container)
    assert (head.parcel, len(digest)) == ("p1", 64)
    container.write_bytes(b"%PDF-1.7")
    with pytest.raises(SekishoError, match="no container"):
        read_container(container)
    with pytest.raises(SekishoError, match="cannot be read or written"):
        read_container(container.parent / "nothing.lent")
