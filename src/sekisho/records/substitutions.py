"""The log of a preparation: which value was written in another way, and by which rule."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class TextRule(StrEnum):
    """By which rule a text was written in another way. Stored values are never renamed."""

    COMPOSED = "composed"
    SELECTOR = "selector"
    LINE_BREAK = "line_break"
    SYMBOL = "symbol"
    FULL_WIDTH = "full_width"
    LOOK_ALIKE = "look_alike"
    FORMER_FORM = "former_form"
    VARIANT = "variant"
    POSTCODE = "postcode"
    COMMA = "comma"
    SPACES = "spaces"
    KANA = "kana"
    GIVEN_KANA = "given_kana"
    HALF_WIDTH = "half_width"
    AMOUNT = "amount"
    NUMBER = "number"
    YEAR = "year"
    DAY = "day"


RULE_WORDS: Final[Mapping[TextRule, tuple[str, str]]] = MappingProxyType(
    {
        TextRule.COMPOSED: ("濁点・半濁点を文字に合わせる", "a voicing mark joined to its kana"),
        TextRule.SELECTOR: ("字形の指定を除く", "the choice of a letter's shape left out"),
        TextRule.LINE_BREAK: ("改行・タブを全角空白にする", "a line break or tab as a full-width space"),
        TextRule.SYMBOL: ("丸付き・括弧付きなどの記号を開く", "circled and squared symbols spelled out"),
        TextRule.FULL_WIDTH: ("半角を全角にする", "half width as full width"),
        TextRule.LOOK_ALIKE: ("波線・横線などを様式の字にする", "waves, dashes and signs in the form of the code page"),
        TextRule.FORMER_FORM: ("旧字体を新字体にする", "a former form as the present one"),
        TextRule.VARIANT: ("書けない異体字を標準の字にする", "a variant that cannot be written in its standard form"),
        TextRule.POSTCODE: ("住所の郵便番号を除く", "no postcode in an address"),
        TextRule.COMMA: ("住所の読点・カンマを置き換える", "no comma in an address"),
        TextRule.SPACES: ("空白を全角1字にする", "one full-width space"),
        TextRule.KANA: ("様式のカナにする", "in the kana that the layout asks for"),
        TextRule.GIVEN_KANA: (
            "書けない氏名を、届けられたカナにする",
            "an unwritable name in the kana given",
        ),
        TextRule.HALF_WIDTH: ("全角を半角にする", "full width as half width"),
        TextRule.AMOUNT: ("金額を数字だけにする", "an amount in digits alone"),
        TextRule.NUMBER: ("番号を様式の桁にする", "a number in the digits of the layout"),
        TextRule.YEAR: ("年分を和暦2桁にする", "a year in two digits of its era"),
        TextRule.DAY: ("日付を様式の項目に分ける", "a day in the fields of the layout"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSubstitution:
    """One value that was written in another way: the field, before, after, and by which rule.

    Several rules on one field follow each other: what one gives is what the next begins with.
    """

    field: str
    before: str
    after: str
    rule: TextRule

    def as_data(self) -> dict[str, str]:
        """The entry as it is stored beside the original."""
        return {"field": self.field, "before": self.before, "after": self.after, "rule": str(self.rule)}

    @property
    def ja(self) -> str:
        """The rule as an officer reads it."""
        return RULE_WORDS[self.rule][0]

    @property
    def en(self) -> str:
        """The same in English."""
        return RULE_WORDS[self.rule][1]
