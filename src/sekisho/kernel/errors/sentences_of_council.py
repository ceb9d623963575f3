"""The sentences of the reasons around a consultation: what is missing, who may not, what is not decided."""

from collections.abc import Mapping
from typing import Final

from sekisho.kernel.errors.codes import ReasonCode

SENTENCES_OF_COUNCIL: Final[Mapping[ReasonCode, tuple[str, str]]] = {
    ReasonCode.DUTIES_NOT_SEPARATE: (
        "「{person}」は「{one}」の立場にあるため、「{other}」を兼ねることはできません。",
        "{person} has the duty {one} and may not also have {other}.",
    ),
    ReasonCode.DOSSIER_INCOMPLETE: (
        "「{place}」の「{what}」が書かれていません。",
        "{what} is missing at {place}.",
    ),
    ReasonCode.NO_QUORUM: (
        "定足数に足りません(出席 {present} 人、必要 {needed} 人)。",
        "There is no quorum ({present} present, {needed} needed).",
    ),
    ReasonCode.NOT_PRESENT: (
        "「{person}」は、この時点で出席していません。",
        "{person} is not present at this time.",
    ),
    ReasonCode.RECUSED: (
        "「{person}」は、議題「{item}」から除斥されています。",
        "{person} is recused from item {item}.",
    ),
    ReasonCode.OPINIONS_SEALED: (
        "書面の意見は {until} まで、または全員がそろうまで、開けません。",
        "Written opinions stay sealed until {until}, or until all are in.",
    ),
    ReasonCode.VERDICT_MISSING: (
        "項目「{item}」の扱い(残す・伏せる・外す)が決まっていません。",
        "There is no verdict (keep, mask, drop) on data item {item}.",
    ),
    ReasonCode.QUESTION_OPEN: (
        "質問「{question}」に、まだ答えがありません。",
        "Question {question} has not been answered.",
    ),
    ReasonCode.CONDITION_OPEN: (
        "審議会の付けた条件「{condition}」が、まだ満たされていません。",
        "The council's condition {condition} has not been met.",
    ),
    ReasonCode.OPINIONS_DIFFER: (
        "通行証 {permit} についての二つの判断が一致しません。安全のため止めます。",
        "The two decisions about permit {permit} differ; it is refused to be safe.",
    ),
    ReasonCode.DECISION_FAILED: (
        "通行証 {permit} について判断できませんでした。安全のため止めます。",
        "No decision about permit {permit} could be made; it is refused to be safe.",
    ),
    ReasonCode.POLICY_NOT_VALID: (
        "通行証 {permit} の規則文に誤りがあります({what})。",
        "The policy text of permit {permit} is not valid ({what}).",
    ),
    ReasonCode.REDACTION_LEAKS: (
        "公開する会議録に、非公開とする語が残っています(一覧の {which} 番)。公開しません。",
        "The minutes still hold words that are to be removed (numbers {which} of the list); they are not published.",
    ),
}
