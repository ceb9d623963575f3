"""Points, rectangles and the width of Japanese text: what the map is measured with."""

import unicodedata
from dataclasses import dataclass
from typing import Final, NamedTuple

_NARROW: Final = 0.58


class Point(NamedTuple):
    """A place on the map."""

    x: float
    y: float


class Heading(NamedTuple):
    """One of the four directions a line can run in."""

    x: int
    y: int

    def reversed(self) -> "Heading":
        """The way back."""
        return Heading(-self.x, -self.y)


RIGHT: Final = Heading(1, 0)
LEFT: Final = Heading(-1, 0)
DOWN: Final = Heading(0, 1)
UP: Final = Heading(0, -1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rectangle:
    """A box with its sides along the axes."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Where it ends on the right."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Where it ends below."""
        return self.y + self.height

    @property
    def middle(self) -> Point:
        """The centre of the rectangle."""
        return Point(self.x + self.width / 2, self.y + self.height / 2)

    def touched_by(self, start: Point, end: Point, margin: float = 0) -> bool:
        """Does the line between two points, along one axis, come nearer than the margin?"""
        return (
            min(start.x, end.x) < self.right + margin
            and max(start.x, end.x) > self.x - margin
            and min(start.y, end.y) < self.bottom + margin
            and max(start.y, end.y) > self.y - margin
        )


def width_of(text: str, size: float) -> float:
    """Roughly how wide a text is: full-width characters take their size, the others a good half."""
    return sum(size if unicodedata.east_asian_width(letter) in "WFA" else size * _NARROW for letter in text)
