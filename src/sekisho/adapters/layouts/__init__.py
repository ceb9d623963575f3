"""The layouts that ship with the product, read from the package and handed to the records room."""

from functools import cache
from importlib.resources import files

from sekisho.records import LayoutShelf, make_shelf, parse_layout, parse_vocabulary


@cache
def shipped_layouts() -> LayoutShelf:
    """Every shipped layout and the vocabulary of data items."""
    folder = files("sekisho.records").joinpath("layouts")
    texts = {each.name: each.read_text(encoding="utf-8") for each in folder.iterdir() if each.name.endswith(".yaml")}
    vocabulary = parse_vocabulary(texts.pop("items.yaml"))
    return make_shelf([parse_layout(text) for text in texts.values()], vocabulary)
