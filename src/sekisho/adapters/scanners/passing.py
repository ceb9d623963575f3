"""What a stream of records shows while it passes: its first bytes, what could run in it, rules, canaries, viruses.

Parts are looked at one by one with an overlap, so that memory stays bounded however long the stream is. The virus
scanner looks at the whole object or not at all: what is too large for it is held.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from sekisho.adapters.scanners.canaries import Seen, found_in
from sekisho.adapters.scanners.kinds import TEXTS
from sekisho.adapters.scanners.limits import MIB
from sekisho.adapters.scanners.people import PeopleSeen, found_in_stream, look_for_people, merge_people
from sekisho.adapters.scanners.structure import structure_faults
from sekisho.adapters.scanners.tools import Tools
from sekisho.adapters.scanners.types import HEAD, active_kinds, sniff
from sekisho.kernel import CanaryFound, Mark, MarkCode, PeopleFound

_WINDOW: Final = 8 * MIB
_OVERLAP: Final = 70_000  # longer than the end of any archive
_LONGEST_WORD: Final = 16


class Passing:
    """Watches a stream that passes by."""

    def __init__(self, tools: Tools, *, for_people: bool = False) -> None:
        self.tools, self.head, self.active = tools, b"", set[str]()
        self._tail, self._window, self._held = b"", bytearray(), list[bytes]()
        self._seen, self._marks, self._size = Seen(), set[Mark](), 0
        self._for_people, self._people = for_people, PeopleSeen()

    def watch(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """Pass the chunks on; what the whole stream shows is known when the last one has passed."""
        for chunk in chunks:
            self._look(chunk)
            yield chunk
        window = bytes(self._window)
        self._marks.update(self.tools.rules.scan(window))
        if sniff(self.head) in TEXTS:
            self._marks.update(Mark(code=code) for code in structure_faults("text/plain", self.head))
            self._marks.update(Mark(code=code) for code in structure_faults("text/plain", window[-_OVERLAP:]))
        self._ask_scanner()

    def _look(self, chunk: bytes) -> None:
        """Look at one chunk, and at the seam to the one before."""
        self._size += len(chunk)
        if len(self.head) < HEAD:
            self.head += chunk[: HEAD - len(self.head)]
        self.active.update(active_kinds(self._tail + chunk))
        self._tail = chunk[-_LONGEST_WORD:]
        if self.tools.canaries.needles:
            self._seen = self.tools.canaries.merge(self._seen, self.tools.canaries.part(chunk))
        if self._for_people:
            self._people = merge_people(self._people, look_for_people(chunk))
        self._window += chunk
        if len(self._window) > _WINDOW:
            self._marks.update(self.tools.rules.scan(bytes(self._window)))
            del self._window[:-_OVERLAP]
        if self.tools.scanner is not None and self._size <= self.tools.limits.whole:
            self._held.append(chunk)

    def _ask_scanner(self) -> None:
        """Ask the virus scanner about the whole stream."""
        if self.tools.scanner is None:
            return
        if self._size > self.tools.limits.whole:
            self._marks.add(Mark(code=MarkCode.SCANNER_LIMIT))
        elif said := self.tools.scanner.scan(b"".join(self._held)):
            self._marks.add(said)
        self._held.clear()

    def marks(self) -> tuple[Mark, ...]:
        """What the rules and the virus scanner have to say."""
        return tuple(sorted(self._marks))

    def people(self) -> tuple[PeopleFound, ...]:
        """The list of people that was in it, if there was one and it was looked for."""
        return found_in_stream(self._people) if self._for_people else ()

    def canaries(self) -> tuple[CanaryFound, ...]:
        """Whose canaries were in it."""
        return found_in(self._seen)
