"""Proposed changes to the property-tax ledger of one municipality, for the diff that an officer decides."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q

from sekisho.adapters.database.ledgers import append_entry
from sekisho.adapters.database.models import Document, LineRow, Person, ProposalRow
from sekisho.adapters.database.property_proposals import document_subject, proposal_place
from sekisho.adapters.database.queries_rows import BatchRow
from sekisho.adapters.database.sealing import Seals
from sekisho.adapters.database.turns import writing
from sekisho.business.registry_notices import LineState
from sekisho.kernel import EntryKind, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """One line of the diff: a field, both sides, and where the decision stands."""

    field: str
    before: str
    after: str
    state: str
    by_ja: str = ""
    by_en: str = ""
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalView:
    """A proposal opened for an officer."""

    proposal: str
    event: str
    kind: str
    reception: str
    hold: str
    state: str
    notice: str
    place: str
    number: str
    cause: str
    registered_on: str
    changes: tuple[ChangeRow, ...]


def _counted(state: LineState) -> Count:
    """How many proposals of a document are in a state."""
    return Count("proposal", filter=Q(state=str(state)))


def batch_rows(tenant: str, document: str = "") -> tuple[BatchRow, ...]:
    """The proposals of every document of notices, counted by state, the latest first."""
    rows = ProposalRow.objects.filter(tenant_id=tenant)
    if document:
        rows = rows.filter(document=document)
    counted = rows.values("document").annotate(
        at=Min("proposed_at"),
        notices=Count("proposal"),
        waiting=_counted(LineState.PROPOSED),
        held=_counted(LineState.HELD),
        applied=_counted(LineState.ACCEPTED),
    )
    parcels = dict(Document.objects.filter(tenant_id=tenant).values_list("document", "parcel"))
    return tuple(
        BatchRow(
            batch=each["document"],
            parcel=parcels.get(each["document"], each["document"]),
            at=each["at"],
            notices=each["notices"],
            waiting=each["waiting"],
            held=each["held"],
            applied=each["applied"],
        )
        for each in counted.order_by("-at")
    )


def waiting_proposals(tenant: str) -> int:
    """How many proposed changes wait for a decision."""
    return ProposalRow.objects.filter(tenant_id=tenant, state=str(LineState.PROPOSED)).count()


def batch_row(tenant: str, document: str) -> BatchRow | None:
    """The proposals of one document of a municipality."""
    return next(iter(batch_rows(tenant, document)), None)


def batch_of_parcel(tenant: str, parcel: str) -> BatchRow | None:
    """The proposals that came of a parcel."""
    document = Document.objects.filter(tenant_id=tenant, parcel=parcel).values_list("document", flat=True).first()
    return batch_row(tenant, document) if document else None


def _change(line: LineRow, written: Mapping[str, str], by: Person | None) -> ChangeRow:
    """One line with both sides, and with who decided about it last."""
    return ChangeRow(
        field=line.field,
        before=written.get("before", ""),
        after=written.get("after", ""),
        state=str(line.state),
        by_ja=(by.label_ja if by else "") or line.by,
        by_en=(by.label_en if by else "") or line.by,
        decided_at=line.at,
    )


def _view(
    row: ProposalRow, values: Mapping[str, Any], lines: Sequence[LineRow], people: Mapping[str, Person]
) -> ProposalView:
    """A proposal with its opened values."""
    written = {each["field"]: each for each in values["changes"]}
    changes = tuple(_change(line, written.get(line.field, {}), people.get(line.by)) for line in lines)
    return ProposalView(
        proposal=row.proposal,
        event=row.event,
        kind=row.kind,
        reception=row.reception,
        hold=row.hold,
        state=row.state,
        notice=values["notice"],
        place=values["location"],
        number=values["number"],
        cause=values["cause"],
        registered_on=values["registered_on"],
        changes=changes,
    )


def proposal_views(
    tenant: str, document: str, state: str, *, first: int, count: int
) -> tuple[int, tuple[ProposalView, ...]]:
    """How many proposals of a document there are in a state (or in any), and one page of them, opened."""
    rows = ProposalRow.objects.filter(tenant_id=tenant, document=document).order_by("proposal")
    if state:
        rows = rows.filter(state=state)
    page = list(rows[first : first + count])
    lines = list(LineRow.objects.filter(tenant_id=tenant, proposal__in=page).order_by("id"))
    deciders = Person.objects.filter(tenant_id=tenant, username__in={line.by for line in lines})
    people = {person.username: person for person in deciders}
    seals, subject = Seals(tenant), document_subject(document)
    found = tuple(
        _view(
            row,
            seals.open(subject, proposal_place(row.proposal), bytes(row.sealed)),
            [line for line in lines if line.proposal_id == row.proposal],
            people,
        )
        for row in page
    )
    return rows.count(), found


def record_view(tenant: str, standing: Standing, document: str, at: datetime) -> None:
    """Write down that somebody looks at what a document proposes; before anything is shown."""
    entry = {
        "kind": str(EntryKind.VIEWED),
        "tenant": tenant,
        "at": at.isoformat(timespec="milliseconds"),
        "by": asdict(standing),
        "document": document,
        "what": "proposals",
    }
    with writing():
        append_entry(tenant, entry)
