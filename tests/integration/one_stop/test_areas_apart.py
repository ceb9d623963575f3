"""Every address of one-stop applications, tried from another municipality's desk: nothing is shown, nothing is done."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from tests.integration.one_stop.conftest import AREA, deed, take_application
from tests.unit.web.two_offices import client_of

OTHER = "401307"


@pytest.fixture
def neighbour(house: Any, settings: Settings) -> Client:
    """A head of another municipality at S1, at a terminal of the same name."""
    from dataclasses import replace

    from sekisho.adapters.database.models import Terminal
    from sekisho.adapters.dossiers import read_dossier, shipped_dossier
    from tests.integration.conftest import enter

    settings.ROOT_URLCONF = "sekisho.web.donation_manager.urls"
    settings.SEKISHO_DEMO_TERMINAL = "dedicated-terminal-1"
    text = shipped_dossier("60").replace('"422011"', f'"{OTHER}"')
    dossier = read_dossier(text)
    people = [{**each, "person": f"{each['person']}-f"} for each in dossier.persons]
    approved = [
        replace(each, specification=replace(each.specification, persons=("tateyama-f",))) for each in dossier.approved
    ]
    enter(replace(dossier, persons=people, approved=approved), text)
    Terminal.objects.filter(terminal="dedicated-terminal-1").update(demo=True)
    return client_of("kosuge-f", "operator", "head")


def test_a_neighbour_reaches_no_case_no_number_no_picture_and_no_notice(
    donate: Callable[[list[dict[str, str]]], list[int]], forms: list[dict[str, str]], neighbour: Client
) -> None:
    from sekisho.adapters.donations.models import OneStopRow
    from sekisho.adapters.donations.one_stop_numbers import keep_image

    case = take_application(donate(forms)[0], forms[0])
    image = keep_image(deed(case), "form", b"\x89PNG\r\n\x1a\n" + bytes(9), date(2027, 3, 1))
    for address in (f"/one-stop/{case}/", f"/one-stop/{case}/images/{image}/"):
        assert neighbour.get(address).status_code == 404, address
    assert neighbour.post(f"/one-stop/{case}/number/", {"reason": "compare_with_form"}).status_code == 403
    for act in ("accept", "withdraw", "change", "complete", "readdress", "ask_donor"):
        assert neighbour.post(f"/one-stop/{case}/act/{act}/", {"received_on": "2026-12-01"}).status_code == 404, act
    assert neighbour.post("/one-stop/verify/", {"case": case}).status_code == 409
    assert neighbour.post("/one-stop/key/", {"case": case, "received_on": "2026-11-20"}).status_code == 422
    for address in ("paper", "posted"):
        assert neighbour.post(f"/one-stop/notices/2026-422011-00001/{address}/").status_code in {404, 409}
    row = OneStopRow.objects.get(number=case)
    assert (row.state, row.tenant_id) == ("accepted", AREA)


def test_a_neighbours_lists_are_empty_and_its_buttons_move_nothing_here(
    donate: Callable[[list[dict[str, str]]], list[int]], forms: list[dict[str, str]], neighbour: Client
) -> None:
    from sekisho.adapters.donations.models import OneStopRow

    case = take_application(donate(forms)[0], forms[0])
    for address in ("/one-stop/?year=2026", "/one-stop/notices/?year=2026", "/one-stop/key/", "/one-stop/verify/"):
        answer = neighbour.get(address)
        assert (answer.status_code, case in answer.content.decode()) == (200, False), address
    assert neighbour.post("/one-stop/forms/").status_code == 409
    for address in ("freeze", "send", "returns"):
        neighbour.post(f"/one-stop/notices/{address}/", {"year": "2026"})
    neighbour.post("/one-stop/scan/")
    assert OneStopRow.objects.get(number=case).state == "accepted"


def test_somebody_at_another_terminal_keys_nothing(house: Any, settings: Settings) -> None:
    settings.ROOT_URLCONF = "sekisho.web.donation_manager.urls"
    settings.SEKISHO_DEMO_TERMINAL = ""
    client = client_of("tateyama", "operator")
    assert client.get("/one-stop/key/").status_code == 403
    assert client.get("/one-stop/verify/").status_code == 403
    assert client.get("/one-stop/").status_code == 200
