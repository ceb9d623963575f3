"""One form for everything that somebody can do: an act by its words, the fields it needs, one button."""

from dataclasses import dataclass
from typing import Final

from sekisho.web.components.facts import Choice, Said
from sekisho.web.words import Words

TEXT: Final = "text"
AREA: Final = "textarea"
SELECT: Final = "select"
DATE: Final = "date"
NUMBER: Final = "number"
HIDDEN: Final = "hidden"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """One field of a form: its name in the request, its label, what may be typed, and what is wrong with it."""

    name: str
    words: Said
    kind: str = TEXT
    value: str = ""
    hint: Said = ""
    choices: tuple[Choice, ...] = ()
    required: bool = True
    fault: Said = ""
    focus: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ActForm:
    """Something that can be done here now."""

    key: str
    url: str
    words: Said
    fields: tuple[FormField, ...] = ()
    back: str = ""
    main: bool = False


def pick(*options: tuple[str, Said], chosen: str = "") -> tuple[Choice, ...]:
    """The values of a list to choose from."""
    return tuple(Choice(value=value, words=words, chosen=value == chosen) for value, words in options)


def words_pair(pair: tuple[str, str]) -> Words:
    """A pair of phrases from a table of the kernel."""
    return Words(*pair)
