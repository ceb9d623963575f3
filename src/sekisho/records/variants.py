"""Forms of one character that registers and people mix: which may be written as which, and by whose word.

Two uses, kept apart. A **search key** takes all forms of a character for one, also where a person would have to choose, and
is never stored. **Writing** a name in a file that holds JIS X 0208 only (縮退) replaces a character only if its row was
reviewed and has exactly one target; else a person decides, or the reading is written. The value itself is never replaced.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from sekisho.records.characters import is_jis_x_0208
from sekisho.records.variant_rows import GROUPS, OPEN_ROWS, VariantSource, VariantState

_SELECTORS: Final = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_HALF_WIDTH: Final = re.compile("[ -~\uff61-\uff9f]")  # these have a form in full width
_COMPATIBILITY: Final = (range(0xF900, 0xFB00), range(0x2F800, 0x2FA20))


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One row: a character, what it may be written as, the source, and whether the row was reviewed."""

    character: str
    targets: tuple[str, ...]
    source: VariantSource
    state: VariantState
    note: str = ""

    @property
    def is_certain(self) -> bool:
        """May a machine write its target without asking: reviewed, and exactly one?"""
        return self.state is VariantState.REVIEWED and len(self.targets) == 1


def _listed() -> Iterator[Variant]:
    """Every row that people wrote down."""
    for group in GROUPS:
        for row in group.rows.split():
            for character in row[1:]:
                yield Variant(character=character, targets=(row[0],), source=group.source, state=group.state)
    for each in OPEN_ROWS:
        yield Variant(
            character=each.character,
            targets=tuple(each.targets),
            source=each.source,
            state=each.state,
            note=each.note,
        )


def _compatible() -> Iterator[Variant]:
    """The compatibility ideographs: Unicode itself says that they are one character with another (神 U+FA19 and 神)."""
    for code in (code for span in _COMPATIBILITY for code in span):
        target = unicodedata.normalize("NFC", chr(code))
        if target != chr(code) and is_jis_x_0208(target):
            yield Variant(
                character=chr(code),
                targets=(target,),
                source=VariantSource.UNICODE,
                state=VariantState.REVIEWED,
            )


VARIANT_TABLE: Final[Mapping[str, Variant]] = MappingProxyType(
    {each.character: each for each in (*_compatible(), *_listed())}
)
VARIANTS: Final[Mapping[str, str]] = MappingProxyType(
    {each.character: each.targets[0] for each in VARIANT_TABLE.values() if each.is_certain}
)


def _keys() -> Mapping[str, str]:
    """One form for each family of characters: between 斉 and 斎 nobody who searches has to choose."""
    direct: dict[str, str] = {}
    for each in VARIANT_TABLE.values():
        first, *others = sorted(each.targets) or [each.character]
        direct |= dict.fromkeys((each.character, *others), first)
    direct = {one: other for one, other in direct.items() if one != other}

    def end(character: str) -> str:
        while character in direct:
            character = direct[character]
        return character

    return {ord(character): end(character) for character in direct}


_KEYS: Final = _keys()


def fold_forms(text: str) -> str:
    """The text with one form of each character, character by character: as long as before."""
    return text.translate(_KEYS)


def fold_variants(text: str) -> str:
    """The text with one form of each character and without variation selectors (IVS): a key, never a stored value."""
    return fold_forms(_SELECTORS.sub("", text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Undecided:
    """A character that no machine may replace: where it stands, and what a person may choose from (nothing: reading)."""

    position: int
    character: str
    choices: tuple[str, ...]
    note: str


def find_undecided(text: str) -> tuple[Undecided, ...]:
    """The characters of a name outside JIS X 0208 that a person has to decide about, or whose reading is to be written."""
    found = []
    for position, character in enumerate(text):
        row = VARIANT_TABLE.get(character)
        if character in VARIANTS or is_jis_x_0208(character) or _HALF_WIDTH.match(character):
            continue
        choices, note = (row.targets, row.note) if row else ((), "")
        found.append(Undecided(position=position, character=character, choices=choices, note=note))
    return tuple(found)
