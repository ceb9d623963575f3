"""What the reader of a refusal can do next, for every reason, in Japanese and English."""

from typing import Final

from sekisho.kernel.errors.codes import ReasonCode

_MEND_THE_FILE: Final = (
    "送り手に訂正したファイルを求めてください。",
    "Ask the sender for a corrected file.",
)
_ASK_THE_COUNCIL: Final = (
    "必要であれば、変更を審議会に諮ってください。",
    "If it is needed, put the change to the council.",
)
_USE_WHAT_IS_APPROVED: Final = (
    "承認された操作者・端末・経路で、もう一度お試しください。",
    "Try again as an approved operator, at the approved terminal, by the approved route.",
)
_CALL_THE_OFFICE: Final = (
    "情報システム課に連絡してください。",
    "Call the information systems division.",
)
_FINISH_THE_DOSSIER: Final = (
    "書き足してから、もう一度提出してください。",
    "Complete it, then submit it again.",
)
_LEAVE_IT_TO_ANOTHER: Final = (
    "別の人が行ってください。",
    "Somebody else has to do this.",
)
_FINISH_FIRST: Final = (
    "先にそれを済ませてください。",
    "Settle that first.",
)
_NAME_ONE_TO_ACT: Final = (
    "出席していて除斥されていない委員から、会長の職務代理を指名してください。",
    "Name a member who is present and not recused to act for the chair.",
)
_VOTE_ANEW: Final = (
    "会長が案を取り下げ、改めて採決にかけてください。決定の後であれば、改めて諮ってください。",
    "The chair takes the motion back and puts it to the vote anew; after the decision, consult the council anew.",
)
_LEAVE_IT_TO_THE_CHAIR: Final = (
    "会長が議事を進めてください。",
    "The chair goes on.",
)
_ENTER_THE_RULE: Final = (
    "事務局が、その日に施行されている規則を登録してください(sekisho municipality rules)。",
    "The secretariat enters a rule that is in force on that day (sekisho municipality rules).",
)
_CORRECT_THE_FIELD: Final = (
    "その欄を直して、もう一度送ってください。",
    "Correct that field and send it again.",
)
_SEND_LATER: Final = ("しばらくたってから、もう一度送ってください。", "Send it again after a while.")
_TAKE_THE_LIST_OUT: Final = (
    "一覧を取り除いてください。出すことが必要なら、項目を審議会に諮ってください。",
    "Take the list out; if it has to go, put these items to the council.",
)
_LOOK_AT_THE_FORM: Final = (
    "申請書の紙を見て、確かめてください。",
    "Look at the paper form and check it.",
)
_READ_THE_ANSWERS: Final = (
    "回答は公表資料のページで読めます。",
    "The answers are on the page of what is published.",
)
_CONFIRM_THE_LIST: Final = (
    "名簿の中身を確かめ、二人で確認してください。誤りなら取り下げてください。",
    "Look at the list; two persons confirm it, or it is dropped.",
)
_LIFT_THE_HOLD: Final = (
    "保全が要らなくなったら、二人で解除してください。",
    "When the hold is no longer needed, two persons lift it.",
)
_JUST_WAIT: Final = (
    "自動で繰り返します。急ぐときは相手先に連絡してください。",
    "It is tried again by itself; in a hurry, call the counterpart.",
)
_DO_THE_SELF_CHECK: Final = (
    "担当所属が自己点検(S-225)に答え、事務局が確認すると、通るようになります。",
    "It opens once the department has answered the self-check (S-225) and the secretariat has verified it.",
)
_KEEP_OR_DROP: Final = (
    "その項目を残すか外すかを選んでください。",
    "Choose whether the item is kept or dropped.",
)
_CHANGE_THE_PERIOD: Final = (
    "事務局が、期間を改める変更を審議会に諮ってください。採決の前なら、継続か差戻しとし、担当所属が期間を改めます。",
    "The secretariat puts a change before the council; before the vote, send it back and have the period amended.",
)
_SHORTEN_THE_LOAN: Final = (
    "貸出しの時間を短くするか、委託先での保存の日数を定めてください。",
    "Lend the key for less time, or say for how many days the contractor may keep the copy.",
)
_SHOW_IT_IS_GONE: Final = (
    "手元の写しをすべて消し、削除の証明書を市に出してください。まだ要るときは市の担当課に連絡してください。",
    "Erase every copy and send the city a certificate; if it is still needed, call the city's department.",
)
_SEND_AGAIN: Final = ("もう一度送ってください。", "Send it again.")

