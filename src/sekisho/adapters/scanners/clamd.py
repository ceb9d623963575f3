"""The virus scanner (clamd), asked over its unix socket with an open file in memory: plain bytes never touch a disk.

An answer counts as clean only if it says so in full, and only of a scanner that objects to what exceeds its limits.
Everything else, silence and errors too, means that nothing was scanned.
"""

import io
import os
import socket
import struct
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from sekisho.adapters.scanners.limits import LIMITS, Limits
from sekisho.kernel import Mark, MarkCode

_LIMIT: Final = "Heuristics.Limits.Exceeded"
_LOCKED: Final = "Heuristics.Encrypted"
_LONGEST_ANSWER: Final = 4_096
_PROBE_DEPTH: Final = 110  # deeper than clamd's own limit can be set


class _Silence(Exception):
    """The scanner gave no answer that could be read."""


@contextmanager
def _in_memory(data: bytes) -> Iterator[int]:
    """An open file without a name that holds these bytes in memory only."""
    descriptor = os.memfd_create("parcel", os.MFD_CLOEXEC)
    try:
        with os.fdopen(os.dup(descriptor), "wb") as file:
            file.write(data)
        os.lseek(descriptor, 0, os.SEEK_SET)
        yield descriptor
    finally:
        os.close(descriptor)


def _read_answer(line: socket.socket) -> str:
    """The whole answer, up to the zero byte that ends it.

    Raises:
        _Silence: The scanner hung up before it had answered.

    """
    answer = b""
    while not answer.endswith(b"\x00"):
        piece = line.recv(_LONGEST_ANSWER)
        if not piece or len(answer) > _LONGEST_ANSWER:
            raise _Silence
        answer += piece
    return answer[:-1].decode("ascii", "replace")


def _deep_archive() -> bytes:
    """An archive in an archive, deeper than any scanner's limit; a scanner that says OK to it hides what it skips."""
    data = b"probe"
    for _ in range(_PROBE_DEPTH):
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as archive:
            archive.writestr(zipfile.ZipInfo("a"), data)
        data = made.getvalue()
    return data


@dataclass(slots=True, kw_only=True)
class VirusScanner:
    """A clamd at a socket. Before its first answer counts, it has to object to a probe that exceeds its limits."""

    place: str
    limits: Limits = LIMITS
    _trusted: bool = field(default=False, init=False)

    def _ask(self, data: bytes) -> str:
        """What the scanner answers to these bytes.

        Raises:
            _Silence: Nothing that can be read.

        """
        try:
            with socket.socket(socket.AF_UNIX) as line, _in_memory(data) as descriptor:
                line.settimeout(self.limits.scanner_seconds)
                line.connect(self.place)
                line.sendall(b"zFILDES\x00")
                handed = struct.pack("i", descriptor)
                line.sendmsg([b"\x00"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, handed)])
                return _read_answer(line)
        except OSError:
            raise _Silence from None

    def is_trusted(self) -> bool:
        """Does it answer, and object to what exceeds its limits (AlertExceedsMax)? Asked until it once does."""
        if not self._trusted:
            try:
                self._trusted = _LIMIT in self._ask(_deep_archive())
            except _Silence:
                return False
        return self._trusted

    def scan(self, data: bytes) -> Mark | None:
        """What the scanner has against these bytes, or that it could not scan them; nothing only if they are clean."""
        if len(data) > self.limits.whole:
            return Mark(code=MarkCode.SCANNER_LIMIT)
        if not self.is_trusted():
            return Mark(code=MarkCode.SCANNER_SILENT, detail="probe")
        try:
            answer = self._ask(data)
        except _Silence:
            self._trusted = False  # whoever answers next may be another one
            return Mark(code=MarkCode.SCANNER_SILENT)
        return _judge(answer)


def _judge(answer: str) -> Mark | None:
    """What an answer means. Only a clean one, in full, is one."""
    _, _, verdict = answer.partition(": ")
    if verdict == "OK":
        return None
    name, _, word = verdict.rpartition(" ")
    if word != "FOUND":
        return Mark(code=MarkCode.SCANNER_SILENT, detail="error")
    if name.startswith(_LIMIT):
        return Mark(code=MarkCode.SCANNER_LIMIT, detail=name)
    return Mark(code=MarkCode.ARCHIVE_ENCRYPTED if name.startswith(_LOCKED) else MarkCode.MALWARE, detail=name)
