"""The rules that judge whether two donations are of one person. Data: a rule is the fields that must all agree.

Stored ids are never renamed or reused. Sex is in no rule (the minutes of 2019 ask 「性別は必要か」): the rule that used
it, `WITH_SEX`, is kept apart so that its worth can be measured, and it made the result worse.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class LinkField(StrEnum):
    """A field in which two donations can agree. Stored values are never renamed."""

    NAME = "name"
    SURNAME = "surname"
    GIVEN = "given"
    KANA = "kana"
    PREFECTURE = "prefecture"
    ADDRESS = "address"
    TELEPHONE = "telephone"
    MAIL = "mail"
    BIRTH = "birth"
    SEX = "sex"


class LinkTier(StrEnum):
    """How sure a link is: certain enough to be made, or a question to an officer. Stored values are never renamed."""

    AUTOMATIC = "automatic"
    POSSIBLE = "possible"
    OFFICER = "officer"


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRule:
    """One rule: its id, the fields that must all agree, and how an officer reads it."""

    id: str
    fields: tuple[LinkField, ...]
    ja: str
    en: str


def _rule(number: str, ja: str, en: str, *fields: LinkField) -> LinkRule:
    """One row of the table."""
    return LinkRule(id=number, fields=fields, ja=ja, en=en)


_F: Final = LinkField
RULES: Final = (
    _rule("L01", "氏名と住所が一致", "name and address", _F.NAME, _F.ADDRESS),
    _rule("L02", "氏名と電話番号が一致", "name and telephone", _F.NAME, _F.TELEPHONE),
    _rule("L03", "氏名とメールが一致", "name and mail", _F.NAME, _F.MAIL),
    _rule("L04", "フリガナと住所が一致", "reading and address", _F.KANA, _F.ADDRESS),
    _rule("L05", "フリガナと電話番号が一致", "reading and telephone", _F.KANA, _F.TELEPHONE),
    _rule("L06", "フリガナとメールが一致", "reading and mail", _F.KANA, _F.MAIL),
    _rule("L07", "氏名・生年月日・都道府県が一致", "name, birth date, prefecture", _F.NAME, _F.BIRTH, _F.PREFECTURE),
    _rule("L08", "名・生年月日・住所が一致", "given name, birth date, address", _F.GIVEN, _F.BIRTH, _F.ADDRESS),
    _rule("L09", "名とメールが一致", "given name and mail", _F.GIVEN, _F.MAIL),
    _rule("L10", "生年月日とメールが一致", "birth date and mail", _F.BIRTH, _F.MAIL),
)
WITH_SEX: Final = _rule(
    "L11",
    "姓・生年月日・電話番号・性別が一致",
    "surname, birth date, telephone, sex",
    _F.SURNAME,
    _F.BIRTH,
    _F.TELEPHONE,
    _F.SEX,
)
RULE_WORDS_OF_LINKS: Final = {each.id: (each.ja, each.en) for each in (*RULES, WITH_SEX)}
# The automatic tier: an equal name and two of these, or an equal reading and three of them (太郎 and 太朗), and no two
# birth dates that differ.
CORROBORATING: Final = (_F.TELEPHONE, _F.MAIL, _F.ADDRESS, _F.BIRTH)
CORROBORATED_BY: Final = {_F.NAME: 2, _F.KANA: 3}
# What a link shows for and against itself, and by how much of it the strongest link is found.
SHOWN: Final = (_F.NAME, _F.KANA, _F.ADDRESS, _F.TELEPHONE, _F.MAIL, _F.BIRTH)
EVERY_ID: Final = tuple(RULE_WORDS_OF_LINKS)
