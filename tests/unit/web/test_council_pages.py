"""The council's screens: the owner reaches them, the neighbour does not, and each reader only what is theirs."""

import pytest
from django.test import Client

from sekisho.adapters.database.models import EntryRow, Matter, Person
from tests.fakes.council import Desks, open_council, who
from tests.unit.web.council_cells import LISTS, POSTS, READ
from tests.unit.web.two_offices import NAGASAKI, NEIGHBOUR, client_of, open_office

OFFICES = (NAGASAKI, NEIGHBOUR)


@pytest.fixture
def desks(db: None) -> dict[str, Desks]:
    for tenant in OFFICES:
        open_office(tenant)
    return {tenant: open_council(tenant) for tenant in OFFICES}


@pytest.fixture
def mine(db: None) -> Desks:
    open_office(NAGASAKI)
    return open_council(NAGASAKI)


def clients(person: str) -> dict[str, Client]:
    """The same person of either municipality, signed in."""
    return {tenant: client_of(who(tenant, person)) for tenant in OFFICES}


def test_the_owner_reaches_every_page_and_the_neighbour_none(desks: dict[str, Desks]) -> None:
    for cell in READ:
        asking = clients(cell.person)
        for owner, other in (OFFICES, OFFICES[::-1]):
            address = cell.address(desks[owner])
            assert asking[owner].get(address).status_code == 200, address
            assert asking[other].get(address).status_code == 404, address


def test_lists_show_only_what_is_one_s_own(desks: dict[str, Desks]) -> None:
    for cell in LISTS:
        assert cell.shown is not None
        asking = clients(cell.person)
        for owner, other in (OFFICES, OFFICES[::-1]):
            shown = cell.shown(desks[owner])
            assert shown in asking[owner].get(cell.address(desks[owner])).content.decode(), cell.name
            assert shown not in asking[other].get(cell.address(desks[owner])).content.decode(), cell.name


def test_nobody_acts_in_a_matter_of_the_neighbour(desks: dict[str, Desks]) -> None:
    for cell in POSTS:
        asking = clients(cell.person)
        for owner, other in (OFFICES, OFFICES[::-1]):
            before = EntryRow.objects.count()
            assert asking[other].post(cell.address(desks[owner])).status_code == 404, cell.name
            assert EntryRow.objects.count() == before
            assert asking[owner].post(cell.address(desks[owner])).status_code in {200, 302, 409}, cell.name
    assert Matter.objects.filter(state="withdrawn").count() == 2


def test_a_draft_is_its_department_s_until_it_is_submitted(mine: Desks) -> None:
    for person, status in (("doza", 200), ("konpira", 200), ("kazagashira", 404), ("megane", 404), ("glover", 404)):
        assert client_of(person).get(f"/matters/{mine.draft}/").status_code == status, person


def test_a_contractor_sees_its_own_conditions_and_nothing_else(mine: Desks) -> None:
    Person.objects.create(username="printer", tenant_id=NAGASAKI, department="printer", roles=["contractor"])
    client = client_of("printer")
    assert f"/matters/{mine.decided}/" not in client.get("/conditions/").content.decode()
    assert client.post(f"/conditions/{mine.condition}/act/submit_proof/", {"proof": "x"}).status_code == 404
    for address in ("/", "/consultations/", f"/matters/{mine.circulated}/", "/portal/", "/meetings/"):
        assert client.get(address).status_code == 403, address


def test_the_members_desk_is_for_members_and_shows_no_opinion_before_its_time(mine: Desks) -> None:
    address = f"/portal/{mine.circulated}/"
    assert client_of("inasa").get(address).status_code == 403
    done = client_of("suwa").post(
        f"/matters/{mine.circulated}/act/give_opinion/", {"text": "端末は一台に限るべき", "back": "portal_matter"}
    )
    assert done.headers["Location"] == address
    assert "端末は一台に限るべき" in client_of("suwa").get(address).content.decode()
    assert "端末は一台に限るべき" not in client_of("megane").get(address).content.decode()


def test_a_refusal_of_the_office_is_shown_with_its_reason(mine: Desks) -> None:
    answer = client_of("megane").post(f"/matters/{mine.deliberating}/act/decide/")
    assert answer.status_code == 409
    assert "preside" in answer.content.decode()
    assert client_of("megane").post(f"/matters/{mine.deliberating}/act/vote/", {"choice": "maybe"}).status_code == 422
    assert client_of("megane").post(f"/matters/{mine.deliberating}/act/nonsense/").status_code == 404


