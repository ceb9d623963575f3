"""The keys by which donations are compared: made from the opened values in memory, written only as HMACs."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from sekisho.adapters.database.sealing import Seals
from sekisho.adapters.donations.models import DonationRow
from sekisho.adapters.donations.models.donations import SEARCH_LENGTH
from sekisho.adapters.donations.sealed_donations import open_donation, subject_of
from sekisho.adapters.linkage import place_book
from sekisho.business.hometown_donations.linkage import COLUMNS, Donor, DonorKeys, NameKeys, make_keys

HIDDEN: Final = tuple(each for each in COLUMNS if each != "sex")
"""What is kept of a donation to compare it by. Sex is not: no rule needs it."""
_PARTS: Final = ("prefecture", "city", "street", "building")


def donation_id(number: int) -> str:
    """A donation's number as linking names it: texts in the order of the numbers."""
    return f"{number:012d}"


def donor_of_record(number: int, values: Mapping[str, str]) -> Donor:
    """The donor's side of a donation's opened values; the recipient of the gift plays no part."""
    given = {name: values.get(name, "") for name in ("name", "kana", "postcode", "telephone", "mail", "birth")}
    address = " ".join(values[part] for part in _PARTS if values.get(part))
    return Donor(donation=donation_id(number), address=address, **given)


def hide(seals: Seals, keys: DonorKeys) -> DonorKeys:
    """The same keys as HMACs: equal where they were equal, unreadable otherwise."""
    hidden = {
        each: seals.search_key(f"link-{each}/{value}")[:SEARCH_LENGTH]
        for each in HIDDEN
        if (value := getattr(keys, each))
    }
    return replace(keys, **{**dict.fromkeys(COLUMNS, ""), **hidden})


def name_birth_key(seals: Seals, keys: DonorKeys) -> str:
    """The key of name and birth date together, if both are known."""
    if not keys.name or not keys.birth:
        return ""
    return seals.search_key(f"link-name-birth/{keys.name}/{keys.birth}")[:SEARCH_LENGTH]


class OpenedNames:
    """Keys in clear, opened in memory for those donations that equality alone cannot judge, and let go with it."""

    def __init__(self, area: str, seals: Seals) -> None:
        self._area, self._seals = area, seals
        self._keys: dict[int, DonorKeys] = {}

    def open(self, rows: Iterable[tuple[int, str, Any]]) -> list[DonorKeys]:
        """Open donations (number, order's search key, sealed values); their keys in clear."""
        waiting = list(rows)
        self._seals.prepare(subject_of(order) for _, order, _ in waiting)
        found = []
        for number, order, sealed in waiting:
            values: dict[str, Any] = open_donation(self._seals, order, bytes(sealed))
            self._keys[number] = make_keys(donor_of_record(number, values), place_book())
            found.append(self._keys[number])
        return found

    def load(self, numbers: Iterable[int]) -> None:
        """Open those of these donations that are not open yet."""
        missing = [number for number in numbers if number not in self._keys]
        rows = DonationRow.objects.filter(tenant_id=self._area, pk__in=missing, erased_at__isnull=True)
        self.open(rows.values_list("id", "order_search", "sealed"))

    def name(self, number: int) -> NameKeys:
        """The name on one donation; nothing if it is erased."""
        if number not in self._keys:
            self.load([number])
        keys = self._keys.get(number)
        if keys is None:
            return NameKeys(name="", surname="", given="", kana="", given_kana="")
        return NameKeys(
            name=keys.name, surname=keys.surname, given=keys.given, kana=keys.kana, given_kana=keys.given_kana
        )
