"""Reading a document again before it leaves the house: what its pages say, and whether they say what they must not."""

import io
import unicodedata
from collections.abc import Iterable

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from sekisho.kernel import ReasonCode, Refused, SekishoError, because


def text_of(pdf: bytes) -> tuple[str, ...]:
    """The text of each page, as a reader's computer would take it out.

    Raises:
        SekishoError: It is no PDF that can be read.

    """
    try:
        return tuple(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    except PyPdfError as fault:
        message = "the document cannot be read again"
        raise SekishoError(message) from fault


def _bare(text: str) -> str:
    """A text without width, case and spaces, since a line may break anywhere."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def words_in(pdf: bytes, words: Iterable[str]) -> tuple[int, ...]:
    """Which of these words (counted from one) the document says, in its pages or in what is written about it."""
    about = PdfReader(io.BytesIO(pdf)).metadata
    said = _bare("".join((*text_of(pdf), *map(str, (about or {}).values()))))
    return tuple(number for number, word in enumerate(words, 1) if _bare(word) and _bare(word) in said)


def check_redacted(pdf: bytes, words: Iterable[str]) -> None:
    """Does the document keep to itself what it must not say?

    Raises:
        Refused: It says some of it; with their numbers in the list, never the words.

    """
    listed = tuple(words)
    found = words_in(pdf, listed) if listed else ()
    if found:
        raise Refused(because(ReasonCode.REDACTION_FAILED, number=number) for number in found)
