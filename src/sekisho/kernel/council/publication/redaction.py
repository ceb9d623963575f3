"""What must not be published (非公開): words taken out of minutes, in whatever form they were written.

A word is the same word in full and half width, with or without spaces, dashes and dots, in hiragana and katakana.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from sekisho.kernel.errors import ReasonCode, Refused, because
from sekisho.records.minutes import MinutesPage, read_web_words, write_minutes, write_web_minutes

REMOVED: Final = "［非公開］"
_SHORTEST: Final = 2
_KATAKANA, _TO_HIRAGANA = range(0x30A1, 0x30F7), 0x60
_VOICED: Final = frozenset("\u3099\u309a")
_SMALL: Final[Mapping[str, str]] = MappingProxyType(
    dict(zip("ぁぃぅぇぉっゃゅょゎゕゖ", "あいうえおつやゆよわかけ", strict=True)),
)
_DROPPED: Final = frozenset("ー")
_WORDY: Final = frozenset("LNM")


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovalList:
    """The words that no published page may hold; never shown, never written into a reason."""

    words: tuple[str, ...]


def _fold_one(character: str) -> str:
    """One character in its plainest form; nothing if it only separates or decorates."""
    kept = []
    for each in unicodedata.normalize("NFKD", character.casefold()):
        plain = chr(ord(each) - _TO_HIRAGANA) if ord(each) in _KATAKANA else each
        category = unicodedata.category(plain)
        marks = category == "Mn" and plain not in _VOICED
        if category[0] in _WORDY and not marks and plain not in _DROPPED:
            kept.append(_SMALL.get(plain, plain))
    return "".join(kept)


def fold_words(text: str) -> str:
    """A text in its plainest form: one width, one kana, one case, no spaces, no signs."""
    return "".join(_fold_one(character) for character in text)


def make_removal_list(words: Iterable[str]) -> RemovalList:
    """The words to be removed, each once.

    Raises:
        Refused: A word is so short that it would be found everywhere, or empty.

    """
    listed = tuple(dict.fromkeys(words))
    short = [number for number, word in enumerate(listed, start=1) if len(fold_words(word)) < _SHORTEST]
    if short:
        raise Refused(
            [because(ReasonCode.INPUT_NOT_UNDERSTOOD, where="removal list", what=f"{number}") for number in short],
        )
    return RemovalList(words=listed)


def find_leaks(text: str, removal: RemovalList) -> tuple[int, ...]:
    """The numbers of the listed words (from 1) that a text still holds, in any form."""
    folded = fold_words(text)
    return tuple(number for number, word in enumerate(removal.words, start=1) if fold_words(word) in folded)


def _spans(text: str, removal: RemovalList) -> Iterator[tuple[int, int]]:
    """Where in the text the listed words stand, from and until, in its own characters."""
    places = [index for index, character in enumerate(text) for _ in _fold_one(character)]
    folded = fold_words(text)
    for word in map(fold_words, removal.words):
        at = folded.find(word)
        while at >= 0:
            yield places[at], places[at + len(word) - 1] + 1
            at = folded.find(word, at + 1)


def redact_text(text: str, removal: RemovalList) -> str:
    """The text with every listed word, in any form, replaced by 非公開."""
    until, parts = 0, list[str]()
    for first, last in sorted(_spans(text, removal)):
        if first >= until:
            parts += [text[until:first], REMOVED]
        until = max(until, last)
    return "".join([*parts, text[until:]])


def redact_page(page: MinutesPage, removal: RemovalList) -> MinutesPage:
    """The page without the listed words in what was said, titled, decided or added below."""
    clean: Callable[[str], str] = lambda text: redact_text(text, removal)  # noqa: E731 - one word for the same act
    return replace(
        page,
        agenda=tuple(replace(each, title=clean(each.title)) for each in page.agenda),
        results=tuple(replace(each, text=clean(each.text)) for each in page.results),
        discussions=tuple(
            replace(part, turns=tuple(replace(turn, text=clean(turn.text)) for turn in part.turns))
            for part in page.discussions
        ),
        contact=tuple(clean(each) for each in page.contact),
        attendance=tuple(clean(each) for each in page.attendance),
    )


def check_published(page: MinutesPage, removal: RemovalList) -> tuple[str, str]:
    """The page as text and as HTML, once every word has been dug out of both again.

    Raises:
        Refused: A listed word is still there; by its number, never by its letters.

    """
    text, web = write_minutes(page), write_web_minutes(page)
    leaks = sorted({*find_leaks(text, removal), *find_leaks(read_web_words(web), removal)})
    if leaks:
        raise Refused([because(ReasonCode.REDACTION_LEAKS, which=", ".join(map(str, leaks)))])
    return text, web
