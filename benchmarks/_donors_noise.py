"""How one and the same person is written differently: what keyboards, portals and years do to a record."""

from __future__ import annotations

import re
from random import Random
from typing import Final

import jaconv

from benchmarks._donors_places import Home
from sekisho.records import VARIANT_TABLE

SLIPS: Final = "佑祐裕 太汰 郎朗 美実 斎斉 藤籐 恵惠 子仔 一市 弘宏博浩 幸孝 和知 香佳 真眞 司志".split()  # noqa: SIM905 - one line of words
_SLIP: Final = {one: [other for other in row if other != one] for row in SLIPS for one in row}
_VOICED: Final = dict(
    zip("カキクケコサシスセソタチツテトハヒフヘホ", "ガギグゲゴザジズゼゾダヂヅデドバビブベボ", strict=True)
)
_SMALL: Final = dict(zip("ャュョッ", "ヤユヨツ", strict=True))
_FORMS: Final[dict[str, list[str]]] = {}
for _each in VARIANT_TABLE.values():
    if len(_each.targets) == 1 and _each.targets[0] in "高崎辺島浜富真徳恵桜沢広国吉柳桑" and len(_each.character) == 1:
        _FORMS.setdefault(_each.targets[0], []).append(_each.character)
_HYPHENS: Final = ("-", "-", "‐", "－", "ー", "−", "–", "の")
_KANJI: Final = "〇一二三四五六七八九"
PREFECTURES_LOST: Final = 0.12
_FULL: Final = str.maketrans("0123456789", "０１２３４５６７８９")
_KA: Final = re.compile("[ヶケがｹ]")


def registered_form(chance: Random, name: str) -> str:
    """The name as the register writes it: now and then an old form of a character."""
    return "".join(chance.choice(_FORMS[each]) if each in _FORMS and chance.random() < 0.18 else each for each in name)


def slip(chance: Random, name: str, share: float) -> str:
    """Another character of the same reading, by mistake."""
    if chance.random() >= share:
        return name
    places = [place for place, each in enumerate(name) if each in _SLIP]
    if not places:
        return name
    place = chance.choice(places)
    return name[:place] + chance.choice(_SLIP[name[place]]) + name[place + 1 :]


def _mark(chance: Random, kana: str) -> str:
    """A mark too many or too few."""
    back = {value: key for key, value in _VOICED.items()}
    places = [place for place, each in enumerate(kana) if each in _VOICED or each in back]
    if not places:
        return kana
    place = chance.choice(places)
    each = kana[place]
    return kana[:place] + (_VOICED.get(each) or back[each]) + kana[place + 1 :]


def slip_of_kana(chance: Random, kana: str, share: float = 0.03) -> str:
    """A reading with a slip: a mark, a long vowel, a small letter, two letters exchanged."""
    if chance.random() >= share or not kana:
        return kana
    kind = chance.randrange(4)
    if kind == 0:
        return _mark(chance, kana)
    if kind == 1:
        return kana.replace("ウ", "", 1) if "ウ" in kana[1:] else kana.replace("ー", "", 1)
    if kind == 2:
        return "".join(_SMALL.get(each, each) for each in kana)
    place = chance.randrange(max(len(kana) - 1, 1))
    return kana[:place] + kana[place + 1 : place + 2] + kana[place : place + 1] + kana[place + 2 :]


def _kanji_number(number: int) -> str:
    """A small number in kanji."""
    tens, ones = divmod(number, 10)
    if number > 99:
        return str(number)
    return ("" if tens < 2 else _KANJI[tens]) + ("十" if tens else "") + (_KANJI[ones] if ones else "")


def _number(chance: Random, home: Home) -> str:
    """The house number in one of the ways in which people write it."""
    numbers = list(home.numbers)
    if chance.random() < 0.006:
        place = chance.randrange(len(numbers))
        numbers[place] = max(1, numbers[place] + chance.choice((-1, 1, 10)))
    style, hyphen = chance.random(), chance.choice(_HYPHENS)
    texts = [str(each) for each in numbers]
    if home.by_district and style < 0.35:
        first = _kanji_number(numbers[0]) if chance.random() < 0.4 else texts[0]
        return f"{first}丁目{texts[1]}番{texts[2]}号"
    if home.by_district and style < 0.5:
        return f"{texts[0]}丁目{texts[1]}{hyphen}{texts[2]}"
    if not home.by_district and style < 0.3:
        return f"{texts[0]}番地" + (f"の{texts[1]}" if len(texts) > 1 else "")
    if not home.by_district and style < 0.4:
        return f"{texts[0]}番地" + (texts[1] if len(texts) > 1 else "")
    return hyphen.join(texts)


def _building(chance: Random, home: Home) -> str:
    """The name of the flats and the room, glued to the number or not; sometimes left out."""
    if not home.flat or chance.random() < 0.07:
        return ""
    room = home.room + ("号室" if chance.random() < 0.3 else "")
    text = f"{home.flat}{room}"
    if chance.random() < 0.10:
        text = jaconv.z2h(text, kana=True, ascii=True, digit=True)
    return text if chance.random() < 0.40 else f" {text}"


def write_address(chance: Random, home: Home) -> str:
    """An address as somebody typed it."""
    prefecture = "" if chance.random() < PREFECTURES_LOST else home.prefecture
    town = _KA.sub(lambda _: chance.choice("ヶケが"), home.town) if chance.random() < 0.25 else home.town
    if town.startswith("大字") and chance.random() < 0.5:
        town = town.removeprefix("大字")
    text = f"{prefecture}{home.city}{town}{_number(chance, home)}{_building(chance, home)}"
    if chance.random() < 0.35:
        text = text.translate(_FULL)
    return text
