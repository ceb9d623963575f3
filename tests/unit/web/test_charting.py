"""The chart drawn by forms: who may, what is saved, what is refused with a sentence, and that nothing typed is lost."""

from collections.abc import Iterator
from dataclasses import fields, replace

import pytest
from django.test import Client
from django.utils import timezone

from sekisho.adapters.database.council_papers import read_paper
from sekisho.adapters.database.models import EntryRow, Matter, Person
from sekisho.adapters.database.queries_council import matter_file
from sekisho.adapters.dossiers import read_dossier, shipped_dossier
from sekisho.bootstrap import council
from sekisho.kernel import Chart, Refused, put_on, thing_named
from sekisho.web.flowmap import place
from sekisho.web.office import Office
from sekisho.web.pages.charting.reading import read_thing
from sekisho.web.pages.charting.values import values_of
from sekisho.web.pages.charting.views import Desk
from sekisho.web.pages.charting.words import SORTS, things_of
from tests.fakes.council import DOWN, Desks, act, enter_people, open_council, paper_56
from tests.unit.web.two_offices import NAGASAKI, client_of, open_office

CHART = paper_56().dossier.chart
NETWORK = {
    "label_ja": "総合行政ネットワーク",
    "zone": "lgwan",
    "owner": "不明",
    "installer": "J-LIS",
    "operator": "J-LIS",
    "closed": "閉域",
    "fee_payer": "接続する行政",
}


@pytest.fixture
def mine(db: None) -> Desks:
    open_office(NAGASAKI)
    return open_council(NAGASAKI)


@pytest.fixture
def matter(db: None) -> str:
    """An empty draft, and the people of the council."""
    open_office(NAGASAKI)
    enter_people(NAGASAKI)
    paper = paper_56()
    bare = replace(paper.dossier, chart=Chart(networks=(), computers=(), connections=()), sheets=())
    return council.draft(act(NAGASAKI, "doza"), replace(paper, dossier=bare, terms=()))


def drawn(matter: str) -> Chart:
    """The chart as it was saved."""
    return read_paper(Matter.objects.get(matter=matter)).dossier.chart


def revisions() -> int:
    """How often a dossier was revised, as the ledger says."""
    return EntryRow.objects.filter(kind="consultation_revised").count()


@pytest.mark.parametrize("number", ["56", "57", "59", "61", "iken"])
def test_every_thing_of_every_dossier_is_read_back_from_its_own_form(number: str) -> None:
    chart = read_dossier(shipped_dossier(number)).chart
    for sort in SORTS:
        for thing in things_of(chart, sort):
            found = read_thing(sort, chart, values_of(thing), next(iter(values_of(thing).values())))
            assert dict(found.faults) == {}
            assert found.thing == thing


def test_a_network_is_added_with_one_entry_and_stands_on_the_map_unjoined(matter: str) -> None:
    client, before = client_of("doza"), revisions()
    done = client.post(f"/matters/{matter}/chart/networks/new/", {**NETWORK, "owner": "Unknown"})
    assert (done.status_code, done["Location"]) == (302, f"/matters/{matter}/chart/")
    assert revisions() == before + 1
    (network,) = drawn(matter).networks
    assert (network.network, network.owner, network.fee_payer, network.carrier) == (
        "network-1",
        "不明",
        "接続する行政",
        "",
    )
    shown = client.get(f"/matters/{matter}/chart/").content.decode()
    assert '<b class="unknown">不明</b>' in shown
    assert f'href="/matters/{matter}/chart/networks/network-1/#chart-carrier"' in shown
    assert "map-zone" in shown
    assert place(drawn(matter)).zones == ()


def test_what_is_not_understood_is_said_field_by_field_and_nothing_typed_is_lost(matter: str) -> None:
    client, before = client_of("doza"), revisions()
    client.post(f"/matters/{matter}/chart/networks/new/", NETWORK)
    typed = {
        "label_ja": "",
        "label_en": "My terminal",
        "network": "moon",
        "ours": "",
        "owner": "長" * 201,
        "place": "市\u0007役所",
    }
    answer = client.post(f"/matters/{matter}/chart/computers/new/", typed)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert revisions() == before + 1
    for name in ("label_ja", "network", "ours", "owner", "place"):
        assert f'href="#chart-{name}"' in shown, name
        assert f'id="chart-{name}-fault"' in shown, name
    assert 'value="My terminal"' in shown
    assert "長" * 201 in shown


def test_looking_at_the_map_saves_nothing_and_more_rows_keep_what_was_typed(matter: str) -> None:
    client, before = client_of("doza"), revisions()
    looked = client.post(f"/matters/{matter}/chart/networks/new/", {**NETWORK, "look": "yes"})
    assert looked.status_code == 200
    assert "総合行政ネットワーク" in looked.content.decode().partition('id="drawn"')[2]
    rows = client.post(f"/matters/{matter}/chart/arrows/new/", {"rows": "3", "more": "yes", "item.2.ja": "地番"})
    shown = rows.content.decode()
    assert 'name="item.13.ja"' in shown
    assert 'value="地番"' in shown
    assert drawn(matter).networks == ()
    assert revisions() == before


def whole(client: Client, matter: str) -> Iterator[int]:
    """Draw consultation 56 form by form; answers every status."""
    for sort in SORTS:
        for thing in things_of(CHART, sort):
            yield client.post(f"/matters/{matter}/chart/{sort}/new/", values_of(thing)).status_code


