"""One line of a list of crossings, ready to be shown."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from sekisho.adapters.database.queries_rows import ParcelRow
from sekisho.web.components.chips import Chip, crossing_chip
from sekisho.web.components.vocabulary import DIRECTION_ICONS, DIRECTIONS, short_parcel, words_of
from sekisho.web.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossingLine:
    """A crossing in a list."""

    at: datetime
    parcel: str
    short_parcel: str
    tail: str
    url: str
    label: Words
    permit: str
    permit_url: str
    direction: Words
    direction_icon: str
    counterpart: Words
    records: int | None
    chip: Chip


def crossing_line(row: ParcelRow) -> CrossingLine:
    """A parcel's row with its words, links and chip."""
    return CrossingLine(
        at=row.at,
        parcel=row.parcel,
        short_parcel=short_parcel(row.parcel),
        tail=row.parcel.rpartition("-")[2],
        url=reverse("crossing", args=[row.parcel]),
        label=Words(row.label_ja, row.label_en),
        permit=row.permit,
        permit_url=reverse("permit", args=[row.permit]) if row.permit else "",
        direction=words_of(DIRECTIONS, row.direction),
        direction_icon=DIRECTION_ICONS.get(row.direction, "box"),
        counterpart=Words(row.counterpart_ja, row.counterpart_en),
        records=row.records,
        chip=crossing_chip(row.state),
    )
