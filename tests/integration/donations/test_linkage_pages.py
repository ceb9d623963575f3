"""The review queue as an officer meets it: both records, the evidence, answers; nothing of it for the neighbour."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from sekisho.adapters.database.ledgers import read_entries, sequence
from sekisho.adapters.database.office_time import office_day
from sekisho.adapters.donations import link_statistics, linking
from sekisho.adapters.donations.models import DonationRow, LinkRow, QuestionRow
from sekisho.web.donation_manager.linker.__main__ import Linking
from tests.fakes.donations import NAGASAKI, NEIGHBOUR, NOW, S1_URLS, deliver, officer_of, parcel_of, record
from tests.unit.web.two_offices import client_of

pytestmark = pytest.mark.urls(S1_URLS)
PLACE = {"prefecture": "長崎県", "city": "長崎市", "street": "桜町2番22号", "kana": "タカハシ　ハナコ"}
HER = {**PLACE, "name": "髙橋　花子", "birth": "1980-04-01"}
MAYBE = {**PLACE, "name": "高橋　華子", "telephone": "080-0000-0007", "mail": "hanako@example.invalid"}


@pytest.fixture
def number(areas: tuple[str, str]) -> int:
    """A question that waits at Nagasaki, as S1's own process finds it."""
    rows = [record(0, **HER), record(0, **HER, portal="rakuten"), record(4, **MAYBE)]
    deliver(NAGASAKI, "p1", parcel_of(rows))
    assert Linking().look(NOW) == 3
    return int(QuestionRow.objects.get().pk)


def test_an_officer_sees_both_records_and_why_it_is_asked(number: int) -> None:
    officer = client_of(officer_of(NAGASAKI))
    assert f"/linkage/{number}/" in officer.get("/linkage/").content.decode()
    shown = officer.get(f"/linkage/{number}/").content.decode()
    assert all(text in shown for text in ("髙橋　花子", "高橋　華子", "フリガナと住所が一致", "いちばん弱い結び付き"))
    sequence(NAGASAKI)
    viewed = [each["what"] for each in read_entries(NAGASAKI) if each["kind"] == "viewed"]
    assert len(viewed) == 1
    assert viewed[0].startswith("donations ")


def test_an_answer_is_an_entry_and_the_next_question_comes(number: int) -> None:
    officer = client_of(officer_of(NAGASAKI))
    assert officer.post(f"/linkage/{number}/answer/", {"answer": "same"}).status_code == 302
    assert DonationRow.objects.values("donor").distinct().count() == 1
    assert f"/linkage/{number}/" in officer.get("/linkage/?state=same").content.decode()
    assert officer.post(f"/linkage/{number}/answer/", {"answer": "undo"}).status_code == 302
    assert officer.post(f"/linkage/{number}/answer/", {"answer": "undo"}).status_code == 409
    assert officer.post(f"/linkage/{number}/answer/", {"answer": "nonsense"}).status_code == 409
    sequence(NAGASAKI)
    kinds = [each["kind"] for each in read_entries(NAGASAKI)]
    assert [kind for kind in kinds if kind in {"accepted", "withdrawn"}] == ["accepted", "withdrawn"]


def test_an_officer_doubts_a_link_with_a_reason_and_takes_the_answer_back(number: int) -> None:
    officer, link = client_of(officer_of(NAGASAKI)), LinkRow.objects.get(tier="automatic")
    donor = DonationRow.objects.get(pk=link.left_id).donor_id
    assert "この結び付きは疑わしい" in officer.get(f"/linkage/{number}/").content.decode()
    assert f'value="{link.right_id}"' in officer.get(f"/donors/{donor}/").content.decode()
    said = {"left": str(link.left_id), "right": str(link.right_id)}
    assert officer.post("/linkage/doubt/", said).status_code == 409, "a reason is needed"
    assert officer.post("/linkage/doubt/", {**said, "left": "x", "why": "family"}).status_code == 404
    assert client_of(officer_of(NEIGHBOUR)).post("/linkage/doubt/", {**said, "why": "family"}).status_code == 409
    address = officer.post("/linkage/doubt/", {**said, "why": "family"}).headers["Location"]
    page = officer.get(address).content.decode()
    assert "職員がつながりを疑った：家族など別の人らしい" in page
    assert address in officer.get("/linkage/").content.decode()
    assert DonationRow.objects.filter(donor=donor).count() == 2
    for answer, together in (("not_same", 1), ("undo", 2)):
        officer.post(f"{address}answer/", {"answer": answer})
        assert DonationRow.objects.filter(donor=donor).count() == together
    sequence(NAGASAKI)
    told = [each for each in read_entries(NAGASAKI) if each["kind"] == "examined_again"]
    assert [(each["why"], each["what"]) for each in told] == [("family", f"link {link.left_id} {link.right_id}")]


