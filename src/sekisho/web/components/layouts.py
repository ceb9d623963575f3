"""How a screen names a layout: with a mark if it is the municipality's own, or if our own layouts cannot be used."""

from dataclasses import dataclass
from typing import Final

from sekisho.adapters.layouts import OWN, layouts_in_use, shipped_layouts
from sekisho.records import Confidence, Layout, RecordsError
from sekisho.web.words import Words

_NOTHING: Final = Words("", "")
_OUR_OWN: Final = Words("（当団体の様式）", " (our own layout)")
_BROKEN: Final = Words(
    "（当団体の様式が壊れているため、検査は止まっています）", " (our own layouts are broken: nothing is examined)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedLayout:
    """A layout's name, the mark behind it, and whether it was reconstructed."""

    ja: str
    en: str
    mark: Words
    reconstructed: bool


def _found(layout: str) -> tuple[Layout | None, Words]:
    """The newest version in use, and the mark; with the shipped one where ours cannot be used."""
    try:
        shelf, mark = layouts_in_use().shelf, _NOTHING
    except RecordsError:
        shelf, mark = shipped_layouts(), _BROKEN
    try:
        found = shelf.find(layout)
    except RecordsError:
        return None, mark
    return found, _OUR_OWN if found.origin == OWN else mark


def name_layout(layout: str) -> NamedLayout:
    """A layout by its name; a name that nothing is known of stays as it is."""
    found, mark = _found(layout)
    if found is None:
        return NamedLayout(ja=layout, en=layout, mark=mark, reconstructed=False)
    reconstructed = found.confidence is Confidence.RECONSTRUCTED
    return NamedLayout(ja=found.ja, en=found.en, mark=mark, reconstructed=reconstructed)
