"""A matter as the list of consultations shows it."""

from dataclasses import dataclass

from django.urls import reverse

from sekisho.adapters.database.queries_council import MatterRow
from sekisho.web.components.chips import Chip
from sekisho.web.pages.deliberation.words import matter_chip, number_of
from sekisho.web.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterLine:
    """A matter in the list."""

    number: Words
    url: str
    title: Words
    department: Words
    chip: Chip


def matter_line(row: MatterRow) -> MatterLine:
    """S-200: one matter."""
    return MatterLine(
        number=number_of(row.consultation),
        url=reverse("matter", args=[row.matter]),
        title=Words(row.label_ja, row.label_en),
        department=Words(row.department_ja, row.department_en),
        chip=matter_chip(row.state),
    )
