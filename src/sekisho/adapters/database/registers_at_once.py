"""What may speak against the permits of a municipality, gathered in four questions, however many permits there are."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from sekisho.adapters.database.council_conditions import why_stopped_by
from sekisho.adapters.database.models import AssessmentStandingRow, ConditionRow, EntryRow
from sekisho.adapters.database.office_time import OFFICE_TIME, office_day
from sekisho.adapters.database.standings import conditions_apart, read_standing
from sekisho.kernel import AssessmentStanding, Reason


@dataclass(frozen=True, slots=True)
class Gathered:
    """The conditions, the standings and the entries about both, as they stand at one moment."""

    entries: dict[str, tuple[bytes, ...]]
    conditions: dict[str, list[ConditionRow]]
    standings: dict[str, AssessmentStandingRow]

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


def gather(tenant: str) -> Gathered:
    """Everything that may speak against a permit of this municipality."""
    entries, conditions = defaultdict[str, list[bytes]](list), defaultdict[str, list[ConditionRow]](list)
    told = EntryRow.objects.filter(tenant_id=tenant, subject__gt="")
    told = told.filter(Q(subject__startswith="condition/") | Q(subject__startswith="assessment/")).order_by("id")
    for subject, body in told.values_list("subject", "body"):
        entries[subject].append(bytes(body))
    for row in ConditionRow.objects.filter(tenant_id=tenant):
        conditions[row.consultation].append(row)
    standings = AssessmentStandingRow.objects.filter(tenant_id=tenant)
    return Gathered(
        entries={subject: tuple(bodies) for subject, bodies in entries.items()},
        conditions=dict(conditions),
        standings={each.assessment: each for each in standings},
    )
