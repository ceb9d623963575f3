"""What the work in the sandbox hands back."""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked of the work: a kind of document, whether to rebuild it, and how far to go."""

    kind: str
    rebuild: bool
    pages: int
    pixels: int
    text: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What was seen and made.

    `fault` is the code of a mark, if the document could not be judged. `active` is what could run in it, `removed`
    what is no longer in the rebuilt bytes, `same` says that the rebuilt document shows what the first one showed.
    """

    fault: str = ""
    active: frozenset[str] = frozenset()
    removed: frozenset[str] = frozenset()
    pages: int = 0
    text: str = ""
    raster: bool = False
    rebuilt: bytes = field(default=b"", repr=False)


class NotJudged(Exception):
    """The document cannot be judged; the text is the code of a mark."""


Open = Callable[[bytes, Wanted], Outcome]
