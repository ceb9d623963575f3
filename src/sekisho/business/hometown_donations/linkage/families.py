"""The family veto: whoever shares surname, address and telephone but clearly not the given name is somebody else.

Without it a wife becomes her husband, and twins become one (that is what statistics learn from shared contact data).
"""

from typing import Final

from rapidfuzz.distance import OSA

from sekisho.business.hometown_donations.linkage.people import NameKeys

_SLIP: Final = 2  # a mistyped reading differs by as much; more than that is another reading


def _given(one: NameKeys, other: NameKeys) -> str:
    """The given name of one: as written, or what follows the other's surname where no space parts it."""
    if one.given or not other.surname or not one.name.startswith(other.surname):
        return one.given
    return one.name.removeprefix(other.surname)


def _is_reading(text: str) -> bool:
    """Is a name written in kana only?"""
    return all("\u30a0" <= each <= "\u30ff" for each in text)


def _swapped(one: NameKeys, other: NameKeys) -> bool:
    """Is it the same name with its parts exchanged?"""
    return bool(one.given) and (one.surname, one.given) == (other.given, other.surname)


def _readings_differ(one: NameKeys, other: NameKeys) -> bool:
    """Do the readings differ by more than a slip of the finger, in the given name too?"""
    if one.given_kana and one.given_kana == other.given_kana:
        return False
    return OSA.distance(one.kana, other.kana, score_cutoff=_SLIP) > _SLIP


def are_different_people(one: NameKeys, other: NameKeys) -> bool:
    """Are both given names known and clearly different? Then no machine may link the two."""
    if one.name == other.name or (one.kana and one.kana == other.kana) or _swapped(one, other):
        return False
    left, right = _given(one, other), _given(other, one)
    if left and left == right:
        return False
    if one.kana and other.kana:
        return bool((left and right) or (one.given_kana and other.given_kana)) and _readings_differ(one, other)
    if not left or not right or _is_reading(left) or _is_reading(right):
        return False
    return not set(left) & set(right)
