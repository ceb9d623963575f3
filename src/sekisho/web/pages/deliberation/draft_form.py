"""The form of S-205 起案: what a drafter writes about the front page, each arrow, its items, its terms."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sekisho.adapters.database.council_papers import Paper
from sekisho.kernel.council import (
    ConnectionSheet,
    Dossier,
    Feasibility,
    PermitTerms,
    Retention,
    Safeguard,
    SafeguardKind,
)
from sekisho.web.components.act_forms import AREA, NUMBER, SELECT, FormField, pick
from sekisho.web.components.facts import Said
from sekisho.web.components.vocabulary import SAFEGUARDS, item_words, words_of
from sekisho.web.pages.charting.words import YES_NO
from sekisho.web.pages.deliberation.contractors import CONTRACTORS, contractor_fields
from sekisho.web.pages.deliberation.custody_part import CUSTODY, custody_fields
from sekisho.web.pages.deliberation.words import FEASIBILITIES, REGIME_WORDS
from sekisho.web.words import Words

FRONT: Final = (
    ("title_ja", Words("件名", "Title (Japanese)")),
    ("title_en", Words("件名（英語）", "Title (English)")),
    ("purpose", Words("目的", "Purpose")),
    ("before", Words("これまでの方法", "Until now")),
    ("after", Words("これからの方法", "From now on")),
    ("planned_changes", Words("予定する変更", "Planned changes")),
    ("already_in_use_since", Words("既に使っている場合はその時期", "In use since")),
)
SHEET: Final = (
    ("purpose", Words("目的", "Purpose")),
    ("function", Words("機能", "Function")),
    ("trigger", Words("きっかけ", "Trigger")),
)
LISTS: Final = (
    ("subjects", Words("対象者（一行に一つ）", "Subjects (one a line)")),
    ("operators", Words("操作者（一行に一人）", "Operators (one a line)")),
    ("factors", Words("本人確認の手段（一行に一つ）", "Means of sign-in (one a line)")),
)
ITEM: Final = (
    ("necessity", Words("必要な理由", "why it is needed")),
    ("legal_basis", Words("根拠", "legal ground")),
    ("alternative", Words("検討した代替", "considered instead")),
)
TERM_LISTS: Final = (
    ("terminals", Words("端末（一行に一台）", "Terminals (one a line)")),
    ("layouts", Words("様式（一行に一つ）", "Layouts (one a line)")),
    ("types", Words("ファイルの種類（一行に一つ）", "File types (one a line)")),
)
TERM_NUMBERS: Final = (
    ("bytes_at_most", Words("大きさの上限（バイト）", "At most, bytes")),
    ("records_at_most", Words("件数の上限", "At most, records")),
    ("parcels_a_day", Words("一日の回数の上限", "At most, parcels a day")),
    ("erase_within_hours", Words("削除までの時間", "Erased within, hours")),
    ("contractor_keeps_days", Words("委託先での保存（日、なければ0）", "Kept by the contractor, days (0: not said)")),
    (
        "key_lent_hours",
        Words("鍵を貸し出す時間（貸し出さなければ0）", "Key lent to the contractor, hours (0: not lent)"),
    ),
)
TERM_TEXTS: Final = (
    ("counterpart", Words("相手先", "Counterpart")),
    ("not_before", Words("有効期間の始め", "Valid from")),
    ("not_after", Words("有効期間の終わり", "Valid until")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Fields that belong together."""

    key: str
    title: Said
    fields: tuple[FormField, ...]


def _field(name: str, words: Said, value: object, kind: str = "text") -> FormField:
    """One field; a draft may leave it empty."""
    text = "\n".join(value) if isinstance(value, tuple) else str(value)
    return FormField(name=name, words=words, value=text, kind=kind, required=False)


def _front_fields(dossier: Dossier) -> Iterator[FormField]:
    """The front page."""
    for name, words in FRONT:
        long = name in {"purpose", "before", "after"}
        yield _field(f"front.{name}", words, getattr(dossier, name), AREA if long else "text")
    options = pick(("", Words("（選ぶ）", "(choose)")), *REGIME_WORDS.items(), chosen=dossier.regime)
    yield FormField(name="front.regime", words=Words("手続", "Procedure"), kind=SELECT, choices=options, required=False)


def _sheet_fields(sheet: ConnectionSheet) -> Iterator[FormField]:
    """One arrow: its texts, numbers and lists."""
    at = f"sheet.{sheet.connection}"
    for name, words in SHEET:
        yield _field(f"{at}.{name}", words, getattr(sheet, name))
    yield _field(f"{at}.parcels_a_year", Words("年間の回数", "Parcels a year"), sheet.parcels_a_year, NUMBER)
    yield _field(f"{at}.records_a_year", Words("年間の件数", "Records a year"), sheet.records_a_year, NUMBER)
    for name, words in LISTS:
        yield _field(f"{at}.{name}", words, getattr(sheet, name), AREA)


def _item_fields(sheet: ConnectionSheet) -> Iterator[FormField]:
    """Why each data item is needed."""
    at = f"sheet.{sheet.connection}"
    for use in sheet.items:
        for name, words in ITEM:
            yield _field(f"{at}.item.{use.item}.{name}", f"{item_words(use.item)}：{words}", getattr(use, name))
        options = pick(*YES_NO.items(), chosen="yes" if use.individual_number else "no")
        label = f"{item_words(use.item)}：{Words('個人番号か', 'an Individual Number?')}"
        name = f"{at}.item.{use.item}.individual_number"
        yield FormField(name=name, words=label, kind=SELECT, choices=options, required=False)


