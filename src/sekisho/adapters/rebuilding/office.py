"""Office documents (OOXML): every part by an allow-list, and written anew; values stay, what could run does not."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from posixpath import dirname, join, normpath
from typing import Final

from lxml import etree

from sekisho.adapters.rebuilding.markup import local, parse, texts_of
from sekisho.adapters.rebuilding.outcome import NotJudged, Outcome, Wanted
from sekisho.adapters.rebuilding.pictures import rebuild_image

_TYPES: Final = "[Content_Types].xml"
_LINKS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_BEGINNING: Final = (1980, 1, 1, 0, 0, 0)
_PICTURES: Final = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif"}
_NOT_KEPT: Final = (
    (re.compile(r"vbaproject|vbadata", re.IGNORECASE), "macro"),
    (re.compile(r"/(activex|ctrlprops|webextensions)/", re.IGNORECASE), "control"),
    (re.compile(r"/embeddings/|oleobject", re.IGNORECASE), "attachment"),
    (re.compile(r"/externallinks/|/connections\.xml|/querytables/", re.IGNORECASE), "outside"),
    (re.compile(r"^/?customxml/|docprops/custom\.xml", re.IGNORECASE), "custom_data"),
    (re.compile(r"/calcchain\.xml|/printersettings/|docprops/|thumbnail", re.IGNORECASE), "metadata"),
)
_FETCHING: Final = re.compile(r"\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|DATABASE)\b", re.IGNORECASE)
_READ: Final = re.compile(r"(xl/worksheets|xl/sharedStrings|word/document|ppt/slides).*\.xml$")
_PLAIN_MAIN: Final = {
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "ppt/presentation.xml": "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
}
HARMLESS: Final = frozenset({"metadata", "custom_data", "link", "formula", "comment"})
"""What is taken out too, but could not run by itself in a document that is only read."""


def _read_parts(data: bytes) -> dict[str, bytes]:
    """All parts of the document.

    Raises:
        NotJudged: It cannot be unpacked.

    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {each.filename: archive.read(each) for each in archive.infolist() if not each.is_dir()}
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, RuntimeError):
        raise NotJudged("document_damaged") from None


def _why_not(name: str) -> str:
    """Why a part is not kept; nothing if it may stay."""
    for pattern, kind in _NOT_KEPT:
        if pattern.search(f"/{name}" if not name.startswith("/") else name):
            return kind
    ending = f".{name.rpartition('.')[2].lower()}"
    return "" if ending in {".xml", ".rels"} or ending in _PICTURES else "attachment"


def _target(part: str, link: "etree._Element") -> str:
    """The part that a relationship points at."""
    owner = dirname(dirname(part))
    target = link.get("Target", "")
    return target.lstrip("/") if target.startswith("/") else normpath(join(owner, target))


def _lost_links(part: str, root: "etree._Element", kept: frozenset[str]) -> Iterator[tuple["etree._Element", str]]:
    """Relationships that point outside, or at what is not kept, and which kind of thing that is."""
    for link in root:
        outside = link.get("TargetMode", "") == "External"
        if outside:
            yield link, "link" if link.get("Type", "").endswith("/hyperlink") else "outside"
        elif _target(part, link) not in kept:
            yield link, "metadata"


def _clean_links(part: str, data: bytes, kept: frozenset[str]) -> tuple[bytes, frozenset[str], frozenset[str]]:
    """The relationships of a part that may stay; the ids of the others, and what they were."""
    root = parse(data)
    lost = list(_lost_links(part, root, kept))
    for link, _ in lost:
        root.remove(link)
    return etree.tostring(root), frozenset(link.get("Id", "") for link, _ in lost), frozenset(kind for _, kind in lost)


