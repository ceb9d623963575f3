"""What linking donors needs from outside: the book of places from the postal data, a second opinion by statistics."""

from functools import cache

from sekisho.adapters.places import postal_book
from sekisho.business.hometown_donations.linkage import PlaceBook, PostalPlace, make_place_book

__all__ = ["place_book"]


@cache
def place_book() -> PlaceBook:
    """The book of places of this installation, made once a process."""
    return make_place_book(
        PostalPlace(
            postcode=each.postcode,
            code=each.municipality_code,
            prefecture=each.prefecture,
            city=each.city,
            town=each.town,
        )
        for each in postal_book().every_town()
    )
