"""The first look at a file: is it a file of records at all, in which encoding, and of which layout and version?

What is plainly something else is said in one sentence, and not in a thousand faults.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Final, NoReturn
from zoneinfo import ZoneInfo

from sekisho.adapters.layouts import OfficeShelf
from sekisho.adapters.scanners import sniff
from sekisho.kernel import SekishoError
from sekisho.records import Layout, first_records, guess_layouts, is_of

HEAD: Final = 1 << 16
_OFFICE_TIME: Final = ZoneInfo("Asia/Tokyo")
_SAVE_AS_CSV: Final = ("CSV で保存し直してください", "save it as CSV")
_ASK: Final = ("CSV のファイルを求めてください", "ask for the CSV file")
_KINDS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "application/zip": ("ZIP ファイルです。展開してから確かめてください", "a ZIP file; unpack it first"),
        "application/gzip": ("gzip ファイルです。展開してから確かめてください", "a gzip file; unpack it first"),
        "application/pdf": (f"PDF です。{_ASK[0]}", f"a PDF; {_ASK[1]}"),
        "application/x-ole-storage": (
            f"表計算ソフト(xls)か文書のファイルです。{_SAVE_AS_CSV[0]}",
            f"a spreadsheet (xls) or an office document; {_SAVE_AS_CSV[1]}",
        ),
        "text/html": (f"ウェブページです。{_ASK[0]}", f"a web page; {_ASK[1]}"),
        "text/xml": (f"XML です。{_ASK[0]}", f"XML; {_ASK[1]}"),
        "text/rtf": (f"リッチテキストの文書です。{_ASK[0]}", f"a rich-text document; {_ASK[1]}"),
        "image/png": (f"画像です。{_ASK[0]}", f"a picture; {_ASK[1]}"),
        "image/jpeg": (f"画像です。{_ASK[0]}", f"a picture; {_ASK[1]}"),
        "image/gif": (f"画像です。{_ASK[0]}", f"a picture; {_ASK[1]}"),
        "application/x-dosexec": ("プログラムです。開かないでください", "a program; do not open it"),
        "application/x-executable": ("プログラムです。開かないでください", "a program; do not open it"),
    }
)
_OFFICE_PARTS: Final = (
    (b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "表計算ソフト(ods)", "a spreadsheet (ods)"),
    (b"mimetypeapplication/vnd.oasis.opendocument", "文書作成ソフト(OpenDocument)", "an OpenDocument document"),
    (b"xl/", "表計算ソフト(xlsx)", "a spreadsheet (xlsx)"),
    (b"word/", "ワープロ(docx)", "a word-processor document (docx)"),
    # Every file of an office program names its parts; where the others lie may be further on than the first look.
    (b"[Content_Types].xml", "表計算ソフト(xlsx)かワープロ(docx)", "a spreadsheet (xlsx) or a document (docx)"),
)
_WIDE_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
_UTF_8_MARK: Final = b"\xef\xbb\xbf"
_JAPANESE: Final = (range(0x3000, 0xA000), range(0xFF00, 0xFFF0))
_LONGEST_CHARACTER: Final = 4
_MAIL_MARKS: Final = (b"\x1b$B", b"\x1b$@", b"\x1b(J", b"\x1b(I")
_EUC_PAIR: Final = re.compile(b"[\xa1-\xfe][\xa1-\xfe]")
_EUC_KANA_AND_SIGNS: Final = range(0xA1, 0xA6)
_COMMON: Final = 6  # kana and signs are at least one in so many characters of a text


def _sentence(path: Path, ja: str, en: str) -> SekishoError:
    """One sentence about a file, in Japanese and English."""
    return SekishoError(f"{path.name}: {ja} / {en}")


def _is_utf_8(head: bytes) -> bool:
    """Japanese text in UTF-8, the last character perhaps cut? Half-width kana of CP932 can look like it, kanji not."""
    for cut in range(_LONGEST_CHARACTER):
        try:
            text = head[: len(head) - cut].decode("utf-8")
        except UnicodeDecodeError:
            continue
        return any(ord(each) in letters for each in text for letters in _JAPANESE)
    return False


def _is_cp_932(head: bytes) -> bool:
    """Text in CP932, the last character perhaps cut?"""
    for cut in range(2):
        try:
            return not head[: len(head) - cut].decode("cp932").isascii()
        except UnicodeDecodeError:
            continue
    return False


def _reads_as(head: bytes, encoding: str) -> bool:
    """Can it be read in this encoding, the last character perhaps cut?"""
    for cut in range(_LONGEST_CHARACTER):
        try:
            head[: len(head) - cut].decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False


def _is_euc(head: bytes) -> bool:
    """Japanese in EUC-JP? Half-width kana of CP932 reads as rare kanji there, but hardly ever as kana or signs."""
    if head.isascii() or not _reads_as(head, "euc_jp"):
        return False
    pairs = _EUC_PAIR.findall(head)
    common = sum(pair[0] in _EUC_KANA_AND_SIGNS for pair in pairs)
    return common * _COMMON >= len(pairs) or not _reads_as(head, "cp932")


def _japanese_of_unix(head: bytes) -> str:
    """EUC-JP or the encoding of mail, in which older systems write Japanese; empty if it is neither."""
    if any(mark in head for mark in _MAIL_MARKS) and _reads_as(head, "iso2022_jp_ext"):
        return "ISO-2022-JP(JIS)"
    return "EUC-JP" if _is_euc(head) else ""


def _other_encoding(head: bytes, layout: Layout) -> str:
    """The encoding that a file is plainly in, if it is not that of the layout."""
    zeros = head.count(b"\x00")
    if head.startswith(_WIDE_MARKS) or zeros * 4 > len(head):
        return "UTF-16"
    if not _is_utf_8(head) and (found := _japanese_of_unix(head)):
        return found
    if layout.encoding.startswith("cp932"):
        if head.startswith(_UTF_8_MARK):
            return "UTF-8(BOM 付き / with a BOM)"
        return "UTF-8" if _is_utf_8(head) else ""
    unreadable = not _is_utf_8(head) and not head.isascii()
    return "Shift_JIS(CP932)" if unreadable and _is_cp_932(head) else ""


def refuse_empty(path: Path) -> NoReturn:
    """Say in one sentence that a file is empty.

    Raises:
        SekishoError: Always.

    """
    raise _sentence(path, "空のファイルです", "the file is empty")


def refuse_other_kinds(path: Path, head: bytes, layout: Layout) -> None:
    """Say in one sentence what a file is, if it is no file of records in the layout's encoding.

    Raises:
        SekishoError: With that sentence.

    """
    if not head:
        refuse_empty(path)
    kind = sniff(head)
    if kind == "application/zip":
        for part, ja, en in _OFFICE_PARTS:
            if part in head:
                raise _sentence(path, f"{ja}のファイルです。{_SAVE_AS_CSV[0]}", f"{en}; {_SAVE_AS_CSV[1]}")
    if kind in _KINDS:
        raise _sentence(path, *_KINDS[kind])
    if found := _other_encoding(head, layout):
        name = "Shift_JIS(CP932)" if layout.encoding.startswith("cp932") else layout.encoding.upper()
        ja = f"文字コードが {found} のようです。この様式は {name} です。{name} で保存し直してください"
        raise _sentence(path, ja, f"looks like {found}, and the layout is in {name}; save it in that encoding")
    if kind == "application/octet-stream":
        raise _sentence(
            path, "文字のファイルではありません。送り元に確かめてください", "not a text file; ask the sender"
        )


def refuse_other_layouts(path: Path, head: bytes, accepted: tuple[Layout, ...], office: OfficeShelf) -> None:
    """Say which layout a file is of, if it is of none of the accepted versions of the one that was named.

    Raises:
        SekishoError: With the layout that fits better, or that none fits.

    """
    first = first_records(head)
    likely = guess_layouts(office.shelf.layouts, first)
    named = accepted[0]
    if any(each.layout == named.layout for each in likely) or (
        not likely and any(is_of(each, first) for each in accepted)
    ):
        return
    if likely:
        other = likely[0]
        ja = f"{named.ja}({named.layout})ではなく、{other.ja}({other.layout})のファイルのようです"
        raise _sentence(path, ja, f"not {named.en} ({named.layout}); it looks like {other.en} ({other.layout})")
    ja = f"{named.ja}({named.layout})のファイルではなく、知っているどの様式とも合いません"
    raise _sentence(path, ja, f"not {named.en} ({named.layout}), and no layout that is known here fits")


def office_day() -> date:
    """Today by the office's clock."""
    return datetime.now(_OFFICE_TIME).date()


def look_at(pieces: Iterator[bytes]) -> tuple[bytes, list[bytes]]:
    """The first bytes of a file, and the pieces that were read for them."""
    held: list[bytes] = []
    for piece in pieces:
        held.append(piece)
        if sum(len(each) for each in held) >= HEAD:
            break
    return b"".join(held)[:HEAD], held
