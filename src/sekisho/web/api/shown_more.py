"""What the API answers of drafts, precedents, changes that are weighed, reports to meetings, terminals, documents."""

from datetime import date
from typing import Any

from ninja import Schema

from sekisho.web.api.shown import ChangeShown


class CommentShown(Schema):
    """What a resident said of a draft, under its number, and what was answered. Nobody's name is in it."""

    version: int
    opens_on: date
    closes_on: date
    comment: str
    text: str
    answer: str
    reflected: bool


class ObjectionShown(Schema):
    """What somebody who was present objected to."""

    person: str
    remark: str


class MinutesDraftShown(Schema):
    """The newest version as those who work on it see it: its text, the words to be removed, what would go out."""

    text: str
    words: list[str]
    redacted: str
    confirmed: list[str]
    checked: list[str]
    objections: list[ObjectionShown]


class PrecedentShown(Schema):
    """An earlier consultation to begin from, or to compare with, by its key."""

    key: str
    label_ja: str
    label_en: str


class WeighedShown(Schema):
    """What a change would be: field by field, how heavy, which arrows, which permits would wait. Nothing is written."""

    weight: str
    arrows: list[str]
    permits: list[str]
    changes: list[ChangeShown]


class ReportShown(Schema):
    """What a meeting was told beside its agenda; `heard` is false for the next one, which will be told this."""

    heard: bool
    conditions: list[dict[str, Any]]
    changes: list[dict[str, Any]]


class TerminalShown(Schema):
    """A terminal that may stand at the gate, and the digest of its certificate, if one is bound to it."""

    terminal: str
    label_ja: str
    label_en: str
    zone: str
    department: str
    fingerprint: str
    demo: bool


class DocumentShown(Schema):
    """A document as the screens give it: its name, its kind, its SHA-256, and its bytes in base64."""

    name: str
    kind: str
    sha256: str
    base64: str