def test_from_nothing_to_the_whole_chart_with_its_sheets_and_terms(matter: str) -> None:
    assert set(whole(client_of("doza"), matter)) == {302}
    assert drawn(matter) == CHART
    paper = read_paper(Matter.objects.get(matter=matter))
    assert [each.connection for each in paper.dossier.sheets] == [each.connection for each in CHART.under_review()]
    assert [each.counterpart for each in paper.terms] == ["linkage_platform", "linkage_platform"]
    shown = client_of("doza").get(f"/matters/{matter}/chart/").content.decode()
    assert "概要図に足りないものはありません" in shown
    assert f"/matters/{matter}/edit/#sheet-{DOWN}-sheet.{DOWN}.purpose" in shown
    form = client_of("doza").get(f"/matters/{matter}/edit/").content.decode()
    assert f'id="sheet-{DOWN}-sheet.{DOWN}.purpose"' in form
    for kind in ("personnel", "technical", "physical"):
        assert f'id="sheet-{DOWN}-safety-sheet.{DOWN}.guard.{kind}.text"' in form
    assert f'id="sheet-{DOWN}-items-sheet.{DOWN}.item.owner_name.legal_basis"' in form
    assert f'id="terms-{DOWN}-terms.{DOWN}.not_after"' in form


def test_taking_off_a_computer_names_its_arrows_first(mine: Desks) -> None:
    client, at = client_of("doza"), f"/matters/{mine.draft}/chart/computers/linkage_platform/remove/"
    asked = client.get(at).content.decode()
    for arrow in ("登記所からの通知", "市長からの価格等の通知", "登記所と情報連携基盤の間"):
        assert arrow in asked
    assert thing_named(drawn(mine.draft), "linkage_platform") is not None
    assert client.post(at).status_code == 302
    assert [each.connection for each in drawn(mine.draft).connections] == ["ledger-inside"]
    assert client.get(at).status_code == 404


def test_an_arrow_that_leaves_the_scope_asks_before_its_sheet_is_lost(mine: Desks) -> None:
    client, at = client_of("doza"), f"/matters/{mine.draft}/chart/arrows/{DOWN}/"
    arrow = thing_named(drawn(mine.draft), DOWN)
    assert arrow is not None
    seen = client.get(at).content.decode().partition('name="seen" value="')[2][:16]
    typed = {**values_of(arrow), "under_review": "no", "seen": seen}
    asked = client.post(at, typed)
    assert asked.status_code == 409
    assert "書いたものがなくなります" in asked.content.decode()
    assert drawn(mine.draft).connection_named(DOWN) == arrow
    assert client.post(at, {**typed, "confirm": "yes"}).status_code == 302
    assert [each.connection for each in drawn(mine.draft).under_review()] == ["registry-prices-up"]


def test_what_somebody_else_changed_meanwhile_is_not_written_over_unknowingly(mine: Desks) -> None:
    client, at = client_of("doza"), f"/matters/{mine.draft}/chart/networks/lgwan/"
    seen = client.get(at).content.decode().partition('name="seen" value="')[2][:16]
    network = values_of(CHART.networks[1])
    assert client.post(at, {**network, "owner": "J-LIS", "seen": seen}).status_code == 302
    late = client.post(at, {**network, "owner": "国", "seen": seen})
    assert late.status_code == 409
    assert "別の人がここを変更しました" in late.content.decode()
    assert 'value="国"' in late.content.decode()
    assert drawn(mine.draft).networks[1].owner == "J-LIS"


def test_of_two_saves_at_the_same_moment_the_later_is_refused(matter: str) -> None:
    client, file = client_of("doza"), matter_file(NAGASAKI, matter, timezone.now())
    assert file is not None
    own = dict.fromkeys((each.name for each in fields(Office)), "") | {"tenant": NAGASAKI, "person": "doza"}
    late = Desk(office=Office(**own), file=file)  # type: ignore[arg-type]  # nobody reads the rest of the office
    assert client.post(f"/matters/{matter}/chart/networks/new/", NETWORK).status_code == 302
    understood = read_thing("networks", late.chart, NETWORK | {"label_ja": "後の人"}, "")
    assert understood.thing is not None
    with pytest.raises(Refused) as refusal:
        late.keep(put_on(late.chart, understood.thing))
    assert [each.facts["state"] for each in refusal.value.reasons] == [council.REVISED_MEANWHILE]
    assert [each.label_ja for each in drawn(matter).networks] == ["総合行政ネットワーク"]


def test_only_a_drafter_of_the_department_draws_and_only_in_a_draft(mine: Desks) -> None:
    Person.objects.create(username="teguma", tenant_id=NAGASAKI, department="information_systems", roles=["drafter"])
    places = ("", "networks/lgwan/", "networks/lgwan/remove/")
    for person, statuses in (("teguma", {404}), ("inasa", {403}), ("kazagashira", {403}), ("konpira", {403})):
        client = client_of(person)
        assert {client.get(f"/matters/{mine.draft}/chart/{each}").status_code for each in places} == statuses, person
        assert client.post(f"/matters/{mine.draft}/chart/networks/new/", NETWORK).status_code in statuses, person
    client, before = client_of("doza"), revisions()
    for frozen in (mine.circulated, mine.deliberating, mine.decided):
        assert {client.get(f"/matters/{frozen}/chart/{each}").status_code for each in places} == {409}
        assert client.post(f"/matters/{frozen}/chart/networks/new/", NETWORK).status_code == 409
        assert client.post(f"/matters/{frozen}/chart/networks/lgwan/remove/").status_code == 409
    assert revisions() == before
    for nowhere in ("moons/new/", "networks/moon/", "arrows/lgwan/"):
        assert client.get(f"/matters/{mine.draft}/chart/{nowhere}").status_code == 404, nowhere
