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
    ReasonCode.RULE_NOT_IN_FORCE: (
        "審議会の議事の規則「{rule}」は登録されていないか、{day} には施行されていません。",
        "The council has no rule {rule}, or it is not in force on {day}.",
    ),
    ReasonCode.NOT_PRESENT: (
        "「{person}」は、この時点で出席していません。",
        "{person} is not present at this time.",
    ),
    ReasonCode.RECUSED: (
        "「{person}」は、議題「{item}」から除斥されています。",
        "{person} is recused from item {item}.",
    ),
    ReasonCode.CHAIR_RECUSED: (
        "会長「{person}」は議題「{item}」から除斥されているため、議事の進行も署名もできません。",
        "The chair {person} is recused from item {item} and can neither preside over it nor sign.",
    ),
    ReasonCode.CHAIR_PRESIDES: (
        "会長「{person}」が議事を進めることができるため、職務代理は置けません。",
        "The chair {person} can preside; nobody acts for them.",
    ),
    ReasonCode.OPINIONS_SEALED: (
        "書面の意見は {until} まで、または全員がそろうまで、開けません。",
        "Written opinions stay sealed until {until}, or until all are in.",
    ),
    ReasonCode.VERDICT_MISSING: (
        "項目「{item}」の扱い(残す・伏せる・外す)が決まっていません。",
        "There is no verdict (keep, mask, drop) on data item {item}.",
    ),
    ReasonCode.MASK_OUTSIDE_GATE: (
        "項目「{item}」は伏せられません。この矢印(画面・紙など)はファイルとして関所を通らず、値を伏せる所がありません。",
        "Data item {item} cannot be masked: nothing crosses the gate as a file on this arrow, so nobody would hide it.",
    ),
    ReasonCode.MASK_DOES_NOT_FIT: (
        "項目「{item}」は伏せられません。様式 {layout} では、伏せた値が様式に合わなくなります。",
        "Data item {item} cannot be masked: in layout {layout} no mask may stand in its place.",
    ),
    ReasonCode.PERIOD_OVER: (
        "接続 {connection} の有効期間は {not_after} に終わっています。通行証は発行できません。",
        "The period of connection {connection} ended on {not_after}: no permit can be issued for it.",
    ),
    ReasonCode.QUESTION_OPEN: (
        "質問「{question}」に、まだ答えがありません。",
        "Question {question} has not been answered.",
    ),
    ReasonCode.CONDITION_OPEN: (
        "審議会の付けた条件「{condition}」が、まだ満たされていません。",
        "The council's condition {condition} has not been met.",
    ),
    ReasonCode.CONDITION_NOT_ADOPTED: (
        "条件「{condition}」を付けるかどうかを、会長がまだ決めていません。",
        "The chair has not said whether condition {condition} is adopted.",
    ),
    ReasonCode.LETTER_SEALED: (
        "「{what}」の答申書には既に署名があるため、条件を変えられません。",
        "The letter of {what} bears a signature; its conditions can no longer be changed.",
    ),
    ReasonCode.VOTE_IS_OPEN: (
        "「{what}」は採決にかけられています。採決の対象は、会長が案を取り下げるまで変えられません。",
        "A motion on {what} is put to the vote; what is voted on cannot change until the chair takes the motion back.",
    ),
    ReasonCode.NOT_VOTED_ON: (
        "「{what}」は、委員が採決したものと異なります。",
        "{what} is not what the members voted on.",
    ),
    ReasonCode.ANSWER_IS_ANOTHERS: (
        "質問「{question}」に答えるのは「{person}」です。",
        "Question {question} is for {person} to answer.",
    ),
    ReasonCode.ASSESSMENT_NOT_IN_FORCE: (
        "特定個人情報保護評価「{assessment}」が、まだ効力を持っていません。",
        "The protection assessment {assessment} is not in force.",
    ),
    ReasonCode.ASSESSMENT_DOES_NOT_COVER: (
        "特定個人情報保護評価「{assessment}」の有効な版は、接続「{connection}」の「{what}」を対象としていません。",
        "The version in force of the protection assessment {assessment} does not cover {what} of {connection}.",
    ),
    ReasonCode.FIELD_NOT_UNDERSTOOD: (
        "「{where}」の記入を読み取れません({what})。",
        "What was entered at {where} could not be understood ({what}).",
    ),
    ReasonCode.COMMENT_CLOSED: (
        "意見の募集は{opens}から{closes}までです。いまは受け付けていません。",
        "Comments are taken from {opens} to {closes}, and not now.",
    ),
    ReasonCode.TOO_MANY_COMMENTS: (
        "いま意見が集中しています(1時間に{limit}件まで)。",
        "Many comments are coming in (at most {limit} an hour).",
    ),
    ReasonCode.FACTOR_MISSING: (
        "承認された本人確認の手段({factors})で確認されていません。",
        "The person did not sign in by an approved factor ({factors}).",
    ),
    ReasonCode.REGISTER_DIFFERS: (
        "「{what}」の登録({registered})が、台帳の記録({written})と一致しません。",
        "What is registered for {what} ({registered}) is not what the ledger says ({written}).",
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
    ReasonCode.DEPTH_TOO_SHALLOW: (
        "評価の種類「{depth}」では足りません(しきい値判断: {demanded})。",
        "An assessment of depth {depth} is not enough (the threshold demands {demanded}).",
    ),
    ReasonCode.COMMENT_TOO_SHORT: (
        "意見募集が{days}日間です。{demanded}日以上とするか、短くする特段の理由を書いてください。",
        "Public comment of {days} days is too short; it takes {demanded}, or a stated reason.",
    ),
    ReasonCode.COMMENT_UNANSWERED: (
        "意見{comment}への回答がありません。",
        "Comment {comment} has no answer.",
    ),
    ReasonCode.CHECK_POINT_OPEN: (
        "第三者点検の観点「{point}」({aspect})の判断または所見がありません。",
        "Point {point} ({aspect}) of the third-party check has no finding, or none with a remark.",
    ),
    ReasonCode.ASSESSMENT_TOO_EARLY: (
        "「{what}」はまだできません({since} より後)。",
        "Too early for {what} (not before {since} is past).",
    ),
    ReasonCode.ASSESSMENT_TOO_LATE: (
        "「{what}」は {until} までにする必要がありました。",
        "Too late for {what} (due by {until}).",
    ),
    ReasonCode.CHANGE_IS_MATERIAL: (
        "「{place}」は重要な変更に当たります。",
        "The change at {place} is material.",
    ),
    ReasonCode.NO_CHANGE: (
        "「{what}」に、それに当たる変更がありません。",
        "Nothing of that kind has changed in {what}.",
    ),
    ReasonCode.REDACTION_FAILED: (
        "伏せるはずの語(一覧の{number}番目)が文書に残っています。",
        "The document still says what was to be left out (number {number} of the list).",
    ),
    ReasonCode.REDACTION_LEAKS: (
        "公開する会議録に、非公開とする語が残っています(一覧の {which} 番)。公開しません。",
        "The minutes still hold words that are to be removed (numbers {which} of the list); they are not published.",
    ),
    ReasonCode.SELF_CHECK_OVERDUE: (
        "諮問第{consultation}号の年次の自己点検が、期限({due})までに確認されていません。",
        "The yearly self-check of consultation {consultation} was not verified by {due}.",
    ),
}
