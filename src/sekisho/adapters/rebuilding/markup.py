"""XML: read without entities, without anything from outside, and only so deep."""

import io
from collections.abc import Iterator
from typing import Final

from lxml import etree

from sekisho.adapters.rebuilding.outcome import NotJudged, Outcome, Wanted

_DEEPEST: Final = 200
_BOUNDARIES: Final = frozenset({"p", "c", "si", "t", "tr", "tc", "br", "cell", "row"})


def careful_parser() -> etree.XMLParser:
    """A parser that resolves nothing and asks nobody."""
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip


def parse(data: bytes) -> "etree._Element":
    """The tree of an XML text.

    Raises:
        NotJudged: It is none, declares entities of its own, or is nested too deeply.

    """
    try:
        tree = etree.parse(io.BytesIO(data), careful_parser())
    except (etree.XMLSyntaxError, ValueError):
        raise NotJudged("document_damaged") from None
    if tree.docinfo.internalDTD is not None:
        raise NotJudged("document_damaged")
    root = tree.getroot()
    deep = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        deep += 1 if event == "start" else -1
        if deep > _DEEPEST:
            raise NotJudged("document_too_heavy")
    return root


def local(element: "etree._Element") -> str:
    """The name of an element without its namespace."""
    return etree.QName(element).localname


def texts_of(root: "etree._Element") -> Iterator[str]:
    """The text of a tree: what people read as one word stays one, paragraphs and cells are kept apart."""
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            yield element.text or ""
            continue
        yield "\n" if local(element) in _BOUNDARIES - {"t"} else ""
        yield element.tail or ""


def open_markup(data: bytes, wanted: Wanted) -> Outcome:
    """Look through an XML text, and write it anew if that is wanted.

    Raises:
        NotJudged: It cannot be read, or tries something.

    """
    root = parse(data)
    text = "".join(f"{each}\n" for element in root.iter() for each in (element.text, *element.attrib.values()) if each)
    made = etree.tostring(root, xml_declaration=True, encoding="UTF-8") if wanted.rebuild else b""
    if len(text) > wanted.text:
        raise NotJudged("document_too_heavy")
    return Outcome(pages=1, text=text, removed=frozenset({"comment"}) if made else frozenset(), rebuilt=made)
