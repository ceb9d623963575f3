"""What the calendar does to self-checks: it asks when the day comes near, marks what is late, ends what has no permit.

The gate does not wait for this: where a late check suspends, it compares the day itself at every decision.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sekisho.adapters.database.council_conditions import CLOCK
from sekisho.adapters.database.council_deeds import Deed, note, roles_of
from sekisho.adapters.database.models import SelfCheckRow, SelfCheckRuleRow
from sekisho.adapters.database.office_time import office_day
from sekisho.adapters.database.self_check_papers import InForce, paper_in_force, permits_alive
from sekisho.adapters.database.self_check_standing import check_rule_of, due_day, last_round, told_of
from sekisho.adapters.database.turns import writing
from sekisho.kernel import EntryKind, ReasonCode, Refused, because
from sekisho.kernel.council import (
    SELF_CHECK_TABLE,
    Act,
    CheckRule,
    advance_state,
    asks_from,
    check_duties,
    check_rule_to_data,
    digest_of_dossier,
    is_check_open,
    is_check_overdue,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """One consultation with permits that have not ended: its last round, since when it counts, and its day."""

    consultation: str
    permits: tuple[str, ...]
    last: SelfCheckRow | None
    since: date
    due: date

    @property
    def open(self) -> SelfCheckRow | None:
        """The round that somebody still has to do something about."""
        return self.last if self.last is not None and is_check_open(self.last.state) else None


def calendar_of(tenant: str) -> tuple[Calendar, ...]:
    """Every consultation with permits that have not ended, the nearest day first."""
    issued: dict[str, list[tuple[str, date]]] = {}
    for each in permits_alive(tenant):
        issued.setdefault(each.consultation, []).append((each.permit, office_day(each.issued_at)))
    rule = check_rule_of(tenant)
    found = (_calendar(tenant, consultation, permits, rule) for consultation, permits in issued.items())
    return tuple(sorted(found, key=lambda each: (each.due, each.consultation)))


def _calendar(tenant: str, consultation: str, permits: list[tuple[str, date]], rule: CheckRule) -> Calendar:
    """One consultation. Its first day is that of the earliest of its permits, or of the last check."""
    first, last = min(day for _, day in permits), last_round(tenant, consultation)
    checked = last.verified_on if last is not None else None
    since = last.since if last is not None and is_check_open(last.state) else max(first, checked or first)
    return Calendar(
        consultation=consultation,
        permits=tuple(permit for permit, _ in permits),
        last=last,
        since=since,
        due=due_day(last, first, rule),
    )


def set_check_rule(deed: Deed, rule: CheckRule) -> None:
    """The chair sets the council's rule: how often, how long before, and what a late check means.

    Raises:
        Refused: Not by the chair.

    """
    with writing():
        check_duties(deed.person, roles_of(deed), Act.SET_CHECK_RULE, ())
        told = check_rule_to_data(rule)
        SelfCheckRuleRow.objects.update_or_create(tenant_id=deed.tenant, defaults=told)
        note(deed, EntryKind.SELF_CHECK_RULE_SET, **told)


def _ask(deed: Deed, each: Calendar, paper: InForce, due: date) -> SelfCheckRow:
    """Begin a round about what is in force today."""
    count = SelfCheckRow.objects.filter(tenant_id=deed.tenant, consultation=each.consultation).count()
    row = SelfCheckRow.objects.create(
        tenant_id=deed.tenant,
        number=f"{each.consultation}-s{count + 1}",
        consultation=each.consultation,
        department=paper.dossier.department,
        version=paper.version,
        dossier_digest=digest_of_dossier(paper.dossier),
        since=each.since,
        due=due,
        state=SELF_CHECK_TABLE.first,
    )
    facts = {"consultation": row.consultation, "version": row.version, "digest": row.dossier_digest}
    note(deed, EntryKind.SELF_CHECK_DUE, **facts, **told_of(row))
    return row


def call_self_check(deed: Deed, consultation: str) -> str:
    """The secretariat asks for a self-check before its day; answers its number. Its own day it never passes.

    Raises:
        Refused: Not by the secretariat, nothing of this consultation is in force here, or one is being answered.

    """
    with writing():
        check_duties(deed.person, roles_of(deed), Act.CALL_SELF_CHECK, ())
        found = next((each for each in calendar_of(deed.tenant) if each.consultation == consultation), None)
        paper = paper_in_force(deed.tenant, consultation)
        if found is None or paper is None:
            raise Refused([because(ReasonCode.NOT_FOUND, what=consultation)])
        if found.open is not None:
            raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=found.open.number, state=found.open.state)])
        notice = timedelta(days=check_rule_of(deed.tenant).notice_days)
        return _ask(deed, found, paper, min(found.due, office_day(deed.at) + notice)).number


def _pass(deed: Deed, row: SelfCheckRow, act: str, kind: EntryKind) -> str:
    """A step of the clock."""
    before, row.state = row.state, advance_state(SELF_CHECK_TABLE, row.number, row.state, act, None)
    row.save()
    note(deed, kind, consultation=row.consultation, before=before, **told_of(row))
    return row.number


def pass_self_check_dates(tenant: str, at: datetime) -> tuple[str, ...]:
    """What the clock does every day: ask, mark what is late, end what has no permit any more. Answers which."""
    clock, today, passed = Deed(tenant=tenant, person=CLOCK, at=at), office_day(at), []
    rule = check_rule_of(tenant)
    with writing():
        calendar = calendar_of(tenant)
        alive = {each.consultation for each in calendar}
        for each in calendar:
            paper = paper_in_force(tenant, each.consultation)
            if each.open is None and paper is not None and today >= asks_from(each.due, rule):
                passed.append(_ask(clock, each, paper, each.due).number)
        for row in SelfCheckRow.objects.filter(tenant_id=tenant).order_by("id"):
            steps = {step.act for step in SELF_CHECK_TABLE.steps_from(row.state)}
            if "lapse" in steps and row.consultation not in alive:
                passed.append(_pass(clock, row, "lapse", EntryKind.SELF_CHECK_LAPSED))
            elif "pass_due_date" in steps and is_check_overdue(row.state, row.due, today):
                passed.append(_pass(clock, row, "pass_due_date", EntryKind.SELF_CHECK_OVERDUE))
    return tuple(passed)
