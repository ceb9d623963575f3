"""A piece of a print run and the check that its page is its donor's.

A town once sent receipts to the wrong donors, because the numbers and the names had slipped against each other by some
rows. Here every page carries its number together with a mark made of that number and of the donor it was written for;
when the page is read again, the mark has to be that of the donor whom the number was given to.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from sekisho.records import write_wareki_year

_CODE: Final = re.compile(r"[RLI][0-9]{4}-[0-9]{6}(?:-[0-9]{1,3})?-[0-9A-F]{8}")


class PaperKind(StrEnum):
    """What is printed for donors."""

    RECEIPT = "receipt"
    LETTER = "letter"
    INVITATION = "invitation"


_LETTERS: Final = {PaperKind.RECEIPT: "R", PaperKind.LETTER: "L", PaperKind.INVITATION: "I"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """What has to stand on a page, as the register has it: the code, and the donor whom the number was given to."""

    code: str
    name: str
    address: str
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A page as it will be printed: its kind, number and copy, its mark, and the donation it was written for."""

    kind: PaperKind
    year: int
    number: int
    copy: int
    mark: str
    name: str
    postcode: str
    address: str
    amount: int
    paid_on: date
    gift: str
    purpose: str

    @property
    def code(self) -> str:
        """The code that stands on the page."""
        return paper_code(self.kind, self.year, self.number, self.copy, self.mark)


def paper_code(kind: PaperKind, year: int, number: int, copy: int, mark: str) -> str:
    """Kind, year, number, which copy if it is not the first, and the mark."""
    again = f"-{copy}" if copy else ""
    return f"{_LETTERS[kind]}{year}-{number:06}{again}-{mark[:8].upper()}"


def paper_number(year: int, number: int) -> str:
    """The number as the office writes it: 令和8年 第000123号."""
    return f"{write_wareki_year(year)} 第{number:06}号"


def _plain(text: str) -> str:
    """A text as it can be compared with what was read from a page: one width, no spaces."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def codes_in(page: str) -> list[str]:
    """Every code that stands on a page."""
    return _CODE.findall(_plain(page))


def _is_right(page: str, piece: Piece) -> bool:
    """Does the page carry its own code and no other, its donor's name and address, and the amount?"""
    read, wanted = _plain(page), (piece.name, piece.address, f"{piece.amount:,}")
    return codes_in(page) == [piece.code] and all(_plain(each) in read for each in wanted)


def first_wrong(pages: Sequence[str], pieces: Sequence[Piece]) -> int | None:
    """The place of the first page that is not its donor's, counted from 1; nothing if every page is."""
    for place, piece in enumerate(pieces, start=1):
        if place > len(pages) or not _is_right(pages[place - 1], piece):
            return place
    return len(pieces) + 1 if len(pages) > len(pieces) else None