def _drop(element: "etree._Element") -> None:
    """Take an element out; what follows it stays."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _is_in_cell(element: "etree._Element") -> bool:
    """Is it the formula of a cell?"""
    cell = element.getparent()
    return cell is not None and local(cell) == "c"


def _clean_content(root: "etree._Element", lost: frozenset[str]) -> Iterator[str]:
    """Take out of a part what fetches, computes, or points at what is gone; and say what that was."""
    for element in list(root.iter()):
        name = local(element)
        fetches = name in {"instrText", "fldSimple"} and _FETCHING.search(
            (element.text or "") + "".join(str(value) for value in element.attrib.values())
        )
        if fetches:
            yield "outside"
            element.text = ""
            element.attrib.clear()
        elif name == "f" and _is_in_cell(element):
            yield "formula"
            _drop(element)
        elif name in {"definedName", "oleObject", "control", "ddeLink", "externalReference", "altChunk"}:
            yield "outside" if name != "definedName" else "formula"
            _drop(element)
        links = [key for key in element.attrib if str(key).startswith(f"{{{_LINKS}}}")]
        pointing = [key for key in links if str(element.attrib[key]) in lost]
        for key in pointing:
            del element.attrib[key]


def _clean_types(data: bytes, kept: frozenset[str]) -> tuple[bytes, frozenset[str]]:
    """The list of kinds for the parts that stay, and whether it spoke of macros."""
    root, seen = parse(data), set[str]()
    for line in list(root):
        part, kind = line.get("PartName", "").lstrip("/"), line.get("ContentType", "")
        if part and part not in kept:
            root.remove(line)
        if "macroenabled" in kind.lower() or "vbaproject" in kind.lower():
            seen.add("macro")
            if part in _PLAIN_MAIN:
                line.set("ContentType", _PLAIN_MAIN[part])
            elif line.getparent() is not None:
                root.remove(line)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True), frozenset(seen)


def _links_of(part: str) -> str:
    """Where the relationships of a part stand."""
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"


def _clean_parts(parts: Mapping[str, bytes], kept: frozenset[str], wanted: Wanted) -> tuple[dict[str, bytes], set[str]]:
    """Every part that stays, made anew, and what was taken out of them."""
    made, seen, lost = dict[str, bytes](), set[str](), dict[str, frozenset[str]]()
    for name in sorted(kept):
        if name.endswith(".rels"):
            made[name], lost[name], kinds = _clean_links(name, parts[name], kept)
            seen |= kinds
    for name in sorted(kept - made.keys() - {_TYPES}):
        ending = f".{name.rpartition('.')[2].lower()}"
        if ending in _PICTURES:
            made[name] = rebuild_image(parts[name], _PICTURES[ending], wanted.pixels)
            continue
        root = parse(parts[name])
        seen.update(_clean_content(root, lost.get(_links_of(name), frozenset())))
        made[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    made[_TYPES], kinds = _clean_types(parts[_TYPES], kept)
    return made, seen | kinds


def values_of(parts: Mapping[str, bytes]) -> tuple[str, ...]:
    """What the document says: the text of each part that people read."""
    roots = ((name, parse(parts[name])) for name in sorted(parts) if _READ.match(name))
    return tuple(f"{name}\n{''.join(_values(root))}" for name, root in roots)


def _values(root: "etree._Element") -> Iterator[str]:
    """The values of a part, without formulas and field codes."""
    for element in root.iter():
        if local(element) not in {"f", "instrText", "fldSimple"}:
            yield f"{element.get('r', '')}{(element.text or '').strip()}\x1f" if (element.text or "").strip() else ""


def _pack(parts: Mapping[str, bytes]) -> bytes:
    """The parts as an archive that is the same each time; the list of kinds comes first."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(parts, key=lambda each: (each != _TYPES, each)):
            archive.writestr(zipfile.ZipInfo(name, _BEGINNING), parts[name], zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _text_of(parts: Mapping[str, bytes], most: int) -> str:
    """All text in all parts, also in those that nobody sees.

    Raises:
        NotJudged: It is more than can be searched.

    """
    roots = (parse(parts[name]) for name in sorted(parts) if name.endswith(".xml"))
    text = "".join(piece for root in roots for piece in (*texts_of(root), "\n"))
    if len(text) > most:
        raise NotJudged("document_too_heavy")
    return text


def open_office(data: bytes, wanted: Wanted) -> Outcome:
    """Look through an office document by building it anew.

    Raises:
        NotJudged: It is damaged, locked, or would say something else when built anew.

    """
    parts = _read_parts(data)
    if _TYPES not in parts:
        raise NotJudged("document_damaged")
    reasons = {name: _why_not(name) for name in parts}
    kept = frozenset(name for name, why in reasons.items() if not why)
    made, taken = _clean_parts(parts, kept, wanted)
    seen = frozenset(taken | {why for why in reasons.values() if why})
    if values_of(parts) != values_of(made):
        raise NotJudged("document_damaged")
    text, rebuilt = _text_of(parts, wanted.text), _pack(made) if wanted.rebuild else b""
    taken_out = seen if rebuilt else frozenset[str]()
    return Outcome(active=seen - HARMLESS, removed=taken_out, pages=1, text=text, rebuilt=rebuilt)
