"""Work that goes on for as long as a process lives: again and again, and what fails keeps back nothing else.

A thread that a fault ends is noticed by nobody. So whatever a piece of work raises is said once, by an id or the
fault's own name, and tried again; the work beside it (another connector, municipality or area) is done all the same.
"""

import logging
import threading
from collections.abc import Callable
from typing import Final

from sekisho.kernel import Refused, SekishoError
from sekisho.records import RecordsError

AFTER_FAULT: Final = 60.0


def sentence_of(fault: BaseException) -> str:
    """What may be said of a fault: our own sentences hold ids only; of any other fault its name alone is safe."""
    if isinstance(fault, Refused):
        return ", ".join(str(each.code) for each in fault.reasons)
    return str(fault) if isinstance(fault, (SekishoError, RecordsError)) else type(fault).__name__


class Guard:
    """Does pieces of work, each apart from the others; says what failed, once as long as it fails in the same way."""

    def __init__(self, name: str) -> None:
        self._log, self._said = logging.getLogger(f"sekisho.{name}"), dict[str, str]()

    def counts(self, what: str, act: Callable[..., int], *arguments: object) -> int:
        """Do it; answers how much it says it did, and nothing if it did not go through."""
        done: list[int] = []
        self.manages(what, lambda: done.append(act(*arguments)))
        return sum(done)

    def manages(self, what: str, act: Callable[..., object], *arguments: object) -> bool:
        """Do it; answers whether it went through."""
        try:
            act(*arguments)
        except Exception as fault:  # noqa: BLE001 - whatever it is, the thread and the work beside it go on
            sentence = sentence_of(fault)
            if self._said.get(what) != sentence:
                self._log.warning("%s: %s", what, sentence)
            self._said[what] = sentence
            return False
        self._said.pop(what, None)
        return True


def again_and_again(
    name: str, work: Callable[[], object], ended: threading.Event, seconds: float, after_fault: float = AFTER_FAULT
) -> None:
    """Do it every so many seconds until told to end; after a fault it rests longer, so that it does not spin."""
    guard, rest = Guard(name), seconds
    while not ended.wait(rest):
        rest = seconds if guard.manages(name, work) else max(seconds, after_fault)
