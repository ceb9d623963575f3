"""Two municipalities: the owner reaches each of its objects, the other reaches none, over every address."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from sekisho.adapters.database.models import EntryRow
from sekisho.web.access import EXEMPT
from sekisho.web.api.addresses import addresses as api_addresses
from tests.unit.web.council_cells import COUNCIL_NAMES
from tests.unit.web.test_assessment_pages import ASSESSMENT_NAMES
from tests.unit.web.test_minutes_pages import MINUTES_NAMES
from tests.unit.web.test_self_checks import SELF_CHECK_NAMES
from tests.unit.web.two_offices import NAGASAKI, NEIGHBOUR, Belongings, client_of, open_office

ALL_ROLES = ("operator", "head", "auditor", "secretariat", "information_systems")
ADDRESS = Callable[[Belongings], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One operation on one object: its address for an owner, and how it is asked."""

    name: str
    method: str
    address: ADDRESS


def _cells() -> Iterator[Cell]:
    """Every operation on every kind of object."""
    gets = {
        "crossing": lambda mine: f"/crossings/{mine.crossing}/",
        "stopped": lambda mine: f"/crossings/{mine.stopped}/",
        "verify": lambda mine: f"/evidence/verify/?parcel={mine.crossing}",
        "permit": lambda mine: f"/permits/{mine.permit}/",
        "document": lambda mine: f"/documents/{mine.document}/",
        "notice_batch": lambda mine: f"/registry-notices/{mine.document}/",
        "notice_batches": lambda mine: "/registry-notices/",
        "crossings": lambda mine: f"/crossings/?parcel={mine.crossing}",
        "entries": lambda mine: f"/evidence/?parcel={mine.crossing}",
        "documents": lambda mine: "/documents/",
        "permits": lambda mine: "/permits/",
        "today": lambda mine: "/",
        "today_rows": lambda mine: "/today/rows/",
    }
    posts = {
        "document_open": lambda mine: f"/documents/{mine.document}/open/",
        "document_print": lambda mine: f"/documents/{mine.document}/print/",
        "document_export": lambda mine: f"/documents/{mine.document}/export/",
        "crossing_bundle": lambda mine: f"/crossings/{mine.crossing}/bundle/",
    }
    yield from (Cell(name=name, method="get", address=address) for name, address in gets.items())
    yield from (Cell(name=name, method="post", address=address) for name, address in posts.items())


CELLS = list(_cells())
LISTS = {
    "crossings": lambda mine: f'href="/crossings/{mine.crossing}/"',
    "entries": lambda mine: f'href="/crossings/{mine.crossing}/"',
    "documents": lambda mine: f'href="/documents/{mine.document}/"',
    "notice_batches": lambda mine: f'href="/registry-notices/{mine.document}/"',
    "permits": lambda mine: f'href="/permits/{mine.permit}/"',
    "today": lambda mine: f'href="/crossings/{mine.crossing}/"',
    "today_rows": lambda mine: f'href="/crossings/{mine.crossing}/"',
}
# Addresses whose content belongs to no municipality, or that are tried in their own test.
ELSEWHERE = {
    "send": "shows the permits of the own department; tried below",
    "consultations": "both have a consultation of the same number; tried below",
    "consultation": "both have a consultation of the same number; tried below",
    "crossings_export": "tried below",
    "own_ledger": "tried in test_witnesses",
    "witnesses": "tried in test_witnesses",
    "witness_sheet": "tried in test_witnesses",
    "certificate": "tried in test_keeping",
    "certificate_file": "tried in test_keeping",
    "keeping": "tried in test_keeping",
    "keeping_act": "tried in test_keeping",
    "connectors": "tried in test_connectors",
    "survey": "tried in test_survey",
    "survey_act": "tried in test_survey",
    "campaign_act": "tried in test_survey",
    "finding": "tried in test_survey",
    "finding_act": "tried in test_survey",
    "connector_run": "tried in test_connectors",
    "copy_again": "tried in tests/integration/internet_side/test_refused_copies",
    "copy_erase": "tried in tests/integration/internet_side/test_refused_copies",
    "connector_check": "tried in test_connectors",
    "connector_mismatch": "tried in test_connectors",
    "connector_map": "tried in test_connectors",
    "response_send": "tried in test_connectors",
    "send_without": "tried in test_answering",
    "answer_held": "tried in test_answering",
    "permit_act": "tried in test_permit_acts",
    "permit_change": "tried in test_permit_changing",
    "list_export": "tried in test_lists",
    "question_sheet": "tried in test_questions",
    "notice_confirm": "tried below, with what was ticked",
    "notice_decide": "tried below, with what was ticked",
    "people": "tried in test_people_pages",
    "person_act": "tried in test_people_pages",
    **dict.fromkeys(COUNCIL_NAMES, "tried in test_council_pages"),
    **dict.fromkeys((str(each.name) for each in api_addresses()), "tried in tests/unit/api/test_doors.py"),
    **dict.fromkeys(ASSESSMENT_NAMES, "tried in test_assessment_pages"),
    **dict.fromkeys(MINUTES_NAMES, "tried in test_minutes_pages"),
    **dict.fromkeys(SELF_CHECK_NAMES, "tried in test_self_checks"),
}


