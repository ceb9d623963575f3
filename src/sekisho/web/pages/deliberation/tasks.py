"""What of the council's procedure waits for this reader, for the task list of S-001."""

from typing import Final

from django.urls import reverse
from django.utils import timezone

from sekisho.adapters.database.queries_rows import Waiting, Worker
from sekisho.adapters.database.queries_tasks import tasks_of
from sekisho.web.access import EVERYBODY
from sekisho.web.components.dates import long_moment
from sekisho.web.components.facts import Task
from sekisho.web.office import Office
from sekisho.web.pages.deliberation.words import number_of
from sekisho.web.words import Words

_OWN_NUMBERS: Final = frozenset({"assessment", "minutes", "survey"})
_WITHOUT_A_MATTER: Final = frozenset({"conditions", "keeping", "meetings", "self_checks", "survey"})
# What is to be done, the button's word, and the page where it is done.
_TASKS: Final = {
    "draft": (Words("起案を仕上げる", "Finish the draft"), Words("書く", "Write"), "matter"),
    "submit": (Words("起案を確かめて提出する", "Check the draft and submit it"), Words("見る", "See"), "matter"),
    "answer": (Words("質問に答える", "Answer questions"), Words("答える", "Answer"), "matter_questions"),
    "assign_answer": (Words("質問の回答者を決める", "Name who answers"), Words("決める", "Name"), "matter_questions"),
    "late_answer": (Words("期限を過ぎた回答を促す", "Answers are overdue"), Words("見る", "See"), "matter_questions"),
    "take_answer": (Words("回答を確かめる", "Look at the answers to you"), Words("見る", "See"), "portal_matter"),
    "accept": (Words("諮問を受理する", "Take the consultation in"), Words("見る", "See"), "matter"),
    "agenda": (Words("議題にする", "Put it on an agenda"), Words("見る", "See"), "matter"),
    "circulate": (Words("委員に資料を送る", "Send the papers to the members"), Words("見る", "See"), "matter"),
    "exemption": (
        Words("諮問不要の申出を確かめる", "Judge a claimed exemption"),
        Words("見る", "See"),
        "matter",
    ),
    "open_meeting": (Words("会議を開く", "Open the meeting"), Words("開く", "Open"), "meetings"),
    "take_up": (Words("議題に入る", "Take the item up"), Words("進める", "Go on"), "matter"),
    "close_questions": (Words("質疑を終え、審議に移る", "End the questions"), Words("進める", "Go on"), "matter"),
    "motion": (Words("採決にかける", "Put it to the vote"), Words("進める", "Go on"), "matter_decision"),
    "count": (Words("数えて決定を告げる", "Count and announce"), Words("進める", "Go on"), "matter_decision"),
    "adopt": (
        Words("提案された条件を採るか決める", "Adopt conditions or not"),
        Words("決める", "Decide"),
        "conditions",
    ),
    "judge": (Words("項目ごとに判断する", "Judge the data items"), Words("判断する", "Judge"), "matter_decision"),
    "opinion": (Words("書面の意見を出す", "Write your opinion"), Words("書く", "Write"), "portal_matter"),
    "vote": (Words("投票する", "Vote"), Words("投票する", "Vote"), "portal_matter"),
    "sign": (Words("答申書に署名する", "Sign the decision letter"), Words("見る", "See"), "matter_letter"),
    "decide_internally": (
        Words("審議会の意見を受けて決裁する", "Decide after the council's opinion"),
        Words("決裁する", "Decide"),
        "matter_decision",
    ),
    "countersign": (Words("決裁に署名する", "Sign the agency's decision"), Words("見る", "See"), "matter_decision"),
    "prove": (Words("条件の証拠を出す", "Hand in a proof"), Words("出す", "Hand in"), "conditions"),
    "verify": (Words("条件の証拠を確かめる", "Check a proof"), Words("確かめる", "Check"), "conditions"),
    "assess": (Words("評価を進める", "Go on with an assessment"), Words("進める", "Go on"), "assessment"),
    "find": (
        Words("評価書を項目ごとに点検する", "Check the report"),
        Words("点検する", "Check"),
        "assessment",
    ),
    "check_yearly": (Words("評価書を年に一度見直す", "Look at a report yearly"), Words("見直す", "Look"), "assessment"),
    "minutes": (Words("会議録を進める", "Go on with the minutes"), Words("進める", "Go on"), "minutes"),
    "confirm_minutes": (Words("会議録の案を確かめる", "Confirm the minutes"), Words("確かめる", "Confirm"), "minutes"),
    "late_copies": (
        Words("削除の期限を過ぎた写しを片づける", "Deal with copies past their date"),
        Words("見る", "See"),
        "keeping",
    ),
    "ask_contractor": (
        Words("委託先に削除証明を求める", "Ask a contractor for its certificate"),
        Words("見る", "See"),
        "keeping",
    ),
    "confirm_erasure": (Words("削除名簿を確かめる", "Look at an erasure list"), Words("確かめる", "Look"), "keeping"),
    "lift_hold": (Words("法的保全の解除に同意する", "Agree to lift a hold"), Words("見る", "See"), "keeping"),
    "answer_self_check": (
        Words("年次の自己点検に答える", "Answer a self-check"),
        Words("答える", "Answer"),
        "self_check",
    ),
    "submit_self_check": (
        Words("自己点検の回答を確かめて提出する", "Submit a self-check"),
        Words("見る", "See"),
        "self_check",
    ),
    "verify_self_check": (
        Words("提出された自己点検を確かめる", "Verify a self-check"),
        Words("確かめる", "Check"),
        "self_check",
    ),
    "close_self_check": (
        Words("確かめた自己点検を完了とする", "Close a verified self-check"),
        Words("見る", "See"),
        "self_check",
    ),
    "late_self_checks": (
        Words("期限を過ぎた自己点検があります", "Self-checks are overdue"),
        Words("見る", "See"),
        "self_checks",
    ),
    "triage_finding": (
        Words("見つかった接続を仕分け、照会する", "Triage what the survey found"),
        Words("見る", "See"),
        "survey",
    ),
    "check_finding": (
        Words("見つかった接続の回答を確かめる", "Check answers to the survey"),
        Words("確かめる", "Check"),
        "survey",
    ),
    "close_finding": (Words("報告した接続を閉じる", "Close reported findings"), Words("閉じる", "Close"), "survey"),
    "answer_finding": (
        Words("見つかった接続について回答する", "Answer for a connection that was found"),
        Words("答える", "Answer"),
        "survey",
    ),
    "file_finding": (
        Words("見つかった接続の諮問を起案する", "Draft the consultation of a finding"),
        Words("起案する", "Draft"),
        "survey",
    ),
    "sign_return": (Words("接続の調査に回答する", "Answer the survey"), Words("答える", "Answer"), "survey"),
    "close": (Words("確かめた条件を閉じる", "Close a verified condition"), Words("閉じる", "Close"), "conditions"),
}


