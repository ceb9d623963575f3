"""The rare and hard cases: gifts to others, companies, foreign names, odd characters, minors, namesakes, evasion.

Each case is a small story with its truth; the benchmark reports each kind by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from random import Random
from typing import Final

from benchmarks._donors_people import Person, make_birth, make_given, make_mail, make_mobile, make_person
from benchmarks._donors_places import make_home
from sekisho.business.hometown_donations.linkage import Donor

Writer = Callable[[Random, Person, str, str], Donor]
_FORMS_OF_LAW: Final = (("株式会社{}", "カブシキガイシャ{}"), ("(株){}", "{}"), ("㈱{}", "{}"), ("{}株式会社", "{}"))
_FIRMS: Final = (
    ("長崎海産", "ナガサキカイサン"),
    ("浦上商会", "ウラカミショウカイ"),
    ("出島電機", "デジマデンキ"),
    ("眼鏡橋製菓", "メガネバシセイカ"),
)
_FOREIGN: Final = (("JOHN", "SMITH"), ("MARIA", "SANTOS"), ("THI LAN", "NGUYEN"), ("WEI", "CHEN"), ("ANNA", "MULLER"))
_SELECTOR: Final = "\U000e0101"


@dataclass(frozen=True, slots=True, kw_only=True)
class Strange:
    """One donation of a hard case."""

    donor: Donor
    person: int
    stratum: str
    recipient: str = ""


Story = Callable[[Random, int, Writer], Iterator[tuple[Donor, int, str]]]


def _id(chance: Random, number: int) -> str:
    """An id that says nothing of the order."""
    return f"{chance.getrandbits(40):010x}-{number}-s"


def _portal(chance: Random) -> str:
    """A portal."""
    return chance.choice(("choice", "rakuten", "satofuru", "furunavi"))


def _gift(chance: Random, number: int, write: Writer) -> Iterator[tuple[Donor, int, str]]:
    """A donor has gifts sent to a friend who donates too: three donations of two people."""
    donor, friend = make_person(chance, number), make_person(chance, number + 1)
    for _ in range(2):
        recipient = f"{friend.surname}{friend.given}"
        yield write(chance, donor, _portal(chance), _id(chance, number)), number, recipient
    yield write(chance, friend, _portal(chance), _id(chance, number)), number + 1, ""


def _company(chance: Random, number: int, write: Writer) -> Iterator[tuple[Donor, int, str]]:
    """A company donates twice, its director once, from one address and telephone."""
    director = make_person(chance, number + 1)
    name, kana = chance.choice(_FIRMS)
    name, kana = f"{name}{director.surname}", f"{kana}{director.surname_kana}"
    for _ in range(2):
        written, read = chance.choice(_FORMS_OF_LAW)
        donor = write(chance, director, _portal(chance), _id(chance, number))
        yield replace(donor, name=written.format(name), kana=read.format(kana), birth="", sex=""), number, ""
    yield write(chance, director, _portal(chance), _id(chance, number)), number + 1, ""


def _foreign(chance: Random, number: int, write: Writer) -> Iterator[tuple[Donor, int, str]]:
    """A name in Latin letters, in either order and either case."""
    person = make_person(chance, number)
    given, surname = chance.choice(_FOREIGN)
    for _ in range(3):
        parts = [given, surname]
        chance.shuffle(parts)
        name = " ".join(parts)
        donor = write(chance, person, _portal(chance), _id(chance, number))
        yield replace(donor, name=name.title() if chance.random() < 0.5 else name, kana=""), number, ""


def _odd_characters(chance: Random, number: int, write: Writer) -> Iterator[tuple[Donor, int, str]]:
    """A surname with characters outside the common set, with and without a selector of its form."""
    person = make_person(chance, number)
    surname, other = chance.choice(
        (("髙橋", "高橋"), ("渡邉", "渡辺"), ("𠮷田", "吉田"), ("齋藤", "斎藤"), ("濵田", "浜田"))
    )
    for _ in range(3):
        written = chance.choice((surname, other, surname[0] + _SELECTOR + surname[1:]))
        yield write(chance, replace(person, surname=written), _portal(chance), _id(chance, number)), number, ""


def _minor(chance: Random, number: int, write: Writer) -> Iterator[tuple[Donor, int, str]]:
    """A child donates with the telephone and mail of a parent, who donates too."""
    parent = make_person(chance, number + 1)
    sex = chance.choice("男女")
    given, kana = make_given(chance, sex)
    child = replace(parent, number=number, given=given, given_kana=kana, sex=sex, birth=make_birth(chance, 17, 3))
    for person, whose in ((child, number), (child, number), (parent, number + 1), (parent, number + 1)):
        yield write(chance, person, _portal(chance), _id(chance, number)), whose, ""


def _neighbours(chance: Random, number: int, write: Writer) -> Iterator[tuple[Donor, int, str]]:
    """Two people of one name in one block of flats."""
    home = replace(make_home(chance), flat="コーポ桜", room="101")
    one = replace(make_person(chance, number), home=home)
    other = replace(
        make_person(chance, number + 1, one.sex),
        surname=one.surname,
        surname_kana=one.surname_kana,
        given=one.given,
        given_kana=one.given_kana,
        home=replace(home, room="502"),
    )
    for person in (one, one, other, other):
        yield write(chance, person, _portal(chance), _id(chance, number)), person.number, ""


def _evasion(chance: Random, number: int, write: Writer) -> Iterator[tuple[Donor, int, str]]:
    """One person who writes herself differently on purpose: other mail, other telephone, name in kana."""
    person = make_person(chance, number)
    for turn in range(3):
        changed = replace(person, mail=make_mail(chance, number * 10 + turn))
        changed.mobile = make_mobile(chance) if turn == 1 else person.mobile
        donor = write(chance, changed, _portal(chance), _id(chance, number))
        name = f"{person.surname}\u3000{person.given_kana}" if turn == 2 else donor.name
        yield replace(donor, name=name, birth="" if turn else donor.birth), number, ""


def _changed(chance: Random, number: int, write: Writer) -> Iterator[tuple[Donor, int, str]]:
    """One person who changed sex and given name; everything else stays."""
    person = make_person(chance, number)
    sex = "女" if person.sex == "男" else "男"
    given, kana = make_given(chance, sex)
    later = replace(person, sex=sex, given=given, given_kana=kana)
    for each in (person, person, later):
        yield write(chance, each, _portal(chance), _id(chance, number)), number, ""


def _namesakes(chance: Random, number: int, write: Writer) -> Iterator[tuple[Donor, int, str]]:
    """Two people of one name and one birth date in one town."""
    one = make_person(chance, number)
    other = make_person(chance, number + 1, one.sex)
    home = replace(one.home, numbers=tuple(each + 3 for each in one.home.numbers), flat="", room="")
    other = replace(
        other,
        surname=one.surname,
        surname_kana=one.surname_kana,
        given=one.given,
        given_kana=one.given_kana,
        birth=one.birth,
        home=home,
    )
    for person in (one, one, other, other):
        yield write(chance, person, _portal(chance), _id(chance, number)), person.number, ""


STORIES: Final[dict[str, Story]] = {
    "gift recipient": _gift,
    "company": _company,
    "foreign name": _foreign,
    "odd characters": _odd_characters,
    "minor": _minor,
    "namesakes in one block": _neighbours,
    "evasion": _evasion,
    "changed name and sex": _changed,
    "namesakes with one birth date": _namesakes,
}


def make_strange(chance: Random, first: int, cases: int, write: Writer) -> Iterator[Strange]:
    """So many cases of each kind."""
    number = first
    for stratum, story in STORIES.items():
        for _ in range(cases):
            for donor, person, recipient in story(chance, number, write):
                yield Strange(donor=donor, person=person, stratum=stratum, recipient=recipient)
            number += 2
