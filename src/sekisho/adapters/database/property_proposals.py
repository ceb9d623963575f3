"""Proposals from a landed document: compared with the ledger in one go, written in bulk, once however often tried."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from sekisho.adapters.database.models import LineRow, ProposalRow
from sekisho.adapters.database.property_facts import optional_to_data
from sekisho.adapters.database.property_ledgers import KnownProperties
from sekisho.adapters.database.sealing import Seals
from sekisho.adapters.database.statements import Insertion
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

_PROPOSALS: Final = Insertion(
    ProposalRow,
    *("proposal", "tenant", "document", "search", "notice", "event", "kind", "reception", "hold", "state", "sealed"),
    "proposed_at",
)
_LINES: Final = Insertion(LineRow, "tenant", "proposal", "field", "state", "by")


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


def _row(tenant: str, document: str, number: int, each: Proposal, seals: Seals) -> tuple[Any, ...]:
    """One proposal's row, in the order of its columns, without the moment at which it is proposed."""
    proposal, notice = f"{document}-{number:06d}", each.notice
    return (
        proposal,
        tenant,
        document,
        seals.search_key(notice.key),
        seals.search_key(f"{notice.notice}/{number}" if each.hold == "already_applied" else notice.notice),
        str(notice.event),
        str(notice.kind),
        notice.reception,
        str(each.hold or ""),
        str(LineState.HELD if each.hold else LineState.PROPOSED),
        seals.seal(document_subject(document), proposal_place(proposal), _sealed_values(each)),
    )


class PreparedProposals:
    """What a document proposes, compared and sealed, ready to be written in one short transaction."""

    def __init__(
        self, rows: list[tuple[Any, ...]], lines: list[tuple[str, str, str, str]], summary: BatchSummary
    ) -> None:
        self._rows = rows
        self._lines = lines
        self.summary = summary

    def write(self, at: datetime) -> None:
        """Write everything; call it in the transaction of the delivery."""
        _PROPOSALS.write((*row, at) for row in self._rows)
        _LINES.write((*line, "") for line in self._lines)


def prepare_proposals(
    tenant: str, document: str, records: Iterable[Mapping[str, str]], known: KnownProperties | None = None
) -> PreparedProposals:
    """Compare every notice of a document with the ledger, as its batch knows it; nothing is written yet.

    Raises:
        Refused: A notice cannot be understood.

    """
    notices = list(read_notices(records))
    known = known or KnownProperties(tenant)
    seals = known.seals
    seals.prepare([document_subject(document)])
    proposals = propose_all(notices, known.find(sorted(wanted_keys(notices))))
    rows, lines = [], []
    for number, each in enumerate(proposals, start=1):
        row = _row(tenant, document, number, each, seals)
        rows.append(row)
        state = str(LineState.HELD if each.hold else LineState.PROPOSED)
        fields = [change.field for change in each.changes] or [WHOLE_NOTICE]
        lines += [(tenant, row[0], field, state) for field in fields]
    return PreparedProposals(rows, lines, summarise(proposals))
