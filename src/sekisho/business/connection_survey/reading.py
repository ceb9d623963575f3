"""Egress logs, line by line, from bytes: whichever format they are in, what is unreadable is counted and said.

A log is read once and never held: no line is longer than the longest that is read, and of those that cannot be read a
few are told by their number, none by their text.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from sekisho.business.connection_survey.combined import read_combined
from sekisho.business.connection_survey.firewall import FirewallReader, firewall_reader
from sekisho.business.connection_survey.seen import NoTraffic, Seen, Unread
from sekisho.business.connection_survey.squid import read_native
from sekisho.kernel import SekishoError

LONGEST_LINE: Final = 1 << 16
_PROBED: Final = 64
_TOLD: Final = 50


class LogFormat(StrEnum):
    """The formats of egress logs that are read."""

    SQUID = "squid"
    COMBINED = "combined"
    FIREWALL = "firewall"


UNREAD_WORDS: Final = MappingProxyType(
    {
        Unread.TOO_LONG: ("行が長すぎます", "the line is too long", "元の記録で確かめてください", "look at the source"),
        Unread.CHARACTERS: (
            "文字が読めません",
            "characters that cannot be read",
            "UTF-8 か CP932 で書き出し直してください",
            "write it out again in UTF-8 or CP932",
        ),
        Unread.SHAPE: (
            "この形式の行ではありません",
            "not a line of this format",
            "別の形式の行が混ざっていないか確かめてください",
            "see whether two formats are mixed",
        ),
        Unread.TIME: ("日時が読めません", "no readable time", "日時の列を確かめてください", "look at its time"),
        Unread.SOURCE: (
            "送信元が読めません",
            "no readable source",
            "送信元の列を確かめてください",
            "look at its source",
        ),
        Unread.DESTINATION: (
            "宛先が読めません",
            "no readable destination",
            "宛先のホスト名と番号の列を確かめてください",
            "look at its host and port",
        ),
        Unread.NUMBER: ("数が読めません", "a number that cannot be read", "数の列を確かめてください", "look at it"),
    }
)
"""What is wrong with a line and what to do, in both languages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadLine:
    """A line that could not be read: its number and why. Its text is told nowhere."""

    line: int
    why: Unread


@dataclass(slots=True, kw_only=True)
class LogReading:
    """How far a log was read: its format, how many lines, how many say nothing of traffic, which could not be read."""

    format: LogFormat
    lines: int = 0
    read: int = 0
    no_traffic: int = 0
    unread: dict[Unread, int] = field(default_factory=dict)
    examples: list[UnreadLine] = field(default_factory=list)

    def miss(self, line: int, why: Unread) -> None:
        """Count a line that could not be read."""
        self.unread[why] = self.unread.get(why, 0) + 1
        if len(self.examples) < _TOLD:
            self.examples.append(UnreadLine(line=line, why=why))

    def unread_lines(self) -> int:
        """How many lines could not be read."""
        return sum(self.unread.values())


def split_lines(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The lines of a log; one that is too long comes cut just above the longest, so that it shows as such."""
    rest = b""
    for piece in pieces:
        lines = (rest + piece).split(b"\n")
        rest = lines.pop()[: LONGEST_LINE + 1]
        yield from (line[: LONGEST_LINE + 1] for line in lines)
    if rest:
        yield rest


def _text(line: bytes) -> str | Unread:
    """A line as text, or why it is none."""
    if len(line) > LONGEST_LINE:
        return Unread.TOO_LONG
    for encoding in ("utf-8", "cp932"):
        try:
            return line.decode(encoding).rstrip("\r").removeprefix("\ufeff")
        except UnicodeDecodeError:
            continue
    return Unread.CHARACTERS


def _recognise(head: Iterable[bytes]) -> tuple[LogFormat, FirewallReader | None]:
    """The format of a log, from its first lines.

    Raises:
        SekishoError: It is none of those that are read.

    """
    texts = [text for text in map(_text, head) if not isinstance(text, Unread) and text.strip() and text[0] != "#"]
    if texts and (reader := firewall_reader(texts[0])):
        return LogFormat.FIREWALL, reader
    for text in texts:
        if not isinstance(read_native(text), Unread):
            return LogFormat.SQUID, None
        if not isinstance(read_combined(text), Unread):
            return LogFormat.COMBINED, None
    message = (
        "記録の形式が分かりません。Squid の access.log、combined 形式、見出しのあるCSVのいずれかで渡してください / "
        "the format of the log is not known: Squid's access.log, combined, or a CSV with headings"
    )
    raise SekishoError(message)


class EgressLog:
    """One egress log that is being read; what was read so far stands in `reading`."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        """Look at the first lines.

        Raises:
            SekishoError: The format is none of those that are read.

        """
        self._lines = split_lines(pieces)
        self._head = [line for _, line in zip(range(_PROBED), self._lines, strict=False)]
        format_, self._firewall = _recognise(self._head)
        self.reading = LogReading(format=format_)

    def _read(self, text: str) -> Seen | NoTraffic | Unread:
        """One line in the format of this log."""
        if not text.strip() or text[0] == "#":
            return NoTraffic.REMARK
        if self._firewall is not None:
            return self._firewall.read(text)
        return read_native(text) if self.reading.format is LogFormat.SQUID else read_combined(text)

    def seen(self) -> Iterator[Seen]:
        """Everything that the log saw, in its order."""
        told = self.reading
        for number, line in enumerate(self._every_line(), start=1):
            told.lines += 1
            text = _text(line)
            found = text if isinstance(text, Unread) else self._read(text)
            if isinstance(found, Seen):
                told.read += 1
                yield found
            elif isinstance(found, NoTraffic):
                told.no_traffic += 1
            else:
                told.miss(number, found)

    def _every_line(self) -> Iterator[bytes]:
        """The lines that were looked at first, then the others."""
        yield from self._head
        self._head = []
        yield from self._lines
