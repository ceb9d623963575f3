"""Donations in figures: by portal, by prefecture, by month; counts and amounts, and nobody's name."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Sum
from django.db.models.functions import ExtractMonth

from sekisho.adapters.donations.areas import reading_in
from sekisho.adapters.donations.models import DonationRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One line of figures: what it is about, how many donations, how many yen."""

    what: str | int
    count: int
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """A year of an area in figures."""

    year: int
    years: tuple[int, ...]
    total: Figure
    portals: tuple[Figure, ...]
    prefectures: tuple[Figure, ...]
    months: tuple[Figure, ...]


def _lines(found: Iterable[Mapping[str, Any]], name: str, read: Callable[[Any], str | int]) -> tuple[Figure, ...]:
    """Lines of figures."""
    return tuple(Figure(what=read(each[name]), count=each["count"], amount=each["sum"] or 0) for each in found)


def figures_of(area: str, year: int) -> Figures:
    """The paid donations of a year in figures; the year is that of payment."""
    with reading_in(area):
        every = DonationRow.objects.filter(tenant_id=area, year__isnull=False)
        years = tuple(every.values_list("year", flat=True).distinct().order_by("-year"))
        rows = every.filter(year=year).order_by()
        counts = {"count": Count("id"), "sum": Sum("amount")}
        total = rows.aggregate(**counts)
        months = rows.annotate(month=ExtractMonth("paid_on")).values("month").annotate(**counts).order_by("month")
        return Figures(
            year=year,
            years=tuple(each for each in years if each is not None),
            total=Figure(what=year, count=total["count"], amount=total["sum"] or 0),
            portals=_lines(rows.values("portal").annotate(**counts).order_by("portal"), "portal", str),
            prefectures=_lines(rows.values("prefecture").annotate(**counts).order_by("prefecture"), "prefecture", int),
            months=_lines(months, "month", int),
        )
