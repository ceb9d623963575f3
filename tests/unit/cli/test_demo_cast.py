"""Whoever visits the demonstration can play the whole council: its people are enough, and may hold what they hold."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from sekisho.adapters.database.models import Person
from sekisho.adapters.database.setup import open_tenant
from sekisho.adapters.dossiers import read_dossier, shipped_dossier
from sekisho.bootstrap import council
from sekisho.cli.demo.cast import CAST, NEXT_CONSULTATION, cards_of, enter_cast, write_cards
from sekisho.kernel.council import Choice, InternalOutcome, ItemVerdict, Role, Verdict, check_assignment
from tests.fakes.council import paper_56

NOW = datetime(2026, 11, 27, 1, 0, tzinfo=UTC)


@pytest.fixture
def city(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The city of the demonstration, before anything crosses."""
    monkeypatch.setenv("SEKISHO_HOME", str(tmp_path))
    tenant = open_tenant(read_dossier(shipped_dossier()), shipped_dossier(), NOW)
    enter_cast(tenant)
    council.set_next_consultation(tenant, NEXT_CONSULTATION)
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
