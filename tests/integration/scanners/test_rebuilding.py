"""無害化: what could run is gone from the rebuilt document, also deep inside, and what people read is still there."""

import io
import zipfile
from typing import Any

import openpyxl
import pikepdf
import pypdfium2
import pytest
from openpyxl.comments import Comment
from PIL import Image

from sekisho.adapters.rebuilding.outcome import Wanted
from sekisho.adapters.rebuilding.pictures import draw_pages
from sekisho.adapters.scanners import Tools, tools_in_use
from sekisho.adapters.scanners.looking import Sight, look_through
from sekisho.records import individual_check_digit
from tests.integration.scanners.conftest import pack

NUMBER = "12345678901" + str(individual_check_digit("12345678901"))
WANTED = Wanted(kind="application/pdf", rebuild=True, pages=9, pixels=10**7, text=10**6)


@pytest.fixture(scope="module")
def tools() -> Tools:
    """What this machine has."""
    found = tools_in_use()
    if found.sandbox is None:
        pytest.skip("the sandbox is missing; Debian's bubblewrap brings it")
    return found


def written(page: pikepdf.Page, pdf: pikepdf.Pdf, words: str) -> None:
    """Write some words on a page."""
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    page.obj["/Resources"] = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    page.obj["/Contents"] = pikepdf.Stream(pdf, f"BT /F1 12 Tf 20 100 Td ({words}) Tj ET".encode())


def dangerous_pdf(words: str = "lot 12-3") -> bytes:
    """A PDF with everything that could run, also in annotations that are written inside a page."""
    pdf, made, name = pikepdf.new(), io.BytesIO(), pikepdf.Name
    page = pdf.add_blank_page()
    written(page, pdf, words)
    script = pikepdf.Dictionary(S=name.JavaScript, JS="app.alert(1)")
    launch = pikepdf.Dictionary(S=name.Launch, F="cmd.exe", Next=script)
    note = pikepdf.Dictionary(Type=name.Annot, Subtype=name.Link, Rect=[0, 0, 9, 9], A=launch)
    deep = pikepdf.Dictionary(Type=name.Annot, Subtype=name.Stamp, Rect=[0, 0, 9, 9], AA=pikepdf.Dictionary(E=script))
    page.obj["/Annots"] = pikepdf.Array([note, deep])
    pdf.Root["/OpenAction"] = script
    pdf.Root["/AcroForm"] = pikepdf.Dictionary(XFA=pikepdf.Stream(pdf, b"<xfa/>"), Fields=pikepdf.Array([]))
    pdf.Root["/Names"] = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=pikepdf.Array(["x", script])))
    pdf.attachments["a.exe"] = b"MZ-HIDDEN-PROGRAM"
    pdf.docinfo["/Author"] = "THE-AUTHOR"
    pdf.save(made, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return made.getvalue()


def text_of(pdf: bytes) -> str:
    """What a reader sees."""
    return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))


def opened(pdf: bytes) -> bytes:
    """All of a PDF with nothing packed."""
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        every = pikepdf.StreamDecodeLevel.generalized
        document.save(made, qdf=True, compress_streams=False, stream_decode_level=every)
    return made.getvalue()


MARKS = (
    b"/JavaScript",
    b"/JS",
    b"/Launch",
    b"cmd.exe",
    b"/OpenAction",
    b"/XFA",
    b"HIDDEN",
    b"/EmbeddedFile",
    b"THE-AUTHOR",
)


def test_nothing_that_could_run_is_left_in_a_pdf_and_it_reads_the_same(tools: Tools) -> None:
    came = dangerous_pdf()
    assert all(mark in opened(came) for mark in MARKS), "the search would find each of them"
    sight = look_through(came, tools, rebuild=True)
    assert (sight.marks, sight.active) == ((), frozenset())
    assert {"script", "program", "attachment", "form"} <= sight.removed
    assert not [mark for mark in MARKS if mark in opened(sight.rebuilt)]
    assert text_of(sight.rebuilt) == text_of(came) == "lot 12-3"


def test_without_being_asked_a_pdf_is_only_looked_at(tools: Tools) -> None:
    sight = look_through(dangerous_pdf(), tools)
    assert {"script", "program", "attachment"} <= sight.active
    assert (sight.rebuilt, sight.removed) == (b"", frozenset())


def test_rebuilding_twice_gives_the_same_bytes(tools: Tools) -> None:
    for came in (dangerous_pdf(), workbook(), photo()):
        one, two = (look_through(came, tools, rebuild=True).rebuilt for _ in range(2))
        assert one == two != b""


def test_an_individual_number_in_a_pdf_is_found(tools: Tools) -> None:
    assert look_through(dangerous_pdf(f"No. {NUMBER}"), tools).numbers == 1
    assert look_through(dangerous_pdf(), tools).numbers == 0


def test_what_cannot_be_rebuilt_is_drawn_page_by_page_and_nothing_else_is_left() -> None:
    pages, drawn = draw_pages(dangerous_pdf(), WANTED)
    assert pages == 1
    assert not [mark for mark in MARKS if mark in opened(drawn)]
    before, after = (pypdfium2.PdfDocument(each)[0] for each in (dangerous_pdf(), drawn))
    assert before.get_size() == after.get_size()
    pictures = [page.render(scale=1).to_pil().convert("L").resize((60, 60)).tobytes() for page in (before, after)]
    assert sum(abs(one - two) for one, two in zip(*pictures, strict=True)) / len(pictures[0]) < 2
    assert text_of(drawn) == ""


