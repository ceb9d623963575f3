"""An office whose copies have to go one day: parcels, documents, orphans, and a contractor's copy."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from sekisho.adapters.database.council_deeds import Deed
from sekisho.kernel import Acknowledgement, Erased, Waybill
from tests.integration.conftest import NOW, Office
from tests.integration.gate.test_crossing import notices, send

MANAGER, HEAD, OPERATOR, SYSTEMS = "nabekanmuri", "inasa", "urakami", "glover"


def act(office: Office, person: str, at: datetime | None = None) -> Deed:
    """Somebody acts."""
    return Deed(tenant=office.tenant, person=person, at=at or NOW)


def cross_once(office: Office) -> str:
    """One crossing through the real corridor; its parcel."""
    outcome = send(office, notices(3))
    assert isinstance(outcome, Erased)
    return outcome.waybill.parcel


def enter_documents(office: Office, count: int, erase_by: datetime) -> list[str]:
    """Documents in the house with keys of their own."""
    from sekisho.adapters.database.models import Document
    from sekisho.adapters.keys import open_key_store

    names = [f"doc-p261124-{number:012d}" for number in range(count)]
    open_key_store().make_many(office.tenant, [f"document/{name}" for name in names])
    for name in names:
        Document.objects.create(
            document=name, tenant_id=office.tenant, parcel=name.removeprefix("doc-"), layout="registry_notice",
            records=1, recipients=["urakami"], landed_at=NOW, erase_by=erase_by, size=3, digest="00" * 32,
            place="inline", inline=b"abc",
        )  # fmt: skip
    return names


def entry_kinds(office: Office) -> list[str]:
    """Every kind of entry of the office, in order."""
    from sekisho.adapters.database.models import EntryRow

    return list(EntryRow.objects.filter(tenant_id=office.tenant).order_by("id").values_list("kind", flat=True))


@pytest.fixture
def contractor_copy(office: Office) -> Callable[[timedelta], str]:
    """Make a contractor keep a copy of a delivery under the first permit for so long."""
    from sekisho.adapters.database.models import ContractorCopyRow, Parcel

    def keep(days: timedelta) -> str:
        parcel = f"p261124-{Parcel.objects.count():012d}"
        ContractorCopyRow.objects.create(
            tenant_id=office.tenant, parcel=parcel, permit="R1-56-01", connection="registry-notices-down",
            counterpart="printer", receipt="U-1", delivered_at=NOW, erase_by=NOW + days,
        )  # fmt: skip
        return parcel

    return keep


def waybill(office: Office, parcel: str) -> Waybill:
    """The waybill of a parcel."""
    return Waybill(parcel=parcel, tenant=office.tenant, connection="registry-notices-up", permit="R1-56-02", digest="1")


RECEIPT = Acknowledgement(number="U20261124-000001", facts={})
