"""Marks (検査の指摘): what inspection has to say of the bytes themselves, whatever the permit approves.

A mark either stops a parcel for good, or says that it could not be judged. What could not be judged is held, never
taken for clean. A mark holds a code, a place inside the parcel as a number, and never a name or a value.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from sekisho.kernel.errors import Reason, ReasonCode, because


class InspectionKind(StrEnum):
    """What a machine can look for; a permit may demand any of it. Stored values are never renamed and never reused."""

    TYPE = "type"
    STRUCTURE = "structure"
    RECORDS = "records"
    INDIVIDUAL_NUMBERS = "individual_numbers"
    ACTIVE_CONTENT = "active_content"
    LIBMAGIC = "libmagic"
    ARCHIVES = "archives"
    CANARIES = "canaries"
    RULES = "rules"
    CLAMD = "clamd"
    SANDBOX = "sandbox"
    PEOPLE_LISTS = "people_lists"


class MarkCode(StrEnum):
    """What inspection can say of the bytes. Stored values are never renamed and never reused."""

    ARCHIVE_RATIO = "archive_ratio"
    ARCHIVE_SIZE = "archive_size"
    ARCHIVE_COUNT = "archive_count"
    ARCHIVE_DEPTH = "archive_depth"
    ARCHIVE_ENCRYPTED = "archive_encrypted"
    ARCHIVE_METHOD = "archive_method"
    ARCHIVE_DAMAGED = "archive_damaged"
    DOCUMENT_ENCRYPTED = "document_encrypted"
    DOCUMENT_DAMAGED = "document_damaged"
    DOCUMENT_TOO_HEAVY = "document_too_heavy"
    IMAGE_TOO_LARGE = "image_too_large"
    TOO_LARGE_TO_INSPECT = "too_large_to_inspect"
    KIND_NOT_INSPECTED = "kind_not_inspected"
    TEXT_NOT_READ = "text_not_read"
    NO_SANDBOX = "no_sandbox"
    SCANNER_SILENT = "scanner_silent"
    SCANNER_LIMIT = "scanner_limit"
    RULES_SILENT = "rules_silent"
    ARCHIVE_OVERLAP = "archive_overlap"
    ARCHIVE_LIES = "archive_lies"
    ARCHIVE_LINK = "archive_link"
    NAME_HIDES = "name_hides"
    NAME_ESCAPES = "name_escapes"
    NAME_RESERVED = "name_reserved"
    NAME_TWICE = "name_twice"
    NAME_TOO_LONG = "name_too_long"
    NAME_NOT_READ = "name_not_read"
    NAME_DIFFERS = "name_differs"
    TYPE_DISAGREES = "type_disagrees"
    TWO_KINDS = "two_kinds"
    MALWARE = "malware"
    RULE_MATCHED = "rule_matched"


_HELD: Final[Mapping[MarkCode, tuple[str, str]]] = MappingProxyType(
    {
        MarkCode.ARCHIVE_RATIO: ("圧縮率が検査の上限を超えています", "it unpacks to too many times its size"),
        MarkCode.ARCHIVE_SIZE: ("展開後の大きさが検査の上限を超えています", "it is too large when unpacked"),
        MarkCode.ARCHIVE_COUNT: ("書庫の中のファイルが多すぎます", "the archive holds too many files"),
        MarkCode.ARCHIVE_DEPTH: ("書庫の入れ子が深すぎます", "archives lie inside archives too deeply"),
        MarkCode.ARCHIVE_ENCRYPTED: ("書庫が暗号化されています", "the archive is encrypted"),
        MarkCode.ARCHIVE_METHOD: (
            "書庫の圧縮方式を展開できません",
            "it is packed in an unknown way",
        ),
        MarkCode.ARCHIVE_DAMAGED: ("書庫が壊れています", "the archive is damaged"),
        MarkCode.DOCUMENT_ENCRYPTED: ("文書にパスワードがかかっています", "the document is locked with a password"),
        MarkCode.DOCUMENT_DAMAGED: ("文書を読み取れません", "the document cannot be read"),
        MarkCode.DOCUMENT_TOO_HEAVY: (
            "決められた時間とメモリで検査を終えられません",
            "it cannot be inspected in the time and memory allowed",
        ),
        MarkCode.IMAGE_TOO_LARGE: ("画像の画素数が上限を超えています", "the image has too many pixels"),
        MarkCode.TOO_LARGE_TO_INSPECT: (
            "丸ごと検査できる大きさを超えています",
            "too large to be inspected whole",
        ),
        MarkCode.KIND_NOT_INSPECTED: ("検査のしかたを知らない種類です", "nobody here knows how to inspect this kind"),
        MarkCode.TEXT_NOT_READ: (
            "文字として読み取れない部分があります",
            "a text in it cannot be read",
        ),
        MarkCode.NO_SANDBOX: (
            "文書を安全に開く隔離環境(bubblewrap)がこの機械にありません",
            "this machine has no sandbox (bubblewrap) in which documents may be opened",
        ),
        MarkCode.SCANNER_SILENT: ("ウイルス検査が答えませんでした", "the virus scanner did not answer"),
        MarkCode.SCANNER_LIMIT: ("ウイルス検査の上限を超えています", "it exceeds what the virus scanner looks through"),
        MarkCode.RULES_SILENT: ("検知規則による検査を終えられません", "the detection rules could not be applied"),
    }
)
_STOPPED: Final[Mapping[MarkCode, tuple[str, str]]] = MappingProxyType(
    {
        MarkCode.ARCHIVE_OVERLAP: ("書庫の中のファイルが重なっています", "files in the archive overlap"),
        MarkCode.ARCHIVE_LIES: ("書庫の目次と中身が一致しません", "the archive's directory and its content disagree"),
        MarkCode.ARCHIVE_LINK: ("書庫にリンクが含まれています", "the archive holds a link"),
        MarkCode.NAME_HIDES: ("ファイル名に見えない文字があります", "a file name holds characters that hide something"),
        MarkCode.NAME_ESCAPES: ("ファイル名が書庫の外を指しています", "a file name points outside the archive"),
        MarkCode.NAME_RESERVED: ("ファイル名が機器の名前です", "a file name is the name of a device"),
        MarkCode.NAME_TWICE: ("同じに見えるファイル名が二つあります", "two file names look the same"),
        MarkCode.NAME_TOO_LONG: ("ファイル名が長すぎます", "a file name is too long"),
        MarkCode.NAME_NOT_READ: ("ファイル名の文字コードがわかりません", "a file name cannot be read"),
        MarkCode.NAME_DIFFERS: (
            "ファイル名の拡張子と中身の種類が違います",
            "a file name and its content disagree",
        ),
        MarkCode.TYPE_DISAGREES: (
            "名乗っている種類と中身の構造が違います",
            "it is not built as what it claims to be",
        ),
        MarkCode.TWO_KINDS: ("一つのファイルが二つの種類として読めます", "one file can be read as two kinds"),
        MarkCode.MALWARE: ("ウイルス検査が反応しました", "the virus scanner objects"),
        MarkCode.RULE_MATCHED: ("検知規則に一致しました", "a detection rule matches"),
    }
)
WORDS_OF_MARKS: Final[Mapping[MarkCode, tuple[str, str]]] = MappingProxyType({**_HELD, **_STOPPED})
"""Every mark in Japanese and English."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Mark:
    """One thing to say: what, where (the number of the part, as in 2 or 2.1; nothing for the whole), which rule."""

    code: MarkCode
    place: str = ""
    detail: str = ""

    @property
    def holds(self) -> bool:
        """Could it not be judged, so that somebody has to look?"""
        return self.code in _HELD

    def reason(self) -> Reason:
        """The mark as a reason why the parcel does not go on."""
        ja, en = WORDS_OF_MARKS[self.code]
        code = ReasonCode.NOT_SCANNABLE if self.holds else ReasonCode.HARMFUL
        place = self.place or "-"
        return because(code, mark=self.code, what_ja=ja, what_en=en, place=place, detail=self.detail or "-")


@dataclass(frozen=True, slots=True, kw_only=True)
class CanaryFound:
    """Registered canary records of another municipality that were found in this parcel: whose, and how many."""

    municipality: str
    count: int
