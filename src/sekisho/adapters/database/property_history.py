"""What every property was before each change and each withdrawal: kept for good, and the way back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Max, QuerySet

from sekisho.adapters.database.models import PropertyRow, PropertyVersion, ProposalRow
from sekisho.business.registry_notices import LineAct
from sekisho.kernel import ReasonCode, Refused, because

FIRST: Final = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Who changes a property or takes a change back, by which proposal, and when."""

    proposal: ProposalRow
    act: LineAct
    person: str
    at: datetime


def _history(row: ProposalRow) -> QuerySet[PropertyVersion]:
    """The history of the property that a proposal speaks of, the earliest first."""
    return PropertyVersion.objects.filter(tenant_id=row.tenant_id, search=row.search).order_by("version")


def known_row(row: ProposalRow) -> PropertyRow | None:
    """The property that a proposal speaks of, if the ledger has it."""
    return PropertyRow.objects.filter(tenant_id=row.tenant_id, search=row.search).first()


def keep_version(known: PropertyRow | None, change: Change) -> int:
    """Keep what the property was, and nothing if it was not there; answers with the number of its next version."""
    row = change.proposal
    newest = _history(row).aggregate(newest=Max("version"))["newest"]
    version = known.version if known else (FIRST if newest is None else newest + 1)
    PropertyVersion.objects.create(
        tenant_id=row.tenant_id,
        search=row.search,
        version=version,
        proposal=row.proposal,
        act=str(change.act),
        sealed=bytes(known.sealed) if known else None,
        at=change.at,
        by=change.person,
    )
    return version + 1


def version_before(row: ProposalRow) -> PropertyVersion:
    """What the property was before the changes of this proposal that stand.

    Raises:
        Refused: A later change stands on them.

    """
    standing = list(_history(row).filter(taken_back=False))
    own = [each for each in standing if each.proposal == row.proposal]
    if not own or standing[-1].proposal != row.proposal:
        raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=row.proposal, state="later_change_stands_on_it")])
    return own[0]


def mark_taken_back(row: ProposalRow) -> None:
    """Nothing of this proposal stands any more; what it changed and who took it back can still be read."""
    _history(row).filter(proposal=row.proposal).update(taken_back=True)
