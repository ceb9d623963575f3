"""Proposals from a landed document: compared with the ledger in one go, written in bulk, once however often tried."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from sekisho.adapters.database.models import LineRow, ProposalRow
from sekisho.adapters.database.property_facts import optional_to_data
from sekisho.adapters.database.property_ledgers import find_properties
from sekisho.adapters.database.sealing import Seals
from sekisho.business.registry_notices import (
    WHOLE_NOTICE,
    BatchSummary,
    LineState,
    Proposal,
    propose_all,
    read_notices,
    summarise,
    wanted_keys,
)

_BULK: Final = 400


def document_subject(document: str) -> str:
    """The subject whose key seals what a document proposes: it goes when the document's keeping period ends."""
    return f"document/{document}"


def proposal_place(proposal: str) -> str:
    """Where a proposal's sealed values belong."""
    return f"proposal/{proposal}"


def _sealed_values(each: Proposal) -> dict[str, Any]:
    """Everything personal of a proposal."""
    notice = each.notice
    return {
        "notice": notice.notice,
        "location": notice.location,
        "number": notice.number,
        "real_property_number": notice.real_property_number,
        "registered_on": notice.registered_on,
        "purpose": notice.purpose,
        "cause": notice.cause,
        "related": list(notice.related),
        "unmapped": list(notice.unmapped),
        "protected": notice.protected,
        "before": optional_to_data(each.before),
        "after": optional_to_data(each.after),
        "changes": [{"field": line.field, "before": line.before, "after": line.after} for line in each.changes],
    }


def _row(tenant: str, document: str, number: int, each: Proposal, seals: Seals) -> ProposalRow:
    """One proposal's row."""
    proposal = f"{document}-{number:06d}"
    return ProposalRow(
        proposal=proposal,
        tenant_id=tenant,
        document=document,
        search=seals.search_key(each.notice.key),
        notice=seals.search_key(
            f"{each.notice.notice}/{number}" if each.hold == "already_applied" else each.notice.notice
        ),
        event=each.notice.event,
        kind=each.notice.kind,
        reception=each.notice.reception,
        hold=each.hold or "",
        state=LineState.HELD if each.hold else LineState.PROPOSED,
        sealed=seals.seal(document_subject(document), proposal_place(proposal), _sealed_values(each)),
    )


class PreparedProposals:
    """What a document proposes, compared and sealed, ready to be written in one short transaction."""

    def __init__(self, rows: list[ProposalRow], lines: list[tuple[str, str, str]], summary: BatchSummary) -> None:
        self._rows = rows
        self._lines = lines
        self.summary = summary

    def write(self, at: datetime) -> None:
        """Write everything; call it in the transaction of the delivery."""
        for row in self._rows:
            row.proposed_at = at
        ProposalRow.objects.bulk_create(self._rows, batch_size=_BULK)
        tenants = {row.proposal: row.tenant_id for row in self._rows}
        LineRow.objects.bulk_create(
            [
                LineRow(tenant_id=tenants[proposal], proposal_id=proposal, field=field, state=state)
                for proposal, field, state in self._lines
            ],
            batch_size=_BULK,
        )


def prepare_proposals(tenant: str, document: str, records: Iterable[Mapping[str, str]]) -> PreparedProposals:
    """Compare every notice of a document with the ledger; nothing is written yet.

    Raises:
        Refused: A notice cannot be understood.

    """
    notices = list(read_notices(records))
    seals = Seals(tenant)
    seals.prepare([document_subject(document)])
    ledger = find_properties(tenant, sorted(wanted_keys(notices)), seals)
    proposals = propose_all(notices, ledger)
    rows, lines = [], []
    for number, each in enumerate(proposals, start=1):
        row = _row(tenant, document, number, each, seals)
        rows.append(row)
        state = str(LineState.HELD if each.hold else LineState.PROPOSED)
        fields = [change.field for change in each.changes] or [WHOLE_NOTICE]
        lines += [(row.proposal, field, state) for field in fields]
    return PreparedProposals(rows, lines, summarise(proposals))
