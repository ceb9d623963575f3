"""How far inspection goes. What lies beyond a limit could not be judged, and is held, never taken for clean."""

from dataclasses import dataclass
from typing import Final

MIB: Final = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Every limit of inspection in one place.

    `whole` is the largest object that is inspected as a whole; `unpacked`, `ratio`, `members`, `depth` and `name` are
    about archives, `pixels` about images, `pages` about documents. A ratio counts only beyond `ratio_from` bytes. The
    sandbox has `memory` bytes, `seconds` of processor time and `seconds_a_page` more for each page.
    """

    whole: int = 64 * MIB
    unpacked: int = 256 * MIB
    ratio: int = 100
    ratio_from: int = MIB
    members: int = 2_000
    depth: int = 3
    name: int = 255
    pixels: int = 50_000_000
    pages: int = 2_000
    text: int = 16 * MIB
    memory: int = 512 * MIB
    seconds: int = 20
    seconds_a_page: float = 0.5
    scanner_seconds: float = 60.0


LIMITS: Final = Limits()
