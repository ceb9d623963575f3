"""The fixed-property-tax ledger's rows: entering, finding many at once, reading for the price notices."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from sekisho.adapters.database.models import PropertyRow
from sekisho.adapters.database.property_facts import property_from_data, property_to_data
from sekisho.adapters.database.sealing import Seals
from sekisho.adapters.database.turns import writing
from sekisho.business.registry_notices import Property

BATCH: Final = 500


def place_of(search: str, version: int) -> str:
    """Where a property's sealed values belong."""
    return f"property/{search}/{version}"


def make_row(tenant: str, each: Property, seals: Seals, version: int = 1) -> PropertyRow:
    """A row for a property; its subject's key must be prepared."""
    search = seals.search_key(each.key)
    return PropertyRow(
        tenant_id=tenant,
        search=search,
        subject=search,
        kind=each.kind,
        active=each.active,
        version=version,
        last_reception=each.last_reception,
        price=each.price,
        fiscal_year=each.fiscal_year,
        sealed=seals.seal(search, place_of(search, version), property_to_data(each)),
    )


def enter_properties(tenant: str, properties: Iterable[Property]) -> int:
    """Enter a whole ledger; a property that is there already stays as it is."""
    seals, entered = Seals(tenant), 0
    for group in _groups(properties):
        seals.prepare(seals.search_key(each.key) for each in group)
        rows = [make_row(tenant, each, seals) for each in group]
        with writing():
            PropertyRow.objects.bulk_create(rows, ignore_conflicts=True, batch_size=BATCH)
        entered += len(rows)
    return entered


def _groups(properties: Iterable[Property]) -> Iterator[list[Property]]:
    """So many at a time."""
    group: list[Property] = []
    for each in properties:
        group.append(each)
        if len(group) == BATCH:
            yield group
            group = []
    if group:
        yield group


def open_row(row: PropertyRow, seals: Seals) -> Property:
    """The property of a row."""
    return property_from_data(seals.open(row.subject, place_of(row.search, row.version), bytes(row.sealed)))


def find_properties(tenant: str, keys: Sequence[str], seals: Seals) -> dict[str, Property]:
    """The properties of these keys, those that the ledger knows, by key."""
    found: list[Property] = []
    searches = [seals.search_key(key) for key in keys]
    for first in range(0, len(searches), BATCH):
        rows = PropertyRow.objects.filter(tenant_id=tenant, search__in=searches[first : first + BATCH])
        sealed = list(rows.values_list("subject", "search", "version", "sealed"))
        seals.prepare(subject for subject, *_ in sealed)
        for subject, search, version, values in sealed:
            found.append(property_from_data(seals.open(subject, place_of(search, version), bytes(values))))
    return {each.key: each for each in found}


class KnownProperties:
    """The ledger of one municipality, as a batch of documents is compared with it: each property is opened once."""

    def __init__(self, tenant: str) -> None:
        self.tenant = tenant
        self.seals = Seals(tenant)
        self._known: dict[str, Property | None] = {}

    def find(self, keys: Sequence[str]) -> dict[str, Property]:
        """The properties of these keys, those that the ledger knows, by key."""
        if wanted := [key for key in keys if key not in self._known]:
            self._known.update(dict.fromkeys(wanted) | find_properties(self.tenant, wanted, self.seals))
        return {key: known for key in keys if (known := self._known[key]) is not None}


def read_priced(tenant: str, fiscal_year: int) -> Iterator[Property]:
    """The properties with a price for this fiscal year, in the order in which they were entered."""
    seals = Seals(tenant)
    rows = PropertyRow.objects.filter(tenant_id=tenant, fiscal_year=fiscal_year, active=True).order_by("id")
    for row in rows.iterator(chunk_size=BATCH):
        yield open_row(row, seals)