def damaged_pdf() -> bytes:
    """A PDF whose page tree says something that only a forgiving reader makes sense of."""
    with pikepdf.open(io.BytesIO(dangerous_pdf())) as pdf:
        page = pdf.pages[0].obj
        page["/Contents"] = pikepdf.Stream(pdf, b"not packed at all", Filter=pikepdf.Name.FlateDecode)
        made = io.BytesIO()
        pdf.save(made)
    return made.getvalue()


def test_a_pdf_that_is_damaged_inside_never_goes_on_as_it_came(tools: Tools) -> None:
    came = damaged_pdf()
    sight = look_through(came, tools, rebuild=True)
    assert sight.rebuilt != came
    assert sight.marks or not [mark for mark in MARKS if mark in opened(sight.rebuilt)]


def workbook() -> bytes:
    """A workbook with values, a formula, a hidden sheet, a comment and a link to the outside."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet["A1"], sheet["B1"], sheet["A2"] = "地番", "所有者", "12-3"
    sheet["B2"] = "浦上 花子"
    sheet["C2"] = '=HYPERLINK("http://example.invalid","x")'
    sheet["A1"].comment = Comment("COMMENT", "AUTHOR")
    sheet["A2"].hyperlink = "http://example.invalid/track"
    hidden = book.create_sheet("hidden")
    hidden["A1"] = int(NUMBER)
    hidden.sheet_state = "hidden"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def with_parts(document: bytes, **parts: bytes) -> bytes:
    """The same document with more parts."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        old = [(each.filename, archive.read(each)) for each in archive.infolist()]
    return pack(*old, *((name.replace("__", "/"), data) for name, data in parts.items()))


def values(document: bytes) -> list[list[object]]:
    """All values of all sheets."""
    book = openpyxl.load_workbook(io.BytesIO(document), data_only=True)
    return [[cell.value for row in sheet.iter_rows() for cell in row] for sheet in book.worksheets]


def test_a_workbook_keeps_its_values_and_loses_macros_objects_links_and_formulas(tools: Tools) -> None:
    came = with_parts(
        workbook(), **{"xl__vbaProject.bin": b"MACRO", "xl__embeddings__o.bin": b"OLE", "customXml__item1.xml": b"<a/>"}
    )
    sight = look_through(came, tools, rebuild=True)
    assert (sight.marks, sight.active) == ((), frozenset())
    assert {"macro", "attachment", "custom_data", "formula", "link"} <= sight.removed
    assert values(sight.rebuilt) == values(came)
    with zipfile.ZipFile(io.BytesIO(sight.rebuilt)) as archive:
        whole = b"".join(archive.read(each) for each in archive.infolist())
        assert not [name for name in archive.namelist() if "vba" in name or "embeddings" in name or "custom" in name]
    assert not [mark for mark in (b"MACRO", b"OLE", b"example.invalid", b"<f>") if mark in whole]


def test_an_individual_number_in_a_hidden_sheet_is_found(tools: Tools) -> None:
    assert look_through(workbook(), tools).numbers == 1


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        ("xl__vbaProject.bin", "macro"),
        ("xl__activeX__activeX1.xml", "control"),
        ("xl__externalLinks__externalLink1.xml", "outside"),
        ("xl__embeddings__a.docx", "attachment"),
    ],
)
def test_what_could_run_in_a_workbook_is_said_if_it_is_not_rebuilt(tools: Tools, part: str, kind: str) -> None:
    assert kind in look_through(with_parts(workbook(), **{part: b"<a/>"}), tools).active


def document(instruction: str) -> bytes:
    """A document of Word with a field."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = (
        f"<w:document xmlns:w='{space}'><w:p><w:t>本文</w:t><w:instrText>{instruction}</w:instrText></w:p></w:document>"
    )
    kinds = b"<Types xmlns='urn:t'><Default Extension='xml' ContentType='application/xml'/></Types>"
    return pack(("[Content_Types].xml", kinds), ("word/document.xml", body.encode()))


def test_a_field_that_fetches_is_emptied_and_the_text_stays(tools: Tools) -> None:
    came = document('DDEAUTO c:\\\\windows\\\\cmd.exe "/k calc"')
    assert "outside" in look_through(came, tools).active
    rebuilt = look_through(came, tools, rebuild=True).rebuilt
    with zipfile.ZipFile(io.BytesIO(rebuilt)) as archive:
        whole = archive.read("word/document.xml")
    assert b"DDEAUTO" not in whole
    assert "本文".encode() in whole or b"&#26412;" in whole


def photo() -> bytes:
    """A picture that says where it was taken."""
    made, facts = io.BytesIO(), Image.Exif()
    facts[0x010E] = "TAKEN-AT-THE-SHELTER"
    Image.effect_noise((60, 40), 30).convert("RGB").save(made, "JPEG", exif=facts, quality=95)
    return made.getvalue()


def test_a_picture_keeps_its_pixels_and_loses_what_stands_beside_them(tools: Tools) -> None:
    came = photo()
    assert b"SHELTER" in came
    sight = look_through(came, tools, rebuild=True)
    assert b"SHELTER" not in sight.rebuilt
    before, after = (Image.open(io.BytesIO(each)) for each in (came, sight.rebuilt))
    assert before.size == after.size
    assert not after.getexif()


def test_a_marked_object_is_not_rebuilt(tools: Tools) -> None:
    sight: Sight = look_through(dangerous_pdf() + pack(("a", b"b")), tools, rebuild=True)
    assert sight.marks
    assert sight.rebuilt == b""
