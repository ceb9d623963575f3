"""The malformed corpus: everything that was ever sent to break an inspector, made here, each with its verdict."""

import io
import struct
import zlib
from collections.abc import Callable
from functools import partial
from random import Random

import pikepdf
import pytest
from PIL import Image

from sekisho.adapters.layouts import shipped_files
from sekisho.adapters.scanners import Tools, inspect_chunks, inspect_document, tools_in_use
from sekisho.adapters.scanners.limits import MIB
from sekisho.kernel import Findings, MarkCode
from tests.integration.scanners.conftest import nest, pack
from tests.integration.scanners.zips import Entry, build, deflate

Made = Callable[[], bytes]


@pytest.fixture(scope="module")
def tools() -> Tools:
    """What this machine has."""
    found = tools_in_use()
    if found.sandbox is None:
        pytest.skip("the sandbox is missing; Debian's bubblewrap brings it")
    return found


def image(kind: str, size: tuple[int, int] = (8, 8)) -> bytes:
    """A small image."""
    made = io.BytesIO()
    Image.new("RGB", size, "red").save(made, kind)
    return made.getvalue()


def huge_png(width: int = 50_000) -> bytes:
    """An image that announces far more pixels than it holds."""
    head = struct.pack(">2L5B", width, width, 8, 2, 0, 0, 0)

    def part(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))

    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", zlib.compress(b"")) + part(b"IEND", b"")


def pdf(password: str = "") -> bytes:
    """A PDF of one empty page."""
    made, document = io.BytesIO(), pikepdf.new()
    document.add_blank_page()
    locked = pikepdf.Encryption(user=password, owner=password) if password else False
    document.save(made, encryption=locked)
    return made.getvalue()


def office(*more: tuple[str, bytes], body: bytes = b"<w:document xmlns:w='urn:w'/>") -> bytes:
    """A document of Word with little in it."""
    kinds = b"<Types xmlns='urn:t'><Default Extension='xml' ContentType='application/xml'/></Types>"
    return pack(("[Content_Types].xml", kinds), ("word/document.xml", body), *more)


def one(**facts: object) -> Made:
    """An archive of one file with something wrong."""
    return partial(build, Entry(**facts))  # type: ignore[arg-type]


LAUGHS = b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><w:document xmlns:w="urn:w">&b;</w:document>'
READING = b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>'
TWIN = ("が.csv".encode(), "が.csv".encode())
OVERLAP = (Entry(name=b"a", data=b"x" * 500), Entry(name=b"a", data=b"x" * 500, at=0))