_BY_TODAY_S_LAYOUT: Final = (
    "いまの様式でもう一度検査するか、拒否して送り手に送り直してもらってください。",
    "Have it examined again by today's layout, or refuse it and have the sender send it again.",
)
_LOOK_AGAIN: Final = (
    "情報システム課が検査の備えを整えてから、もう一度検査します。小さく分けるか暗号を解いたファイルを送り手に求めることもできます。",
    "Once the scanner and the sandbox are mended it is examined again; or ask for a smaller file, without a password.",
)
_ALARM: Final = (
    "ほかの通過も止めるかを含めて、情報システム課にすぐ連絡してください。写しは保留のまま開かないでください。",
    "Call the information systems division at once: other crossings may have to stop. Do not open the held copy.",
)

_MEND_CODES: Final = frozenset(
    {
        ReasonCode.EMPTY_PARCEL,
        ReasonCode.TYPE_NOT_APPROVED,
        ReasonCode.ACTIVE_CONTENT,
        ReasonCode.HARMFUL,
        ReasonCode.LAYOUT_NOT_APPROVED,
        ReasonCode.RECORDS_FAULTY,
        ReasonCode.INDIVIDUAL_NUMBER_FOUND,
        ReasonCode.OTHER_MUNICIPALITY,
        ReasonCode.INPUT_NOT_UNDERSTOOD,
    }
)
_COUNCIL_CODES: Final = frozenset(
    {
        ReasonCode.NO_PERMIT,
        ReasonCode.PERMIT_EXPIRED,
        ReasonCode.PERMIT_NOT_YET_VALID,
        ReasonCode.ITEM_NOT_APPROVED,
        ReasonCode.NUMBER_COLUMN_NOT_APPROVED,
        ReasonCode.TOO_LARGE,
        ReasonCode.TOO_MANY_PARCELS,
        ReasonCode.TOO_MANY_RECORDS,
        ReasonCode.COUNTERPART_NOT_APPROVED,
        ReasonCode.DIRECTION_NOT_APPROVED,
        ReasonCode.LETTER_SEALED,
    }
)
_BEARER_CODES: Final = frozenset(
    {
        ReasonCode.NOT_IDENTIFIED,
        ReasonCode.NOT_OF_THIS_AGENCY,
        ReasonCode.PERSON_NOT_NAMED,
        ReasonCode.FACTOR_MISSING,
        ReasonCode.TERMINAL_NOT_APPROVED,
        ReasonCode.ROUTE_NOT_APPROVED,
        ReasonCode.OUTSIDE_HOURS,
        ReasonCode.NOT_ALLOWED,
        ReasonCode.NOT_A_RECIPIENT,
    }
)
_SEND_AGAIN_CODES: Final = frozenset(
    {
        ReasonCode.TICKET_NOT_VALID,
        ReasonCode.KEY_USED_FOR_OTHER_BYTES,
        ReasonCode.LENGTH_DIFFERS,
        ReasonCode.DIGEST_DIFFERS,
        ReasonCode.TOO_MANY_AT_ONCE,
        ReasonCode.TOO_SLOW,
        ReasonCode.OFFSET_DIFFERS,
        ReasonCode.CHECKSUM_DIFFERS,
        ReasonCode.UPLOAD_GONE,
    }
)
_FIELD_CODES: Final = frozenset({ReasonCode.FIELD_NOT_UNDERSTOOD})
_LOOK_AGAIN_CODES: Final = frozenset(
    {ReasonCode.NOT_SCANNABLE, ReasonCode.NOT_REBUILT, ReasonCode.PROFILE_TOO_WEAK},
)
_ALARM_CODES: Final = frozenset({ReasonCode.FOREIGN_CANARY})
_DOSSIER_CODES: Final = frozenset({ReasonCode.DOSSIER_INCOMPLETE})
_OTHER_PERSON_CODES: Final = frozenset(
    {ReasonCode.DUTIES_NOT_SEPARATE, ReasonCode.RECUSED, ReasonCode.NOT_PRESENT} | {ReasonCode.ANSWER_IS_ANOTHERS},
)
_FIRST_CODES: Final = frozenset(
    {
        ReasonCode.NO_QUORUM,
        ReasonCode.OPINIONS_SEALED,
        ReasonCode.VERDICT_MISSING,
        ReasonCode.QUESTION_OPEN,
        ReasonCode.CONDITION_OPEN,
        ReasonCode.CONDITION_NOT_ADOPTED,
        ReasonCode.ASSESSMENT_NOT_IN_FORCE,
        ReasonCode.ASSESSMENT_DOES_NOT_COVER,
        ReasonCode.DEPTH_TOO_SHALLOW,
        ReasonCode.COMMENT_TOO_SHORT,
        ReasonCode.COMMENT_UNANSWERED,
        ReasonCode.CHECK_POINT_OPEN,
        ReasonCode.ASSESSMENT_TOO_EARLY,
        ReasonCode.ASSESSMENT_TOO_LATE,
        ReasonCode.CHANGE_IS_MATERIAL,
        ReasonCode.NO_CHANGE,
        ReasonCode.REDACTION_FAILED,
        ReasonCode.REDACTION_LEAKS,
    }
)


