"""A whole file of notices against the ledger: in the order of reception, whatever order they came in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sekisho.business.registry_notices.notices import RegistrationNotice
from sekisho.business.registry_notices.properties import Property
from sekisho.business.registry_notices.proposals import HoldReason, Proposal, propose


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchSummary:
    """What came of a file: notices, those proposed, and those held by reason."""

    notices: int
    proposed: int
    held: Mapping[str, int]


def wanted_keys(notices: Iterable[RegistrationNotice]) -> set[str]:
    """Every property that these notices speak of, to be fetched at once."""
    return {key for notice in notices for key in (notice.key, *notice.related_keys())}


def propose_all(notices: Sequence[RegistrationNotice], ledger: Mapping[str, Property]) -> list[Proposal]:
    """Proposals for all notices. Each is compared with the ledger as the earlier ones would leave it."""
    view, seen, proposals = dict(ledger), set[str](), []
    for notice in sorted(notices, key=lambda each: (each.reception, each.notice)):
        partners = {key: view[key] for key in notice.related_keys() if key in view}
        proposal = propose(notice, view.get(notice.key), partners)
        if notice.notice in seen:
            proposal = Proposal(
                notice=notice,
                before=proposal.before,
                after=proposal.after,
                changes=proposal.changes,
                hold=HoldReason.ALREADY_APPLIED,
            )
        seen.add(notice.notice)
        if proposal.hold is None and proposal.after is not None:
            view[notice.key] = proposal.after
        proposals.append(proposal)
    return proposals


def summarise(proposals: Iterable[Proposal]) -> BatchSummary:
    """Count what came of a file."""
    total, held = 0, dict[str, int]()
    for proposal in proposals:
        total += 1
        if proposal.hold is not None:
            held[proposal.hold] = held.get(proposal.hold, 0) + 1
    return BatchSummary(notices=total, proposed=total - sum(held.values()), held=held)
