"""Ways in for donations on screen: health, a renamed column that an officer maps by keyboard, the import going on."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import FilePayload, expect

from counterparts.donation_portal.columns import write_file
from counterparts.donation_portal.orders import Plan, make_orders
from sekisho.adapters.connectors import Errand, PortalAwayError
from sekisho.adapters.dossiers import read_dossier, shipped_dossier
from tests.integration.conftest import enter
from tests.scenario.browser.conftest import Desk
from tests.scenario.browser.test_screens import assert_in_order
from tests.unit.web.two_offices import NAGASAKI, Belongings, client_of

pytestmark = pytest.mark.browser
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def renamed_portal(_: Errand) -> bytes:
    """A portal that has renamed two columns, and added one that nobody asked for."""
    orders = make_orders(Plan("satofuru", 59, 20, 2026))
    lines = write_file("satofuru", orders, {"生年月日": "お誕生日", "性別": "ご性別"}).decode("cp932").split("\r\n")
    head, rows = f"{lines[0]},会員ランク", [f"{each},金" for each in lines[1:] if each]
    return "\r\n".join([head, *rows, ""]).encode("cp932")


def away(_: Errand) -> bytes:
    """A portal that is down."""
    raise PortalAwayError("choice.example: 503")


def enter_everything(late: int = 0) -> int:
    """Consultation 59 with three connectors, of which one has met renamed columns; answers that run."""
    from sekisho.adapters.database.home import find_home
    from sekisho.adapters.database.models import InternetCopyRow
    from sekisho.bootstrap.connectors import NewConnector, enter_connector, run_connector

    now, text = timezone.now(), shipped_dossier("59")
    enter(read_dossier(text), text, now)
    for portal, mode in (("satofuru", "robot"), ("choice", "robot"), ("furunavi", "csv"), ("rakuten", "link")):
        new = NewConnector(connector=portal, portal=portal, mode=mode, person="tateyama", terminal="staff-terminal-1")
        enter_connector(find_home(), NAGASAKI, replace(new, url=f"https://{portal}.example", every_hours=6))
    run_connector(NAGASAKI, "choice", YEAR, fetch=away)
    for number, state in enumerate(("landed", "sent", "erased")):
        InternetCopyRow.objects.create(
            document=f"doc-{number}", tenant_id=NAGASAKI, parcel=f"p261124-00000000d0c{number}", permit="R1-59-01",
            layout="portal.choice", state=state, landed_at=now, erase_by=now + timedelta(hours=number + 1 - late),
            donations=4800, amount=72_000_000, erased_at=now if state == "erased" else None,
        )  # fmt: skip
    return run_connector(NAGASAKI, "satofuru", YEAR, fetch=renamed_portal).pk


def test_connectors_and_mismatch_are_accessible_and_fit(stranger: Desk, mine: Belongings) -> None:
    run = enter_everything(late=2)
    stranger.sit_down(client_of("tateyama", "operator"))
    for name, address in {
        "connectors": "/connectors/",
        "mismatch": f"/connectors/mismatch/{run}/",
        "response": "/connectors/response/",
    }.items():
        stranger.go(address)
        assert_in_order(stranger, name)
    stranger.print("connectors")
    assert mine.tenant == NAGASAKI


def test_an_officer_maps_renamed_columns_with_the_keyboard_and_the_import_goes_on(
    stranger: Desk, mine: Belongings
) -> None:
    from sekisho.adapters.database.models import ConnectorRow, Parcel
    from sekisho.bootstrap.connectors import run_connector

    enter_everything()
    before = Parcel.objects.count()
    stranger.sit_down(client_of("tateyama", "operator"))
    stranger.go("/connectors/")
    page = stranger.page
    page.get_by_role("link", name="違いを見て割り当てる").focus()
    page.keyboard.press("Enter")
    birth, sex = page.get_by_label("生年月日", exact=True), page.get_by_label("性別", exact=True)
    expect(birth).to_have_value("お誕生日")
    expect(sex).to_have_value("ご性別")
    page.get_by_label("会員ランク").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="割り当てて様式の新しい版を届け出る").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("を採用しました")).to_be_visible()
    assert Parcel.objects.count() == before
    due = ConnectorRow.objects.get(connector="satofuru").next_run
    assert due is not None
    assert due <= timezone.now()
    resumed = run_connector(NAGASAKI, "satofuru", YEAR, fetch=renamed_portal)
    assert (resumed.outcome, resumed.detail) == ("done", {"rows": 20})
    page.reload()
    expect(page.locator("#satofuru")).to_contain_text("正常")
    assert mine.tenant == NAGASAKI


def test_an_officers_file_is_looked_at_and_nothing_of_it_is_kept(stranger: Desk, mine: Belongings) -> None:
    from sekisho.adapters.database.models import ConnectorRunRow, Parcel

    enter_everything()
    before = Parcel.objects.count()
    stranger.sit_down(client_of("tateyama", "operator"))
    stranger.go("/connectors/")
    body = write_file("furunavi", make_orders(Plan("furunavi", 59, 3, 2026)), {"寄附金額": "お支払い額"})
    file = FilePayload(name="donations.csv", mimeType="text/csv", buffer=body)
    stranger.page.set_input_files("#furunavi-file", files=file)
    stranger.page.get_by_role("button", name="見出しを調べる").click()
    expect(stranger.page.get_by_label("寄附金額")).to_have_value("お支払い額")
    assert Parcel.objects.count() == before
    kept = str(ConnectorRunRow.objects.get(connector__connector="furunavi").detail)
    assert "お支払い額" in kept
    assert "donor" not in kept
    assert mine.tenant == NAGASAKI


def test_somebody_who_only_reads_cannot_run_or_map(stranger: Desk, mine: Belongings) -> None:
    run = enter_everything()
    stranger.sit_down(client_of("tateyama", "auditor"))
    stranger.go("/connectors/")
    expect(stranger.page.get_by_role("button", name="今すぐ実行する")).to_have_count(0)
    answer = stranger.page.goto(f"{stranger.home}/connectors/mismatch/{run}/")
    assert answer is not None
    assert answer.status == 403
    assert mine.tenant == NAGASAKI
