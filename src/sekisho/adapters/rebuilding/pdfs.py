"""PDF: a walk through every object, also those inside others, and a new file of what may stay."""

import hashlib
import io
from collections.abc import Iterator
from typing import Any, Final

import pikepdf

from sekisho.adapters.rebuilding.outcome import NotJudged, Outcome, Wanted
from sekisho.adapters.rebuilding.pictures import draw_pages, read_text

_ACTIONS: Final = {
    "/JavaScript": "script",
    "/Rendition": "script",
    "/Launch": "program",
    "/ImportData": "program",
    "/SubmitForm": "form",
    "/GoToR": "attachment",
    "/GoToE": "attachment",
    "/URI": "link",
}
_NEVER: Final = {
    "/JS": "script",
    "/JavaScript": "script",
    "/AA": "script",
    "/OpenAction": "action",
    "/EmbeddedFiles": "attachment",
    "/EF": "attachment",
    "/AF": "attachment",
    "/XFA": "form",
    "/RichMediaContent": "media",
    "/Metadata": "metadata",
    "/PieceInfo": "metadata",
    "/URI": "link",
    "/A": "action",
    "/PA": "action",
}
_NOTES: Final = {
    "/FileAttachment": "attachment",
    "/RichMedia": "media",
    "/Movie": "media",
    "/Sound": "media",
    "/Screen": "media",
    "/3D": "media",
}
HARMLESS: Final = frozenset({"metadata", "link", "action"})
"""What is taken out too, but could not run: an action counts by what it does."""


def _children(thing: Any) -> Iterator[Any]:
    """What lies directly inside an object."""
    if isinstance(thing, pikepdf.Array):
        yield from thing
    elif isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
        yield from (value for _, value in thing.items())


def _everything(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every dictionary that can be reached, however deep it lies; each numbered object once."""
    waiting, seen = [pdf.trailer], set[tuple[int, int]]()
    while waiting:
        thing = waiting.pop()
        if not isinstance(thing, (pikepdf.Array, pikepdf.Dictionary, pikepdf.Stream)):
            continue
        if thing.is_indirect:
            if thing.objgen in seen:
                continue
            seen.add(thing.objgen)
        if not isinstance(thing, pikepdf.Array):
            yield thing
        waiting.extend(_children(thing))


def _kinds_in(thing: Any) -> Iterator[str]:
    """What could run, or should not stay, in one dictionary itself."""
    keys = set(thing.keys())
    yield from (kind for key, kind in _NEVER.items() if key in keys)
    does = str(thing.get("/S", ""))
    if does in _ACTIONS:
        yield _ACTIONS[does]
    note = str(thing.get("/Subtype", ""))
    if note in _NOTES and "/Rect" in keys:
        yield _NOTES[note]


def kinds_in(pdf: pikepdf.Pdf) -> frozenset[str]:
    """Everything in the document that could run, or should not stay."""
    return frozenset(kind for thing in _everything(pdf) for kind in _kinds_in(thing))


def _is_note(thing: Any) -> bool:
    """Is it an annotation that carries a file or a film?"""
    return isinstance(thing, pikepdf.Dictionary) and str(thing.get("/Subtype", "")) in _NOTES


def _take_out(pdf: pikepdf.Pdf) -> None:
    """Take out all that should not stay."""
    for thing in list(_everything(pdf)):
        for key in _NEVER:
            if key in thing:
                del thing[key]
        if str(thing.get("/S", "")) in _ACTIONS:
            del thing["/S"]
        notes = thing.get("/Annots")
        if isinstance(notes, pikepdf.Array):
            thing["/Annots"] = pikepdf.Array([each for each in notes if not _is_note(each)])
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]


def _shown(pdf: pikepdf.Pdf) -> list[str]:
    """What each page draws, as digests: the same before and after."""
    digests = []
    for page in pdf.pages:
        contents = page.obj.get("/Contents", None)
        parts = contents if isinstance(contents, pikepdf.Array) else [contents]
        drawn = b"".join(part.read_bytes() for part in parts if isinstance(part, pikepdf.Stream))
        digests.append(hashlib.sha256(drawn).hexdigest())
    return digests


def _rebuilt(pdf: pikepdf.Pdf) -> bytes:
    """A new file without what should not stay; nothing if it would show something else, or something is left."""
    before = _shown(pdf)
    _take_out(pdf)
    made = io.BytesIO()
    pdf.save(made, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    with pikepdf.open(io.BytesIO(made.getvalue())) as again:
        whole = _shown(again) == before and not kinds_in(again)
    return made.getvalue() if whole else b""


def _open(data: bytes) -> pikepdf.Pdf | None:
    """The document; nothing if it cannot be read as one.

    Raises:
        NotJudged: It is locked.

    """
    try:
        return pikepdf.open(io.BytesIO(data))
    except pikepdf.PasswordError:
        raise NotJudged("document_encrypted") from None
    except (pikepdf.PdfError, ValueError, RuntimeError):
        return None


def _as_pictures(data: bytes, wanted: Wanted, seen: frozenset[str]) -> Outcome:
    """Every page as a picture, for what cannot be built anew otherwise."""
    pages, made = draw_pages(data, wanted)
    return Outcome(
        active=seen - HARMLESS, removed=seen | {"structure"}, pages=pages, text=read_text(data, wanted), raster=True,
        rebuilt=made,
    )  # fmt: skip


def open_pdf(data: bytes, wanted: Wanted) -> Outcome:
    """Look through a PDF, and build it anew if that is wanted.

    Raises:
        NotJudged: It is locked, damaged, or has too many pages.

    """
    pdf = _open(data)
    if pdf is None:
        if wanted.rebuild:
            return _as_pictures(data, wanted, frozenset())
        raise NotJudged("document_damaged")
    with pdf:
        pages, seen = len(pdf.pages), kinds_in(pdf)
        if pages > wanted.pages:
            raise NotJudged("document_too_heavy")
        made = _rebuilt(pdf) if wanted.rebuild else b""
    if wanted.rebuild and not made:
        return _as_pictures(data, wanted, seen)
    text = read_text(data, wanted)
    return Outcome(active=seen - HARMLESS, removed=seen if made else frozenset(), pages=pages, text=text, rebuilt=made)
