"""S-350 and S-600 in a browser: thirty forms typed and verified without a mouse; every page accessible and whole."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import expect

from tests.integration.one_stop.conftest import AREA, deed, take_application
from tests.scenario.browser.conftest import Desk
from tests.scenario.browser.one_stop.conftest import many_forms
from tests.scenario.browser.test_screens import assert_in_order

pytestmark = pytest.mark.browser
Donate = Callable[[list[dict[str, str]]], list[int]]
SitDown = Callable[[str], Desk]
APPLICATIONS = 30
_TYPED = (
    "applied_on", "name", "kana", "address", "telephone", "individual_number", "sex", "birth", "donated_on", "amount",
    "confirmed_eligible", "confirmed_five",
)  # fmt: skip


def type_form(desk: Desk, form: dict[str, str]) -> None:
    """Type the fields of a form with Tab between them; the cursor stands in the first one."""
    for place, name in enumerate(_TYPED):
        if place:
            desk.page.keyboard.press("Tab")
        desk.page.keyboard.insert_text(form[name])


def key_by_keyboard(desk: Desk, number: int, form: dict[str, str]) -> None:
    """One application from paper: number, day, form, documents, Enter. The page opens with the cursor in its place."""
    expect(desk.page.locator("#key-case")).to_be_focused(timeout=30_000)
    desk.page.keyboard.insert_text(f"2026-{number:06d}")
    desk.page.keyboard.press("Tab")
    desk.page.keyboard.press("Control+A")
    desk.page.keyboard.insert_text("R8.11.20")
    desk.page.keyboard.press("Tab")
    type_form(desk, form)
    desk.page.keyboard.press("Tab")
    desk.page.keyboard.insert_text("1")
    with desk.page.expect_navigation():
        desk.page.keyboard.press("Enter")


def verify_by_keyboard(desk: Desk, form: dict[str, str]) -> None:
    """The same again by another person."""
    desk.page.focus("#key-applied_on")
    type_form(desk, form)
    with desk.page.expect_navigation():
        desk.page.keyboard.press("Enter")


def states() -> dict[str, int]:
    """How many cases are in each state."""
    from sekisho.adapters.donations.notice_queries import figures_of

    return {state: count for state, count in figures_of(AREA, 2026).states.items() if count}


def test_thirty_applications_are_keyed_and_verified_with_the_keyboard_alone(donate: Donate, sit_down: SitDown) -> None:
    from sekisho.adapters.donations import one_stop_desk

    given = many_forms(APPLICATIONS)
    for donation in donate(given):
        one_stop_desk.send_form(deed(""), donation)
    desk = sit_down("tateyama")
    desk.go("/one-stop/key/")
    for number, form in enumerate(given, start=1):
        key_by_keyboard(desk, number, form)
    assert states() == {"keyed": APPLICATIONS}
    desk = sit_down("kosuge")
    desk.go("/one-stop/verify/")
    verify_by_keyboard(desk, {**given[0], "birth": "1930-01-01"})  # a slip of the second typist
    assert "生年月日が違います" in desk.page.inner_text("#faults")
    desk.keep("one-stop-differs")
    desk.go("/one-stop/verify/")
    for form in given:
        verify_by_keyboard(desk, form)
    assert states() == {"applied": APPLICATIONS}
    assert "照合する申請書はありません" in desk.page.inner_text("main")
    assert desk.complaints == [] or all("422" in each for each in desk.complaints)


def enter_everything(donate: Donate) -> str:
    """One case in every state that a page shows; answers one that lacks something."""
    from sekisho.adapters.donations import one_stop_desk
    from sekisho.adapters.donations.models import NoticeBatchRow
    from sekisho.adapters.donations.notice_books import Issue, answer_batch, freeze_year, prepare_batches
    from sekisho.adapters.donations.notice_returns import take_return
    from sekisho.business.hometown_donations.notices import ReturnedNotice, ReturnKind
    from tests.fakes.one_stop import SENDER

    given, at = many_forms(8), datetime(2027, 1, 12, 1, 0, tzinfo=UTC)
    given[6]["address"] = "国外 シンガポール"
    donations = donate(given)
    for donation, form in zip(donations[:7], given, strict=False):
        take_application(donation, form)
    freeze_year(AREA, 2026, date(2027, 1, 11), at)
    issue = Issue(area=AREA, year=2026, sender=SENDER, issued_on=date(2027, 1, 12), person="tateyama", at=at)
    made, _ = prepare_batches(issue)
    answer_batch(AREA, made[0].row, "N20270112-000001", at)
    NoticeBatchRow.objects.filter(batch=made[1].row).update(road="paper")
    back = ReturnedNotice(
        returned="R000001", destination=made[0].batch.destination, kind=ReturnKind.NOBODY,
        reception_number=made[0].batch.notices[0].reception_number,
    )  # fmt: skip
    take_return(AREA, back, at)
    case, _ = one_stop_desk.send_form(deed(""), donations[7])
    lacking = {**given[7], "kana": "", "individual_number": ""}
    one_stop_desk.key_in(deed(case), one_stop_desk.Typing(values=lacking, received_on=date(2026, 12, 1)))
    one_stop_desk.verify(deed(case, "kosuge"), lacking)
    return case


def test_every_page_is_accessible_and_fits(donate: Donate, sit_down: SitDown) -> None:
    case, desk = enter_everything(donate), sit_down("kosuge")
    for name, address in {
        "list": "/one-stop/",
        "key": "/one-stop/key/",
        "case": f"/one-stop/{case}/",
        "notices": "/one-stop/notices/?year=2026",
        "donor": f"/apply/{AREA}/",
    }.items():
        desk.go(address)
        assert_in_order(desk, f"one-stop-{name}")
    desk.go("/one-stop/notices/?year=2026")
    assert desk.print("one-stop-notices").startswith(b"%PDF")


def test_a_head_sees_a_number_only_for_a_reason(donate: Donate, sit_down: SitDown) -> None:
    given = many_forms(1)
    case, desk = take_application(donate(given)[0], given[0]), sit_down("kosuge")
    desk.go(f"/one-stop/{case}/")
    assert given[0]["individual_number"] not in desk.page.content()
    desk.page.select_option("#number-reason", "compare_with_form")
    with desk.page.expect_navigation():
        desk.page.click("text=個人番号を表示する")
    assert given[0]["individual_number"] in desk.page.content()
    desk.go(f"/one-stop/{case}/")
    assert given[0]["individual_number"] not in desk.page.content()


def test_a_donor_applies_and_corrects_without_an_account(donate: Donate, stranger: Desk) -> None:
    from sekisho.adapters.donations import one_stop_desk

    given = many_forms(1)
    case, code = one_stop_desk.send_form(deed(""), donate(given)[0])
    stranger.go(f"/apply/{AREA}/")
    stranger.page.fill("#enter-code", f"{code[:4]}-{code[4:8]}-{code[8:]}".lower())
    stranger.page.fill("#enter-answer", "090-0000-0001")
    stranger.page.keyboard.press("Enter")
    stranger.page.wait_for_url("**/case/")
    for name in _TYPED:
        if name not in {"donated_on", "amount"}:
            stranger.page.fill(f"#apply-{name}", given[0][name])
    stranger.page.fill("#apply-individual_number", "123456789017")
    stranger.page.click("button:has-text('申請する')")
    assert "検査用数字" in stranger.page.inner_text("#faults")
    assert stranger.page.input_value("#apply-individual_number") == ""
    stranger.page.fill("#apply-individual_number", given[0]["individual_number"])
    stranger.page.click("button:has-text('申請する')")
    assert "申請受付" in stranger.page.inner_text("main")
    stranger.keep("one-stop-donor-applied")
    assert stranger.violations() == []
    stranger.page.fill("#change-address", "福岡県福岡市博多区博多駅前1番1号")
    assert given[0]["name"] not in stranger.page.content()
    with stranger.page.expect_navigation():
        stranger.page.click("button:has-text('変更を届け出る')")
    assert "受け付けました" in stranger.page.inner_text("main")
    from sekisho.adapters.donations.models import OneStopRow

    row = OneStopRow.objects.get(number=case)
    assert (row.state, row.route, row.deficiencies) == ("applied", "online", ["identity_missing"])
