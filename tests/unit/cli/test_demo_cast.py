"""Whoever visits the demonstration can play the whole council: its people are enough, and may hold what they hold."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from sekisho.adapters.database.models import Person
from sekisho.adapters.database.setup import open_tenant
from sekisho.adapters.dossiers import read_dossier, shipped_dossier
from sekisho.bootstrap import council
from sekisho.cli.demo.cast import CAST, cards_of, enter_cast, write_cards
from sekisho.kernel.council import Choice, InternalOutcome, ItemVerdict, Role, Verdict, check_assignment
from tests.fakes.council import paper_56

NOW = datetime(2026, 11, 27, 1, 0, tzinfo=UTC)


@pytest.fixture
def city(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The city of the demonstration, before anything crosses."""
    monkeypatch.setenv("SEKISHO_HOME", str(tmp_path))
    tenant = open_tenant(read_dossier(shipped_dossier()), shipped_dossier(), NOW)
    enter_cast(tenant)
    return tenant


def test_every_role_of_the_council_has_somebody_to_play_it(city: str) -> None:
    roles = [role for person in Person.objects.filter(tenant_id=city) for role in person.roles]
    assert roles.count(Role.COUNCIL_MEMBER) >= 2
    assert {Role.CHAIR, Role.SECRETARIAT, Role.DRAFTER, Role.HEAD, Role.AUDITOR} <= set(roles)
    for each in CAST:
        check_assignment(each.person, each.roles)
    assert all(not Person.objects.get(username=each.person).has_usable_password() for each in CAST)


def act(tenant: str, person: str, minutes: int) -> council.Deed:
    """Somebody of the cast acts."""
    return council.act_as(tenant, person, NOW + timedelta(minutes=minutes))


def heard(city: str) -> str:
    """From the draft to the end of the questions, by the cast alone."""
    matter = council.draft(act(city, "doza", 0), paper_56("act_2023"))
    council.submit(act(city, "inasa", 1), matter)
    council.accept(act(city, "kazagashira", 2), matter)
    invitation = council.Invitation(label_ja="第1回", label_en="First", place="研修室", due_on=NOW)
    meeting = council.call_meeting(act(city, "kazagashira", 3), invitation)
    council.put_on_agenda(act(city, "kazagashira", 4), matter, meeting)
    council.circulate(act(city, "kazagashira", 5), matter, NOW + timedelta(minutes=6))
    for person in ("shianbashi", "meganebashi", "hamanomachi"):
        council.arrive(act(city, "kazagashira", 7), meeting, person)
    council.open_meeting(act(city, "shianbashi", 8), meeting)
    council.open_session(act(city, "shianbashi", 9), matter)
    council.close_questions(act(city, "shianbashi", 10), matter)
    return matter


def test_the_cast_takes_a_consultation_from_the_draft_to_its_permits(city: str) -> None:
    matter = heard(city)
    for arrow in paper_56().dossier.chart.under_review():
        for each in arrow.items:
            said = ItemVerdict(connection=arrow.connection, item=each.item, verdict=Verdict.KEEP)
            council.record_verdict(act(city, "meganebashi", 11), matter, said)
    council.put_to_vote(act(city, "shianbashi", 12), matter, "opinion_no_objection")
    for person in ("meganebashi", "hamanomachi"):
        council.vote(act(city, person, 13), matter, Choice.FOR)
    council.decide(act(city, "shianbashi", 14), matter)
    council.sign_letter(act(city, "shianbashi", 15), matter)
    assert council.sign_letter(act(city, "kazagashira", 16), matter) == ()
    council.decide_internally(act(city, "nabekanmuri", 17), matter, InternalOutcome.OPENS)
    assert council.countersign(act(city, "glover", 18), matter) == ("R8-62-01", "R8-62-02")


@pytest.fixture
def cards(city: str, tmp_path: Path) -> Path:
    """The cards as the demonstration lays them out."""
    place = tmp_path / "cards.json"
    write_cards(cards_of(Person.objects.filter(tenant_id=city).order_by("id"), "made-up"), place)
    return place


