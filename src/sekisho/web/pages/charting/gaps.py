"""What is still missing, each with the way to the field that mends it."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Final

from django.urls import reverse

from sekisho.kernel import Chart, Connection, Reason, Thing, id_of, thing_named
from sekisho.kernel.council import Dossier, PermitTerms, SafeguardKind, missing_beside, missing_in_papers
from sekisho.web.components.facts import Said
from sekisho.web.components.vocabulary import SAFEGUARDS, item_words
from sekisho.web.pages.charting.words import name_of, sort_of
from sekisho.web.pages.council.papers_words import FIELD_WORDS
from sekisho.web.words import Words

_MORE_WORDS: Final = {
    "label_ja": Words("名称", "Name"),
    "label_en": Words("名称（英語）", "Name (English)"),
    "badge": Words("図の記号（文字）", "Letter on the map"),
    "title_ja": Words("件名", "Title"),
    "title_en": Words("件名（英語）", "Title (English)"),
    "under_review": Words("審議の対象となる矢印", "An arrow under review"),
    "items": Words("データ項目", "Data items"),
    "item": Words("データ項目", "Data item"),
    "use": Words("使い道", "Use"),
    "ja": Words("名称", "Name"),
    "en": Words("名称（英語）", "Name (English)"),
    "written_as": Words("様式での記号", "Written as"),
    "source": Words("送り元", "From"),
    "target": Words("送り先", "To"),
    "via": Words("経由するネットワーク", "By network"),
    "number_columns": Words("個人番号の欄", "Columns of Individual Numbers"),
    "assessment": Words("特定個人情報保護評価", "Protection assessment"),
    "strip_unapproved": Words("承認外の項目を取り除く", "Unapproved items are taken out"),
    "safeguards": Words("安全の措置", "Safeguards"),
    "retention": Words("保管", "How long it is kept"),
    "sheet": Words("調書", "Sheet"),
    "terms": Words("通行証の条項", "Terms of the permit"),
    "counterpart": Words("相手先", "Counterpart"),
    "terminals": Words("端末", "Terminals"),
    "layouts": Words("様式", "Layouts"),
    "types": Words("ファイルの種類", "File types"),
    "bytes_at_most": Words("大きさの上限", "At most, bytes"),
    "records_at_most": Words("件数の上限", "At most, records"),
    "parcels_a_day": Words("一日の回数の上限", "Parcels a day"),
    "erase_within_hours": Words("削除までの時間", "Erased within, hours"),
    "contractor_keeps_days": Words("委託先での保存（日）", "Kept by the contractor, days"),
    "key_lent_hours": Words("鍵を貸し出す時間", "Key lent for, hours"),
    "not_before": Words("有効期間の始め", "Valid from"),
    "not_after": Words("有効期間の終わり", "Valid until"),
}
_BESIDE: Final = {
    "departments": Words("所属", "Departments"),
    "custodians": Words("管理する者", "Who holds it"),
    "operators": Words("使う者", "Who uses it"),
    "custodians, operators": Words("だれが管理し、だれが使うか", "Who holds it, and who uses it"),
    "shared_with: exception, exception_until": Words("共用の理由と終わる日", "Why it is shared, and until when"),
    "custodians: exception, exception_until": Words(
        "管理する者が使う理由と終わる日", "Why its holder uses it, and until when"
    ),
}
_TERMS: Final = {each.name for each in fields(PermitTerms)} - {"connection", "factors"}
_OF_ARROW: Final = {each.name for each in fields(Connection)} - {"connection"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One missing answer: of what, which, the way to its field, and whether the chart itself lacks it."""

    place: Said
    what: Said
    url: str
    drawn: bool


def thing_url(matter: str, thing: Thing, field: str = "") -> str:
    """The form of a thing on the chart, at one of its fields."""
    url = reverse("chart_thing", args=[matter, sort_of(thing).sort, id_of(thing)])
    return f"{url}#chart-{field}" if field else url


def field_words(what: str) -> Said:
    """What a field is called."""
    found = _MORE_WORDS.get(what) or FIELD_WORDS.get(what)
    return found or SAFEGUARDS.get(what) or item_words(what)


def _on_sheet(matter: str, arrow: Connection, inner: str, what: str) -> str:
    """The field of the dossier's form in which something is said about an arrow."""
    name = arrow.connection
    part, field = "", what
    if what in {*SafeguardKind, "safeguards"}:
        part, field = "-safety", f"guard.{what if what in set(SafeguardKind) else SafeguardKind.PERSONNEL}.text"
    elif what == "retention":
        part, field = "-safety", f"kept.{inner or arrow.source}.reason"
    elif inner:
        part, field = "-items", f"item.{inner}.{what}"
    return f"{reverse('matter_edit', args=[matter])}#sheet-{name}{part}-sheet.{name}.{field}"


