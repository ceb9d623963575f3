"""The tags that templates use: bilingual text, icons, chips, dates. Everything they put in is escaped."""

from datetime import date, datetime
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from sekisho.web.components import dates, icons
from sekisho.web.components.chips import Chip
from sekisho.web.flowmap.placing import UNKNOWN
from sekisho.web.words import Words, english_is_chosen

register = template.Library()


@register.simple_tag
def t(ja: str, en: str, **values: Any) -> str:
    """A phrase in the reader's language, Japanese first; values are put in escaped."""
    return format_html(en if english_is_chosen() else ja, **values) if values else (en if english_is_chosen() else ja)


@register.simple_tag
def icon(name: str) -> SafeString:
    """A small line drawing."""
    return icons.icon(name)


@register.simple_tag
def chip(state: Chip) -> SafeString:
    """A state as icon and word."""
    return format_html('<span class="chip chip-{}">{}{}</span>', state.tone, icons.icon(state.icon), state.words)


@register.filter
def moment(value: datetime | str | None) -> str:
    """A moment written out in full; nothing for nothing."""
    return dates.long_moment(value) if value else ""


@register.filter
def short(value: datetime | str | None) -> str:
    """A moment as lists write it."""
    return dates.short_moment(value) if value else ""


@register.filter
def hour(value: datetime | str | None) -> str:
    """Only the time of day."""
    return dates.clock(value) if value else ""


@register.filter
def minute(value: datetime | str | None) -> str:
    """Hour and minute."""
    return dates.clock(value)[:5] if value else ""


@register.filter
def day(value: date | None) -> str:
    """A day written out in full."""
    return dates.long_day(value) if value else ""


@register.filter
def comma(value: int | None) -> str:
    """A whole number with a comma before every third digit."""
    return "" if value is None else f"{value:,}"


@register.filter
def era_year(value: int) -> str:
    """A year as the office writes it, with the other count beside it."""
    return dates.era_year(value)


@register.filter
def fingerprint(value: str) -> str:
    """The first and last letters of a digest, in groups of four; the whole stands in the details."""
    return f"{value[:4]} {value[4:8]} … {value[-4:]}" if len(value) > 12 else value  # noqa: PLR2004 - three groups of four


@register.filter
def known(value: str) -> str:
    """A fact; one that nobody knows stands out by weight, colour and its own word."""
    return format_html('<b class="unknown">{}</b>', value) if value.startswith(UNKNOWN) else value


@register.filter
def said(value: Words | str) -> str:
    """A phrase as text."""
    return str(value)