STOPPED: dict[str, tuple[Made, MarkCode]] = {
    "a name with NUL": (one(name=b"a\x00.csv"), MarkCode.NAME_HIDES),
    "a name that climbs out": (one(name=b"../../etc/cron.d/x"), MarkCode.NAME_ESCAPES),
    "a name of a drive": (one(name=b"C:\\x.csv"), MarkCode.NAME_ESCAPES),
    "a name from the root": (one(name=b"/etc/passwd"), MarkCode.NAME_ESCAPES),
    "full-width dots": (one(name="．．／x.csv".encode(), flags=0x800), MarkCode.NAME_ESCAPES),
    "a name that reads backwards": (one(name="a\u202egpj.exe".encode(), flags=0x800), MarkCode.NAME_HIDES),
    "a zero-width name": (one(name="a\u200b.csv".encode(), flags=0x800), MarkCode.NAME_HIDES),
    "a full-width device": (one(name="ＣＯＮ.csv".encode(), flags=0x800), MarkCode.NAME_RESERVED),
    "a device": (one(name=b"aux.txt"), MarkCode.NAME_RESERVED),
    "a trailing space": (one(name=b"a.csv "), MarkCode.NAME_RESERVED),
    "300 bytes of name": (one(name=b"a" * 296 + b".csv"), MarkCode.NAME_TOO_LONG),
    "a name in no encoding": (one(name=b"\xff\xfe\x81.csv"), MarkCode.NAME_NOT_READ),
    "twins in case": (partial(build, Entry(name=b"A.csv"), Entry(name=b"a.csv")), MarkCode.NAME_TWICE),
    "twins in composition": (
        partial(build, *(Entry(name=name, flags=0x800) for name in TWIN)),
        MarkCode.NAME_TWICE,
    ),
    "a link": (one(mode=0o120777), MarkCode.ARCHIVE_LINK),
    "a device file": (one(mode=0o020666), MarkCode.ARCHIVE_LINK),
    "two names for one file": (one(directory_name=b"b.csv"), MarkCode.ARCHIVE_LIES),
    "less told than there is": (one(data=b"0" * 50, told_size=3), MarkCode.ARCHIVE_LIES),
    "more told than there is": (one(data=b"0" * 50, told_size=60), MarkCode.ARCHIVE_LIES),
    "overlapping files": (partial(build, *OVERLAP), MarkCode.ARCHIVE_OVERLAP),
    "bytes behind the packed ones": (one(packed=deflate(b"1,2\r\n") + b"hidden"), MarkCode.ARCHIVE_LIES),
    "a picture with another ending": (partial(pack, ("a.csv", image("PNG"))), MarkCode.NAME_DIFFERS),
    "a table called a picture": (partial(pack, ("a.png", b"a,b\r\n")), MarkCode.NAME_DIFFERS),
    "PDF and ZIP": (lambda: pdf() + pack(("a", b"b")), MarkCode.TWO_KINDS),
    "ZIP behind a table": (lambda: b"a,b\r\n" + build(Entry()), MarkCode.TWO_KINDS),
    "ZIP with something before it": (lambda: build(Entry(), before=b"PK\x03\x04" + b"x" * 60), MarkCode.TWO_KINDS),
    "GIF and JavaScript": (lambda: image("GIF") + b"*/=1;alert(1)//", MarkCode.TWO_KINDS),
    "GIF that is only JavaScript": (lambda: b"GIF89a/*ab*/=1;alert(document.domain)", MarkCode.TYPE_DISAGREES),
    "PNG with something behind it": (lambda: image("PNG") + b"<script>", MarkCode.TWO_KINDS),
    "JPEG with something behind it": (lambda: image("JPEG") + b"PK\x03\x04", MarkCode.TWO_KINDS),
    "HTML that becomes a PDF": (lambda: b"<html>" + pdf(), MarkCode.TWO_KINDS),
    "a PDF that never ends": (lambda: b"%PDF-1.7\n1 0 obj\n", MarkCode.TYPE_DISAGREES),
    "a command in a cell": (lambda: b"a,=cmd|' /C calc'!A0\r\n", MarkCode.RULE_MATCHED),
}
HELD: dict[str, tuple[Made, MarkCode]] = {
    "a gibibyte from one mebibyte": (one(data=b"", told_size=1 << 30, packed=b"x" * MIB), MarkCode.ARCHIVE_SIZE),
    "twenty mebibytes of nothing": (lambda: pack(("a.csv", bytes(20 * MIB))), MarkCode.ARCHIVE_RATIO),
    "100,000 files told": (
        lambda: build(Entry())[:-22] + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFE, 0xFFFE, 46, 40, 0),
        MarkCode.ARCHIVE_COUNT,
    ),
    "2,001 files": (lambda: pack(*((f"{number}.csv", b"") for number in range(2_001))), MarkCode.ARCHIVE_COUNT),
    "archives in archives": (lambda: nest(b"a", 5), MarkCode.ARCHIVE_DEPTH),
    "a locked archive": (one(flags=1), MarkCode.ARCHIVE_ENCRYPTED),
    "an unknown packing": (one(method=99), MarkCode.ARCHIVE_METHOD),
    "a broken packing": (one(packed=b"\xff\xff\xff"), MarkCode.ARCHIVE_DAMAGED),
    "an archive cut off": (lambda: build(Entry())[:40], MarkCode.ARCHIVE_DAMAGED),
    "a locked PDF": (lambda: pdf("secret"), MarkCode.DOCUMENT_ENCRYPTED),
    "a PDF of nothing": (lambda: b"%PDF-1.7\nnothing\n%%EOF", MarkCode.DOCUMENT_DAMAGED),
    "50,000 by 50,000 pixels": (huge_png, MarkCode.IMAGE_TOO_LARGE),
    "a picture of nothing": (lambda: huge_png(8), MarkCode.DOCUMENT_DAMAGED),
    "a billion laughs": (lambda: office(body=LAUGHS), MarkCode.DOCUMENT_DAMAGED),
    "deep nesting": (
        lambda: office(body=b"<w:d xmlns:w='urn:w'>" + b"<w:p>" * 250 + b"</w:p>" * 250 + b"</w:d>"),
        MarkCode.DOCUMENT_TOO_HEAVY,
    ),
    "two roots": (lambda: office(body=b"<a/><b/>"), MarkCode.DOCUMENT_DAMAGED),
    "a wrong declaration of encoding": (
        lambda: office(body=b"<?xml version='1.0' encoding='utf-8'?><a>\x82\xa0</a>"),
        MarkCode.DOCUMENT_DAMAGED,
    ),
    "XML that reads a file": (lambda: READING, MarkCode.DOCUMENT_DAMAGED),
    "text that is none": (lambda: pack(("a.csv", b"name,\x81\x20\r\n")), MarkCode.TEXT_NOT_READ),
    "another kind of archive": (lambda: b"\x1f\x8b\x08" + bytes(40), MarkCode.KIND_NOT_INSPECTED),
    "an old office document": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), MarkCode.KIND_NOT_INSPECTED),
}


