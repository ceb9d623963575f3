"""People who do not exist, in households: surnames by how many bear them, given names by sex, shared contact data."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from random import Random
from typing import Final

from benchmarks._donors_places import Home, make_home

_HIRAGANA: Final = {code: code + 0x60 for code in range(0x3041, 0x3097)}
HOSTS: Final = ("example.jp", "example.com", "mail.example.ne.jp", "mobile.example.jp", "example.org")


@dataclass(slots=True)
class Person:
    """One person as the register knows her; `strata` say what is special about her."""

    number: int
    surname: str
    surname_kana: str
    given: str
    given_kana: str
    sex: str
    birth: str
    home: Home
    home_phone: str
    mobile: str
    mail: str
    second_mail: str
    partner_mail: str = ""
    strata: set[str] = field(default_factory=set)


@cache
def _surnames() -> tuple[list[tuple[str, str]], list[float]]:
    """Surnames with their readings, and how many people bear them, added up."""
    text = files("japanese_personal_name_dataset").joinpath("dataset/last_name_org.csv").read_text(encoding="utf-8")
    rows = [row for row in csv.reader(text.splitlines()) if len(row) > 2]
    names = [(row[0], row[2].translate(_HIRAGANA)) for row in rows]
    return names, list(itertools.accumulate(float(row[1]) for row in rows))


@cache
def _givens(sex: str) -> list[tuple[str, tuple[str, ...]]]:
    """Readings of given names with the ways to write each."""
    kind = "man" if sex == "男" else "woman"
    place = files("japanese_personal_name_dataset").joinpath(f"dataset/first_name_{kind}_org.csv")
    rows = csv.reader(place.read_text(encoding="utf-8").splitlines())
    made = [(row[0].translate(_HIRAGANA), tuple(each for each in row[2:] if each)) for row in rows if len(row) > 2]
    return [each for each in made if each[1]]


def make_surname(chance: Random) -> tuple[str, str]:
    """A surname, the common ones more often."""
    names, weights = _surnames()
    return chance.choices(names, cum_weights=weights)[0]


def make_given(chance: Random, sex: str) -> tuple[str, str]:
    """A given name and its reading, those at the front of the list more often."""
    names = _givens(sex)
    kana, forms = names[int(len(names) * chance.random() ** 1.5)]
    return forms[int(len(forms) * chance.random() ** 2)], kana


def make_birth(chance: Random, oldest: int = 85, youngest: int = 20) -> str:
    """A date of birth."""
    return f"{2026 - chance.randint(youngest, oldest):04d}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"


def make_mail(chance: Random, number: int) -> str:
    """A mail address that only one person has."""
    letters = f"{chance.choice('abcdefghkmnrsty')}{chance.choice('aiueo')}"
    return f"{letters}{number}{chance.randint(0, 99)}@{chance.choice(HOSTS)}"


def make_mobile(chance: Random) -> str:
    """A mobile number."""
    return f"0{chance.choice('789')}0{chance.randint(10_000_000, 99_999_999)}"


def make_person(chance: Random, number: int, sex: str = "") -> Person:
    """One person alone in a home of her own."""
    sex = sex or chance.choice("男女")
    surname, surname_kana = make_surname(chance)
    given, given_kana = make_given(chance, sex)
    return Person(
        number=number,
        surname=surname,
        surname_kana=surname_kana,
        given=given,
        given_kana=given_kana,
        sex=sex,
        birth=make_birth(chance),
        home=make_home(chance),
        home_phone=f"0{chance.randint(1, 9)}{chance.randint(10_000_000, 99_999_999)}",
        mobile=make_mobile(chance),
        mail=make_mail(chance, number),
        second_mail=make_mail(chance, number),
    )


def relative(chance: Random, head: Person, number: int, sex: str) -> Person:
    """Somebody of the same household: surname, home and home telephone are shared."""
    other = make_person(chance, number, sex)
    return replace(
        other,
        surname=head.surname,
        surname_kana=head.surname_kana,
        home=head.home,
        home_phone=head.home_phone,
        strata={"family"},
    )


def _twin(chance: Random, head: Person, number: int) -> Person:
    """A twin: the same sex and birth date, another given name that begins with the same character."""
    twin = relative(chance, head, number, head.sex)
    alike = [
        (form, kana)
        for kana, forms in _givens(head.sex)[:400]
        for form in forms
        if form[0] == head.given[0] and form != head.given and kana != head.given_kana
    ]
    if alike:
        twin.given, twin.given_kana = chance.choice(alike)
    return replace(twin, birth=head.birth, strata={"family", "twins"})


def make_households(chance: Random, people: int) -> Iterator[Person]:
    """So many people in households: 62 % alone, 28 % couples, 8.5 % parents and child, 1.5 % twins."""
    number = 0
    while number < people:
        head = make_person(chance, number)
        kind, household = chance.random(), [head]
        if kind >= 0.62:
            other = "女" if head.sex == "男" else "男"
            twins = kind >= 0.985
            household.append(_twin(chance, head, number + 1) if twins else relative(chance, head, number + 1, other))
            if 0.90 <= kind < 0.985:
                household.append(relative(chance, head, number + 2, chance.choice("男女")))
            if not twins and chance.random() < 0.25:
                household[1].partner_mail = head.mail
            head.strata = {"family", "twins"} if twins else {"family"}
        yield from household[: people - number]
        number += len(household)
