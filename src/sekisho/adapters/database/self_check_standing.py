"""Whether a yearly self-check speaks against a permit today: the council's rule and the last round, held to the ledger.

The gate asks at every decision, but only where a council has set a rule of its own; so a row that was edited, or is
gone, opens nothing. The rounds themselves are rows of `self_check_desk`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sekisho.adapters.database.ledgers import rows_about
from sekisho.adapters.database.models import SelfCheckRow, SelfCheckRuleRow
from sekisho.adapters.database.standings import differs
from sekisho.kernel import EntryKind, Reason, ReasonCode, because, decode_entry, subject_of
from sekisho.kernel.council import (
    USUAL_CHECK_RULE,
    CheckRule,
    OverdueMeans,
    check_rule_from_data,
    is_check_open,
    next_check,
)

RULE_SUBJECT: Final = subject_of({"kind": EntryKind.SELF_CHECK_RULE_SET})
_NOTHING: Final = "-"
_RULE: Final = ("years", "notice_days", "on_overdue")


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldChecks:
    """What rows and ledger say of the rule and of the last round of one consultation."""

    rule: SelfCheckRuleRow | None
    rule_entry: bytes
    last: SelfCheckRow | None
    last_entry: bytes | None


def check_rule_of(tenant: str) -> CheckRule:
    """The rule that holds in this municipality: its council's, or the usual one."""
    return _rule(SelfCheckRuleRow.objects.filter(tenant_id=tenant).first())


def _rule(row: SelfCheckRuleRow | None) -> CheckRule:
    """A rule as its row says."""
    return USUAL_CHECK_RULE if row is None else check_rule_from_data({name: getattr(row, name) for name in _RULE})


def told_of(row: SelfCheckRow) -> dict[str, str]:
    """What every entry says of where a round stands, so that the gate can hold the row to it."""
    return {
        "number": row.number,
        "after": row.state,
        "due": row.due.isoformat(),
        "verified_on": row.verified_on.isoformat() if row.verified_on else "",
    }


def last_body(tenant: str, subject: str) -> bytes | None:
    """The last entry about a subject."""
    rows = rows_about(tenant, subject).reverse()
    found = rows.values_list("body", flat=True).first()
    return None if found is None else bytes(found)


def last_round(tenant: str, consultation: str) -> SelfCheckRow | None:
    """The last round of a consultation, if there was one."""
    return SelfCheckRow.objects.filter(tenant_id=tenant, consultation=consultation).order_by("id").last()


def _rule_apart(told: ToldChecks) -> tuple[Reason, ...]:
    """Does the rule's row say something else than the ledger?"""
    entry = decode_entry(told.rule_entry)
    said: Mapping[str, Any] = {} if told.rule is None else {name: getattr(told.rule, name) for name in _RULE}
    pairs = ((str(said.get(name, _NOTHING)), str(entry[name])) for name in _RULE)
    return tuple(reason for one, other in pairs for reason in differs(RULE_SUBJECT, one, other))


def _round_apart(told: ToldChecks, consultation: str) -> tuple[Reason, ...]:
    """Does the last round's row say something else than the ledger, or is one of them missing?"""
    entry: Mapping[str, Any] = {} if told.last_entry is None else decode_entry(told.last_entry)
    row = {} if told.last is None else told_of(told.last)
    what = f"self_check/{consultation}"
    pairs = ((row.get(name, _NOTHING), str(entry.get(name, _NOTHING))) for name in sorted({*row, *_names(entry)}))
    return tuple(reason for one, other in pairs for reason in differs(what, one, other))


def _names(entry: Mapping[str, Any]) -> Sequence[str]:
    """What an entry about a round must say."""
    return ("number", "after", "due", "verified_on") if entry else ()


def due_day(last: SelfCheckRow | None, issued: date, rule: CheckRule) -> date:
    """By when a permit of this day is to be checked: the open round's day, or so long after issue or the last check."""
    if last is not None and is_check_open(last.state):
        return last.due
    verified = last.verified_on if last is not None else None
    return next_check(max(issued, verified or issued), rule)


def why_unchecked(told: ToldChecks, consultation: str, issued: date, today: date) -> tuple[Reason, ...]:
    """Why a permit does not open the gate today: what cannot be believed, or an overdue check where that suspends."""
    if apart := _rule_apart(told):
        return apart
    rule = _rule(told.rule)
    if rule.on_overdue is OverdueMeans.REPORT:
        return ()
    if apart := _round_apart(told, consultation):
        return apart
    due = due_day(told.last, issued, rule)
    if today <= due:
        return ()
    return (because(ReasonCode.SELF_CHECK_OVERDUE, consultation=consultation, due=due.isoformat()),)


def ask_checks(tenant: str, consultation: str, rule_entry: bytes) -> ToldChecks:
    """Rows and entries about one consultation, asked for; of its rounds only where a late one closes the gate."""
    rule = SelfCheckRuleRow.objects.filter(tenant_id=tenant).first()
    suspends = rule is not None and rule.on_overdue == OverdueMeans.SUSPEND
    return ToldChecks(
        rule=rule,
        rule_entry=rule_entry,
        last=last_round(tenant, consultation) if suspends else None,
        last_entry=last_body(tenant, f"self_check/{consultation}") if suspends else None,
    )
