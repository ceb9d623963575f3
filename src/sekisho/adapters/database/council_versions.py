"""Which version of a matter is in force: the one of the newest decision by which permits follow."""

from sekisho.adapters.database.council_letters import read_decision
from sekisho.adapters.database.models import DecisionRow, Matter, PermitRow


def version_in_force(row: Matter) -> int:
    """The version that was decided on and brought into force; 0 if none was."""
    issued = PermitRow.objects.filter(tenant_id=row.tenant_id, consultation=row.consultation).exclude(consultation="")
    decisions = DecisionRow.objects.filter(matter=row).order_by("-ballot_round")
    found = next((each for each in decisions if read_decision(each).makes_permits), None)
    return found.version if found is not None and issued.exists() else 0
