"""A parcel that was refused for one column crosses without it, and nothing of that column is left anywhere."""

from collections.abc import Iterator
from pathlib import Path

from sekisho.bootstrap.house import new_parcel
from sekisho.business.registry_notices import with_sex
from sekisho.kernel import Arrival, Credential, Direction, Erased, ReasonCode, Standing, Stopped, cross
from tests.integration.conftest import Office
from tests.integration.gate.test_crossing import DOWN, notices
from tests.integration.gate.test_inspection import TERMINAL, codes, landed, last_entry, plain_document, send


def send_by_ticket(office: Office, body: bytes, without: tuple[str, ...]) -> Erased | Stopped:
    """One crossing by a ticket, as from the form on the page of a refused parcel."""
    from sekisho.adapters.database.home import find_home
    from sekisho.adapters.database.registers import Register, ticket_digest
    from sekisho.adapters.database.tickets import issue_ticket, use_ticket
    from sekisho.adapters.objects.docks import LandingDock
    from sekisho.bootstrap.halls import open_entrance, open_examination, open_exit
    from sekisho.bootstrap.house import now

    standing = Standing(person="urakami", terminal=TERMINAL[0], agency="mayor", department="asset_tax", without=without)
    secret = issue_ticket(office.tenant, standing, DOWN, now())
    parcel = new_parcel(now())
    use_ticket(secret, parcel, now())
    on_file = Register().permit_on_file(office.tenant, DOWN)
    assert on_file is not None
    arrival = Arrival(
        parcel=parcel,
        tenant=office.tenant,
        connection=DOWN,
        at=now(),
        credential=Credential(kind="ticket", value=ticket_digest(secret)),
        route=on_file.specification.route,
        direction=Direction.INWARD,
        counterpart=on_file.specification.counterpart,
        announced_size=len(body),
    )
    dock = LandingDock(find_home(), office.tenant, parcel)
    dock.pieces = iter([body])
    return cross(arrival, dock, (open_entrance(dock), open_examination(), open_exit()), now)


def everything_stored(office: Office, home: Path) -> Iterator[bytes]:
    """Every byte that is kept anywhere: files, every row of every table, and whatever any key still opens."""
    from django.apps import apps

    from sekisho.adapters.database.models import Document

    yield from (path.read_bytes() for path in home.rglob("*") if path.is_file())
    for model in apps.get_models():
        for row in model.objects.values_list():  # type: ignore[attr-defined]
            yield repr(row).encode()
            yield from (bytes(each) for each in row if isinstance(each, (bytes, memoryview)))
    for document in Document.objects.filter(tenant_id=office.tenant):
        yield plain_document(office, document)


def test_a_parcel_refused_for_one_column_crosses_without_it_and_nothing_of_it_is_left(
    office: Office, home: Path
) -> None:
    mark = "秘女印秘"
    body = (
        notices(20, with_sex).replace("女".encode(), mark.encode()).replace("女".encode("cp932"), mark.encode("cp932"))
    )
    spellings = (mark.encode(), mark.encode("cp932"))
    refused = send(office, body)
    assert codes(refused) == {ReasonCode.ITEM_NOT_APPROVED}
    assert codes(send_by_ticket(office, body, ("owner_name",))) == {ReasonCode.ITEM_NOT_APPROVED}
    outcome = send_by_ticket(office, body, ("sex", "owner_name"))
    assert isinstance(outcome, Erased)
    parcel = outcome.waybill.parcel
    assert last_entry(office, parcel, "cleared")["strip"] == ["sex"], "what was approved always goes along"
    assert last_entry(office, parcel, "received")["without"] == ["sex", "owner_name"]
    assert landed(office, parcel) == notices()
    stored = list(everything_stored(office, home))
    assert any(notices()[:200] in each for each in stored), "the search opens what can be opened"
    values = [each for each in stored for spelling in spellings if spelling in each]
    assert not values
    (home / "planted").write_bytes(body)
    assert any(spellings[1] in each or spellings[0] in each for each in everything_stored(office, home))