def test_each_card_says_whom_one_plays_and_what_they_do(cards: Path, settings: Settings) -> None:
    settings.SEKISHO_DEMO_CARDS = str(cards)
    page = Client().get("/accounts/login/").content.decode()
    for words in ("思案橋 誠", "会長：会議を開き", "眼鏡橋 光", "浜町 歩", "事務局：受理し", "監査：すべてを読み"):
        assert words in page, words
    assert all(each["does_ja"] for each in json.loads(cards.read_text(encoding="utf-8")))


def test_an_installation_shows_no_card_and_with_https_not_even_a_demonstration(cards: Path, settings: Settings) -> None:
    assert "思案橋 誠" not in Client().get("/accounts/login/").content.decode()
    settings.SEKISHO_DEMO_CARDS = str(cards)
    settings.SESSION_COOKIE_SECURE = True
    assert "made-up" not in Client().get("/accounts/login/").content.decode()


def test_a_card_signs_in_and_asks_for_the_second_factor(cards: Path, settings: Settings) -> None:
    settings.SEKISHO_DEMO_CARDS = str(cards)
    person = Person.objects.get(username="shianbashi")
    person.set_password("made-up")
    person.save()
    client = Client()
    client.post("/accounts/login/", {"login": "shianbashi", "password": "made-up"})
    assert client.get("/").headers["Location"] == "/accounts/2fa/"


def test_every_item_of_the_meeting_has_its_permits_and_those_whose_condition_is_open_rest(city: str) -> None:
    from sekisho.adapters.database.models import PermitRow
    from sekisho.adapters.database.queries_register import register_rows
    from sekisho.cli.demo.city import enter_others, issue_others

    others = {each.consultation["consultation"]: each for each in enter_others(city)}
    assert set(others) == {"56", "57", "58", "59", "60", "61", "iken"}
    issue_others(city, (others["60"], others["61"]))
    states = dict(PermitRow.objects.filter(tenant_id=city).values_list("permit", "status"))
    assert states == {"R1-60-01": "active", "R1-60-02": "active", "R1-61-01": "suspended", "R1-61-02": "suspended"}
    assert len(register_rows(city)) == 4


def test_the_conditions_of_the_meeting_are_followed_until_today_and_only_the_time_out_is_still_open(city: str) -> None:
    from sekisho.adapters.database.council_conditions import why_stopped
    from sekisho.adapters.database.models import ConditionRow, EntryRow
    from sekisho.adapters.database.standings import conditions_differ
    from sekisho.cli.demo.city import enter_others, follow_up
    from sekisho.kernel.council import ConditionKind

    follow_up(city, enter_others(city))
    today = timezone.localdate()
    rows = {each.condition: each for each in ConditionRow.objects.filter(tenant_id=city)}
    recurring = {name for name, each in rows.items() if each.kind == ConditionKind.RECURRING}
    assert recurring == {"r1-57-photo", "r1-58-photo", "r1-59-isolation", "r1-61-privacy-mark"}
    assert all(rows[each].state == "open" and rows[each].due > today for each in recurring)
    assert {name for name, each in rows.items() if each.state == "open"} - recurring == {
        "r1-59-survey",
        "r1-61-timeout",
    }
    stopped = {number: why_stopped(city, number, "", today) for number in ("57", "58", "59", "61")}
    told = {number: [reason.facts["condition"] for reason in reasons] for number, reasons in stopped.items()}
    assert told == {"57": [], "58": [], "59": [], "61": ["r1-61-timeout"]}
    assert {reason for number in stopped for reason in conditions_differ(city, number, "")} == set()
    proved = EntryRow.objects.filter(tenant_id=city, kind="proof_verified").count()
    assert proved == EntryRow.objects.filter(tenant_id=city, kind="proof_submitted").count() >= 30
