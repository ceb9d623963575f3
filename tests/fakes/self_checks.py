"""A self-check of consultation 56, asked for by the secretariat, answered by the division. Every person is made up."""

from datetime import UTC, date, datetime

from sekisho.adapters.database.models import SelfCheckRow
from sekisho.adapters.database.self_check_papers import questions_of_round
from sekisho.bootstrap import self_checks
from sekisho.kernel.council import CheckAnswer, CheckResult
from tests.fakes.council import NEIGHBOUR, act

CHANGED = CheckAnswer(key="needed", result=CheckResult.DIFFERENT, what="二つの課で使う", since=date(2026, 10, 1))


def called(tenant: str) -> str:
    """The secretariat asks for it today; the neighbour's has another number, to be told apart. Answers the number."""
    number = self_checks.call(act(tenant, "kazagashira", 0, datetime.now(UTC)), "56")
    if tenant != NEIGHBOUR:
        return number
    SelfCheckRow.objects.filter(tenant_id=tenant, number=number).update(number="156-s1")
    return "156-s1"


def answered(tenant: str, number: str, *others: CheckAnswer) -> None:
    """The drafter answers everything as approved, but what is said otherwise."""
    row = SelfCheckRow.objects.get(tenant_id=tenant, number=number)
    told = {
        each.key: CheckAnswer(key=each.key, result=CheckResult.AS_APPROVED, evidence="施錠したラックの写真 2026-11-20")
        for each in questions_of_round(row)
    }
    answers = {**told, **{each.key: each for each in others}}
    self_checks.answer(act(tenant, "doza", 0, datetime.now(UTC)), number, list(answers.values()))