def _of_arrow(matter: str, chart: Chart, reason: Reason) -> Gap | None:
    """A gap of an arrow: on the chart, on its sheet, or in the terms of its permit."""
    place, what = str(reason.facts["place"]), str(reason.facts["what"])
    name, _, inner = place.partition(".")
    arrow = chart.connection_named(name)
    if arrow is None:
        return None
    edit = reverse("matter_edit", args=[matter])
    if what in _TERMS:
        return Gap(
            place=name_of(arrow), what=field_words(what), url=f"{edit}#terms-{name}-terms.{name}.{what}", drawn=False
        )
    if not inner and what in _OF_ARROW:
        field = "item.1.ja" if what == "items" else what
        return Gap(place=name_of(arrow), what=field_words(what), url=thing_url(matter, arrow, field), drawn=True)
    end = thing_named(chart, inner) if inner else None
    more = name_of(end) if end else item_words(inner) if inner and inner != "safeguards" else ""
    said = Words(f"{name_of(arrow)}　{more}", f"{name_of(arrow)} {more}") if more else name_of(arrow)
    return Gap(place=said, what=field_words(what), url=_on_sheet(matter, arrow, inner, what), drawn=False)


def _of_chart(matter: str, chart: Chart, reason: Reason) -> Gap | None:
    """A gap of a network or a computer, or that no arrow is under review."""
    place, what = str(reason.facts["place"]), str(reason.facts["what"])
    if place == "chart":
        arrow = next(iter(chart.connections), None)
        new = reverse("chart_thing", args=[matter, "arrows", "new"])
        url = thing_url(matter, arrow, what) if arrow else new
        return Gap(place=Words("概要図", "The chart"), what=field_words(what), url=url, drawn=True)
    thing = chart.network_named(place) or chart.computer_named(place)
    if thing is None:
        return None
    return Gap(place=name_of(thing), what=field_words(what), url=thing_url(matter, thing, what), drawn=True)


def _custody_field(dossier: Dossier, place: str, what: str) -> tuple[Said, str]:
    """What a gap of the custody part is of, and the name of its field in the form."""
    for number, login in enumerate(dossier.credentials, 1):
        if place in {login.credential, f"{login.credential}.exception_until"}:
            first = what.partition(":")[0] if place == login.credential else "exception_until"
            return Words(f"資格情報（{place}）", f"Credential ({place})"), f"login.{number}.{first}"
    for number, note in enumerate(dossier.notes, 1):
        if place == f"annex.notes[{note.note}]" or what in note.on.split("/"):
            return Words("つながらない経路", "What is not joined"), f"note.{number}.on"
    device = place.removeprefix("annex.computers[").removesuffix("]")
    if device != place:
        return Words(f"機器（{device}）", f"Device ({device})"), f"device.{device}.{what}"
    return Words("資格情報・機器・つながらない経路", "Credentials, devices, what is not joined"), "login.1.credential"


def _of_custody(matter: str, dossier: Dossier) -> Iterator[Gap]:
    """Every gap of custody, devices and what is said not to be joined, with the way to its field."""
    for reason in missing_beside(dossier):
        place, what = (str(reason.facts.get(name, "")) for name in ("place", "what"))
        said, field = _custody_field(dossier, place or str(reason.facts.get("where", "")), what)
        url = f"{reverse('matter_edit', args=[matter])}#custody-{field}"
        words = _BESIDE.get(what) or (field_words(what) if place.startswith("annex.computers[") else what)
        yield Gap(place=said, what=words, url=url, drawn=False)


def gaps_of(matter: str, dossier: Dossier, terms: tuple[PermitTerms, ...]) -> Iterator[Gap]:
    """Everything that is missing in the papers of a matter, in the order of the form."""
    chart, beside = dossier.chart, missing_beside(dossier)
    for reason in missing_in_papers(dossier, terms):
        if reason in beside:
            continue
        found = _of_chart(matter, chart, reason) or _of_arrow(matter, chart, reason)
        what = str(reason.facts["what"])
        front = f"{reverse('matter_edit', args=[matter])}#front-front.{what}"
        yield found or Gap(place=Words("諮問の概要", "Front page"), what=field_words(what), url=front, drawn=False)
    yield from _of_custody(matter, dossier)
