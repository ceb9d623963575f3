"""The diff of registry notices: only recipients look, and that is recorded; 入力, 確認, 完了; twice is once."""

import re

import pytest
from django.test import Client

from sekisho.adapters.database.models import EntryRow, LineRow, ProposalRow
from sekisho.web.pages.registry_notices.notice_page import read_ticks
from tests.unit.web.two_offices import NAGASAKI, Belongings, client_of, open_office


@pytest.fixture
def mine(db: None) -> Belongings:
    return open_office(NAGASAKI)


def ticked(client: Client, mine: Belongings, act: str) -> dict[str, str]:
    """The first line that this can be done to, as a browser would send it."""
    shown = client.get(f"/registry-notices/{mine.document}/").content.decode()
    names = re.findall(rf'name="(line:[^"]+)" value="{act}"', shown)
    assert names, act
    return {names[0]: act}


def state_of(ticks: dict[str, str]) -> str:
    """Where the ticked line stands now."""
    [(proposal, field)] = [name.removeprefix("line:").rsplit(":", 1) for name in ticks]
    return str(LineRow.objects.get(proposal=proposal, field=field).state)


def test_looking_at_the_diff_is_in_the_ledger_before_it_is_shown(mine: Belongings) -> None:
    client_of(mine.person).get(f"/registry-notices/{mine.document}/")
    assert EntryRow.objects.filter(kind="viewed").count() == 1


def test_somebody_else_of_the_division_does_not_see_the_diff(mine: Belongings) -> None:
    answer = client_of("urakami").get(f"/registry-notices/{mine.document}/")
    assert answer.status_code == 403
    assert not EntryRow.objects.filter(kind="viewed").exists()


def test_the_diff_says_that_the_layout_is_reconstructed(mine: Belongings) -> None:
    assert "再構成された様式" in client_of(mine.person).get(f"/registry-notices/{mine.document}/").content.decode()


def test_a_line_is_confirmed_before_it_is_carried_out(mine: Belongings) -> None:
    client = client_of(mine.person)
    ticks = ticked(client, mine, "accept")
    confirmed = client.post(f"/registry-notices/{mine.document}/confirm/", ticks)
    assert "反映する" in confirmed.content.decode()
    assert state_of(ticks) == "proposed"
    client.post(f"/registry-notices/{mine.document}/decide/", ticks)
    assert state_of(ticks) == "accepted"
    assert EntryRow.objects.filter(kind="accepted").count() == 1


def test_the_same_form_sent_twice_changes_nothing_more(mine: Belongings) -> None:
    client = client_of(mine.person)
    ticks = ticked(client, mine, "accept")
    for _ in range(2):
        assert client.post(f"/registry-notices/{mine.document}/decide/", ticks).status_code == 302
    assert EntryRow.objects.filter(kind="accepted").count() == 1


def test_an_accepted_line_can_be_withdrawn(mine: Belongings) -> None:
    client = client_of(mine.person)
    client.post(f"/registry-notices/{mine.document}/decide/", ticked(client, mine, "accept"))
    ticks = ticked(client, mine, "withdraw")
    client.post(f"/registry-notices/{mine.document}/decide/", ticks)
    assert state_of(ticks) == "withdrawn"


@pytest.mark.parametrize(("act", "state"), [("reject", "rejected"), ("hold", "held")])
def test_a_line_is_rejected_or_held(mine: Belongings, act: str, state: str) -> None:
    client = client_of(mine.person)
    ticks = ticked(client, mine, act)
    client.post(f"/registry-notices/{mine.document}/decide/", ticks)
    assert state_of(ticks) == state


def test_a_line_that_was_held_can_be_released(mine: Belongings) -> None:
    client = client_of(mine.person)
    client.post(f"/registry-notices/{mine.document}/decide/", ticked(client, mine, "hold"))
    ticks = ticked(client, mine, "release")
    client.post(f"/registry-notices/{mine.document}/decide/", ticks)
    assert state_of(ticks) == "proposed"


def test_a_line_says_who_decided_about_it_and_when(mine: Belongings) -> None:
    client = client_of(mine.person)
    ticks = ticked(client, mine, "accept")
    assert "稲佐 健 令和" not in client.get(f"/registry-notices/{mine.document}/").content.decode()
    client.post(f"/registry-notices/{mine.document}/decide/", ticks)
    assert "稲佐 健 令和" in client.get(f"/registry-notices/{mine.document}/").content.decode()


def test_a_notice_about_what_the_ledger_does_not_know_can_only_be_rejected(mine: Belongings) -> None:
    row = ProposalRow.objects.filter(document=mine.document, hold="").first()
    assert row is not None
    LineRow.objects.filter(proposal=row).delete()
    LineRow.objects.create(tenant_id=mine.tenant, proposal=row, field="notice", state="held")
    ProposalRow.objects.filter(pk=row.pk).update(hold="unknown_property", state="held")
    shown = client_of(mine.person).get(f"/registry-notices/{mine.document}/?state=held").content.decode()
    assert "通知の全体" in shown
    assert re.findall(rf'name="line:{row.proposal}:notice" value="(\w*)"', shown) == ["", "reject"]


def test_nothing_ticked_is_said_to_be_nothing(mine: Belongings) -> None:
    answer = client_of(mine.person).post(f"/registry-notices/{mine.document}/confirm/", {})
    assert answer.status_code == 422
    assert "選んでください" in answer.content.decode()


def test_only_known_acts_are_read() -> None:
    assert read_ticks({"line:d-1:owners": "destroy", "other": "accept", "line:d-1:area": ""}) == ()


def test_all_that_waits_on_a_page_can_be_accepted_at_once_after_confirming(mine: Belongings) -> None:
    client = client_of(mine.person)
    shown = client.get(f"/registry-notices/{mine.document}/").content.decode()
    waiting = re.findall(r'name="open" value="(line:[^"]+)"', shown)
    confirmed = client.post(f"/registry-notices/{mine.document}/confirm/", {"open": waiting, "every": "accept"})
    assert not EntryRow.objects.filter(kind="accepted").exists()
    carried = dict(re.findall(r'name="(line:[^"]+)" value="(accept)"', confirmed.content.decode()))
    assert sorted(carried) == sorted(waiting)
    assert client.post(f"/registry-notices/{mine.document}/decide/", carried).status_code == 302
    assert not LineRow.objects.filter(state="proposed").exists()
