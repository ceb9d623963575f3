"""Donations of people who do not exist, with the truth beside them: who each donation is really of.

Every chance comes from one seed, so a set is the same each time. The shares are those of a measured study of 2026; the
set must be as hard as that one was (`benchmarks.linkage` compares missing rates and simple methods with it).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random
from typing import Final

import jaconv

from benchmarks._donors_noise import registered_form, slip, slip_of_kana, write_address
from benchmarks._donors_people import Person, make_households, make_mobile, make_surname
from benchmarks._donors_places import make_home
from benchmarks._donors_strata import make_strange
from sekisho.business.hometown_donations.linkage import Donor

PORTALS: Final = ("choice", "rakuten", "satofuru", "furunavi", "window")
_SHARES: Final = (0.30, 0.30, 0.20, 0.12, 0.08)
_NO_BIRTH: Final = dict(zip(PORTALS, (0.35, 0.10, 0.50, 0.50, 0.02), strict=True))
_TIMES: Final = (0.42, 0.26, 0.15, 0.09, 0.05, 0.03)
_MOVED: Final = 0.06
_MARRIED: Final = 0.015
_NEW_PHONE: Final = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """One donation with the truth: the person's number, and what is special about person and record."""

    donor: Donor
    person: int
    strata: frozenset[str]
    recipient: str = ""


def _name(chance: Random, person: Person, *, paper: bool) -> str:
    """The name as one portal has it."""
    surname, given = slip(chance, person.surname, 0.006), slip(chance, person.given, 0.012)
    if not paper and chance.random() < 0.45:  # the portal cannot write the old form
        surname = _plain(surname)
    if chance.random() < 0.01:
        given = person.given_kana
    if chance.random() < 0.004:
        surname, given = given, surname
    between = chance.choice(("", " ", "\u3000")) if chance.random() < 0.25 else "\u3000"
    return f"{surname}{between}{given}"


def _plain(name: str) -> str:
    """The name with the common form of each character."""
    from sekisho.records import fold_forms

    return fold_forms(name)


def _kana(chance: Random, person: Person, portal: str) -> str:
    """The reading as one portal has it: full width, half width, hiragana, or none."""
    if chance.random() < (0.40 if portal == "window" else 0.0):
        return "" if chance.random() < 0.8 else jaconv.kata2hira(f"{person.surname_kana} {person.given_kana}")
    surname, given = slip_of_kana(chance, person.surname_kana), slip_of_kana(chance, person.given_kana)
    text = f"{surname}\u3000{given}"
    if portal == "furunavi":
        half: str = jaconv.z2h(text, kana=True, ascii=True, digit=True)
        return half
    return text


def _telephone(chance: Random, person: Person) -> str:
    """The telephone number as one portal has it."""
    if chance.random() < 0.10:
        return ""
    digits = person.home_phone if chance.random() < 0.12 else person.mobile
    if chance.random() < 0.004:
        place = chance.randrange(3, len(digits))
        digits = digits[:place] + str(chance.randint(0, 9)) + digits[place + 1 :]
    habit = person.number % 2 if chance.random() < 0.45 else chance.random() < 0.5
    if habit:
        return f"{digits[:-8]}-{digits[-8:-4]}-{digits[-4:]}"
    return digits


def _mail(chance: Random, person: Person, portal: str) -> str:
    """The mail address as one portal has it."""
    if chance.random() < (0.70 if portal == "window" else 0.05):
        return ""
    mail = person.second_mail if chance.random() < 0.10 else person.mail
    if person.partner_mail and chance.random() < 0.5:
        mail = person.partner_mail
    if chance.random() < 0.004:
        place = chance.randrange(1, mail.index("@"))
        mail = mail[:place] + chance.choice("abcdefghij") + mail[place + 1 :]
    return mail


def _birth(chance: Random, person: Person, portal: str) -> str:
    """The birth date as one portal has it."""
    if chance.random() < _NO_BIRTH[portal]:
        return ""
    if chance.random() < 0.006:
        return f"{person.birth[:8]}{chance.randint(1, 28):02d}"
    return person.birth


def _postcode(chance: Random, person: Person) -> str:
    """The postcode as one portal has it."""
    share = chance.random()
    if share < 0.02:
        return ""
    return f"{chance.randint(0, 9_999_999):07d}" if share < 0.025 else person.home.postcode


def write_record(chance: Random, person: Person, portal: str, donation: str) -> Donor:
    """One donation as one portal has it."""
    return Donor(
        donation=donation,
        name=_name(chance, person, paper=portal == "window"),
        kana=_kana(chance, person, portal),
        postcode=_postcode(chance, person),
        address=write_address(chance, person.home),
        telephone=_telephone(chance, person),
        mail=_mail(chance, person, portal),
        birth=_birth(chance, person, portal),
        sex="" if chance.random() < 0.40 else person.sex,
    )


def _change(chance: Random, person: Person, share: float) -> Person:
    """What happens to a person between two donations: she moves, marries, gets another telephone."""
    if chance.random() < _MOVED * share:
        person = replace(person, home=make_home(chance), strata=person.strata | {"moved"})
    if person.sex == "女" and chance.random() < _MARRIED * share:
        surname, kana = make_surname(chance)
        person = replace(person, surname=surname, surname_kana=kana, strata=person.strata | {"married"})
    if chance.random() < _NEW_PHONE * share:
        person = replace(person, mobile=make_mobile(chance))
    return person


def donations_of(chance: Random, person: Person) -> Iterator[Made]:
    """One to six donations of one person, through the two portals she likes."""
    person.surname = registered_form(chance, person.surname)
    person.given = registered_form(chance, person.given)
    times = chance.choices(range(1, 7), weights=_TIMES)[0]
    liked = chance.choices(PORTALS, weights=_SHARES, k=2)
    for time in range(times):
        if time:
            person = _change(chance, person, 1 / max(times - 1, 1))
        portal = chance.choice(liked)
        donation = f"{chance.getrandbits(40):010x}-{person.number}-{time}"
        donor = write_record(chance, person, portal, donation)
        paper = {"paper"} if portal == "window" else set()
        yield Made(donor=donor, person=person.number, strata=frozenset(person.strata | paper))


def make_donations(people: int, seed: int, *, strange: int = 0) -> Iterator[Made]:
    """The donations of so many people; `strange` adds so many cases of each of the strata that are rare and hard."""
    chance = Random(seed)
    for person in make_households(chance, people):
        yield from donations_of(chance, person)
    for made in make_strange(chance, people, strange, write_record):
        yield Made(donor=made.donor, person=made.person, strata=frozenset({made.stratum}), recipient=made.recipient)
