"""Made-up people of a made-up city, with the letters that trouble offices: 髙, 﨑, 𠮷. Nobody in it exists."""

from fractions import Fraction
from random import Random
from typing import Final

from sekisho.business.registry_notices.properties import Owner

OUT_OF_CODE: Final = "𠮷"
"""A letter that CP932 does not have."""
OWN_LETTER: Final = "\ue000"
"""What the registry office sends in its place: a letter of its own making (外字), F040 in CP932."""

PLACES: Final = (
    "桜町",
    "興善町",
    "万才町",
    "江戸町",
    "出島町",
    "浜町",
    "籠町",
    "館内町",
    "東山手町",
    "南山手町",
    "小曽根町",
)
_FAMILIES: Final = (
    "髙島",
    "濵﨑",
    "浦上",
    "稲佐",
    "片淵",
    "茂木",
    "深堀",
    "香焼",
    "式見",
    "三重",
    "野母",
    "德永",
    "髙﨑",
)
_GIVEN: Final = ("さくら", "健", "遥", "望", "薫", "翼", "一郎", "花子", "誠", "茜", "渉", "悠")


def make_person(chance: Random) -> tuple[str, str]:
    """A made-up name and address."""
    name = f"{chance.choice(_FAMILIES)} {chance.choice(_GIVEN)}"
    return name, f"長崎市{chance.choice(PLACES)}{chance.randint(1, 30)}番{chance.randint(1, 40)}号"


def make_owners(chance: Random) -> tuple[Owner, ...]:
    """One owner, or two or three with shares."""
    count = chance.choices((1, 2, 3), weights=(85, 12, 3))[0]
    people = dict(make_person(chance) for _ in range(count))
    return tuple(Owner(name=name, address=address, share=Fraction(1, len(people))) for name, address in people.items())


def rare_owner(chance: Random) -> Owner:
    """Somebody whose name begins with a letter that the file's code does not have."""
    _, address = make_person(chance)
    return Owner(name=f"{OUT_OF_CODE}田 {chance.choice(_GIVEN)}", address=address, share=Fraction(1))


def as_sent(name: str) -> tuple[str, str]:
    """A name as the registry office can send it, and where in it stands a letter of its own; nothing if none does."""
    place = name.find(OUT_OF_CODE)
    if place < 0:
        return name, ""
    return name.replace(OUT_OF_CODE, OWN_LETTER), f"氏名{place + 1}字目 F040 (U+{ord(OUT_OF_CODE):X})"
