"""What the closed lists of gathering are called on screen: topics, what two questions share, where one stands."""

from typing import Final

from sekisho.adapters.database.queries_questions import GatheredQuestion
from sekisho.kernel.council import QUESTION_TABLE, Dossier, Likeness, QuestionTopic, arrow_of, named_in, topic_of
from sekisho.web.components.chips import Chip
from sekisho.web.components.vocabulary import item_words
from sekisho.web.words import Words

TOPICS: Final[dict[str, Words]] = {
    QuestionTopic.FRONT: Words("諮問の概要", "The consultation in short"),
    QuestionTopic.NETWORK: Words("ネットワーク", "Networks"),
    QuestionTopic.COMPUTER: Words("電子計算機", "Computers"),
    QuestionTopic.ARROW: Words("矢印（結合）", "Arrows"),
    QuestionTopic.ITEM: Words("個人情報の項目", "Data items"),
    QuestionTopic.KEEPING: Words("保管と削除", "Keeping and erasing"),
    QuestionTopic.SAFEGUARD: Words("安全の措置", "Safeguards"),
    QuestionTopic.CONTRACTOR: Words("委託先", "Contractors"),
}
LIKENESSES: Final[dict[str, Words]] = {
    Likeness.FIELD: Words("同じ種類の記載", "same kind of field"),
    Likeness.ZONE: Words("同じ領域", "same zone"),
    Likeness.CONTRACTOR: Words("同じ委託先", "same contractor"),
    Likeness.ITEM: Words("同じ項目", "same data item"),
}
LATE: Final = Chip(words=Words("回答期限を過ぎています", "Answer overdue"), icon="warning", tone="stop")
_LOOKS: Final = {
    "asked": ("clock", "wait"),
    "answered": ("paper", "key"),
    "accepted": ("check", "good"),
    "followed_up": ("info", "quiet"),
}


def question_chip(row: GatheredQuestion) -> Chip:
    """Where a question stands."""
    icon, tone = _LOOKS[row.question.state]
    return Chip(words=Words(*QUESTION_TABLE.states[row.question.state]), icon=icon, tone=tone)


def _labels(dossier: Dossier) -> dict[tuple[str, str], Words]:
    """What the dossier calls the things that its fields name."""
    chart = dossier.chart
    arrows = {
        each.connection: Words(f"{each.badge} {each.label_ja}", f"{each.badge} {each.label_en}")
        for each in chart.connections
    }
    return {
        **{("networks", each.network): Words(each.label_ja, each.label_en) for each in chart.networks},
        **{("computers", each.computer): Words(each.label_ja, each.label_en) for each in chart.computers},
        **{(name, arrow): words for arrow, words in arrows.items() for name in ("connections", "sheets")},
    }


def things_in(path: str, dossier: Dossier) -> Words:
    """What a field is about by the names that people use: the topic, and the things on the way to it."""
    labels = _labels(dossier)
    things = [
        item_words(thing) if name == "items" else labels.get((name, thing), Words(thing, thing))
        for name, thing in named_in(path)
    ]
    topic = TOPICS[topic_of(path)]
    return Words(
        "・".join([topic.ja, *(each.ja for each in things)]), ", ".join([topic.en, *(each.en for each in things)])
    )


def arrow_words(arrow: str, dossier: Dossier) -> Words:
    """An arrow by its badge and its name."""
    return _labels(dossier).get(("connections", arrow), Words(arrow, arrow))


def arrows_of(row: GatheredQuestion) -> frozenset[str]:
    """The arrows that a question and its answer point to."""
    return frozenset(filter(None, (arrow_of(row.question.about), arrow_of(row.question.cites))))
