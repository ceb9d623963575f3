"""The division of the demonstration checks its own connection, so that the screens of the self-check are not empty.

The secretariat asks, the drafter answers, the head submits, the secretariat verifies; the visitor may close it.
"""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Final

from sekisho.adapters.database.models import Person, SelfCheckRow
from sekisho.adapters.database.office_time import OFFICE_TIME, office_day
from sekisho.adapters.database.self_check_clock import calendar_of
from sekisho.adapters.database.self_check_papers import paper_in_force, questions_of_round
from sekisho.adapters.database.self_check_standing import check_rule_of
from sekisho.bootstrap import self_checks
from sekisho.bootstrap.council import Deed
from sekisho.kernel.council import CheckAnswer, CheckQuestion, CheckResult, CheckTopic, Role, next_check

_NOON: Final = time(12, 0)
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


def _as_approved(question: CheckQuestion, at: datetime) -> CheckAnswer:
    """Everything is as approved, and proved where that is asked."""
    evidence = f"{_EVIDENCE[question.topic]} {at:%Y-%m-%d}" if question.evidence else ""
    return CheckAnswer(key=question.key, result=CheckResult.AS_APPROVED, evidence=evidence)


def _but_for_its_operators(question: CheckQuestion, at: datetime) -> CheckAnswer:
    """Everything is as approved, but for who uses it."""
    if question.topic is not CheckTopic.OPERATORS:
        return _as_approved(question, at)
    what = "人事異動で、来年度から操作者を入れ替える予定"
    return CheckAnswer(key=question.key, result=CheckResult.DIFFERENT, what=what, since=at.date())


def _play(tenant: str, consultation: str, at: datetime, said: Callable[[CheckQuestion, datetime], CheckAnswer]) -> str:
    """One self-check until it is verified; answers its number, or nothing where its people are not."""
    paper, secretary = paper_in_force(tenant, consultation), _somebody(tenant, Role.SECRETARIAT)
    department = paper.dossier.department if paper else ""
    drafter, head = _somebody(tenant, Role.DRAFTER, department), _somebody(tenant, Role.HEAD, department)
    if not (secretary and department and drafter and head and drafter != head):
        return ""
    number = self_checks.call(Deed(tenant=tenant, person=secretary, at=at), consultation)
    row = SelfCheckRow.objects.get(tenant_id=tenant, number=number)
    answers = [said(each, at) for each in questions_of_round(row)]
    self_checks.answer(Deed(tenant=tenant, person=drafter, at=at), number, answers)
    self_checks.submit(Deed(tenant=tenant, person=head, at=at), number)
    self_checks.verify(Deed(tenant=tenant, person=secretary, at=at), number)
    return number


def check_connection(tenant: str, consultation: str, at: datetime) -> str:
    """Play a self-check of today, which found something; answers its number, or nothing where its people are not."""
    return _play(tenant, consultation, at, _but_for_its_operators)


def check_every_year(tenant: str, at: datetime) -> int:
    """Every division has checked its connection by its day in each year since; answers how many rounds that were.

    What comes due while the next is asked for already is checked today.
    """
    rule, today, rounds = check_rule_of(tenant), office_day(at), 0
    for each in calendar_of(tenant):
        due = each.due
        while due <= today + timedelta(days=rule.notice_days):
            day = min(due, today)
            if not _play(tenant, each.consultation, datetime.combine(day, _NOON, OFFICE_TIME), _as_approved):
                break
            due, rounds = next_check(day, rule), rounds + 1
    return rounds
