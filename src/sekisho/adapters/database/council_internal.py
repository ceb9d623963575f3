"""The agency's own decision (決裁) after the council's opinion: the protection manager's, signed by a second person."""

import hashlib
import json
from typing import Any

from sekisho.adapters.database.council_deeds import Deed, bench, find_matter
from sekisho.adapters.database.council_letters import (
    agency_decision,
    agency_signers,
    decides_itself,
    key_name,
    latest_decision,
    read_decision,
    signatories,
)
from sekisho.adapters.database.models import DecisionRow, InternalDecisionRow
from sekisho.adapters.database.office_time import office_day
from sekisho.adapters.keys import SigningKey, open_key_store, signing_key
from sekisho.kernel import EntryKind, ReasonCode, Refused, because
from sekisho.kernel.council import (
    SIGNATORIES_BY,
    Act,
    Decider,
    InternalDecision,
    InternalOutcome,
    Role,
    digest_of_internal,
    internal_bytes,
    make_internal_decision,
)

_STEPS = {InternalOutcome.OPENS: "decide_internally", InternalOutcome.DECLINES: "decline_internally"}


def awaits_agency(tenant: str, matter: str) -> bool:
    """Is the council's letter an opinion, after which the agency decides?"""
    return not decides_itself(latest_decision(find_matter(tenant, matter)))


def read_internal(row: InternalDecisionRow) -> InternalDecision:
    """The agency's decision as it was signed."""
    said: dict[str, Any] = json.loads(bytes(row.document))
    return InternalDecision(**{**said, "outcome": InternalOutcome(said["outcome"])})


def decide_internally(deed: Deed, matter: str, outcome: InternalOutcome, reason: str = "") -> InternalDecision:
    """The protection manager decides for the agency, and signs; with a reason if it departs from the opinion.

    Raises:
        Refused: The council decides itself or has not answered, no reason is given, or this is not for this person.

    """
    find_matter(deed.tenant, matter)
    key = signing_key(open_key_store(), deed.tenant, key_name(deed.person))
    with bench(deed, matter) as work:
        work.must_be("answered")
        work.allow(Act.DECIDE_INTERNALLY)
        opinion = latest_decision(work.row)
        if set(signatories(deed.tenant, opinion)) != set(SIGNATORIES_BY[Decider.COUNCIL]):
            raise Refused([because(ReasonCode.PERMIT_NOT_SIGNED, permit=work.row.consultation)])
        today = office_day(deed.at).isoformat()
        made = make_internal_decision(read_decision(opinion), opinion.digest, outcome, reason=reason, decided_on=today)
        digest = _keep(opinion, made, deed, key)
        told = {"letter": opinion.digest, "opinion": opinion.result, "outcome": str(outcome)}
        work.advance(_STEPS[outcome], internal_decision=digest, departs=made.departs, **told)
    return made


def _keep(opinion: DecisionRow, made: InternalDecision, deed: Deed, key: SigningKey) -> str:
    """The agency's decision with its first signature; answers its digest."""
    body = internal_bytes(made)
    value = {"key": key.public.hex(), "value": key.sign(body).hex()}
    row = InternalDecisionRow.objects.create(
        matter=opinion.matter,
        ballot_round=opinion.ballot_round,
        outcome=made.outcome,
        decided_at=deed.at,
        document=body,
        digest=digest_of_internal(made),
        signatures=[{"role": Role.PROTECTION_MANAGER, "person": deed.person, **value}],
    )
    return row.digest


def countersign(deed: Deed, matter: str) -> bool:
    """Sign the agency's decision as the second person. Answers whether both signatures hold.

    Raises:
        Refused: Nothing to sign, signed already, it was altered, or this is not for this person.

    """
    find_matter(deed.tenant, matter)
    key = signing_key(open_key_store(), deed.tenant, key_name(deed.person))
    with bench(deed, matter) as work:
        work.must_be("agency_decided")
        work.allow(Act.COUNTERSIGN)
        row = agency_decision(latest_decision(work.row))
        body = bytes(row.document) if row is not None else b""
        if row is None or hashlib.sha256(body).hexdigest() != row.digest:
            raise Refused([because(ReasonCode.DIGEST_DIFFERS)])
        if len(row.signatures) > 1:
            raise Refused([because(ReasonCode.NOT_ALLOWED, action=str(Act.COUNTERSIGN))])
        signed = {"role": Role.INFORMATION_SYSTEMS, "person": deed.person, "key": key.public.hex()}
        row.signatures = [*row.signatures, {**signed, "value": key.sign(body).hex()}]
        row.save(update_fields=["signatures"])
        work.note(EntryKind.INTERNAL_DECISION_SIGNED, internal_decision=row.digest, role=str(Role.INFORMATION_SYSTEMS))
        return set(agency_signers(deed.tenant, row)) == set(SIGNATORIES_BY[Decider.PROTECTION_MANAGER])
