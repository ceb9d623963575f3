"""Starting a stopped permit takes two people at two desks: the first agrees, the second starts it with that word.

The agreement is a signed note that nobody can write by hand. It names the permit, whoever agreed and when, and the
stop it speaks of, so that it cannot be kept for a later stop.
"""

from datetime import datetime, timedelta
from typing import Final

from django.core import signing

from sekisho.adapters.database.council_deeds import Deed, roles_of
from sekisho.adapters.database.models import EntryRow, PermitRow
from sekisho.adapters.database.permits import StopCause, start_permit, stop_permit
from sekisho.kernel import EntryKind, ReasonCode, Refused, because, decode_entry
from sekisho.kernel.council import PERMIT_TABLE, Act, advance_state, check_duties

__all__ = ["HOLDS_FOR", "StopCause", "agree_to_start", "start", "stop"]

_SALT: Final = "sekisho.permit.start"
HOLDS_FOR: Final = timedelta(hours=1)
"""How long an agreement can be used."""


def _known(tenant: str, permit: str) -> PermitRow:
    """A permit of this municipality.

    Raises:
        Refused: There is none.

    """
    row = PermitRow.objects.filter(tenant_id=tenant, permit=permit).first()
    if row is None:
        raise Refused([because(ReasonCode.NOT_FOUND, what=permit)])
    return row


def _latest_stop(tenant: str, permit: str) -> str:
    """The leaf of the entry that says when this permit was stopped last; nothing if it never was."""
    rows = EntryRow.objects.filter(tenant_id=tenant, kind=str(EntryKind.PERMIT_SUSPENDED)).order_by("-id")
    for row in rows.iterator():
        if decode_entry(bytes(row.body)).get("permit") == permit:
            return bytes(row.leaf).hex()
    return ""


def stop(deed: Deed, permit: str, cause: StopCause) -> str:
    """Stop a permit; one person is enough, and it holds from the next decision on. Answers the new state.

    Raises:
        Refused: There is no such permit, this person may not, or it cannot be stopped now.

    """
    _known(deed.tenant, permit)
    return stop_permit(deed.tenant, permit, deed.person, cause, deed.at)


def agree_to_start(deed: Deed, permit: str) -> str:
    """Agree that a stopped permit is started again; answers the agreement, which another person needs for it.

    Raises:
        Refused: There is no such permit, this person may not, or it is not stopped.

    """
    row, roles = _known(deed.tenant, permit), roles_of(deed)
    check_duties(deed.person, roles, Act.RESUME, ())
    advance_state(PERMIT_TABLE, permit, row.status, "resume", roles)
    said = {"tenant": deed.tenant, "permit": permit, "person": deed.person, "at": deed.at.isoformat()}
    return signing.dumps({**said, "stop": _latest_stop(deed.tenant, permit)}, salt=_SALT)


def _agreed(deed: Deed, permit: str, agreement: str) -> str:
    """Who agreed.

    Raises:
        Refused: It is no agreement of ours, not about this permit or this stop, or too old.

    """
    try:
        said: dict[str, str] = signing.loads(agreement, salt=_SALT)
    except signing.BadSignature:
        raise Refused([because(ReasonCode.NOT_ALLOWED, action="permit.resume (no agreement)")]) from None
    about = (deed.tenant, permit, _latest_stop(deed.tenant, permit))
    age = deed.at - datetime.fromisoformat(said["at"])
    if (said["tenant"], said["permit"], said["stop"]) != about or not timedelta(0) <= age <= HOLDS_FOR:
        raise Refused([because(ReasonCode.NOT_ALLOWED, action="permit.resume (agreement is over)")])
    return said["person"]


def start(deed: Deed, permit: str, agreement: str) -> str:
    """Start a stopped permit again with the agreement of another person. Answers the new state.

    Raises:
        Refused: There is no such permit or agreement, both are one person, one of them may not, or it is not stopped.

    """
    _known(deed.tenant, permit)
    first = _agreed(deed, permit, agreement)
    return start_permit(deed.tenant, permit, (first, deed.person), deed.at)
