"""The agency's decision (決裁書) as it lies there, to be made a document: with its signatures, and who may be named."""

from dataclasses import dataclass, replace

from sekisho.adapters.database.council_internal import read_internal
from sekisho.adapters.database.council_letters import agency_decision, agency_signers, decides_itself
from sekisho.adapters.database.council_papers import read_paper
from sekisho.adapters.database.models import Agency, DecisionRow, Matter, Tenant
from sekisho.adapters.database.queries_letters import names_in_documents, names_kept_back, signatures_that_hold
from sekisho.adapters.documents import SIGNATURES_FOR, InternalFacts, check_redacted, internal_pdf
from sekisho.kernel.council import SIGNATORIES_BY, Decider, InternalDecision, Role

_ROLES = {Role.PROTECTION_MANAGER: "個人情報保護管理者", Role.INFORMATION_SYSTEMS: "情報システム課"}
_IN_ORDER = {role: _ROLES[role] for role in SIGNATORIES_BY[Decider.PROTECTION_MANAGER]}


@dataclass(frozen=True, slots=True, kw_only=True)
class InternalOnFile:
    """The agency's decision on one matter, and what its document says."""

    decision: InternalDecision
    facts: InternalFacts
    kept_back: tuple[str, ...]

    @property
    def draft(self) -> bool:
        """Does a signature still lack? What is declined takes one, what opens takes two."""
        return len(self.facts.signatures) < SIGNATURES_FOR[self.decision.outcome]

    def pdf(self) -> bytes:
        """The document as PDF; one that still lacks a signature says so.

        Raises:
            Refused: It is not the decision that was signed.

        """
        return internal_pdf(self.decision, self.facts, draft=self.draft)

    def public_pdf(self) -> bytes:
        """The signed document as the public reads it: nobody is named in it, and it is read again before it goes.

        Raises:
            Refused: It is not the decision that was signed, or somebody of the office is named in it after all.

        """
        pdf = internal_pdf(self.decision, replace(self.facts, for_public=True))
        check_redacted(pdf, self.kept_back)
        return pdf


def internal_on_file(tenant: str, matter: str) -> InternalOnFile | None:
    """The agency's decision after the opinion that stands; nothing where the council decides, or none was made yet."""
    row = Matter.objects.filter(tenant_id=tenant, matter=matter).first()
    opinion = DecisionRow.objects.filter(matter=row).order_by("ballot_round").last() if row else None
    found = agency_decision(opinion) if opinion is not None and not decides_itself(opinion) else None
    if row is None or opinion is None or found is None:
        return None
    agency = Agency.objects.filter(tenant_id=tenant, agency=row.agency).first()
    return InternalOnFile(
        decision=read_internal(found),
        facts=InternalFacts(
            agency=agency.label_ja if agency else row.agency,
            council=f"{Tenant.objects.get(pk=tenant).label_ja}個人情報保護審議会",
            title=read_paper(row, opinion.version).dossier.title_ja,
            digest=found.digest,
            signatures=signatures_that_hold(found.signatures, agency_signers(tenant, found), _IN_ORDER),
            names=names_in_documents(tenant),
        ),
        kept_back=names_kept_back(tenant),
    )
