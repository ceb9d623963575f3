"""Single-use tickets: a browser shows one to the lane instead of a certificate."""

import secrets
from datetime import datetime, timedelta

from sekisho.adapters.database.models import Ticket
from sekisho.adapters.database.registers import ticket_digest
from sekisho.adapters.database.turns import writing
from sekisho.kernel import ReasonCode, Refused, Standing, because

LIFETIME = timedelta(minutes=15)


def issue_ticket(tenant: str, standing: Standing, connection: str, at: datetime) -> str:
    """A ticket for one upload by this person at this terminal; only its digest is kept."""
    secret = secrets.token_urlsafe(24)
    with writing():
        Ticket.objects.create(
            digest=ticket_digest(secret),
            tenant_id=tenant,
            person=standing.person,
            terminal=standing.terminal,
            connection=connection,
            factors=list(standing.factors),
            without=list(standing.without),
            expires_at=at + LIFETIME,
        )
    return secret


def use_ticket(secret: str, parcel: str, at: datetime) -> Ticket:
    """Use a ticket up for this parcel.

    Raises:
        Refused: It was used, has expired, or never was one.

    """
    tickets = Ticket.objects.filter(digest=ticket_digest(secret))
    with writing():
        used = tickets.filter(used_at__isnull=True, expires_at__gt=at).update(used_at=at, parcel=parcel)
    if not used:
        raise Refused([because(ReasonCode.TICKET_NOT_VALID)])
    return tickets.get()