def test_a_draft_is_written_in_the_form_and_what_is_missing_is_said(mine: Desks) -> None:
    client, at = client_of("doza"), f"/matters/{mine.draft}/"
    assert "まだ書かれていない事項" in client.get(at).content.decode()
    typed = {
        "front.purpose": "固定資産税の課税",
        "front.regime": "act_2023",
        "sheet.registry-notices-down.subjects": "土地の所有者\r\n家屋の所有者\r\n",
        "sheet.registry-notices-down.parcels_a_year": "250",
        "sheet.registry-notices-down.item.owner_name.legal_basis": "地方税法第343条",
        "sheet.registry-notices-down.kept.linkage_platform.hours": "24",
        "sheet.registry-notices-down.kept.linkage_platform.reason": "受領確認まで",
        "sheet.registry-notices-down.guard.technical.text": "閉域",
        "sheet.registry-notices-down.guard.technical.feasibility": "done",
    }
    assert client.post(f"{at}edit/", typed).status_code == 302
    shown = client.get(at).content.decode()
    for words in (
        "固定資産税の課税",
        "土地の所有者、家屋の所有者",
        "地方税法第343条",
        "受領確認まで",
        "閉域",
        "年 250 回",
    ):
        assert words in shown, words
    assert client_of("inasa").post(f"{at}act/submit/").status_code == 409


def test_the_agency_s_second_signature_on_screen_issues_the_permits(mine: Desks) -> None:
    at = f"/matters/{mine.decided}/"
    assert "答申書に署名する" in client_of("oura").get(f"{at}decision/").content.decode()
    assert "答申書に署名する" not in client_of("kazagashira").get(f"{at}decision/").content.decode()
    assert client_of("oura").post(f"{at}act/sign_letter/", {"back": "matter_decision"}).status_code == 302
    assert "/permits/R8-64-01/" not in client_of("oura").get(f"{at}decision/").content.decode()
    said = {"outcome": "opens", "back": "matter_decision"}
    assert client_of("nabekanmuri").post(f"{at}act/decide_internally/", said).status_code == 302
    assert client_of("glover").post(f"{at}act/countersign/", {"back": "matter_decision"}).status_code == 302
    shown = client_of("oura").get(f"{at}decision/").content.decode()
    assert "/permits/R8-64-01/" in shown
    permit = client_of("oura").get("/permits/R8-64-01/").content.decode()
    assert "条件により停止" in permit
    assert "審議会の付けた条件「64-c1」が、まだ満たされていません。" in permit
    assert "条件により停止" not in client_of("oura").get("/permits/R8-64-02/").content.decode()
    assert client_of("oura").get("/consultations/64/").headers["Location"] == at


@pytest.mark.parametrize(
    ("person", "tasks"),
    [
        ("doza", ["起案を仕上げる", "質問に答える", "条件の証拠を出す"]),
        ("inasa", ["起案を確かめて提出する"]),
        ("megane", ["書面の意見を出す", "投票する"]),
        ("oura", ["書面の意見を出す", "答申書に署名する"]),
        ("glover", []),
    ],
)
def test_what_waits_for_whom_is_on_the_first_page(mine: Desks, person: str, tasks: list[str]) -> None:
    shown = client_of(person).get("/").content.decode()
    everything = {"起案を仕上げる", "質問に答える", "条件の証拠を出す", "起案を確かめて提出する", "書面の意見を出す"}
    assert [
        each for each in sorted(everything | {"投票する", "答申書に署名する"}) if f"<b>{each}</b>" in shown
    ] == sorted(tasks)


def test_a_drafter_of_another_division_is_offered_no_draft_of_this_one_and_cannot_name_it(mine: Desks) -> None:
    Person.objects.create(username="teguma", tenant_id=NAGASAKI, department="information_systems", roles=["drafter"])
    client, before = client_of("teguma"), Matter.objects.count()
    shown = client.get("/matters/new/").content.decode()
    assert f'value="m-{mine.circulated}"' in shown
    assert f'value="m-{mine.draft}"' not in shown
    assert client.post("/matters/new/", {"precedent": f"m-{mine.draft}"}).status_code == 403
    assert Matter.objects.count() == before
    assert client.post("/matters/new/", {"precedent": f"m-{mine.circulated}"}).status_code == 302
