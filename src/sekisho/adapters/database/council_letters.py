"""The decision letter: signed by chair and secretariat with different keys, and then the permits are issued."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from sekisho.adapters.database.council_conditions import undecided_conditions
from sekisho.adapters.database.council_deeds import Bench, Deed, bench, find_matter, roles_of, text_digest
from sekisho.adapters.database.council_papers import Paper, read_paper, write_terms
from sekisho.adapters.database.council_sitting import acting_as_chair
from sekisho.adapters.database.models import DecisionRow, InternalDecisionRow, Matter
from sekisho.adapters.database.office_time import office_day
from sekisho.adapters.database.permits import ever_issued
from sekisho.adapters.database.setup import issue_permit
from sekisho.adapters.dossiers import Approved
from sekisho.adapters.keys import holds, open_key_store, signing_key
from sekisho.kernel import EntryKind, ReasonCode, Refused, because, period_over
from sekisho.kernel.council import (
    ANSWERED_BY_LETTER,
    SIGNATORIES_BY,
    Act,
    Condition,
    ConditionKind,
    Decider,
    Decision,
    ProofKind,
    Role,
    Tally,
    TradeOff,
    check_duties,
    decider_of,
    digest_of_dossier,
    specification_for,
)

SIGNATORIES: Final = SIGNATORIES_BY[Decider.COUNCIL]
_AGENCY_DUTIES: Final = {Role.PROTECTION_MANAGER: Act.DECIDE_INTERNALLY, Role.INFORMATION_SYSTEMS: Act.COUNTERSIGN}


def latest_decision(row: Matter) -> DecisionRow:
    """The decision of a matter that stands.

    Raises:
        Refused: Nothing was decided yet.

    """
    found = DecisionRow.objects.filter(matter=row).order_by("ballot_round").last()
    if found is None:
        raise Refused([because(ReasonCode.NOT_FOUND, what=f"{row.matter}/decision")])
    return found


def read_decision(row: DecisionRow) -> Decision:
    """The decision as the letter says."""
    said: dict[str, Any] = json.loads(bytes(row.letter))["decision"]
    return Decision(
        **{
            **said,
            "conditions": tuple(said["conditions"]),
            "trade_offs": tuple(TradeOff(**each) for each in said["trade_offs"]),
            "tally": Tally(**said["tally"]),
        }
    )


def letter_conditions(row: DecisionRow) -> tuple[Condition, ...]:
    """The conditions as the letter says."""
    said: list[dict[str, Any]] = json.loads(bytes(row.letter))["conditions"]
    return tuple(
        Condition(
            **{
                **each,
                "kind": ConditionKind(each["kind"]),
                "proof": ProofKind(each["proof"]),
                "due": date.fromisoformat(each["due"]),
            }
        )
        for each in said
    )


def key_name(person: str) -> str:
    """The name of the key with which somebody signs letters."""
    return f"signatory/{person}"


def signatories(tenant: str, decision: DecisionRow) -> Mapping[Role, str]:
    """Who signed the letter as it lies there, with a key of theirs that the key store knows."""
    return _holding(tenant, bytes(decision.letter), decision.signatures)


def agency_signers(tenant: str, row: InternalDecisionRow) -> Mapping[Role, str]:
    """Who signed the agency's decision as it lies there."""
    return _holding(tenant, bytes(row.document), row.signatures)


def decides_itself(decision: DecisionRow) -> bool:
    """Does the council decide under the regime of this decision, or does the agency after its opinion?"""
    return decider_of(read_decision(decision)) is Decider.COUNCIL


def agency_decision(decision: DecisionRow) -> InternalDecisionRow | None:
    """What the agency decided after this decision of the council, if it has."""
    return InternalDecisionRow.objects.filter(matter=decision.matter, ballot_round=decision.ballot_round).first()


def _holding(tenant: str, letter: bytes, signatures: list[dict[str, str]]) -> Mapping[Role, str]:
    """The signatures that hold over these bytes, with a key of the signer's that the key store knows."""
    store = open_key_store()
    return {
        Role(each["role"]): each["person"]
        for each in signatures
        if store.present(tenant, [f"signer/{key_name(each['person'])}"])
        and signing_key(store, tenant, key_name(each["person"])).public.hex() == each["key"]
        and holds(bytes.fromhex(each["key"]), bytes.fromhex(each["value"]), letter)
    }


def _may_sign(work: Bench, decision: DecisionRow) -> Role:
    """As what this person signs.

    Raises:
        Refused: Neither secretariat nor who presided, recused, or that one has signed already.

    """
    acting_as_chair(work)
    work.allow(Act.SIGN_LETTER)
    work.allow(Act.ISSUE)
    role = next(each for each in SIGNATORIES if each in work.roles)
    if role in {each["role"] for each in decision.signatures}:
        raise Refused([because(ReasonCode.NOT_ALLOWED, action=f"{Act.SIGN_LETTER} ({role})")])
    return role


