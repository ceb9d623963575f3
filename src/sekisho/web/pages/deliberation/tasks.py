"""What of the council's procedure waits for this reader, for the task list of S-001."""

from typing import Final

from django.urls import reverse
from django.utils import timezone

from sekisho.adapters.database.queries_tasks import Waiting, Worker, tasks_of
from sekisho.web.components.facts import Task
from sekisho.web.office import Office
from sekisho.web.pages.deliberation.words import number_of
from sekisho.web.words import Words

# What is to be done, the button's word, and the page where it is done.
_TASKS: Final = {
    "draft": (Words("起案を仕上げる", "Finish the draft"), Words("書く", "Write"), "matter"),
    "submit": (Words("起案を確かめて提出する", "Check the draft and submit it"), Words("見る", "See"), "matter"),
    "answer": (Words("質問に答える", "Answer questions"), Words("答える", "Answer"), "matter"),
    "accept": (Words("諮問を受理する", "Take the consultation in"), Words("見る", "See"), "matter"),
    "agenda": (Words("議題にする", "Put it on an agenda"), Words("見る", "See"), "matter"),
    "circulate": (Words("委員に資料を送る", "Send the papers to the members"), Words("見る", "See"), "matter"),
    "opinion": (Words("書面の意見を出す", "Write your opinion"), Words("書く", "Write"), "portal_matter"),
    "vote": (Words("投票する", "Vote"), Words("投票する", "Vote"), "portal_matter"),
    "sign": (Words("答申書に署名する", "Sign the decision letter"), Words("見る", "See"), "matter_decision"),
    "prove": (Words("条件の証拠を出す", "Hand in a proof"), Words("出す", "Hand in"), "conditions"),
    "verify": (Words("条件の証拠を確かめる", "Check a proof"), Words("確かめる", "Check"), "conditions"),
}


def waiting_for(office: Office) -> tuple[Waiting, ...]:
    """Everything that waits for this person."""
    worker = Worker(tenant=office.tenant, person=office.person, department=office.department, roles=tuple(office.roles))
    return tasks_of(worker, timezone.now())


def council_task(each: Waiting) -> Task:
    """One line of the task list."""
    title, act, page = _TASKS[each.task]
    more = f"{number_of(each.consultation)}　{Words(each.label_ja, each.label_en)}"
    counted = Words(f"　{each.count}件", f" ({each.count})") if each.count > 1 else ""
    url = reverse(page) if page == "conditions" else reverse(page, args=[each.matter])
    return Task(icon="paper", title=title, more=f"{more}{counted}", url=url, act=act)
