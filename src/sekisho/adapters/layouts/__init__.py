"""Layouts: those that ship with the product, and those of the municipality's own folder, which take their place."""

from sekisho.adapters.layouts.masks import held_items, unmaskable
from sekisho.adapters.layouts.own import (
    OWN,
    codes_in,
    draft_layout,
    layouts_in_use,
    own_folder,
    put_layout,
    weigh_layout,
)
from sekisho.adapters.layouts.shelves import LayoutFile, OfficeShelf, shipped_files, shipped_layouts

__all__ = [
    "OWN",
    "LayoutFile",
    "OfficeShelf",
    "codes_in",
    "draft_layout",
    "held_items",
    "layouts_in_use",
    "own_folder",
    "put_layout",
    "shipped_files",
    "shipped_layouts",
    "unmaskable",
    "weigh_layout",
]
