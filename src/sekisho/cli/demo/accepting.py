"""An officer of the demonstration accepts the first proposals, so that history and prices have something to show."""

from datetime import datetime
from typing import Final

from sekisho.adapters.database.models import ProposalRow
from sekisho.adapters.database.property_decisions import Decision, decide_lines
from sekisho.business.registry_notices import LineAct, LineState

ACCEPTED: Final = 10


def accept_some(tenant: str, person: str, at: datetime) -> int:
    """Accept the first proposals in the order of reception; answers how many."""
    rows = ProposalRow.objects.filter(tenant_id=tenant, state=LineState.PROPOSED).order_by("reception", "proposal")
    proposals = list(rows.values_list("proposal", flat=True)[:ACCEPTED])
    for proposal in proposals:
        decide_lines(Decision(tenant=tenant, proposal=proposal, act=LineAct.ACCEPT, person=person, at=at))
    return len(proposals)
