"""Proposed changes to the property-tax ledger of one municipality."""

from sekisho.adapters.database.queries_rows import BatchRow


def waiting_proposals(tenant: str) -> int:
    """How many proposed changes wait for a decision."""
    return sum(row.waiting for row in batch_rows(tenant))


def batch_rows(tenant: str) -> tuple[BatchRow, ...]:
    """The proposals of every parcel of notices, the latest first."""
    del tenant
    return ()


def batch_of_parcel(tenant: str, parcel: str) -> BatchRow | None:
    """The proposals that came of a parcel."""
    return next((row for row in batch_rows(tenant) if row.parcel == parcel), None)
