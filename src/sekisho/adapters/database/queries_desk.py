"""What officers take away from a screen is an entry in the ledger, written before the first byte leaves."""

from dataclasses import asdict
from datetime import datetime

from sekisho.adapters.database.ledgers import append_entry
from sekisho.adapters.database.turns import writing
from sekisho.kernel import EntryKind, Standing


def record_export(tenant: str, standing: Standing, at: datetime, *, what: str, parcel: str = "") -> None:
    """Write down that a list or an evidence bundle leaves as a file."""
    entry = {
        "kind": str(EntryKind.EXPORTED),
        "tenant": tenant,
        "parcel": parcel,
        "at": at.isoformat(timespec="milliseconds"),
        "by": asdict(standing),
        "what": what,
    }
    with writing():
        append_entry(tenant, entry)
