"""The table of municipalities that ships with the product."""

import re
from functools import cache
from importlib.resources import files

from sekisho.records import MunicipalityTable, read_municipalities


@cache
def shipped_municipalities() -> MunicipalityTable:
    """The table of municipalities."""
    text = files(__package__).joinpath("municipalities.csv").read_text(encoding="utf-8")
    return read_municipalities(text.splitlines())


@cache
def city_expression() -> str:
    """The names of all municipalities and wards as one expression for an address, the longest first."""
    names = {each.name for each in shipped_municipalities().rows.values() if each.name != each.prefecture}
    return f"^({'|'.join(re.escape(each) for each in sorted(names, key=len, reverse=True))})"
