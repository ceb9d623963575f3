"""What the screens and the API show of the agency's own decision after the council's opinion."""

from collections.abc import Mapping
from dataclasses import dataclass

from sekisho.adapters.database.council_internal import read_internal
from sekisho.adapters.database.council_letters import agency_decision, agency_signers, decides_itself
from sekisho.adapters.database.models import DecisionRow, Matter
from sekisho.kernel.council import ANSWERED_BY_LETTER, SIGNATORIES_BY, Decider, InternalDecision, InternalOutcome, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyView:
    """The agency's decision, nothing while it waits, and who has signed it."""

    decision: InternalDecision | None
    digest: str
    signed_by: Mapping[Role, str]
    roles: tuple[Role, Role] = SIGNATORIES_BY[Decider.PROTECTION_MANAGER]

    @property
    def settled(self) -> bool:
        """Is nothing more to be done: signed by both, or declined?"""
        declined = self.decision is not None and self.decision.outcome is InternalOutcome.DECLINES
        return declined or set(self.signed_by) == set(self.roles)


def agency_view(tenant: str, matter: str) -> AgencyView | None:
    """The agency's decision on a matter; nothing where the council decides itself, or has not said anything yet."""
    row = Matter.objects.filter(tenant_id=tenant, matter=matter).first()
    opinion = DecisionRow.objects.filter(matter=row).order_by("ballot_round").last() if row else None
    if opinion is None or opinion.result not in ANSWERED_BY_LETTER or decides_itself(opinion):
        return None
    found = agency_decision(opinion)
    if found is None:
        return AgencyView(decision=None, digest="", signed_by={})
    return AgencyView(decision=read_internal(found), digest=found.digest, signed_by=agency_signers(tenant, found))
