"""What officers do at a screen that the ledger must know of: exports, openings, prints, and tickets for an upload.

Each writes its entry in the transaction of what it does, before a byte is shown.
"""

import secrets
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings

from sekisho.adapters.database.ledgers import append_entry
from sekisho.adapters.database.models import Document, Ticket
from sekisho.adapters.database.queries_rows import ActorRow
from sekisho.adapters.database.registers import ticket_digest
from sekisho.adapters.database.turns import writing
from sekisho.kernel import EntryKind, Handling, LandedDocument, handle

TICKET_LIFE: Final = timedelta(minutes=15)


def _entry(kind: EntryKind, actor: ActorRow, at: datetime, **facts: object) -> dict[str, object]:
    """The frame of an entry about something done at a screen."""
    by = asdict(actor)
    tenant = by.pop("tenant")
    return {"kind": str(kind), "tenant": tenant, "at": at.isoformat(timespec="milliseconds"), "by": by, **facts}


def record_export(actor: ActorRow, at: datetime, *, what: str, count: int, parcel: str = "") -> None:
    """Write down that a list or an evidence bundle leaves as a file."""
    with writing():
        append_entry(actor.tenant, _entry(EntryKind.EXPORTED, actor, at, what=what, count=count, parcel=parcel))


def issue_ticket(actor: ActorRow, connection: str, at: datetime) -> str:
    """A single-use ticket for one upload by this person at this terminal; only its digest is kept."""
    secret = secrets.token_urlsafe(32)
    with writing():
        Ticket.objects.create(
            digest=ticket_digest(secret),
            tenant_id=actor.tenant,
            person=actor.person,
            terminal=actor.terminal,
            connection=connection,
            expires_at=at + TICKET_LIFE,
        )
    return secret
