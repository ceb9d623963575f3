"""Which version of a matter is in force: the one of the newest decision by which permits follow."""

from sekisho.adapters.database.council_letters import agency_decision, read_decision
from sekisho.adapters.database.models import DecisionRow, LighterChangeRow, Matter
from sekisho.adapters.database.permits import ever_issued
from sekisho.kernel.council import InternalOutcome


def version_in_force(row: Matter) -> int:
    """The version that holds: the one that was decided on, or the last lighter change of it since; 0 if none was."""
    decided = version_decided(row)
    lighter = LighterChangeRow.objects.filter(matter=row, version__gt=decided).order_by("version").last()
    return lighter.version if decided and lighter is not None else decided


def version_decided(row: Matter) -> int:
    """The version that was decided on and brought into force; 0 if none was."""
    issued = ever_issued().filter(tenant_id=row.tenant_id, consultation=row.consultation).exclude(consultation="")
    decisions = DecisionRow.objects.filter(matter=row).order_by("-ballot_round")
    found = next((each for each in decisions if read_decision(each).makes_permits and not _declined(each)), None)
    return found.version if found is not None and issued.exists() else 0


def _declined(decision: DecisionRow) -> bool:
    """Did the agency decide against it after the council's opinion?"""
    agency = agency_decision(decision)
    return agency is not None and agency.outcome == InternalOutcome.DECLINES
