"""The virus scanner: what it finds, and that its silence, its errors and its limits are never taken for clean."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sekisho.adapters.scanners.clamd import VirusScanner
from sekisho.adapters.scanners.limits import MIB, Limits
from sekisho.adapters.scanners.looking import look_through
from sekisho.adapters.scanners.tools import Tools, tools_in_use
from sekisho.kernel import MarkCode
from tests.integration.scanners.conftest import VIRUS, nest, pack

SMALL = Limits(scanner_seconds=2.0)


def code_of(scanner: VirusScanner, data: bytes) -> MarkCode | None:
    """What the scanner says, as a code."""
    said = scanner.scan(data)
    return said.code if said else None


def test_what_is_clean_is_clean_and_a_virus_is_named(scanner_place: str) -> None:
    scanner = VirusScanner(place=scanner_place)
    assert scanner.scan(b"lot_number,owner\r\n") is None
    said = scanner.scan(b"x" + VIRUS)
    assert said is not None
    assert (said.code, said.detail.removesuffix(".UNOFFICIAL")) == (MarkCode.MALWARE, "Sekisho.MadeUp")
    assert not said.holds
    assert scanner.scan(pack(("a.txt", VIRUS))) is not None


BEYOND = {
    "a virus and padding beyond the largest file": lambda: VIRUS + bytes(3 * MIB),
    "an archive deeper than the scanner goes": lambda: nest(pack(("a.txt", VIRUS)), 18),
    "much padding in an archive before the virus": lambda: pack(("a", bytes(3 * MIB)), ("b", VIRUS)),
}


@pytest.mark.parametrize("name", BEYOND)
def test_the_three_ways_in_which_a_scanner_lets_a_virus_through_are_held(
    scanner_place: str, loose_place: str, name: str
) -> None:
    data = BEYOND[name]()
    assert code_of(VirusScanner(place=scanner_place), data) in {MarkCode.SCANNER_LIMIT, MarkCode.MALWARE}
    scanner = VirusScanner(place=loose_place)
    assert scanner._ask(data).endswith("OK"), "as it ships, the scanner says OK to a virus here"
    assert not scanner.is_trusted()
    assert code_of(scanner, data) is MarkCode.SCANNER_SILENT
    assert code_of(scanner, b"clean") is MarkCode.SCANNER_SILENT


def test_what_is_larger_than_we_know_the_scanner_looks_through_is_held(scanner_place: str) -> None:
    scanner = VirusScanner(place=scanner_place, limits=Limits(whole=10))
    assert code_of(scanner, b"12345678901") is MarkCode.SCANNER_LIMIT
    assert code_of(scanner, b"1234567890") is None


def test_no_socket_is_silence(tmp_path: Path) -> None:
    assert code_of(VirusScanner(place=str(tmp_path / "none")), b"clean") is MarkCode.SCANNER_SILENT


@contextmanager
def answering(folder: Path, *answers: bytes | None) -> Iterator[str]:
    """A socket that gives one answer after the other: bytes, then hangs up; or keeps silent."""
    place = str(folder / "s")
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(place)
        door.listen()
        kept: list[socket.socket] = []

        def serve() -> None:
            for answer in answers:
                line, _ = door.accept()
                if answer is None:
                    kept.append(line)
                    continue
                asked = b""
                while len(asked) < len(b"zFILDES\x00\x00"):
                    asked += line.recv(100)
                line.sendall(answer)
                line.close()

        thread = threading.Thread(target=serve)
        thread.start()
        yield place
        thread.join(10)
        for line in kept:
            line.close()


PROBED = b"fd[10]: Heuristics.Limits.Exceeded.MaxRecursion FOUND\x00"


@pytest.mark.parametrize(
    "answer",
    [
        b"fd[10]: Can't allocate memory ERROR\x00",
        b"fd[10]: OK",
        b"",
        b"OK\x00",
        b"fd[10]: NOK\x00",
        b"fd[10]: \x00",
        b"fd[10]: OKAY\x00",
        b"\xff" * 10_000,
        None,
    ],
)
def test_every_answer_but_a_clean_one_in_full_is_held(tmp_path: Path, answer: bytes | None) -> None:
    with answering(tmp_path, PROBED, answer) as place:
        scanner = VirusScanner(place=place, limits=Limits(scanner_seconds=0.3))
        assert code_of(scanner, b"anything") is MarkCode.SCANNER_SILENT


def test_a_scanner_that_fell_silent_is_probed_again_before_its_next_answer_counts(tmp_path: Path) -> None:
    with answering(tmp_path, PROBED, b"", b"fd[10]: OK\x00") as place:
        scanner = VirusScanner(place=place, limits=SMALL)
        assert code_of(scanner, b"one") is MarkCode.SCANNER_SILENT
        assert code_of(scanner, b"two") is MarkCode.SCANNER_SILENT, "the new one says OK to the probe"


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (b"fd[10]: OK\x00", None),
        (b"fd[10]: Heuristics.Encrypted.Zip FOUND\x00", MarkCode.ARCHIVE_ENCRYPTED),
        (b"fd[10]: Heuristics.Limits.Exceeded.MaxFileSize FOUND\x00", MarkCode.SCANNER_LIMIT),
        (b"fd[10]: Some.Name FOUND\x00", MarkCode.MALWARE),
    ],
)
def test_what_an_answer_means(tmp_path: Path, answer: bytes, code: MarkCode | None) -> None:
    with answering(tmp_path, PROBED, answer) as place:
        assert code_of(VirusScanner(place=place, limits=SMALL), b"x") is code


def test_a_virus_in_an_archive_is_found_at_its_place_and_the_profile_names_the_scanner(scanner_place: str) -> None:
    plain = tools_in_use()
    tools = Tools(rules=plain.rules, sandbox=plain.sandbox, scanner=VirusScanner(place=scanner_place))
    assert "clamd" in tools.profile()
    assert "clamd" not in plain.profile()
    sight = look_through(pack(("a.txt", b"clean"), ("b.txt", VIRUS)), tools)
    assert {(mark.code, mark.place) for mark in sight.marks} == {(MarkCode.MALWARE, ""), (MarkCode.MALWARE, "2")}
