"""The copies of portals' files on the internet-side server (インターネット接続用サーバー): where each of them is.

A copy goes when, and only when, S1 has answered for every record of it. Until then no clock erases it: it is late, an
alarm says so, and the next parcel on the same connection is not let in.
"""

from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Exists, OuterRef, QuerySet

from sekisho.adapters.database.models import CopyState, Document, InternetCopyRow, Parcel
from sekisho.adapters.database.statements import as_moment, ask_count
from sekisho.kernel import ReasonCode, Refused, because

PORTAL_LAYOUTS: Final = "portal."
FIRST_WAIT: Final = timedelta(minutes=1)
LONGEST_WAIT: Final = timedelta(hours=1)
_OPEN: Final = (CopyState.LANDED, CopyState.SENT, CopyState.REFUSED)
_HERE: Final = (*_OPEN, CopyState.VERIFIED, CopyState.GIVEN_UP)
_OVERDUE: Final = (
    "SELECT count(*) FROM database_internetcopyrow AS kept JOIN database_parcel AS came ON came.parcel = kept.parcel"
    " WHERE kept.tenant_id = %s AND kept.state IN (%s, %s, %s, %s, %s)"
    " AND kept.erase_by < %s AND came.connection = %s AND came.hold = ''"
)


def is_of_portal(layout: str) -> bool:
    """Is a file of this layout kept only until S1 has it?"""
    return layout.startswith(PORTAL_LAYOUTS)


def keep_copy(document: Document, permit: str) -> None:
    """A portal's file has landed; in the transaction of its landing."""
    InternetCopyRow.objects.create(
        document=document.document,
        tenant_id=document.tenant_id,
        parcel=document.parcel,
        permit=permit,
        layout=document.layout,
        state=CopyState.LANDED,
        landed_at=document.landed_at,
        erase_by=document.erase_by,
    )


def not_yet_verified(tenant: str) -> "QuerySet[InternetCopyRow, Any]":
    """The copies that must not be erased: S1 has not answered for them."""
    return InternetCopyRow.objects.filter(tenant_id=tenant, state__in=_OPEN).values("document")


def note_erased(document: str, at: datetime) -> None:
    """A document is gone; if it was such a copy, its way is at its end. In the transaction of its proof."""
    InternetCopyRow.objects.filter(document=document).update(state=CopyState.ERASED, erased_at=at)


def late_copies(tenant: str, at: datetime) -> "QuerySet[InternetCopyRow]":
    """The copies that should be gone and are not; what is on legal hold is not late."""
    rows = InternetCopyRow.objects.filter(tenant_id=tenant, state__in=_HERE, erase_by__lt=at)
    return rows.exclude(Exists(Parcel.objects.filter(parcel=OuterRef("parcel"), hold__gt="")))


def overdue_at_internet_side(tenant: str, connection: str, at: datetime) -> int:
    """How many of the late copies came by this connection. Every arrival asks: the question is put together once."""
    return ask_count(_OVERDUE, tenant, *map(str, _HERE), as_moment(at), connection)


def copies_in(tenant: str, *states: CopyState) -> list[InternetCopyRow]:
    """The copies that are in one of these states, the oldest first."""
    return list(InternetCopyRow.objects.filter(tenant_id=tenant, state__in=states).order_by("landed_at", "document"))


def due_copies(tenant: str, at: datetime) -> list[InternetCopyRow]:
    """The copies that have landed and are to be sent on now; one that could not go on rests longer after each try."""
    return [copy for copy in copies_in(tenant, CopyState.LANDED) if _is_due(copy, at)]


def _is_due(copy: InternetCopyRow, at: datetime) -> bool:
    """Has it rested as long as it had waited when it was last tried? So each rest is twice the one before."""
    if copy.tried_at is None:
        return True
    waited: timedelta = copy.tried_at - copy.landed_at
    return at - copy.tried_at >= min(max(waited, FIRST_WAIT), LONGEST_WAIT)


def note_sent(document: str, parcel: str, **facts: Any) -> None:
    """The donations of a copy have entered the gate, on their way to S1, as this parcel."""
    rows = InternetCopyRow.objects.filter(document=document, state=CopyState.LANDED)
    rows.update(state=CopyState.SENT, sent_as=parcel, fault="", **facts)


def note_refused(copy: InternetCopyRow, why: str) -> None:
    """The gate refused the donations of a copy on their way to S1: somebody decides what becomes of it."""
    refused_as = [*copy.refused_as, copy.sent_as]
    rows = InternetCopyRow.objects.filter(document=copy.document, state=CopyState.SENT, sent_as=copy.sent_as)
    rows.update(state=CopyState.REFUSED, fault=why, refused_as=refused_as)


def stopped_copy(tenant: str, parcel: str) -> InternetCopyRow:
    """A copy that goes no further by itself; in a transaction of the caller's.

    Raises:
        Refused: There is none of this parcel, or it is on its way.

    """
    row = InternetCopyRow.objects.select_for_update().filter(tenant_id=tenant, parcel=parcel).first()
    if row is None:
        raise Refused([because(ReasonCode.NOT_FOUND, what=parcel)])
    if not (row.state == CopyState.REFUSED or (row.state == CopyState.LANDED and row.fault)):
        raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=parcel, state=row.state)])
    return row


def note_again(copy: InternetCopyRow) -> None:
    """It is sent on at the next look, as a parcel of a new number."""
    changes = {"state": CopyState.LANDED, "sent_as": "", "fault": "", "tried_at": None}
    InternetCopyRow.objects.filter(document=copy.document).update(**changes)


def note_given_up(copy: InternetCopyRow, at: datetime) -> None:
    """It is never sent on: from now on it is due to be erased."""
    InternetCopyRow.objects.filter(document=copy.document).update(state=CopyState.GIVEN_UP)
    Document.objects.filter(document=copy.document, erase_by__gt=at).update(erase_by=at)


def note_fault(document: str, fault: str) -> None:
    """Why a copy waits, in a sentence that holds nobody's data."""
    InternetCopyRow.objects.filter(document=document).exclude(fault=fault).update(fault=fault)


def note_try(document: str, fault: str, at: datetime) -> None:
    """A copy was tried and could not go on; in a transaction of the caller's."""
    note_fault(document, fault)
    InternetCopyRow.objects.filter(document=document).update(tried_at=at)


def note_verified(documents: list[str], at: datetime) -> None:
    """S1 has every record of these copies; from now on they are due to be erased. In a transaction of the caller's."""
    InternetCopyRow.objects.filter(document__in=documents, state=CopyState.SENT).update(
        state=CopyState.VERIFIED, fault=""
    )
    Document.objects.filter(document__in=documents, erase_by__gt=at).update(erase_by=at)