@pytest.mark.parametrize("name", STOPPED)
def test_what_is_made_to_deceive_is_stopped(tools: Tools, name: str) -> None:
    make, code = STOPPED[name]
    found = inspect_document(make(), tools, rebuild=False)
    assert code in {mark.code for mark in found.marks}, found.marks
    assert not all(mark.holds for mark in found.marks)


@pytest.mark.parametrize("name", HELD)
def test_what_cannot_be_judged_is_held_and_never_clean(tools: Tools, name: str) -> None:
    make, code = HELD[name]
    found = inspect_document(make(), tools, rebuild=False)
    assert code in {mark.code for mark in found.marks}
    assert all(mark.holds for mark in found.marks)


HARMLESS: dict[str, Made] = {
    "a table": lambda: b"a,b\r\n1,2\r\n",
    "an archive of tables": lambda: pack(("one/a.csv", b"1,2\r\n"), ("two/b.csv", b"3,4\r\n")),
    "a name of Windows in Japan": one(name="納税通知書.csv".encode("cp932")),
    "a name with a variant character": one(name="渡邉\U000e0104.csv".encode(), flags=0x800),
    "a PDF": pdf,
    "a picture": partial(image, "PNG"),
    "a document": office,
}


@pytest.mark.parametrize("name", HARMLESS)
def test_what_offices_send_every_day_has_no_mark(tools: Tools, name: str) -> None:
    found = inspect_document(HARMLESS[name](), tools, rebuild=False)
    assert (found.marks, found.active_content) == ((), ())


ACTIVE: dict[str, tuple[Made, str]] = {
    "a macro that calls itself a table": (lambda: office(("word/vbaProject.bin", b"x")), "macro"),
    "a program": (lambda: b"MZ" + bytes(100), "program"),
    "a program in an archive": (lambda: pack(("setup", b"\x7fELF" + bytes(90))), "program"),
    "a table that is a page": (lambda: b"a,b\r\n<html><script>alert(1)</script>", "script"),
    "a page in an archive": (lambda: pack(("a.csv", b"x,<SCRIPT>1</SCRIPT>")), "script"),
    "an entity": (lambda: pack(("a.txt", b"<!DOCTYPE a [<!ENTITY b 'c'>]>")), "entity"),
}


@pytest.mark.parametrize("name", ACTIVE)
def test_what_could_run_is_said(tools: Tools, name: str) -> None:
    make, kind = ACTIVE[name]
    assert kind in inspect_document(make(), tools, rebuild=False).active_content


TABLES: dict[str, bytes] = {
    "a field beyond every size": b"a" * 200_000 + b"\r\n",
    "a quotation mark that never ends": b'"' + b"a,b\r\n" * 60_000,
    "NUL": b"a\x00b,c\r\n",
    "one line of ten mebibytes": b"0" * (10 * MIB),
    "mixed line ends": b"a,b\r\nc,d\ne,f\r",
    "a mark of UTF-8 twice": b"\xef\xbb\xbf\xef\xbb\xbfa,b\r\n",
    "UTF-16": "a,b\r\n".encode("utf-16"),
    "ragged rows": b"a,b,c\r\n1\r\n1,2,3,4\r\n",
    "one heading twice": b"a,a\r\n1,2\r\n",
    "nothing": b"",
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_that_is_none_has_faults_or_no_layout(tools: Tools, name: str) -> None:
    file = next(each for each in shipped_files() if each.layout.layout == "registry_notice")
    found, _ = inspect_chunks(file, [TABLES[name]], "422011", tools)
    assert found.fault_count or not found.layout


def both(data: bytes, tools: Tools, *, rebuild: bool) -> tuple[Findings, Findings]:
    """The same look, twice."""
    return inspect_document(data, tools, rebuild=rebuild), inspect_document(data, tools, rebuild=rebuild)


@pytest.mark.parametrize("name", ["PDF and ZIP", "overlapping files", "a name with NUL", "GIF and JavaScript"])
def test_a_second_look_gives_the_same_verdict(tools: Tools, name: str) -> None:
    first, second = both(STOPPED[name][0](), tools, rebuild=False)
    assert first == second


def test_a_second_look_at_spoiled_bytes_gives_the_same_verdict(tools: Tools) -> None:
    chance = Random(5)
    for make in (image("GIF"), build(Entry(), Entry(name=b"b.csv")), nest(b"1,2\r\n", 2), b"a,b\r\n" * 20):
        for _ in range(25):
            data = bytearray(make)
            for _ in range(chance.randint(1, 4)):
                data[chance.randrange(len(data))] = chance.randrange(256)
            plain = Tools(rules=tools.rules)  # without the sandbox, so that many are quick
            first, second = both(bytes(data), plain, rebuild=False)
            assert first == second
