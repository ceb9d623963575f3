"""Small line drawings, inline so that the strict policy needs no exception. An icon never stands without its word."""

from typing import Final

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

ICONS: Final[dict[str, str]] = {
    "gate": '<path d="M6 3v18M18 3v18M2.5 8h19M6 13h3.5v8M18 13h-3.5v8"/>',
    "list": '<path d="M9 6h11M9 12h11M9 18h11M4 6h.01M4 12h.01M4 18h.01"/>',
    "clock": '<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3.5 2"/>',
    "check": '<path d="M4 12.5l5.5 5.5L20 7"/>',
    "cross": '<circle cx="12" cy="12" r="9"/><path d="M8.5 8.5l7 7M15.5 8.5l-7 7"/>',
    "warning": '<path d="M12 3L2 20.5h20zM12 10v5M12 18h.01"/>',
    "info": '<circle cx="12" cy="12" r="9"/><path d="M12 11v6M12 7.5h.01"/>',
    "erase": '<path d="M4 7h16M9 7V4h6v3M6 7l1 14h10l1-14M10.5 11v6M13.5 11v6"/>',
    "paper": '<path d="M6 3h9l4 4v14H6zM15 3v4h4M9 12h7M9 16h7"/>',
    "key": '<circle cx="8" cy="15" r="4.5"/><path d="M11.2 11.8L20 3M16 7l3 3"/>',
    "shield": '<path d="M12 3l8 3v6c0 5-3.5 8-8 9.5C7.5 20 4 17 4 12V6zM8.5 12l2.5 2.5 4.5-4.5"/>',
    "person": '<circle cx="12" cy="8" r="4"/><path d="M4.5 21c.5-5 3.5-7 7.5-7s7 2 7.5 7"/>',
    "down": '<path d="M12 3v13M6.5 11l5.5 5.5 5.5-5.5M4 21h16"/>',
    "up": '<path d="M12 17V4M6.5 9L12 3.5 17.5 9M4 21h16"/>',
    "lock": '<path d="M5 11h14v10H5zM8 11V8a4 4 0 018 0v3M12 15v2"/>',
    "look": '<circle cx="10.5" cy="10.5" r="7"/><path d="M15.5 15.5L21 21"/>',
    "print": '<path d="M7 8V3h10v5M7 17H4V8h16v9h-3M7 14h10v7H7z"/>',
    "box": '<path d="M3 8l9-5 9 5v8l-9 5-9-5zM3 8l9 5 9-5M12 13v8"/>',
    "house": '<path d="M3 11l9-8 9 8M6 9v12h12V9M10 21v-6h4v6"/>',
    "menu": '<path d="M4 6h16M4 12h16M4 18h16"/>',
    "send": '<path d="M21 3L3 10l7 3 3 7zM10 13L21 3"/>',
}


def icon(name: str) -> SafeString:
    """The drawing of this name, hidden from screen readers because a word always stands beside it."""
    drawing = mark_safe(ICONS[name])  # noqa: S308 - a constant of this file
    return format_html('<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', drawing)
