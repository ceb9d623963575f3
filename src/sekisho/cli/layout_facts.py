"""What the command line says of a layout: its versions and days, its fields, where its file comes from."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from sekisho.adapters.layouts import OWN, LayoutFile, OfficeShelf
from sekisho.records import Field, Layout

if TYPE_CHECKING:  # Django's tables can be imported only after it was made ready
    from sekisho.adapters.database.adoptions import Adoption

MARKS: Final[Mapping[str, str]] = MappingProxyType(
    {"official": "公表 / official", "reconstructed": "復元 / reconstructed", "local": "独自 / local"}
)
ORIGINS: Final[Mapping[str, str]] = MappingProxyType({"shipped": "同梱 / shipped", OWN: "当団体 / our own"})
Adoptions = Mapping[tuple[str, str, str], "Adoption"]


def adoptions_known(office: OfficeShelf) -> Adoptions:
    """Who adopted our own layouts, as the ledger tells; the database is opened only if there are such layouts."""
    if not any(each.layout.origin == OWN for each in office.files):
        return {}
    from sekisho.bootstrap.adoption import known_adoptions

    return known_adoptions()


def _day(day: date | None) -> str | None:
    """A day for machines; `open` if it is not said until when."""
    if day is None:
        return None
    return "open" if day == date.max else day.isoformat()


def _adopted(found: LayoutFile, known: Adoptions) -> dict[str, str] | None:
    """Who adopted a layout and when; nothing if it is shipped, or if the ledger does not know."""
    adoption = known.get((found.layout.layout, found.layout.version, found.sha256))
    return None if adoption is None else {"person": adoption.person, "at": adoption.at}


def layout_facts(found: LayoutFile, known: Adoptions) -> dict[str, object]:
    """A layout without its fields."""
    layout = found.layout
    return {
        "layout": layout.layout,
        "version": layout.version,
        "ja": layout.ja,
        "en": layout.en,
        "confidence": str(layout.confidence),
        "source": layout.source,
        "effective_from": layout.effective_from.isoformat(),
        "effective_until": _day(layout.effective_until),
        "grace_until": _day(layout.grace_until),
        "encoding": layout.encoding,
        "fields": len(layout.fields),
        "origin": layout.origin,
        "file": found.name,
        "sha256": found.sha256,
        "adopted": _adopted(found, known),
    }


def field_facts(layout: Layout, field: Field) -> dict[str, object]:
    """One field of a layout, for machines."""
    return {
        "no": field.no or layout.column_of(field.name),
        "name": field.name,
        "header": field.header,
        "item": field.item,
        "type": str(field.type),
        "min": field.min,
        "max": field.max,
        "codes": list(field.codes),
        "required": field.required,
        "class": str(field.data_class),
        "note": field.note,
    }


def origin_words(found: LayoutFile, known: Adoptions) -> str:
    """Where a layout comes from, and who made it ours."""
    words = ORIGINS.get(found.layout.origin, found.layout.origin)
    if found.layout.origin != OWN:
        return words
    adopted = _adopted(found, known)
    who = f"{adopted['at'][:10]} {adopted['person']}" if adopted else "記録簿に採用の記録なし / not in the ledger"
    return f"{words}: {who}"


def version_words(layout: Layout) -> str:
    """Between which days a version holds."""
    until = layout.effective_until.isoformat() if layout.effective_until else ""
    return f"{layout.version} ({layout.effective_from.isoformat()}〜{until})"
