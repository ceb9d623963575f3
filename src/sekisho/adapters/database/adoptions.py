"""Adopting a layout of our own: who did it and which bytes, in the ledger of every municipality of this installation.

The entry is written before the file is in its place: a layout in use without its entry must not be possible.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sekisho.adapters.database.ledgers import append_entry
from sekisho.adapters.database.models import EntryRow, Person
from sekisho.adapters.database.municipalities import tenants
from sekisho.adapters.database.turns import writing
from sekisho.adapters.layouts import LayoutFile, draft_layout, own_folder, put_layout, weigh_layout
from sekisho.kernel import EntryKind, SekishoError, decode_entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Adoption:
    """Who adopted which bytes as a layout of our own, and when."""

    layout: str
    version: str
    sha256: str
    person: str
    at: str


def _entry(tenant: str, found: LayoutFile, person: str, at: datetime) -> dict[str, object]:
    """What the ledger says of a layout that was adopted."""
    return {
        "kind": str(EntryKind.LAYOUT_ADOPTED),
        "tenant": tenant,
        "at": at.isoformat(),
        "by": {"person": person},
        "layout": found.layout.layout,
        "version": found.layout.version,
        "sha256": found.sha256,
    }


def adopt_layout(body: bytes, name: str, person: str, at: datetime) -> LayoutFile:
    """Check a layout, write down who adopts it, and put it into the folder of our own layouts.

    Raises:
        RecordsError: The layout cannot be used, alone or beside the others.
        SekishoError: Nobody of that name is known here.

    """
    if not Person.objects.filter(username=person, is_active=True, tenant__isnull=False).exists():
        message = f"{person}: 登録された職員ではありません / nobody of that name is entered here"
        raise SekishoError(message)
    found = weigh_layout(body, name)
    draft, place = draft_layout(found, body, own_folder())
    try:
        with writing():
            for tenant in tenants():
                append_entry(tenant, _entry(tenant, found, person, at))
        put_layout(draft, place)
    finally:
        draft.unlink(missing_ok=True)
    return found


def _adoption(entry: Mapping[str, object]) -> Adoption:
    """An adoption as the ledger tells it."""
    by = entry.get("by")
    return Adoption(
        layout=str(entry["layout"]),
        version=str(entry["version"]),
        sha256=str(entry["sha256"]),
        person=str(by.get("person", "")) if isinstance(by, dict) else "",
        at=str(entry["at"]),
    )


def adoptions() -> dict[tuple[str, str, str], Adoption]:
    """The newest adoption of each layout, version and content, as the ledgers tell it."""
    # No parcel has it: so it is found among the acts, and not by walking the ledger.
    rows = EntryRow.objects.filter(parcel="", kind=EntryKind.LAYOUT_ADOPTED).order_by("id")
    found = (_adoption(decode_entry(bytes(body))) for body in rows.values_list("body", flat=True))
    return {(each.layout, each.version, each.sha256): each for each in found}
