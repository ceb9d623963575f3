"""The pages of S1: an officer reaches what is theirs; the neighbour, over every address, finds nothing."""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote

import openpyxl
import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from sekisho.adapters.database.ledgers import read_entries, sequence
from sekisho.adapters.database.models import ErasureListRow, Person
from sekisho.adapters.donations.expiry import erase_due
from sekisho.adapters.donations.models import DonationRow
from sekisho.kernel import SekishoError
from sekisho.web.access import EXEMPT
from sekisho.web.donation_manager.site import EXEMPT_HERE
from tests.fakes.donations import NAGASAKI, NEIGHBOUR, S1_URLS, deliver, officer_of, parcel_of, record
from tests.unit.web.two_offices import client_of

pytestmark = pytest.mark.urls(S1_URLS)
SECRET = "試験　太郎"
SOUGHT = {"q": "試験太郎", "kind": ""}


def addresses(patterns: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    """Every address of the site."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns)
        else:
            yield pattern


@dataclass(frozen=True, kw_only=True)
class Site:
    """Nagasaki's donation, erased and not, and a browser for each area."""

    alive: DonationRow
    gone: DonationRow
    mine: Client
    theirs: Client


@pytest.fixture
def site(areas: tuple[str, str]) -> Site:
    old = record(2, ordered_at="2019-05-01 10:00", paid_on="2019-05-02")
    deliver(NAGASAKI, "parcel-of-nagasaki", parcel_of([record(1), old]))
    deliver(NEIGHBOUR, "parcel-of-sasebo", parcel_of([record(3)]))
    erase_due(NAGASAKI, datetime(2027, 1, 1, 3, 0, tzinfo=UTC))
    alive, gone = DonationRow.objects.filter(tenant_id=NAGASAKI).order_by("id")
    return Site(alive=alive, gone=gone, mine=client_of(officer_of(NAGASAKI)), theirs=client_of(officer_of(NEIGHBOUR)))


GETS: dict[str, Callable[[Site], str]] = {
    "donation": lambda site: f"/donations/{site.alive.pk}/",
    "donor": lambda site: f"/donors/{site.alive.donor_id}/",
    "donation_certificate": lambda site: f"/donations/{site.gone.pk}/certificate/",
}
LISTS: dict[str, Callable[[Site], str]] = {
    "today": lambda site: "/",
    "donations": lambda site: "/donations/",
    "figures": lambda site: "/figures/?year=2026",
    "papers": lambda site: "/papers/?year=2026",
    "keeping": lambda site: "/keeping/",
    "linkage": lambda site: "/linkage/",
    "linkage_measured": lambda site: "/linkage/measured/",
    "links": lambda site: "/links/",
    "permits": lambda site: "/permits/",
}
POSTS: dict[str, tuple[Callable[[Site], str], dict[str, str]]] = {
    "donation_answer": (
        lambda site: f"/donations/{site.alive.pk}/answer/",
        {"channel": "電話", "subject": "返礼品", "answer": "案内した", "closed": "yes"},
    ),
    "donation_paper": (lambda site: f"/donations/{site.alive.pk}/paper/receipt/", {}),
    "donor_invitations": (lambda site: f"/donors/{site.alive.donor_id}/invitations/", {"wants": "no"}),
}
ONE_STOP_ADDRESSES = (
    "one_stop", "one_stop_key", "one_stop_verify", "one_stop_scan", "one_stop_forms", "one_stop_notices",
    "one_stop_freeze", "one_stop_plan", "one_stop_send", "one_stop_collect", "one_stop_paper", "one_stop_posted",
    "one_stop_case", "one_stop_number", "one_stop_image", "one_stop_act",
)  # fmt: skip
ELSEWHERE = {
    "donations_export": "tried below: the workbook holds the own donations only",
    "figures_export": "tried below",
    "papers_print": "tried below",
    "link_run": "tried in tests/integration/donations/test_link_pages",
    "erase": "tried in test_expiry: an area erases its own",
    "erase_list": "tried in test_expiry: the neighbour confirms nothing",
    "linkage_question": "tried in test_linkage_pages: the neighbour finds no question",
    "linkage_doubt": "tried in test_linkage_pages: the neighbour doubts nothing",
    **dict.fromkeys(
        ("one_stop_stack", "one_stop_stack_scan", "one_stop_stack_accept", "one_stop_stack_table"),
        "tried in tests/integration/one_stop/test_stacks",
    ),
    "linkage_answer": "tried in test_linkage_pages: the neighbour answers nothing",
    **dict.fromkeys(ONE_STOP_ADDRESSES, "tried in tests/integration/one_stop/test_areas_apart"),
    "people": "tried with the city's pages in test_people_pages",
    "person_act": "tried with the city's pages in test_people_pages",
}


def test_every_address_names_its_roles_or_is_exempt_in_writing_and_is_tried() -> None:
    every = list(addresses(get_resolver().url_patterns))
    bare = {each.name for each in every if not getattr(each.callback, "roles", ())}
    assert bare - set(EXEMPT) - set(EXEMPT_HERE) == set()
    assert set(EXEMPT_HERE) <= bare
    ours = {each.name for each in every} - set(EXEMPT) - set(EXEMPT_HERE)
    assert ours - set(GETS) - set(LISTS) - set(POSTS) - set(ELSEWHERE) == set()


def test_the_owner_reaches_everything_and_the_neighbour_finds_nothing(site: Site) -> None:
    for name, address in GETS.items():
        assert site.mine.get(address(site)).status_code == 200, name
        assert site.theirs.get(address(site)).status_code == 404, name
    for name, (address, typed) in POSTS.items():
        assert site.theirs.post(address(site), typed).status_code == 404, name
        assert site.mine.post(address(site), typed).status_code in {200, 302}, name
    for name, address in LISTS.items():
        own, other = site.mine.get(address(site)), site.theirs.get(address(site))
        assert (own.status_code, other.status_code) == (200, 200), name
        shown = other.content.decode()
        assert SECRET not in shown, name
        assert "parcel-of-nagasaki" not in shown, name
        assert f"/donations/{site.alive.pk}/" not in shown, name


def test_the_page_of_a_donor_shows_donations_answers_and_recipient(site: Site) -> None:
    address, typed = POSTS["donation_answer"]
    site.mine.post(address(site), typed)
    donor = site.mine.get(f"/donors/{site.alive.donor_id}/").content.decode()
    assert SECRET in donor
    assert "案内した" in donor
    assert "11,000" in site.mine.get(f"/donations/{site.alive.pk}/").content.decode()


def test_a_faulty_answer_comes_back_with_what_was_typed(site: Site) -> None:
    typed = {"channel": "電話", "subject": "返礼品", "answer": "長" * 401, "closed": "yes"}
    answer = site.mine.post(f"/donations/{site.alive.pk}/answer/", typed)
    assert answer.status_code == 422
    assert "長" * 401 in answer.content.decode()


def test_the_page_of_an_erased_donation_names_nobody(site: Site) -> None:
    shown = site.mine.get(f"/donations/{site.gone.pk}/").content.decode()
    assert "架空" not in shown
    assert "削除証明書" in shown


def test_a_workbook_holds_the_own_donations_as_text_and_is_written_down(site: Site) -> None:
    body = site.mine.post("/donations/export/", SOUGHT).content
    cells = [str(value) for row in openpyxl.load_workbook(io.BytesIO(body)).active.values for value in row]
    assert (SECRET in cells, "exported 1") == (True, told(NAGASAKI))
    assert site.theirs.post("/donations/export/", SOUGHT).status_code == 409
    assert site.mine.post("/donations/export/").status_code == 409, "nobody looked for anything"
    assert (told(NAGASAKI), told(NEIGHBOUR)) == ("exported 1", "")


def told(area: str) -> str:
    """The exports of an area, as its ledger tells of them."""
    sequence(area)
    return ", ".join(f"exported {each['count']}" for each in read_entries(area) if each["kind"] == "exported")


def test_a_search_finds_the_own_donor_only_and_names_nobody_in_an_address(site: Site) -> None:
    own, other = (client.post("/donations/", SOUGHT) for client in (site.mine, site.theirs))
    assert (SECRET in own.content.decode(), f"/donations/{site.alive.pk}/" in own.content.decode()) == (True, True)
    assert (other.status_code, SECRET in other.content.decode()) == (200, False)
    for text in (SECRET, "試験太郎"):
        assert not [each for each in re.findall(r'(?:href|action|src)="([^"]*)"', own.content.decode()) if text in each]
        assert quote(text) not in own.content.decode()
    assert SECRET not in site.mine.get("/donations/", SOUGHT).content.decode(), "an address is asked for nobody"


def test_before_anything_is_typed_nobody_is_shown_and_that_is_said(site: Site) -> None:
    assert SECRET not in site.mine.get("/donations/").content.decode()
    answer = site.mine.post("/donations/", {"q": " ", "kind": ""})
    assert (answer.status_code, SECRET in answer.content.decode()) == (422, False)
    assert "探す言葉を入れてください" in answer.content.decode()
    sequence(NAGASAKI)
    assert "viewed" not in {each["kind"] for each in read_entries(NAGASAKI)}


def test_the_pages_of_a_search_go_on_with_what_was_typed(site: Site) -> None:
    same = [record(number, name=SECRET) for number in range(40, 70)]
    deliver(NAGASAKI, "p40", parcel_of(same))
    for page, here, neighbours in ((1, "1 / 2", ["2"]), (2, "2 / 2", ["1"])):
        shown = site.mine.post("/donations/", {**SOUGHT, "page": str(page)}).content.decode()
        assert f'<span class="number">{here}</span>' in shown
        assert re.findall(r'name="page" value="(\d+)"', shown) == neighbours
        assert shown.count('type="hidden" name="q" value="試験太郎"') == 2


def test_figures_say_the_same_on_the_map_and_in_the_table_and_the_workbook(site: Site) -> None:
    shown = site.mine.get("/figures/?year=2026").content.decode()
    assert "<title>東京都 1</title>" in shown
    assert "令和8年（2026年）" in shown
    body = site.mine.post("/figures/export/?year=2026").content
    rows = list(openpyxl.load_workbook(io.BytesIO(body)).active.values)
    assert ("都道府県", "東京都", 1, 11_000) in rows
    assert ("月", "5月", 1, 11_000) in rows


def test_receipts_are_printed_in_bulk_as_pdf_of_the_own_donations(site: Site) -> None:
    mine = site.mine.post("/papers/print/", {"kind": "receipt", "year": "2026"})
    assert (mine.status_code, mine.headers["Content-Type"]) == (200, "application/pdf")
    assert site.mine.post("/papers/print/", {"kind": "receipt", "year": "2026"}).status_code == 409
    assert site.mine.post("/papers/print/", {"kind": "other", "year": "2026"}).status_code == 404


def test_erasing_from_the_page_erases_or_says_why_not(site: Site) -> None:
    every = DonationRow.objects.filter(tenant_id=NAGASAKI, erased_at__isnull=True)
    every.update(keep_until="2020-12-31")
    assert "消去しました" in site.mine.post("/keeping/erase/", follow=True).content.decode()
    assert not every.exists()
    deliver(NAGASAKI, "p9", parcel_of([record(number) for number in range(10, 18)]))
    every.update(keep_until="2020-12-31")
    for words in ("一度に", "確認待ちの名簿があるため"):
        assert words in site.mine.post("/keeping/erase/", follow=True).content.decode()
    number = ErasureListRow.objects.get(state="stopped").number
    assert site.theirs.post(f"/keeping/{number}/confirm/").status_code == 409
    assert site.mine.post(f"/keeping/{number}/confirm/").status_code == 409  # who asked does not confirm
    assert site.mine.post(f"/keeping/{number}/drop/").status_code == 302


def test_what_breaks_off_is_said_and_nothing_is_an_error_page(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    from sekisho.web.donation_manager.pages.keeping import views as keeping
    from sekisho.web.donation_manager.pages.papers import views as papers

    def fail(*_: object, **__: object) -> None:
        message = "できませんでした / could not be done"
        raise SekishoError(message)

    for module, name in ((keeping, "erase_due"), (keeping, "confirm"), (papers, "print_papers")):
        monkeypatch.setattr(module, name, fail)
    year = {"kind": "receipt", "year": "2026"}
    for address in ("/keeping/erase/", "/keeping/e1/confirm/", "/papers/print/", POSTS["donation_paper"][0](site)):
        answer = site.mine.post(address, year, follow=True)
        assert (answer.status_code, "できませんでした" in answer.content.decode()) == (200, True), address


def test_whoever_looks_at_a_person_is_written_down_without_the_person(site: Site) -> None:
    site.mine.get(f"/donors/{site.alive.donor_id}/")
    site.mine.post("/donations/", {"q": "試験太郎", "kind": "name"})
    sequence(NAGASAKI)
    seen = [each for each in read_entries(NAGASAKI) if each["kind"] == "viewed"]
    assert [each["what"] for each in seen] == [f"donor {site.alive.donor_id}", "donations by name"]
    assert "試験" not in repr(seen)


def test_an_auditor_sees_figures_and_no_person(site: Site) -> None:
    auditor = client_of(officer_of(NAGASAKI, 2), "auditor")
    assert auditor.get("/figures/").status_code == 200
    assert auditor.get("/donations/").status_code == 403
    assert auditor.get(f"/donors/{site.alive.donor_id}/").status_code == 403
    assert Person.objects.get(username=officer_of(NAGASAKI, 2)).roles == ["auditor"]


def test_the_pages_are_in_english_too(site: Site) -> None:
    site.mine.post("/language/", {"language": "en", "next": "/"})
    assert "Donations in figures" in site.mine.get("/figures/").content.decode()