def _safety_fields(sheet: ConnectionSheet, ends: tuple[str, ...]) -> Iterator[FormField]:
    """Where copies are kept, and the safeguards."""
    at = f"sheet.{sheet.connection}"
    for kept in kept_lines(sheet, ends):
        yield from _kept_fields(f"{at}.kept.{kept.place}", kept)
    for guard in guard_lines(sheet):
        yield from _guard_fields(f"{at}.guard.{guard.safeguard}", guard)


def _kept_fields(at: str, kept: Retention) -> Iterator[FormField]:
    """How long a copy is kept at one place."""
    yield _field(f"{at}.hours", f"{kept.place}：{Words('保管する時間', 'kept for hours')}", kept.hours, NUMBER)
    yield _field(f"{at}.reason", f"{kept.place}：{Words('理由', 'why')}", kept.reason)
    yield _field(f"{at}.method", f"{kept.place}：{Words('消し方', 'how it is erased')}", kept.method)


def _guard_fields(at: str, guard: Safeguard) -> Iterator[FormField]:
    """One safeguard, and how real it is."""
    kind = words_of(SAFEGUARDS, guard.kind)
    yield _field(f"{at}.text", f"{kind}：{Words('安全の措置', 'safeguard')}", guard.text)
    options = pick(*FEASIBILITIES.items(), chosen=guard.feasibility)
    label = f"{kind}：{Words('実施の状況', 'how real')}"
    yield FormField(name=f"{at}.feasibility", words=label, kind=SELECT, choices=options, required=False)


def kept_lines(sheet: ConnectionSheet, ends: tuple[str, ...]) -> tuple[Retention, ...]:
    """What is said of each place, and a blank line for both ends of the arrow."""
    known = {each.place for each in sheet.retention}
    blank = (Retention(place=end, hours=0, reason="", method="") for end in ends if end not in known)
    return (*sheet.retention, *blank)


def guard_lines(sheet: ConnectionSheet) -> tuple[Safeguard, ...]:
    """The safeguards, and a blank line for each kind that has none."""
    known = {each.kind for each in sheet.safeguards}
    blank = (
        Safeguard(safeguard=str(kind), kind=kind, text="", feasibility=Feasibility.CAN)
        for kind in SafeguardKind
        if kind not in known
    )
    return (*sheet.safeguards, *blank)


def _term_fields(terms: PermitTerms) -> Iterator[FormField]:
    """The terms of a permit."""
    at = f"terms.{terms.connection}"
    for name, words in TERM_TEXTS:
        yield _field(f"{at}.{name}", words, getattr(terms, name))
    for name, words in TERM_LISTS:
        yield _field(f"{at}.{name}", words, getattr(terms, name), AREA)
    for name, words in TERM_NUMBERS:
        yield _field(f"{at}.{name}", words, getattr(terms, name), NUMBER)


def ends_of(dossier: Dossier, connection: str) -> tuple[str, ...]:
    """Both ends of an arrow."""
    arrow = dossier.chart.connection_named(connection)
    return (arrow.source, arrow.target) if arrow else ()


def _label(dossier: Dossier, connection: str) -> Said:
    """What an arrow is called."""
    arrow = dossier.chart.connection_named(connection)
    return f"{arrow.badge}　{Words(arrow.label_ja, arrow.label_en)}" if arrow else connection


def _sheet_sections(dossier: Dossier, sheet: ConnectionSheet) -> Iterator[Section]:
    """The parts of the form that are about one arrow."""
    key, label = f"sheet-{sheet.connection}", _label(dossier, sheet.connection)
    items = f"{label}　{Words('項目', 'data items')}"
    safety = f"{label}　{Words('保管と安全の措置', 'keeping and safeguards')}"
    yield Section(key=key, title=label, fields=tuple(_sheet_fields(sheet)))
    yield Section(key=f"{key}-items", title=items, fields=tuple(_item_fields(sheet)))
    fields = tuple(_safety_fields(sheet, ends_of(dossier, sheet.connection)))
    yield Section(key=f"{key}-safety", title=safety, fields=fields)


def draft_sections(paper: Paper) -> tuple[Section, ...]:
    """The whole form, filled in as far as the draft goes."""
    dossier = paper.dossier
    front = Section(key="front", title=Words("諮問の概要", "Front page"), fields=tuple(_front_fields(dossier)))
    terms = (
        Section(
            key=f"terms-{each.connection}",
            title=f"{Words('通行証の条項', 'Terms of the permit')}　{_label(dossier, each.connection)}",
            fields=tuple(_term_fields(each)),
        )
        for each in paper.terms
    )
    sheets = (part for each in dossier.sheets for part in _sheet_sections(dossier, each))
    contractors = Section(key="contractors", title=CONTRACTORS, fields=tuple(contractor_fields(dossier)))
    custody = Section(key="custody", title=CUSTODY, fields=tuple(custody_fields(dossier)))
    return (front, contractors, custody, *sheets, *terms)
