"""The canary records (見張り用の記録) of each municipality, as they were registered."""

from datetime import datetime
from typing import Final

from sekisho.adapters.database.ledgers import append_entry
from sekisho.adapters.database.models import CanaryRow
from sekisho.adapters.database.turns import writing
from sekisho.adapters.scanners import SHORTEST, Canary
from sekisho.kernel import EntryKind, ReasonCode, Refused, because

MOST: Final = 200
"""How many canaries a municipality may register, so that a search stays quick."""


def register_canary(tenant: str, text: str, at: datetime) -> int:
    """Register a text of a made-up record, once; answers with how many there are. The text stays out of the ledger.

    Raises:
        Refused: It is too short to stand nowhere else, or there are enough.

    """
    known = CanaryRow.objects.filter(tenant_id=tenant)
    if len(text) < SHORTEST or known.count() >= MOST:
        what = f"{SHORTEST}文字以上、{MOST}件まで / at least {SHORTEST} characters, at most {MOST} texts"
        raise Refused([because(ReasonCode.INPUT_NOT_UNDERSTOOD, where="canary", what=what)])
    with writing():
        _, made = CanaryRow.objects.get_or_create(tenant_id=tenant, text=text, defaults={"registered_at": at})
        if made:
            count = known.count()
            entry = {"kind": EntryKind.CANARY_REGISTERED, "tenant": tenant, "at": at.isoformat(), "count": count}
            append_entry(tenant, entry)
    return known.count()


def canaries_beside(tenant: str) -> tuple[Canary, ...]:
    """The canaries of all other municipalities."""
    rows = CanaryRow.objects.exclude(tenant_id=tenant).order_by("tenant_id", "text")
    return tuple(Canary(municipality=each.tenant_id, text=each.text) for each in rows)
