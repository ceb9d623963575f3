"""What every screen says of itself: its number for the help desk, its title, and the way back."""

from dataclasses import dataclass

from sekisho.web.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Crumb:
    """One step of the way back."""

    title: Words | str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """Number, title and way back of a screen."""

    number: str
    title: Words
    here: Words | str
    crumbs: tuple[Crumb, ...] = ()


def screen(number: str, title: Words, here: Words | str = "", *crumbs: Crumb) -> Screen:
    """A screen whose last crumb is its title, unless it is said otherwise."""
    return Screen(number=number, title=title, here=here or title, crumbs=crumbs)
