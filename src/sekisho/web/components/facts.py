"""Small rows that several screens share: a named fact, a check with its result, a choice in a filter."""

from dataclasses import dataclass

from sekisho.web.words import Words

Said = Words | str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A name and its value, perhaps with a link and a second line."""

    name: Said
    value: Said
    url: str = ""
    more: Said = ""
    good: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that was checked, and how it came out."""

    words: Said
    tone: str
    icon: str
    detail: Said = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One value that a filter offers."""

    value: str
    words: Said
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something to do, with the way there."""

    icon: str
    title: Said
    more: Said
    url: str = ""
    act: Said = ""
    due: Said = ""
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """Where a long list stands: this page, how many, and the queries of its neighbours."""

    here: int
    count: int
    before: str = ""
    after: str = ""


def passed(words: Said, detail: Said = "") -> Check:
    """It came out well."""
    return Check(words=words, tone="good", icon="check", detail=detail)


def failed(words: Said, detail: Said = "") -> Check:
    """A line that says: this did not hold."""
    return Check(words=words, tone="stop", icon="cross", detail=detail)


def pending(words: Said, detail: Said = "") -> Check:
    """It has not been done yet."""
    return Check(words=words, tone="wait", icon="clock", detail=detail)


def choices(table: dict[str, Said], chosen: str) -> tuple[Choice, ...]:
    """Every value of a filter, with "all" first."""
    everything: dict[str, Said] = {"": Words("すべて", "All"), **table}
    return tuple(Choice(value=value, words=words, chosen=value == chosen) for value, words in everything.items())
