"""What makes a repeated step harmless: a row that says it was done, in the transaction of what it did."""

from datetime import datetime

from sekisho.adapters.database.models import Effect


def first_time(tenant: str, workflow: str, step: str, at: datetime) -> bool:
    """Is this the first time? Must be called inside the step's own transaction."""
    _, created = Effect.objects.get_or_create(workflow=workflow, step=step, defaults={"tenant_id": tenant, "at": at})
    return created
