"""A material change from the page of a permit: weighed first, put to the council, withdrawn; by whom alone."""

from dataclasses import dataclass

import pytest
from django.test import Client

from sekisho.adapters.database.models import EntryRow, Matter, PermitRow, Person
from sekisho.web.pages.charting.values import values_of
from tests.fakes.council import DOWN, adopted_and_signed, open_council, paper_56, prove_condition
from tests.unit.web.two_offices import NAGASAKI, NEIGHBOUR, client_of, open_office

TITLE = paper_56().dossier.title_ja


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved:
    """A matter in force with its permits."""

    matter: str
    permits: tuple[str, ...]

    @property
    def at(self) -> str:
        """The page of the first permit."""
        return f"/permits/{self.permits[0]}/"

    def states(self) -> tuple[str, list[str]]:
        """Where the matter and its permits stand."""
        rows = PermitRow.objects.filter(permit__in=self.permits).order_by("permit")
        return Matter.objects.get(matter=self.matter).state, list(rows.values_list("status", flat=True))


@pytest.fixture
def approved(db: None) -> Approved:
    open_office(NAGASAKI)
    desks = open_council(NAGASAKI)
    # An earlier permit of the connection is in force: while a condition is open, the new one would wait behind it.
    prove_condition(NAGASAKI, desks)
    return Approved(matter=desks.decided, permits=adopted_and_signed(NAGASAKI, desks))


def arrow() -> dict[str, str]:
    """The form of the first arrow as it was approved."""
    found = paper_56().dossier.chart.connection_named(DOWN)
    assert found is not None
    return values_of(found)


def wider() -> dict[str, str]:
    """The same with one more data item."""
    typed = arrow()
    number = sum(name.endswith(".item") for name in typed) + 1
    return typed | {f"item.{number}.item": "telephone", f"item.{number}.ja": "電話", f"item.{number}.use": "照会"}


def put(client: Client, approved: Approved, typed: dict[str, str], **buttons: str) -> tuple[int, str]:
    """Send the form; answers the status and the page."""
    answer = client.post(f"{approved.at}change/", typed | buttons)
    return answer.status_code, answer.content.decode()


def test_a_change_is_weighed_and_shown_before_anything_changes(approved: Approved) -> None:
    head, before = client_of("inasa"), EntryRow.objects.count()
    assert f'href="{approved.at}change/"' in head.get(approved.at).content.decode()
    assert 'name="item.24.ja"' in head.get(f"{approved.at}change/").content.decode()
    for typed, words, barred in (
        (arrow(), "変更箇所がありません", True),
        (arrow() | {"label_ja": "登記所からの通知"}, "諮るほどの変更ではありません", False),
        (wider(), "重要な変更です。審議会に諮ります", False),
    ):
        status, page = put(head, approved, typed)
        assert status == 200
        assert words in page
        assert ('name="confirm"' not in page) is barred
    assert f"chart.connections[{DOWN}].items[telephone].item" in page
    assert "b　登記所からの通知(地方税法第382条)の受信　電話：使い道" in page
    assert approved.permits[0] in page.partition("待つ通行証")[2]
    assert approved.permits[1] not in page.partition("待つ通行証")[2]
    assert "所属長が提出する" in page
    assert EntryRow.objects.count() == before
    assert approved.states() == ("in_force", ["active", "active"])


def test_changed_terms_and_faults_are_told_and_what_was_typed_comes_back(approved: Approved) -> None:
    head = client_of("inasa")
    longer = arrow() | {f"terms.{DOWN}.not_after": "2036-04-01T00:00:00+09:00"}
    status, page = put(head, approved, longer)
    assert (status, f"terms.{DOWN}.not_after" in page, "重要な変更です" in page) == (200, True, True)
    assert 'value="2036-04-01T00:00:00+09:00"' in put(head, approved, longer, again="yes")[1]
    status, page = put(head, approved, wider() | {"label_ja": ""})
    assert (status, 'id="chart-label_ja-fault"' in page, 'value="telephone"' in page) == (422, True, True)
    assert 'name="item.35.ja"' in put(head, approved, arrow(), more="yes")[1]
    assert put(head, approved, arrow() | {f"sheet.{DOWN}.guard.line.feasibility": "perhaps"})[0] == 422


def test_put_to_the_council_the_permit_says_who_is_next_and_the_head_takes_it_back(approved: Approved) -> None:
    head = client_of("inasa")
    assert put(head, approved, wider(), confirm="yes")[0] == 302
    assert approved.states() == ("amendment_pending", ["change_pending", "active"])
    page = head.get(approved.at).content.decode()
    for words in (
        "変更の諮問中です",
        "所属長が提出する",
        f'href="/matters/{approved.matter}/"',
        "act/withdraw_change/",
    ):
        assert words in page, words
    assert "act/withdraw_change/" not in client_of("doza").get(approved.at).content.decode()
    shown = head.get(f"/matters/{approved.matter}/").content.decode()
    assert "act/withdraw_change/" in shown
    assert "act/withdraw/" not in shown
    assert "起案を確かめて提出する" in head.get("/").content.decode()
    edit = client_of("doza").get(f"/matters/{approved.matter}/edit/")
    assert (edit.status_code, "telephone.necessity" in edit.content.decode()) == (200, True)
    assert client_of("doza").get(f"/matters/{approved.matter}/chart/arrows/{DOWN}/").status_code == 200
    assert put(head, approved, wider())[0] == 409
    done = head.post(f"{approved.at}act/withdraw_change/")
    assert (done.status_code, done["Location"]) == (302, approved.at)
    assert approved.states() == ("in_force", ["suspended", "active"])


