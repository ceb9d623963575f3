"""The names of a donor as keys: surname and given name, reading, companies, names in Latin letters."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from sekisho.records import fold_reading, shadow_of_name

_PARTS: Final = re.compile(r"[\s・･·,]+")
_LATIN: Final = re.compile(r"[A-Za-z\s.'\-,・]+")
_COMPANY: Final = re.compile(
    r"\(?(?:株式会社|有限会社|合同会社|合資会社|合名会社|(?:一般|公益)?(?:社団|財団)法人|医療法人|社会福祉法人|学校法人|"
    r"\(株\)|\(有\)|\(同\))\)?"
)
_COMPANY_READING: Final = re.compile("^(?:カブシキガイシヤ|ユウゲンガイシヤ|ゴウドウガイシヤ)|(?:カブシキガイシヤ)$")
# 龍 and 竜 are two characters in a register and one in a search: only the key takes them for one.
_KEY_ONLY: Final = str.maketrans({"龍": "竜", "齡": "齢"})


@dataclass(frozen=True, slots=True, kw_only=True)
class NameKeys:
    """A name to be compared: whole, and in two parts where a space shows them; the same of its reading."""

    name: str
    surname: str
    given: str
    kana: str
    given_kana: str


@lru_cache(maxsize=20_000)  # half of all people bear one of a thousand surnames
def _fold(text: str) -> str:
    """A name or a part of one, in one spelling."""
    return shadow_of_name(text).translate(_KEY_ONLY)


def _company(text: str, kana: str) -> NameKeys:
    """A company is compared without the words for its legal form; it has no given name."""
    bare = _fold(_COMPANY.sub("", text))
    reading = _COMPANY_READING.sub("", fold_reading(kana))
    return NameKeys(name=f"社:{bare}", surname="", given="", kana=f"社:{reading}" if reading else "", given_kana="")


def _split(text: str) -> tuple[str, str]:
    """The two parts of a name, if a space shows them."""
    parts = [each for each in _PARTS.split(text) if each]
    return (parts[0], "".join(parts[1:])) if len(parts) > 1 else ("", "")


def name_keys(name: str, kana: str) -> NameKeys:
    """The keys of a name and its reading."""
    plain = unicodedata.normalize("NFKC", name).strip()
    if _COMPANY.search(plain):
        return _company(plain, kana)
    if _LATIN.fullmatch(plain):  # SMITH John and John Smith are one: the order of the parts says nothing
        plain = " ".join(sorted(each for each in _PARTS.split(plain.casefold()) if each))
    surname, given = map(_fold, _split(plain))
    _, given_kana = _split(unicodedata.normalize("NFKC", kana).strip())
    return NameKeys(
        name=f"{surname}{given}" if surname else _fold(_PARTS.sub("", plain)),
        surname=surname,
        given=given,
        kana=fold_reading(_PARTS.sub("", kana)),
        given_kana=fold_reading(given_kana),
    )
