"""The carrier inside the house: what came in lands for named recipients, and is proposed to the tax ledger."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

import pyrage

from sekisho.adapters.carriers.sealing import house_identity, open_cargo
from sekisho.adapters.database.effects import first_time
from sekisho.adapters.database.home import Home
from sekisho.adapters.database.internet_copies import is_of_portal, keep_copy
from sekisho.adapters.database.ledgers import append_entry
from sekisho.adapters.database.models import Document, Parcel, PermitRow
from sekisho.adapters.database.property_ledgers import KnownProperties
from sekisho.adapters.database.property_proposals import PreparedProposals, document_subject, prepare_proposals
from sekisho.adapters.database.turns import writing
from sekisho.adapters.keys import open_key_store
from sekisho.adapters.layouts import layouts_in_use
from sekisho.adapters.objects import Sink
from sekisho.adapters.objects.landing import Taken
from sekisho.adapters.scanners import HEAD, TEXTS, sniff
from sekisho.kernel import Acknowledgement, EntryKind, ReasonCode, Recorded, Refused, SekishoError, because
from sekisho.records import RecordsError, read

KEEPING: Final = timedelta(days=365)
_NOTICE: Final = "registry_notice"


def keeping_in_house(tenant: str, permit: str) -> timedelta:
    """How long a landed document is kept: as the permit says, or a year."""
    row = PermitRow.objects.filter(tenant_id=tenant, permit=permit).only("specification").first()
    days = int(row.specification.get("house_keeps_days", 0)) if row else 0
    return timedelta(days=days) if days else KEEPING


def document_key(document: str) -> str:
    """The id of a document's key."""
    return f"document/{document}"


def document_place(document: str) -> str:
    """Where a document's ciphertext lies, if it is large."""
    return f"{document}.document"


def document_of(parcel: str) -> str:
    """The number of the document that a parcel becomes."""
    return f"doc-{parcel}"


def _document_keys(document: str) -> tuple[str, str]:
    """The ids of a document's key, and of the key of what it proposes."""
    return document_key(document), f"subject/{document_subject(document)}"


