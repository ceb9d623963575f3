"""Kinds of content by what they are: office documents by their parts, and which endings a name may have for each."""

from collections.abc import Iterable
from typing import Final

from sekisho.adapters.scanners.structure import GIF, JPEG, PDF, PNG, ZIP

_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
DOCX: Final = f"{_OFFICE}.wordprocessingml.document"
XLSX: Final = f"{_OFFICE}.spreadsheetml.sheet"
PPTX: Final = f"{_OFFICE}.presentationml.presentation"
OFFICE: Final = frozenset({DOCX, XLSX, PPTX})
TEXTS: Final = frozenset({"text/plain", "text/csv", "text/xml", "text/html"})
PROGRAMS: Final = frozenset({"application/x-dosexec", "application/x-executable", "text/x-script"})
_MAIN_PARTS: Final = (("word/document.xml", DOCX), ("xl/workbook.xml", XLSX), ("ppt/presentation.xml", PPTX))
_ENDINGS: Final = {
    PDF: {"pdf"},
    DOCX: {"docx"},
    XLSX: {"xlsx"},
    PPTX: {"pptx"},
    ZIP: {"zip"},
    PNG: {"png"},
    JPEG: {"jpg", "jpeg"},
    GIF: {"gif"},
}
_TEXT_ENDINGS: Final = frozenset({"csv", "txt", "tsv", "xml", "dat", "md", "json"})


def office_kind(names: Iterable[str | None]) -> str:
    """Which office document an archive with these files is; an archive if it is none."""
    known = set(names)
    if "[Content_Types].xml" not in known:
        return ZIP
    return next((kind for part, kind in _MAIN_PARTS if part in known), ZIP)


def ending_fits(kind: str, ending: str) -> bool:
    """May a file of this kind have a name with this ending? A name without an ending claims nothing."""
    if not ending:
        return True
    if kind in _ENDINGS:
        return ending in _ENDINGS[kind]
    claimed = {each for endings in _ENDINGS.values() for each in endings}
    return ending in _TEXT_ENDINGS if kind in TEXTS else ending not in claimed | _TEXT_ENDINGS
