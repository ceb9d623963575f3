"""The division of the demonstration checks its own connection, so that the screens of the self-check are not empty.

The secretariat asks, the drafter answers, the head submits, the secretariat verifies; the visitor may close it.
"""

from datetime import datetime
from typing import Final

from sekisho.adapters.database.models import Person, SelfCheckRow
from sekisho.adapters.database.self_check_papers import questions_of_round
from sekisho.bootstrap import self_checks
from sekisho.bootstrap.council import Deed
from sekisho.kernel.council import CheckAnswer, CheckQuestion, CheckResult, CheckTopic, Role

_EVIDENCE: Final = {
    CheckTopic.RETENTION: "保存期間の設定画面の写し",
    CheckTopic.SAFEGUARD: "施錠した置き場所の写真",
    CheckTopic.CONTRACTOR: "認証の登録証の写し",
}


def _somebody(tenant: str, role: Role, department: str = "") -> str:
    """Who holds this role, in this department if one is named; nobody if there is none."""
    rows = Person.objects.filter(tenant_id=tenant, is_active=True).order_by("id")
    people = rows.filter(department=department) if department else rows
    return next((each.username for each in people if each.has_role(str(role))), "")


def _answer(question: CheckQuestion, at: datetime) -> CheckAnswer:
    """Everything is as approved, but for who uses it."""
    if question.topic is CheckTopic.OPERATORS:
        what = "人事異動で、来年度から操作者を入れ替える予定"
        return CheckAnswer(key=question.key, result=CheckResult.DIFFERENT, what=what, since=at.date())
    evidence = f"{_EVIDENCE[question.topic]} {at:%Y-%m-%d}" if question.evidence else ""
    return CheckAnswer(key=question.key, result=CheckResult.AS_APPROVED, evidence=evidence)


def check_connection(tenant: str, consultation: str, at: datetime) -> str:
    """Play one self-check until it is verified; answers its number, or nothing where its people are not."""
    secretary = _somebody(tenant, Role.SECRETARIAT)
    if not secretary:
        return ""
    number = self_checks.call(Deed(tenant=tenant, person=secretary, at=at), consultation)
    row = SelfCheckRow.objects.get(tenant_id=tenant, number=number)
    drafter = _somebody(tenant, Role.DRAFTER, row.department)
    head = _somebody(tenant, Role.HEAD, row.department)
    if drafter and head and drafter != head:
        answers = [_answer(each, at) for each in questions_of_round(row)]
        self_checks.answer(Deed(tenant=tenant, person=drafter, at=at), number, answers)
        self_checks.submit(Deed(tenant=tenant, person=head, at=at), number)
        self_checks.verify(Deed(tenant=tenant, person=secretary, at=at), number)
    return number
