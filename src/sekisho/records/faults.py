"""Faults of a file: where (row, column, byte), what is allowed, and how to mend it, in Japanese and English."""

from dataclasses import dataclass
from typing import Final

from sekisho.records.fault_words import MEND, WORDS, FaultCode

__all__ = ["Fault", "FaultCode", "mask"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault. Rows and columns count from 1 (the heading is row 1), bytes from 0 at the start of the file.

    `label` is what the field is called in Japanese. `found` is masked: kinds of characters and their number, never the
    value itself.
    """

    row: int
    column: int
    byte: int
    code: FaultCode
    field: str = ""
    label: str = ""
    found: str = ""
    allowed: str = ""

    @property
    def ja(self) -> str:
        """The fault as an officer reads it."""
        parts = (
            WORDS[self.code][0],
            f"届いた値: {self.found}" * bool(self.found),
            f"許される値: {self.allowed}" * bool(self.allowed),
            f"直し方: {MEND[self.code][0]}",
        )
        return "。".join(part for part in parts if part)

    @property
    def en(self) -> str:
        """The same in English."""
        parts = (
            WORDS[self.code][1],
            f"found {self.found}" * bool(self.found),
            f"allowed {self.allowed}" * bool(self.allowed),
            f"to mend: {MEND[self.code][1]}",
        )
        return "; ".join(part for part in parts if part)

    @property
    def what(self) -> tuple[str, str]:
        """What is wrong, in Japanese and English."""
        return WORDS[self.code]

    @property
    def mend(self) -> tuple[str, str]:
        """How to mend it, in Japanese and English."""
        return MEND[self.code]

    def as_data(self) -> dict[str, object]:
        """The fault for machines."""
        return {
            "row": self.row,
            "column": self.column,
            "byte": self.byte,
            "field": self.field,
            "label": self.label,
            "rule": str(self.code),
            "message": self.ja,
            "message_en": self.en,
        }


def _is_figure(character: str) -> bool:
    """A digit, or a sign as it stands between digits."""
    return character.isdecimal() or character in "-./:+,"


_KINDS: Final = (("空白", str.isspace), ("数字", str.isdecimal), ("数字と記号", _is_figure), ("英数字", str.isascii))


def mask(value: str) -> str:
    """What a value looks like without saying it: the kind of its characters and their number."""
    kinds = (kind for kind, test in _KINDS if value and all(test(each) for each in value))
    return f"{next(kinds, '文字')}{len(value)}字"
