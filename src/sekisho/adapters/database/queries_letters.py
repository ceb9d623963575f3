"""A decision letter as it lies there: what it says, what keeps it from being signed, and what became of its permits."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from sekisho.adapters.database.council_conditions import UNDECIDED, undecided_conditions
from sekisho.adapters.database.council_letters import (
    SIGNATORIES,
    approved_by,
    letter_conditions,
    read_decision,
    signatories,
)
from sekisho.adapters.database.council_papers import read_paper
from sekisho.adapters.database.council_verdicts import verdicts_of
from sekisho.adapters.database.models import Agency, DecisionRow, Matter, Person, Tenant
from sekisho.adapters.database.queries_internal import AgencyView, agency_view
from sekisho.adapters.documents import LetterFacts, check_redacted, letter_data, letter_pdf
from sekisho.kernel import Reason, ReasonCode, Refused, Signature, Specification, because
from sekisho.kernel.council import ANSWERED_BY_LETTER, Decision, Dossier, Role

_ROLES: Final = {Role.CHAIR: "会長", Role.SECRETARIAT: "事務局"}
_SHORTEST_NAME: Final = 3
_FIGURES: Final = frozenset("0123456789abcdef")


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterOnFile:
    """The letter of one matter: decision, dossier and facts of the document, and what is still missing."""

    decision: Decision
    dossier: Dossier
    facts: LetterFacts
    signed_by: Mapping[Role, str]
    undecided: tuple[str, ...]
    faults: tuple[Reason, ...]
    kept_back: tuple[str, ...] = ()
    agency: AgencyView | None = None

    @property
    def draft(self) -> bool:
        """Does a signature still lack?"""
        return set(self.signed_by) != set(SIGNATORIES)

    @property
    def ready(self) -> bool:
        """Could it be signed as it lies there?"""
        return not self.undecided and not self.faults

    def parts(self, *, named: bool = True) -> Mapping[str, object]:
        """The document as the screen shows it; for a program with ids where people's names stand.

        Raises:
            Refused: Its parts do not belong together.

        """
        facts = self.facts if named else replace(self.facts, names={})
        return letter_data(self.decision, self.dossier, facts, draft=self.draft)

    def pdf(self, *, named: bool = True) -> bytes:
        """The document as PDF; one that is not signed by both says so.

        Raises:
            Refused: Its parts do not belong together.

        """
        facts = self.facts if named else replace(self.facts, names={})
        return letter_pdf(self.decision, self.dossier, facts, draft=self.draft)

    def public_pdf(self) -> bytes:
        """The signed document as the public reads it: nobody is named in it, and it is read again before it goes.

        Raises:
            Refused: Its parts do not belong together, or somebody of the office is named in it after all.

        """
        pdf = letter_pdf(self.decision, self.dossier, replace(self.facts, for_public=True))
        check_redacted(pdf, self.kept_back)
        return pdf


def _specifications(row: Matter, found: DecisionRow) -> tuple[tuple[Specification, ...], tuple[Reason, ...]]:
    """What each permit will say, or why none can be made."""
    try:
        return tuple(each.specification for each in approved_by(row, found)), ()
    except Refused as refused:
        return (), refused.reasons


def names_in_documents(tenant: str) -> dict[str, str]:
    """What people are called in a document."""
    rows = Person.objects.filter(tenant_id=tenant).values_list("username", "label_ja")
    return {username: label or username for username, label in rows}


def names_kept_back(tenant: str) -> tuple[str, ...]:
    """Every name of a person here that a public document must not say; a fingerprint spells short ones by chance."""
    rows = Person.objects.filter(tenant_id=tenant).values_list("username", "label_ja", "label_en")
    return tuple(
        {each for row in rows for each in row if len(each) >= _SHORTEST_NAME and not set(each.lower()) <= _FIGURES}
    )


def signatures_that_hold(
    signed: Iterable[Mapping[str, str]], holding: Mapping[Role, str], words: Mapping[Role, str]
) -> tuple[tuple[str, Signature], ...]:
    """The signatures that hold, in the order of these roles, each with what the document calls its role."""
    made = {each["person"]: each for each in signed}
    return tuple(
        (word, Signature(signer=holding[role], key=made[holding[role]]["key"], value=made[holding[role]]["value"]))
        for role, word in words.items()
        if role in holding
    )


def _facts(
    row: Matter, found: DecisionRow, holding: Mapping[Role, str], made: tuple[Specification, ...]
) -> LetterFacts:
    """What the document says besides the decision."""
    agency = Agency.objects.filter(tenant_id=row.tenant_id, agency=row.agency).first()
    city = Tenant.objects.get(pk=row.tenant_id).label_ja
    return LetterFacts(
        number=f"答申第{row.consultation}号（第{found.version}版）",
        addressee=agency.label_ja if agency else row.agency,
        council=f"{city}個人情報保護審議会",
        verdicts=verdicts_of(row, found.version),
        conditions=letter_conditions(found),
        specifications=made,
        signatures=signatures_that_hold(found.signatures, holding, {role: _ROLES[role] for role in SIGNATORIES}),
        names=names_in_documents(row.tenant_id),
        signed_digest=found.digest,
    )


def letter_on_file(tenant: str, matter: str) -> LetterOnFile | None:
    """The letter of the decision that stands; nothing while nothing is decided anew, or the result needs none."""
    row = Matter.objects.filter(tenant_id=tenant, matter=matter).first()
    found = DecisionRow.objects.filter(matter=row).order_by("ballot_round").last() if row else None
    if row is None or found is None or row.state in UNDECIDED or found.result not in ANSWERED_BY_LETTER:
        return None
    holding, (made, faults) = signatories(tenant, found), _specifications(row, found)
    decision = read_decision(found)
    if found.result in {"approved_with_conditions", "opinion_with_conditions"} and not decision.conditions:
        faults = (*faults, because(ReasonCode.DOSSIER_INCOMPLETE, place=row.consultation, what="conditions"))
    return LetterOnFile(
        decision=decision,
        dossier=read_paper(row, found.version).dossier,
        facts=_facts(row, found, holding, made),
        signed_by=holding,
        undecided=undecided_conditions(row),
        faults=faults,
        kept_back=names_kept_back(tenant),
        agency=agency_view(tenant, matter),
    )
