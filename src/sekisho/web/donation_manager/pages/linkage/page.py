"""A question as it is shown: both records line by line, what agrees, and which rule says so."""

from dataclasses import dataclass
from typing import Final

from sekisho.adapters.donations.link_evidence import Evidence
from sekisho.adapters.donations.link_groups import LATER, NOT_SAME, OPEN, SAME, SETTLED
from sekisho.adapters.donations.models import LinkRow
from sekisho.adapters.donations.reading import DonationFacts
from sekisho.business.hometown_donations.linkage import RULE_WORDS_OF_LINKS, LinkField
from sekisho.web.components.chips import Chip
from sekisho.web.components.facts import Said
from sekisho.web.components.portals import portal_words
from sekisho.web.words import Words

FIELD_WORDS: Final[dict[str, Words]] = {
    LinkField.NAME: Words("氏名", "Name"),
    LinkField.KANA: Words("フリガナ", "Reading"),
    LinkField.ADDRESS: Words("住所", "Address"),
    LinkField.TELEPHONE: Words("電話番号", "Telephone"),
    LinkField.MAIL: Words("メールアドレス", "Mail address"),
    LinkField.BIRTH: Words("生年月日", "Birth date"),
}
STATE_WORDS: Final = {
    OPEN: Words("未確認", "To be looked at"),
    LATER: Words("後で確認", "Put off"),
    SAME: Words("同じ人とした", "The same person"),
    NOT_SAME: Words("別の人とした", "Two persons"),
    SETTLED: Words("確認不要になった", "Settled by itself"),
}
SOURCE_WORDS: Final = {
    "rules": Words("規則（自動では結ばない段階）", "The rules, which do not link it by themselves"),
    "statistics": Words("統計による第二の意見", "The second opinion, by statistics"),
    "officer": Words("職員がつながりを疑った", "An officer doubts the link"),
}
WHY_WORDS: Final = {
    "family": Words("家族など別の人らしい", "It may be somebody of the family"),
    "same_name": Words("同姓同名の別の人らしい", "Two people may have one name"),
    "donor_said": Words("本人から申し出があった", "The donor says so"),
    "other": Words("その他", "Something else"),
}
WHYS: Final = tuple(WHY_WORDS.items())
_AGREES: Final = Chip(words=Words("一致", "Agrees"), icon="check", tone="good")
_DIFFERS: Final = Chip(words=Words("違う", "Differs"), icon="cross", tone="stop")
_UNKNOWN: Final = Chip(words=Words("比べられない", "Cannot be compared"), icon="clock", tone="wait")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One field of both records, and whether they agree in it."""

    words: Said
    left: str
    right: str
    chip: Chip | None = None


def _value(facts: DonationFacts, field: str) -> str:
    """What a record says in a field, as it was written."""
    value = facts.address if field == LinkField.ADDRESS else facts.personal.get(field, "")
    return value or "—"


def _chip(evidence: Evidence, field: LinkField) -> Chip:
    """Whether both agree in a field."""
    if field in evidence.link.agreeing:
        return _AGREES
    return _DIFFERS if field in evidence.link.differing else _UNKNOWN


def lines_of(evidence: Evidence) -> list[Line]:
    """Both records side by side: first what is compared, then what only helps to remember."""
    left, right = evidence.left, evidence.right
    compared = [
        Line(words=words, left=_value(left, field), right=_value(right, field), chip=_chip(evidence, LinkField(field)))
        for field, words in FIELD_WORDS.items()
    ]
    return [
        *compared,
        Line(words=Words("郵便番号", "Postcode"), left=_value(left, "postcode"), right=_value(right, "postcode")),
        Line(
            words=Words("ポータル", "Portal"),
            left=str(portal_words(left.portal)),
            right=str(portal_words(right.portal)),
        ),
        Line(words=Words("申込日", "Ordered on"), left=left.ordered_on.isoformat(), right=right.ordered_on.isoformat()),
        Line(words=Words("寄附金額（円）", "Amount (yen)"), left=f"{left.amount:,}", right=f"{right.amount:,}"),
    ]


def rules_of(evidence: Evidence) -> list[tuple[str, Words]]:
    """The rules that hold between both, by id."""
    return [(each, Words(*RULE_WORDS_OF_LINKS[each])) for each in evidence.link.rules]


def fields_said(link: LinkRow) -> list[Words]:
    """In which fields a link agrees."""
    return [FIELD_WORDS[each] for each in link.agreeing.split(",") if each in FIELD_WORDS]
