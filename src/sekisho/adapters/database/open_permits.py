"""Is the permit that was asked still the one in force, in the very transaction that writes a clearance down?"""

from typing import Final

from django.db import connection

from sekisho.adapters.database.registers import IN_FORCE_FIRST
from sekisho.kernel import PermitStatus, ReasonCode, Refused, SekishoError, Waybill, because

_STANDING: Final = (
    "SELECT permit, status FROM database_permitrow WHERE tenant_id = %s AND connection = %s AND status <> 'superseded'"
)
_OPEN: Final = f"{_STANDING} ORDER BY {IN_FORCE_FIRST} LIMIT 1"


def check_open(waybill: Waybill, under: str) -> None:
    """Is the permit that was asked the one in force in this very transaction? On PostgreSQL whoever stops it waits.

    Raises:
        Refused: It is not active.
        SekishoError: Another one took its place while this was decided.

    """
    with connection.cursor() as cursor:
        question = _OPEN if connection.vendor == "sqlite" else f"{_OPEN} FOR SHARE"
        cursor.execute(question, [waybill.tenant, waybill.connection])
        found = cursor.fetchone()
    # Superseded before this or while it was waited for: another is in force now, and is asked the next time.
    if found is None or found[0] != under:
        message = f"parcel {waybill.parcel}: permit {under} of {waybill.connection} was replaced meanwhile"
        raise SekishoError(message)
    permit, status = found
    if status != PermitStatus.ACTIVE:
        raise Refused([because(ReasonCode.PERMIT_NOT_ACTIVE, permit=permit, status=status)])
