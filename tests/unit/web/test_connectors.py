"""Ways in for donations: each municipality has its own connectors and runs, and reaches no other's."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from counterparts.donation_portal.columns import write_file
from counterparts.donation_portal.orders import Plan, make_orders
from sekisho.web.words import Words
from tests.unit.web.two_offices import NAGASAKI, NEIGHBOUR, client_of, open_office

pytestmark = pytest.mark.django_db
READERS = (("inasa", "operator"), ("konpira", "auditor"))


@pytest.fixture
def mismatch() -> int:
    """Two offices, of which Nagasaki has two connectors; answers a run of one that waits to be mapped."""
    from sekisho.adapters.database.home import find_home
    from sekisho.bootstrap.column_mapping import note_mismatch
    from sekisho.bootstrap.connectors import NewConnector, enter_connector

    open_office(NEIGHBOUR)
    open_office(NAGASAKI)
    for name, mode in (("furunavi", "csv"), ("choice", "robot")):
        said = NewConnector(connector=name, portal=name, mode=mode, person="inasa", terminal="t")
        enter_connector(find_home(), NAGASAKI, said)
    return note_mismatch(NAGASAKI, "furunavi", "inasa", renamed())


def renamed() -> bytes:
    """A file with a renamed column."""
    return write_file("furunavi", make_orders(Plan("furunavi", 59, 2, 2026)), {"性別": "ご性別"})


def test_the_owner_maps_once_and_the_neighbour_never(mismatch: int) -> None:
    owner, stranger = client_of("inasa", "operator"), client_of("inasa_2", "operator")
    page, act = f"/connectors/mismatch/{mismatch}/", f"/connectors/mismatch/{mismatch}/map/"
    assert stranger.get(page).status_code == 404
    assert stranger.post(act, {"field-sex": "ご性別"}).status_code == 404
    assert "ご性別" in owner.get(page).content.decode()
    wrong = owner.post(act, {"field-sex": "", "unused": "ご性別"})
    assert wrong.status_code == 409
    shown = wrong.content.decode()
    assert "すべての列に割当て" in shown
    assert 'value="ご性別" checked' in shown
    assert '<option value="ご性別" selected' not in shown, "what was chosen stands, and not the guess"
    assert owner.post(act, {"field-sex": "ご性別"}).status_code == 302
    assert owner.post(act, {"field-sex": "ご性別"}).status_code == 404


def test_the_list_names_only_ones_own_and_only_officers_act(mismatch: int) -> None:
    owner, stranger = client_of("inasa", "operator"), client_of("inasa_2", "operator")
    assert f"/connectors/mismatch/{mismatch}/" in owner.get("/connectors/").content.decode()
    assert "ふるなび" not in stranger.get("/connectors/").content.decode()
    assert stranger.post("/connectors/choice/run/").status_code == 404
    assert client_of("konpira", "auditor").post("/connectors/choice/run/").status_code == 403
    assert owner.post("/connectors/furunavi/run/").status_code == 404
    assert owner.post("/connectors/choice/run/").status_code == 302


def test_headings_are_looked_at_for_ones_own_connector_only(mismatch: int) -> None:
    def file(body: bytes) -> dict[str, SimpleUploadedFile]:
        return {"file": SimpleUploadedFile("x.csv", body)}

    owner, stranger = client_of("inasa", "operator"), client_of("inasa_2", "operator")
    address = "/connectors/furunavi/check/"
    assert mismatch
    assert stranger.post(address, file(renamed())).status_code == 404
    assert owner.post(address, file(renamed())).headers["Location"].startswith("/connectors/mismatch/")
    right = write_file("furunavi", make_orders(Plan("furunavi", 59, 2, 2026)), {})
    assert owner.post(address, file(right)).headers["Location"] == "/connectors/"
    assert owner.post(address, file("見出し".encode("euc-jp"))).status_code == 400
    assert owner.post(address).status_code == 400


def test_a_response_without_a_permit_is_refused_and_says_so(mismatch: int) -> None:
    owner = client_of("inasa", "operator")
    assert "対応内容" in owner.get("/connectors/response/").content.decode()
    said = {"portal": "choice", "order": "N-1", "at": f"{datetime.now(UTC):%Y-%m-%dT%H:%M}", "channel": "電話"}
    answer = owner.post("/connectors/response/", {**said, "subject": "返礼品", "answer": "案内した", "closed": "済"})
    assert answer.status_code == 400
    shown = answer.content.decode()
    assert "通行証がありません" in shown
    for kept in ('value="N-1"', ">案内した</textarea>", '<option value="返礼品" selected', f'value="{said["at"]}"'):
        assert kept in shown, "what was typed is not lost"
    wrong = owner.post("/connectors/response/", {**said, "at": "いつか", "answer": "もう一度"})
    assert wrong.status_code == 400
    assert ">もう一度</textarea>" in wrong.content.decode()
    assert client_of("konpira", "auditor").get("/connectors/response/").status_code == 403
    assert mismatch


def test_who_only_reads_is_shown_no_button_that_would_refuse_him(mismatch: int) -> None:
    acts = ("/connectors/response/", f"/connectors/mismatch/{mismatch}/", "/connectors/choice/run/")
    officer, auditor = (client_of(*who).get("/connectors/").content.decode() for who in READERS)
    assert [each in officer for each in acts] == [True] * 3
    assert [each in auditor for each in acts] == [False] * 3


def test_what_is_on_hold_is_not_counted_as_late(mismatch: int) -> None:
    from sekisho.adapters.database.internet_copies import overdue_at_internet_side
    from sekisho.adapters.database.models import InternetCopyRow, Parcel
    from sekisho.adapters.database.queries_connectors import copy_totals, copy_views

    at = datetime.now(UTC)
    for number, hold in enumerate(("", "訴訟"), start=1):
        parcel = f"p261124-00000000d0c{number}"
        facts = {"tenant_id": NAGASAKI, "parcel": parcel}
        InternetCopyRow.objects.create(
            document=f"doc-{number}", permit="p", layout="portal.choice", state="landed", landed_at=at,
            erase_by=at - timedelta(hours=1), **facts,
        )  # fmt: skip
        Parcel.objects.create(connection="c", state="received", received_at=at, received_on=at, hold=hold, **facts)
    assert mismatch
    assert (copy_totals(NAGASAKI, at).late, overdue_at_internet_side(NAGASAKI, "c", at)) == (1, 1)
    assert [each.late for each in copy_views(NAGASAKI, at)] == [True, False]


def test_a_refused_run_says_why_in_both_languages() -> None:
    from sekisho.adapters.database.queries_connectors import RunView
    from sekisho.web.pages.connectors.connectors_page import why_of

    empty: dict[str, Any] = {"run": 1, "first": None, "last": None, "parcels": (), "donations": 0, "amount": 0}
    reasons = {"reasons": [{"ja": "通行証がありません。", "en": "No permit."}]}
    run = RunView(started_at=datetime.now(UTC), outcome="refused", detail=reasons, **empty)
    assert why_of(run) == Words("通行証がありません。", "No permit.")
