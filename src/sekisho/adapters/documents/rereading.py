"""Reading a document again before it leaves the house: what its pages say, and whether they say what they must not.

What counts as the same word is the kernel's to say: the minutes' page and its PDF are held to one rule.
"""

import io
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from sekisho.kernel import ReasonCode, Refused, SekishoError, because
from sekisho.kernel.council import find_leaks, fold_words, make_removal_list

# A letter and its voicing mark are two glyphs of one cluster; each carries the text of the whole, so it is read twice.
_READ_TWICE: Final = re.compile("(.[\uff9e\uff9f\u3099\u309a])\\1")


def _read(pdf: bytes) -> PdfReader:
    """The document, opened again.

    Raises:
        SekishoError: It is no PDF that can be read.

    """
    try:
        return PdfReader(io.BytesIO(pdf))
    except PyPdfError as fault:
        message = "作った文書を読み直せません / the document cannot be read again"
        raise SekishoError(message) from fault


def text_of(pdf: bytes) -> tuple[str, ...]:
    """The text of each page, as a reader's computer would take it out.

    Raises:
        SekishoError: It is no PDF that can be read.

    """
    try:
        return tuple(page.extract_text() for page in _read(pdf).pages)
    except PyPdfError as fault:
        message = "作った文書を読み直せません / the document cannot be read again"
        raise SekishoError(message) from fault


def _titles(outline: Iterable[Any]) -> Iterator[str]:
    """The bookmarks, at every depth."""
    for each in outline:
        if isinstance(each, list):
            yield from _titles(each)
        else:
            yield str(each.title)


def _about(pdf: bytes) -> Iterator[str]:
    """What is written about the document: its two kinds of metadata, and its bookmarks."""
    reader = _read(pdf)
    yield from map(str, (reader.metadata or {}).values())
    described = reader.root_object.get("/Metadata")
    if described is not None:
        yield described.get_object().get_data().decode("utf-8", "replace")
    yield from _titles(reader.outline)


def words_in(pdf: bytes, words: Iterable[str]) -> tuple[int, ...]:
    """Which of these words (counted from one) the document says, in its pages or in what is written about it.

    Raises:
        SekishoError: It is no PDF that can be read.
        Refused: A word is so short that it would be found everywhere.

    """
    listed = {number: word for number, word in enumerate(words, 1) if fold_words(word)}
    if not listed:
        return ()
    # A line may break anywhere, a column of a table may stand between: the pages are read as one text.
    read = "".join((*text_of(pdf), "\n", *_about(pdf)))
    said = "\n".join((read, _READ_TWICE.sub(r"\1", read)))
    removal = make_removal_list(listed.values())
    leaked = {removal.words[number - 1] for number in find_leaks(said, removal)}
    return tuple(number for number, word in listed.items() if word in leaked)


def check_redacted(pdf: bytes, words: Iterable[str]) -> None:
    """Does the document keep to itself what it must not say?

    Raises:
        Refused: It says some of it; with their numbers in the list, never the words.

    """
    found = words_in(pdf, words)
    if found:
        raise Refused(because(ReasonCode.REDACTION_FAILED, number=number) for number in found)