def test_the_neighbour_finds_no_question_and_answers_nothing(number: int) -> None:
    neighbour = client_of(officer_of(NEIGHBOUR))
    assert neighbour.get(f"/linkage/{number}/").status_code == 404
    assert neighbour.post(f"/linkage/{number}/answer/", {"answer": "same"}).status_code == 404
    assert f"/linkage/{number}/" not in neighbour.get("/linkage/").content.decode()
    assert QuestionRow.objects.get().state == "open"


def test_the_report_says_whether_sex_and_birth_date_are_needed(number: int) -> None:
    shown = client_of(officer_of(NAGASAKI)).get("/linkage/measured/").content.decode()
    assert "性別は使いません" in shown
    assert "わざと書き方を変える人" in shown


def test_statistics_ask_once_a_day_and_only_where_something_came(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(link_statistics, "ask_statistics", lambda area, at: told.append(f"{area} {office_day(at)}"))
    linker, evening = Linking(), datetime(2026, 11, 27, 14, 0, tzinfo=UTC)
    assert linker.look(evening) == 0
    assert told == []
    for hour, parcel in enumerate(("p2", "p3")):
        deliver(NAGASAKI, parcel, parcel_of([record(9 + hour)]))
        assert linker.look(evening + timedelta(minutes=hour)) == 1
    assert told == [f"{NAGASAKI} 2026-11-27"]
    assert linker.look(evening + timedelta(hours=2)) == 0, "past midnight at the office, and the same day in UTC"
    assert told == [f"{NAGASAKI} 2026-11-27", f"{NAGASAKI} 2026-11-28"], "what came later in the day is asked about"
    linker.look(evening + timedelta(days=1, hours=2))
    assert len(told) == 2


def test_an_area_that_cannot_be_linked_keeps_no_other_back(
    areas: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = linking.link_waiting

    def broken(area: str, at: datetime) -> int:
        if area == NAGASAKI:
            raise KeyError(area)
        return whole(area, at)

    monkeypatch.setattr(linking, "link_waiting", broken)
    for area in areas:
        deliver(area, "p1", parcel_of([record(1)]))
    assert Linking().look(NOW) == 1


def test_a_long_queue_is_linked_batch_by_batch(areas: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linking, "BATCH", 2)
    rows = [record(0, **HER, portal=portal) for portal in ("choice", "rakuten", "satofuru", "furunavi", "window")]
    deliver(NAGASAKI, "p1", parcel_of(rows))
    assert linking.link_waiting(NAGASAKI, NOW) == 5
    assert DonationRow.objects.values("donor").distinct().count() == 1
    assert LinkRow.objects.count() == 10


def test_the_commands_link_and_ask(areas: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sekisho.cli import donations, donations_link

    for module in (donations, donations_link):
        monkeypatch.setattr(module, "enter_home", lambda home: None)
    deliver(NAGASAKI, "p1", parcel_of([record(0, **HER), record(0, **HER, portal="rakuten")]))
    home = ["--home", str(tmp_path), "--json"]
    told = CliRunner().invoke(donations.donations, ["link", *home])
    assert json.loads(told.output) == {"linked": 2}
    told = CliRunner().invoke(donations.donations, ["ask", "--area", NAGASAKI, *home])
    assert json.loads(told.output) == {"area": NAGASAKI, "asked": 0}