def ask(client: Client, cell: Cell, owner: Belongings) -> HttpResponse:
    """Do what the cell says."""
    answer: HttpResponse = getattr(client, cell.method)(cell.address(owner))
    return answer


def addresses(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    """The names of every address of the screens."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns)
        else:
            yield pattern.name or str(pattern.pattern)


@pytest.fixture
def offices(db: None) -> tuple[Belongings, Belongings]:
    return open_office(NAGASAKI), open_office(NEIGHBOUR)


def test_every_address_is_tried_or_exempt_in_writing() -> None:
    tried = {cell.name for cell in CELLS} | set(ELSEWHERE)
    assert set(addresses(get_resolver().url_patterns)) - tried - set(EXEMPT) == set()


def test_the_owner_reaches_everything_and_the_neighbour_nothing(
    offices: tuple[Belongings, Belongings], capsys: pytest.CaptureFixture[str]
) -> None:
    tried = 0
    for owner, other in (offices, offices[::-1]):
        ours, theirs = client_of(owner.person, *ALL_ROLES), client_of(other.person, *ALL_ROLES)
        for cell in CELLS:
            mine, foreign = ask(ours, cell, owner), ask(theirs, cell, owner)
            assert mine.status_code == 200, cell
            if cell.name in LISTS:
                shown = LISTS[cell.name](owner)
                assert shown in mine.content.decode(), cell
                assert shown not in foreign.content.decode(), cell
            else:
                assert foreign.status_code == 404, cell
            tried += 2
    line = f"two municipalities: {tried} cells, every owner reached, every neighbour refused\n"
    Path("build").mkdir(exist_ok=True)
    Path("build/two_tenants.txt").write_text(line, "utf-8")
    with capsys.disabled():
        sys.stdout.write(f"\n{line}")


def test_a_workbook_holds_only_the_own_crossings(offices: tuple[Belongings, Belongings]) -> None:
    owner, other = offices
    body = client_of(other.person, *ALL_ROLES).post(f"/crossings/export/?parcel={owner.crossing}").content
    assert owner.crossing.encode() not in body


def test_each_sees_the_consultation_of_its_own_council(offices: tuple[Belongings, Belongings]) -> None:
    owner, other = offices
    shown = client_of(other.person, *ALL_ROLES).get("/consultations/56/").content.decode()
    assert other.permit in shown
    assert owner.permit not in shown


def test_nobody_sends_under_the_permit_of_a_neighbour(offices: tuple[Belongings, Belongings]) -> None:
    owner, other = offices
    client = client_of(other.person, *ALL_ROLES)
    assert owner.permit not in client.get("/send/").content.decode()
    assert client.post("/send/", {"permit": owner.permit}).status_code == 422


def test_nobody_decides_about_the_properties_of_a_neighbour(offices: tuple[Belongings, Belongings]) -> None:
    owner, other = offices
    client = client_of(other.person, *ALL_ROLES)
    ticked = {f"line:{owner.document}-000001:owners": "accept"}
    for batch in (owner.document, other.document):
        for step in ("confirm", "decide"):
            answer = client.post(f"/registry-notices/{batch}/{step}/", ticked)
            assert batch == other.document or answer.status_code == 404
    assert not EntryRow.objects.filter(kind="accepted").exists()