# Behind which line of the menu a page stands.
_LINES: Final = {
    "portal_matter": "portal",
    "matter": "consultations",
    "matter_decision": "consultations",
    "matter_questions": "questions",
    "matter_letter": "letters",
    "assessment": "assessments",
    "minutes": "all_minutes",
    "self_check": "self_checks",
}


def waiting_for(office: Office) -> tuple[Waiting, ...]:
    """Everything that waits for this person."""
    worker = Worker(tenant=office.tenant, person=office.person, department=office.department, roles=tuple(office.roles))
    return tasks_of(worker, timezone.now())


def council_task(each: Waiting) -> Task:
    """One line of the task list."""
    title, act, page = _TASKS[each.task]
    number = f"{number_of(each.consultation)}　" if each.consultation or page not in _OWN_NUMBERS else ""
    more = f"{number}{Words(each.label_ja, each.label_en)}"
    counted = Words(f"　{each.count}件", f" ({each.count})") if each.count > 1 else ""
    url = reverse(page) if page in _WITHOUT_A_MATTER else reverse(page, args=[each.matter])
    late = each.due is not None and each.due < timezone.now()
    return Task(
        icon="paper", title=title, more=f"{more}{counted}", url=url, act=act, due=_due(each, late=late), late=late
    )


def _due(each: Waiting, *, late: bool) -> Words | str:
    """By when, and whether that has passed."""
    if each.due is None:
        return ""
    day = long_moment(each.due)
    if late:
        return Words(f"期限（{day}）を過ぎています", f"Was due {day}")
    return Words(f"期限：{day}", f"Due {day}")


def counts_for(office: Office) -> dict[str, int]:
    """How many tasks wait behind which line of the menu; the first page has them all."""
    if not set(EVERYBODY) & set(office.roles):
        return {}
    waiting = waiting_for(office)
    counts = {"today": len(waiting)}
    for each in waiting:
        page = _TASKS[each.task][2]
        line = _LINES.get(page, page)
        counts[line] = counts.get(line, 0) + 1
    return counts
