"""Where the council says so, a late self-check closes the gate, and no edited row opens it again."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from sekisho.kernel import Erased, ReasonCode
from sekisho.kernel.council import CheckRule, OverdueMeans
from tests.fakes.council import act
from tests.integration.council.conftest import why
from tests.integration.council.test_from_draft_to_permit import refused_with, send
from tests.integration.council.test_self_checks import BEFORE, in_force, submitted

SUSPEND = CheckRule(years=1, notice_days=60, on_overdue=OverdueMeans.SUSPEND)


def test_where_the_council_says_so_a_late_check_closes_the_gate_until_it_is_verified(city: str) -> None:
    from sekisho.bootstrap import self_checks

    # Given a permit of 2019 that was never checked, and the usual rule: it crosses.
    in_force(city)
    assert isinstance(send(city), Erased)
    # When the chair, and nobody else, sets that a late check suspends, the gate refuses, though no clock has struck,
    for person in ("kazagashira", "inasa", "doza"):
        other = act(city, person, 70)
        assert why(lambda other=other: self_checks.set_rule(other, SUSPEND)) == {  # type: ignore[misc]
            ReasonCode.NOT_ALLOWED
        }
    self_checks.set_rule(act(city, "oura", 71), SUSPEND)
    assert refused_with(city) == {ReasonCode.SELF_CHECK_OVERDUE}
    # and goes on refusing while it is only answered and submitted.
    today = datetime.now(UTC)
    self_checks.pass_dates(city, today)
    submitted(city, "56-s1", today)
    assert refused_with(city) == {ReasonCode.SELF_CHECK_OVERDUE}
    # Then, verified, it crosses again.
    self_checks.verify(act(city, "kazagashira", 2, today), "56-s1")
    assert isinstance(send(city), Erased)


def planted(city: str) -> Iterator[tuple[str, Any]]:
    """Rows that somebody with the database edits so that a late check would not be seen; each is put back."""
    from sekisho.adapters.database.models import SelfCheckRow, SelfCheckRuleRow

    rule = SelfCheckRuleRow.objects.filter(tenant_id=city)
    yield "the rule", lambda: rule.update(on_overdue="report")
    yield "how often", lambda: rule.update(years=5)
    rounds = SelfCheckRow.objects.filter(tenant_id=city)
    yield "the day", lambda: rounds.update(due=date(2040, 1, 1))
    yield "the state", lambda: rounds.update(state="verified", verified_on=date(2040, 1, 1))
    yield "the rule is gone", rule.delete
    yield "the round is gone", rounds.delete


def test_a_row_that_was_edited_opens_nothing(city: str) -> None:
    from sekisho.adapters.database.models import SelfCheckRow, SelfCheckRuleRow
    from sekisho.bootstrap import self_checks

    in_force(city)
    self_checks.set_rule(act(city, "oura", 71), SUSPEND)
    self_checks.pass_dates(city, BEFORE)
    (rule,), (kept,) = SelfCheckRuleRow.objects.all(), SelfCheckRow.objects.all()
    assert refused_with(city) == {ReasonCode.SELF_CHECK_OVERDUE}
    for what, edit in planted(city):
        edit()
        assert refused_with(city) == {ReasonCode.REGISTER_DIFFERS}, what
        rule.save()
        kept.save()
        assert refused_with(city) == {ReasonCode.SELF_CHECK_OVERDUE}, what


def test_the_list_of_permits_says_the_same_as_the_gate(city: str) -> None:
    from sekisho.adapters.database.queries_authority import permit_row, permit_rows
    from sekisho.bootstrap import self_checks

    in_force(city)
    self_checks.set_rule(act(city, "oura", 71), SUSPEND)
    alone = permit_row(city, "R1-56-01")
    assert alone is not None
    assert [each.code for each in alone.stopped_by] == [ReasonCode.SELF_CHECK_OVERDUE]
    assert all(each.stopped_by == alone.stopped_by for each in permit_rows(city))


def test_the_gate_s_question_asks_for_the_rule_by_its_subject(city: str) -> None:
    from sekisho.adapters.database.models import EntryRow
    from sekisho.adapters.database.registers import _PERMIT
    from sekisho.adapters.database.self_check_standing import RULE_SUBJECT
    from sekisho.bootstrap import self_checks

    self_checks.set_rule(act(city, "oura", 71), SUSPEND)
    assert EntryRow.objects.filter(tenant_id=city, subject=RULE_SUBJECT).count() == 1
    assert f"e.subject = '{RULE_SUBJECT}'" in _PERMIT