_ACTIONS: Final = (
    (_MEND_CODES, _MEND_THE_FILE),
    (_COUNCIL_CODES, _ASK_THE_COUNCIL),
    (_BEARER_CODES, _USE_WHAT_IS_APPROVED),
    (_SEND_AGAIN_CODES, _SEND_AGAIN),
    (_FIELD_CODES, _CORRECT_THE_FIELD),
    (frozenset({ReasonCode.TOO_MANY_COMMENTS, ReasonCode.TOO_MANY_TRIES}), _SEND_LATER),
    (frozenset({ReasonCode.PEOPLE_LIST_FOUND}), _TAKE_THE_LIST_OUT),
    (frozenset({ReasonCode.APPLICATION_DEFICIENT, ReasonCode.AFTER_DEADLINE}), _LOOK_AT_THE_FORM),
    (frozenset({ReasonCode.COMMENT_CLOSED}), _READ_THE_ANSWERS),
    (_LOOK_AGAIN_CODES, _LOOK_AGAIN),
    (frozenset({ReasonCode.LAYOUT_CHANGED}), _BY_TODAY_S_LAYOUT),
    (_ALARM_CODES, _ALARM),
    (_DOSSIER_CODES, _FINISH_THE_DOSSIER),
    (_OTHER_PERSON_CODES, _LEAVE_IT_TO_ANOTHER),
    (_FIRST_CODES, _FINISH_FIRST),
    (frozenset({ReasonCode.CHAIR_RECUSED}), _NAME_ONE_TO_ACT),
    (frozenset({ReasonCode.CHAIR_PRESIDES}), _LEAVE_IT_TO_THE_CHAIR),
    (frozenset({ReasonCode.RULE_NOT_IN_FORCE}), _ENTER_THE_RULE),
    (frozenset({ReasonCode.VOTE_IS_OPEN, ReasonCode.NOT_VOTED_ON}), _VOTE_ANEW),
    (frozenset({ReasonCode.MASK_OUTSIDE_GATE, ReasonCode.MASK_DOES_NOT_FIT}), _KEEP_OR_DROP),
    (frozenset({ReasonCode.PERIOD_OVER}), _CHANGE_THE_PERIOD),
    (frozenset({ReasonCode.ERASURE_TOO_LARGE}), _CONFIRM_THE_LIST),
    (frozenset({ReasonCode.ON_HOLD}), _LIFT_THE_HOLD),
    (frozenset({ReasonCode.COUNTERPART_AWAY}), _JUST_WAIT),
    (frozenset({ReasonCode.SELF_CHECK_OVERDUE}), _DO_THE_SELF_CHECK),
    (frozenset({ReasonCode.KEY_LENT_TOO_LONG}), _SHORTEN_THE_LOAN),
    (frozenset({ReasonCode.KEY_LOAN_OVER}), _SHOW_IT_IS_GONE),
)


def next_action(code: ReasonCode) -> tuple[str, str]:
    """What the reader can do now, in both languages."""
    return next((action for codes, action in _ACTIONS if code in codes), _CALL_THE_OFFICE)
