"""The table of municipalities that ships with the product."""

from functools import cache
from importlib.resources import files

from sekisho.records import MunicipalityTable, read_municipalities


@cache
def shipped_municipalities() -> MunicipalityTable:
    """The table of municipalities."""
    text = files(__package__).joinpath("municipalities.csv").read_text(encoding="utf-8")
    return read_municipalities(text.splitlines())
