"""What may speak against the permits of a municipality, gathered in six questions, however many permits there are."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from sekisho.adapters.database.council_conditions import why_stopped_by
from sekisho.adapters.database.models import (
    AssessmentStandingRow,
    ConditionRow,
    EntryRow,
    SelfCheckRow,
    SelfCheckRuleRow,
)
from sekisho.adapters.database.office_time import OFFICE_TIME, office_day
from sekisho.adapters.database.self_check_standing import ToldChecks, why_unchecked
from sekisho.adapters.database.standings import conditions_apart, read_standing
from sekisho.kernel import AssessmentStanding, Reason


@dataclass(frozen=True, slots=True)
class Gathered:
    """The conditions, the standings, the self-checks and the entries about them, as they stand at one moment."""

    entries: dict[str, tuple[bytes, ...]]
    conditions: dict[str, list[ConditionRow]]
    standings: dict[str, AssessmentStandingRow]
    checks: dict[str, SelfCheckRow]
    rule: SelfCheckRuleRow | None

    def differing(self, consultation: str, connection: str) -> tuple[Reason, ...]:
        """Conditions that are not as the ledger has them."""
        bodies = self.entries.get(f"condition/{consultation}", ())
        return conditions_apart(bodies, self.conditions.get(consultation, []), connection)

    def stopping(self, consultation: str, connection: str) -> tuple[Reason, ...]:
        """Conditions that are not met."""
        today = office_day(datetime.now(OFFICE_TIME))
        return why_stopped_by(self.conditions.get(consultation, []), connection, today)

    def standing(self, assessment: str) -> tuple[AssessmentStanding | None, tuple[Reason, ...]]:
        """Where the assessment stands, and why that cannot be believed."""
        row = self.standings.get(assessment)
        return (None, ()) if row is None else read_standing(row, self.entries.get(f"assessment/{assessment}", ()))

    def unchecked(self, consultation: str, rule_entry: bytes, issued_at: str) -> tuple[Reason, ...]:
        """A yearly self-check that is overdue where the council's rule suspends, or that cannot be believed."""
        bodies = self.entries.get(f"self_check/{consultation}", ())
        told = ToldChecks(
            rule=self.rule,
            rule_entry=rule_entry,
            last=self.checks.get(consultation),
            last_entry=bodies[-1] if bodies else None,
        )
        today = office_day(datetime.now(OFFICE_TIME))
        return why_unchecked(told, consultation, office_day(datetime.fromisoformat(issued_at)), today)


def gather(tenant: str) -> Gathered:
    """Everything that may speak against a permit of this municipality."""
    entries, conditions = defaultdict[str, list[bytes]](list), defaultdict[str, list[ConditionRow]](list)
    told = EntryRow.objects.filter(tenant_id=tenant, subject__gt="")
    about = Q(subject__startswith="condition/") | Q(subject__startswith="assessment/")
    told = told.filter(about | Q(subject__startswith="self_check/")).order_by("subject", "id")
    for subject, body in told.values_list("subject", "body"):
        entries[subject].append(bytes(body))
    for row in ConditionRow.objects.filter(tenant_id=tenant):
        conditions[row.consultation].append(row)
    standings = AssessmentStandingRow.objects.filter(tenant_id=tenant)
    return Gathered(
        entries={subject: tuple(bodies) for subject, bodies in entries.items()},
        conditions=dict(conditions),
        standings={each.assessment: each for each in standings},
        checks={each.consultation: each for each in SelfCheckRow.objects.filter(tenant_id=tenant).order_by("id")},
        rule=SelfCheckRuleRow.objects.filter(tenant_id=tenant).first(),
    )