def test_a_minor_change_is_recorded_at_once_and_the_next_meeting_shows_it(approved: Approved) -> None:
    head, kept = client_of("inasa"), f"sheet.{DOWN}.kept.asset_tax_terminal.hours"
    shorter = arrow() | {kept: "12"}
    assert "次の会議に報告されます" in put(head, approved, shorter)[1]
    assert put(head, approved, shorter, confirm="yes")[0] == 302
    assert approved.states() == ("in_force", ["active", "active"])
    assert EntryRow.objects.filter(kind="consultation_changed_lightly").count() == 1
    assert 'value="12"' in head.get(f"{approved.at}change/").content.decode().partition(f'name="{kept}"')[2][:40]
    form = {"label_ja": "第4回", "label_en": "Fourth", "place": "研修室", "day": "2026-12-20"}
    assert client_of("kazagashira").post("/meetings/new/act/call/", form).status_code == 302
    assert "軽微な変更（第2版、1か所）" in head.get("/meetings/").content.decode()


def test_the_public_register_keeps_the_title_that_was_decided_on(approved: Approved) -> None:
    public, head = Client(), client_of("inasa")
    for address in (f"/public/{NAGASAKI}/", f"/register/{NAGASAKI}/"):
        assert TITLE in public.get(address).content.decode(), address
    assert put(head, approved, wider(), confirm="yes")[0] == 302
    edited = {"front.title_ja": "書きかけの件名"}
    assert client_of("doza").post(f"/matters/{approved.matter}/edit/", edited).status_code == 302
    assert Matter.objects.get(matter=approved.matter).label_ja == "書きかけの件名"
    for address in (f"/public/{NAGASAKI}/", f"/register/{NAGASAKI}/"):
        page = public.get(address).content.decode()
        assert TITLE in page, address
        assert "書きかけの件名" not in page, address


def test_the_public_reads_what_was_decided_whatever_is_written_or_withdrawn_since(approved: Approved) -> None:
    public, head = Client(), client_of("inasa")
    address = f"/public/{NAGASAKI}/decisions/{approved.matter}/"
    decided = public.get(address).content.decode().partition('id="main"')[2]
    assert "所有者の氏名" in decided
    assert put(head, approved, wider() | {"label_ja": "書きかけの矢印"}, confirm="yes")[0] == 302
    assert public.get(address).content.decode().partition('id="main"')[2] == decided
    assert head.post(f"{approved.at}act/withdraw_change/").status_code == 302
    assert public.get(address).content.decode().partition('id="main"')[2] == decided


def test_what_was_not_approved_the_chair_keeps_as_approved_on_the_same_page(approved: Approved) -> None:
    assert put(client_of("inasa"), approved, wider(), confirm="yes")[0] == 302
    assert client_of("oura").post(f"{approved.at}act/keep_as_approved/").status_code == 409
    Matter.objects.filter(matter=approved.matter).update(state="rejected")
    assert "act/keep_as_approved/" in client_of("oura").get(approved.at).content.decode()
    assert "act/keep_as_approved/" not in client_of("inasa").get(approved.at).content.decode()
    assert client_of("oura").post(f"{approved.at}act/keep_as_approved/").status_code == 302
    assert approved.states() == ("rejected", ["suspended", "active"])


def test_nobody_but_the_head_of_the_department_changes_it(approved: Approved) -> None:
    Person.objects.create(username="teguma", tenant_id=NAGASAKI, department="information_systems", roles=["head"])
    for person, status in (("doza", 403), ("kazagashira", 403), ("oura", 403), ("konpira", 403), ("teguma", 409)):
        client = client_of(person)
        assert client.get(f"{approved.at}change/").status_code == status, person
        assert put(client, approved, wider(), confirm="yes")[0] == status, person
        assert f"{approved.at}change/" not in client.get(approved.at).content.decode(), person
        assert client.post(f"{approved.at}act/withdraw_change/").status_code == 409, person
    assert approved.states() == ("in_force", ["active", "active"])
    assert client_of("inasa").get("/permits/R9-99-01/change/").status_code == 404


def test_a_neighbour_s_permit_is_not_there(db: None) -> None:
    for tenant in (NAGASAKI, NEIGHBOUR):
        open_office(tenant)
    for person, theirs in (("inasa", "R1-156-01"), ("inasa_2", "R1-56-01")):
        client = client_of(person)
        assert client.get(f"/permits/{theirs}/change/").status_code == 404
        assert client.post(f"/permits/{theirs}/change/", arrow()).status_code == 404


def test_what_was_approved_elsewhere_is_changed_by_a_new_consultation(db: None) -> None:
    open_office(NAGASAKI)
    head = client_of("inasa")
    shown = head.get("/permits/R1-56-01/").content.decode()
    assert "新しい諮問を起案します" in shown
    assert head.get("/permits/R1-56-01/change/").status_code == 409
    assert head.post("/permits/R1-56-01/act/withdraw_change/").status_code == 409