def sign_letter(deed: Deed, matter: str) -> bool:
    """Sign the letter; with the second signature it is the council's answer. Answers whether both are there.

    Raises:
        Refused: Nothing to sign, signed already, a condition is not decided on, or this is not for this person.

    """
    find_matter(deed.tenant, matter)
    key = signing_key(open_key_store(), deed.tenant, key_name(deed.person))
    with bench(deed, matter) as work:
        decision = latest_decision(work.row)
        work.must_be(*ANSWERED_BY_LETTER)
        if waiting := undecided_conditions(work.row):
            raise Refused([because(ReasonCode.CONDITION_NOT_ADOPTED, condition=each) for each in waiting])
        role, letter = _may_sign(work, decision), bytes(decision.letter)
        if hashlib.sha256(letter).hexdigest() != decision.digest:
            raise Refused([because(ReasonCode.DIGEST_DIFFERS)])
        signed = {"role": role, "person": deed.person, "key": key.public.hex(), "value": key.sign(letter).hex()}
        decision.signatures = [*decision.signatures, signed]
        decision.save(update_fields=["signatures"])
        work.note(EntryKind.LETTER_SIGNED, letter=decision.digest, role=str(role))
        complete = set(signatories(deed.tenant, decision)) == set(SIGNATORIES)
        if complete:
            _as_both(work).advance("sign_letter", letter=decision.digest)
        return complete


def _as_both(work: Bench) -> Bench:
    """Two persons act together once both have signed."""
    return replace(work, roles=frozenset(SIGNATORIES))


def approved_by(row: Matter, decision: DecisionRow) -> tuple[Approved, ...]:
    """What each arrow's permit will say, from the letter and the frozen dossier.

    Raises:
        Refused: The dossier or its terms are not those that were decided on.

    """
    said, paper = read_decision(decision), read_paper(row, decision.version)
    if digest_of_dossier(paper.dossier) != said.dossier_digest or not _same_terms(decision, paper):
        raise Refused([because(ReasonCode.PERMIT_ALTERED, permit=row.consultation)])
    if (agency := agency_decision(decision)) is not None:
        # Where the agency decides, a permit never holds before the day of the agency's decision.
        said = replace(said, decided_on=office_day(agency.decided_at).isoformat())
    terms = {each.connection: each for each in paper.terms}
    return tuple(
        Approved(permit=permit, specification=specification_for(paper.dossier, said, terms[connection]))
        for connection, permit in decision.permits.items()
    )


def _same_terms(decision: DecisionRow, paper: Paper) -> bool:
    """Are the terms on file those of the signed letter?"""
    signed = json.dumps(json.loads(bytes(decision.letter))["terms"], ensure_ascii=False, sort_keys=True)
    return text_digest(signed) == text_digest(write_terms(paper.terms))


def _grounds(tenant: str, decision: DecisionRow) -> tuple[str, tuple[Role, Role], Mapping[Role, str]]:
    """What permits rest on, by who decides: the state it must be in, which two sign, and who of them has."""
    if decides_itself(decision):
        return "answered", SIGNATORIES, signatories(tenant, decision)
    agency = agency_decision(decision)
    signers = agency_signers(tenant, agency) if agency is not None else {}
    return "agency_decided", SIGNATORIES_BY[Decider.PROTECTION_MANAGER], signers


def _may_issue(deed: Deed, row: Matter, signers: Mapping[Role, str]) -> None:
    """Does one of the two who signed act, who today still is what they signed as, or presided over the decision?

    Raises:
        Refused: Somebody else, or no longer in that office, or one person may not hold the roles of today together.

    """
    roles = roles_of(deed) | ({Role.CHAIR} if deed.person == row.acting_chair else set())
    duty = next((each for role, each in _AGENCY_DUTIES.items() if role in signers and role in roles), Act.ISSUE)
    check_duties(deed.person, roles, duty, ())
    if not any(signers.get(each) == deed.person for each in signers if each in roles):
        raise Refused([because(ReasonCode.NOT_ALLOWED, action=str(Act.ISSUE))])


def _check_periods(deed: Deed, approved: Sequence[Approved]) -> None:
    """Does every arrow whose permit nobody has signed yet have a period that is not over?

    Raises:
        Refused: One has not; with every one.

    """
    numbers = [each.permit for each in approved]
    signed = set(ever_issued().filter(tenant_id=deed.tenant, permit__in=numbers).values_list("permit", flat=True))
    waiting = [each.specification for each in approved if each.permit not in signed]
    if reasons := [why for each in waiting for why in period_over(each.connection, each.not_after, deed.at)]:
        raise Refused(reasons)


def issue_permits(deed: Deed, matter: str) -> tuple[str, ...]:
    """Issue the permits of a signed letter and bring the consultation into force. May be called again after a fault.

    Raises:
        Refused: The letter is not signed by both, or is not about what lies here, or not by one of the two; or the
            period of an arrow is over: then no permit is issued.

    """
    row = find_matter(deed.tenant, matter)
    decision = latest_decision(row)
    state, roles, signers = _grounds(deed.tenant, decision)
    if row.state != state:
        raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=matter, state=row.state)])
    _may_issue(deed, row, signers)
    if set(signers) != set(roles):
        raise Refused([because(ReasonCode.PERMIT_NOT_SIGNED, permit=row.consultation)])
    approved = approved_by(row, decision)
    _check_periods(deed, approved)
    for each in approved:
        issue_permit(each, [signers[role] for role in roles], deed.at)
    with bench(deed, matter) as work:
        permits = [each.permit for each in approved]
        both = replace(work, roles=frozenset(roles))
        both.advance("issue_permits", permits=permits, signers=[signers[role] for role in roles])
    return tuple(permits)