def _notices(plain: bytes) -> Iterator[Mapping[str, str]]:
    """The notices in a file of records; a whole document is landed for its recipients and proposes nothing.

    Raises:
        RecordsError: The records cannot be read.

    """
    if sniff(plain[:HEAD]) not in TEXTS:
        return
    layout = layouts_in_use().choose(_NOTICE, plain).layout
    yield from (each.values for each in read(layout, [plain]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Landing:
    """A document that is stored and compared, and not yet written down."""

    recorded: Recorded
    document: str
    taken: Taken
    layout: str
    records: int
    prepared: PreparedProposals | None = None


@dataclass(frozen=True, slots=True)
class InHouseCarrier:
    """Lands documents for the persons that the permit names. One carrier is for one batch: it reads the ledger once."""

    home: Home
    recipients: Callable[[str, str], tuple[str, ...]]
    now: Callable[[], datetime]
    rows: Mapping[str, Parcel] = field(default_factory=dict)
    ledgers: dict[str, KnownProperties] = field(default_factory=dict)

    def carry(self, recorded: Recorded) -> Acknowledgement:
        """Land it, once; answers with the document's number and what it proposes.

        Raises:
            Refused: The records were cleared, and still cannot be understood.
            SekishoError: The sealed bytes are not those that were recorded.

        """
        parcel = recorded.waybill.parcel
        if not self.landed_before([parcel]):
            self.write(self.prepare(recorded))
        return self.landed_before([parcel])[parcel]

    def landed_before(self, parcels: Sequence[str]) -> dict[str, Acknowledgement]:
        """What was acknowledged for those of these parcels that have landed."""
        rows = Document.objects.filter(document__in=[document_of(parcel) for parcel in parcels])
        found = rows.values_list("parcel", "document", "summary")
        return {parcel: Acknowledgement(number=document, facts=dict(facts)) for parcel, document, facts in found}

    def prepare(self, recorded: Recorded) -> Landing:
        """Store the document under a key of its own and compare its notices; no row is written yet.

        Raises:
            Refused: The records were cleared, and still cannot be understood.
            SekishoError: The sealed bytes are not those that were recorded.

        """
        plain, tenant = self._open(recorded), recorded.waybill.tenant
        document, (layout, records) = document_of(recorded.waybill.parcel), _found(recorded, self.rows)
        taken = self._store(tenant, document, plain)
        if is_of_portal(layout):
            return Landing(recorded=recorded, document=document, taken=taken, layout=layout, records=records)
        try:
            prepared = prepare_proposals(tenant, document, _notices(plain), self._ledger(tenant))
        except RecordsError as fault:
            raise Refused([because(ReasonCode.INPUT_NOT_UNDERSTOOD, where=document, what=str(fault))]) from fault
        notices = prepared.summary.notices
        return Landing(
            recorded=recorded, document=document, taken=taken, layout=_NOTICE, records=notices, prepared=prepared
        )

    def write(self, landing: Landing) -> None:
        """The document, its proposals and the entry, once, in one transaction."""
        at, waybill = self.now(), landing.recorded.waybill
        with writing():
            if first_time(waybill.tenant, waybill.parcel, "land-document", at):
                self._write(landing, at)

    @staticmethod
    def expect(coming: Iterable[Recorded]) -> None:
        """Make the keys of all documents of a batch in one go."""
        waybills = [each.waybill for each in coming]
        for tenant in {waybill.tenant for waybill in waybills}:
            mine = [waybill.parcel for waybill in waybills if waybill.tenant == tenant]
            open_key_store().make_many(tenant, [key for parcel in mine for key in _document_keys(document_of(parcel))])

    def _ledger(self, tenant: str) -> KnownProperties:
        """The tax ledger of a municipality, as this batch is compared with it."""
        if tenant not in self.ledgers:
            self.ledgers[tenant] = KnownProperties(tenant)
        return self.ledgers[tenant]

    def _open(self, recorded: Recorded) -> bytes:
        """The plain bytes, in memory only."""
        sealed = open_cargo(self.home, recorded, self.rows.get(recorded.waybill.parcel))
        try:
            plain: bytes = pyrage.decrypt(sealed, [house_identity(recorded.waybill.tenant, recorded.waybill.parcel)])
        except pyrage.DecryptError as fault:
            message = f"parcel {recorded.waybill.parcel} is not sealed to this house"
            raise SekishoError(message) from fault
        return plain

    def _store(self, tenant: str, document: str, plain: bytes) -> Taken:
        """The document's ciphertext; a draft left by a killed process is replaced."""
        key, subject = _document_keys(document)
        made = open_key_store().make_many(tenant, [key, subject])
        sink = Sink(self.home.parcels, document_place(document), made[key])
        sink.discard()
        sink.feed(plain)
        return sink.finish()

    def _write(self, landing: Landing, at: datetime) -> None:
        """The rows."""
        waybill, prepared = landing.recorded.waybill, landing.prepared
        summary = _in_words(prepared) if prepared else {"records": str(landing.records)}
        document = _keep(landing, self.recipients(waybill.tenant, waybill.connection), summary, at)
        if prepared is None:
            keep_copy(document, waybill.permit)
            return
        prepared.write(at)
        entry = {
            "kind": str(EntryKind.PROPOSED),
            "tenant": waybill.tenant,
            "parcel": waybill.parcel,
            "document": landing.document,
            "at": at.isoformat(),
            "summary": summary,
        }
        append_entry(waybill.tenant, entry)


def _found(recorded: Recorded, rows: Mapping[str, Parcel]) -> tuple[str, int]:
    """What inspection found a parcel to be: its layout, and how many records."""
    parcel = recorded.waybill.parcel
    row = rows.get(parcel) or Parcel.objects.filter(parcel=parcel).only("found").first()
    found = row.found if row and row.found else {}
    return str(found.get("layout", "")), int(found.get("records", 0))


def _keep(landing: Landing, recipients: Sequence[str], summary: Mapping[str, str], at: datetime) -> Document:
    """The document's row."""
    waybill, taken = landing.recorded.waybill, landing.taken
    return Document.objects.create(
        document=landing.document,
        tenant_id=waybill.tenant,
        parcel=waybill.parcel,
        layout=landing.layout,
        records=landing.records,
        recipients=list(recipients),
        landed_at=at,
        erase_by=at + keeping_in_house(waybill.tenant, waybill.permit),
        size=taken.stored.size,
        digest=taken.stored.digest,
        place=taken.stored.place,
        inline=taken.inline,
        summary=summary,
    )


def _in_words(prepared: PreparedProposals) -> Mapping[str, str]:
    """Counts for the receipt."""
    summary = prepared.summary
    held = {f"held_{reason}": str(count) for reason, count in sorted(summary.held.items())}
    return {
        "notices": str(summary.notices),
        "proposed": str(summary.proposed),
        "held": str(sum(summary.held.values())),
        **held,
    }
