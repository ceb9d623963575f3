"""S1's screens, by keyboard alone, and in order: by all of axe's rules wide, by those of the width narrow."""

from datetime import UTC, datetime

import pytest

from tests.fakes.donations import NAGASAKI, S1_URLS, deliver, officer_of, open_area, parcel_of, record
from tests.scenario.browser.conftest import Desk
from tests.scenario.browser.test_screens import assert_in_order
from tests.unit.web.two_offices import client_of

pytestmark = [pytest.mark.browser, pytest.mark.urls(S1_URLS)]


def enter_everything() -> tuple[int, int]:
    """A site with one of everything; answers a donation and its donor."""
    from sekisho.adapters.donations.acts import enter_answer
    from sekisho.adapters.donations.expiry import erase_due
    from sekisho.adapters.donations.models import DonationRow
    from sekisho.adapters.donations.papers import print_papers
    from sekisho.business.hometown_donations.receipts import PaperKind
    from tests.fakes.donations import act_in

    open_area(NAGASAKI)
    old = [record(number, ordered_at="2018-05-01 10:00", paid_on="2018-05-02") for number in range(20, 26)]
    sent = record(1, recipient_name="受取　みのる", recipient_address="長崎県長崎市浜町3番5号")
    deliver(NAGASAKI, "p261127-000000000001", parcel_of([sent, *[record(number) for number in range(2, 9)], *old]))
    found = DonationRow.objects.order_by("id")[0]
    enter_answer(act_in(NAGASAKI), found.pk, {"channel": "電話", "subject": "返礼品", "answer": "到着予定を案内した"})
    print_papers(act_in(NAGASAKI), PaperKind.RECEIPT, [found.pk])
    erase_due(NAGASAKI, datetime(2026, 11, 27, 3, 0, tzinfo=UTC), officer_of(NAGASAKI))
    enter_links()
    return found.pk, found.donor_id


def enter_links() -> None:
    """A link that S1 runs by itself, one whose last run was refused, and one that is run by a command only."""
    from sekisho.adapters.database.connectors import NewConnector, begin_run, end_run
    from sekisho.adapters.database.home import find_home
    from sekisho.adapters.database.models import RunOutcome
    from sekisho.bootstrap.links import enter_link

    now = datetime.now(UTC)
    for portal, hours in (("choice", 1), ("rakuten", 6), ("satofuru", 0)):
        named = f"link-{portal}"
        said = NewConnector(connector=named, portal=portal, mode="link", person="", terminal="", every_hours=hours)
        run = begin_run(enter_link(find_home(), NAGASAKI, said), None, "", now)
        end_run(run, RunOutcome.REFUSED if portal == "rakuten" else RunOutcome.EMPTY, now)


def test_the_screens_of_donations_are_accessible_and_fit(stranger: Desk, transactional_db: None) -> None:
    donation, donor = enter_everything()
    stranger.sit_down(client_of(officer_of(NAGASAKI)))
    pages = {
        "today": "/",
        "list": "/donations/",
        "donation": f"/donations/{donation}/",
        "donor": f"/donors/{donor}/",
        "figures": "/figures/?year=2026",
        "papers": "/papers/?year=2026",
        "keeping": "/keeping/",
        "links": "/links/",
    }
    for name, address in pages.items():
        stranger.go(address)
        assert_in_order(stranger, f"s1-{name}")
    stranger.print("s1-keeping")


def test_an_officer_finds_a_donor_and_records_an_answer_by_keyboard_alone(
    stranger: Desk, transactional_db: None
) -> None:
    donation, _ = enter_everything()
    stranger.sit_down(client_of(officer_of(NAGASAKI)))
    stranger.go("/donations/")
    page = stranger.page
    page.locator("#q").focus()
    page.keyboard.type("しけん たろう")
    page.keyboard.press("Enter")
    link = page.locator(f'a[href="/donations/{donation}/"]')
    link.focus()
    assert page.url.endswith("/donations/"), "no name stands in an address"
    page.keyboard.press("Enter")
    page.locator("#answer-channel").wait_for()
    page.locator("#answer-channel").focus()
    for key in ("メール", "その他"):
        page.keyboard.type(key)
        page.keyboard.press("Tab")
    page.keyboard.type("住所の確認をお願いした")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("対応を記録しました").wait_for()
    assert "住所の確認をお願いした" in page.content()
