"""Every address of one-stop applications, first from another municipality's desk, then from the own.

Each step is one that the owner can take at that moment, so a neighbour who is refused is refused as a neighbour.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from tests.integration.one_stop.conftest import AREA, deed
from tests.integration.one_stop.test_papers_and_donors import photographed
from tests.integration.one_stop.test_through_the_screens import last_year, officers
from tests.unit.web.two_offices import client_of

__all__ = ["officers"]
Donate = Callable[[list[dict[str, str]]], list[int]]
Forms = list[dict[str, str]]
Officers = tuple[Client, Client]
OTHER = "401307"
CASE, SECOND, THIRD = "2025-000001", "2025-000002", "2025-000003"


@pytest.fixture
def neighbour(house: Any, officers: Officers) -> Client:
    """A head of another municipality at S1, at a terminal of the same name."""
    from dataclasses import replace

    from sekisho.adapters.database.models import Terminal
    from sekisho.adapters.dossiers import read_dossier, shipped_dossier
    from tests.integration.conftest import enter

    text = shipped_dossier("60").replace('"422011"', f'"{OTHER}"')
    dossier = read_dossier(text)
    people = [{**each, "person": f"{each['person']}-f"} for each in dossier.persons]
    approved = [
        replace(each, specification=replace(each.specification, persons=("tateyama-f",))) for each in dossier.approved
    ]
    enter(replace(dossier, persons=people, approved=approved), text)
    Terminal.objects.filter(terminal="dedicated-terminal-1").update(demo=True)
    return client_of("kosuge-f", "operator", "head")


@dataclass(frozen=True, kw_only=True)
class Step:
    """One request: where to, with what, and what a neighbour is answered; whoever types nothing only looks."""

    address: str
    refused: int
    typed: dict[str, str] | None = field(default_factory=dict)
    second: bool = False

    def taken_by(self, client: Client) -> Any:
        """The answer to somebody."""
        return client.get(self.address) if self.typed is None else client.post(self.address, self.typed)


def everything() -> list[Any]:
    """The own area as it stands: its cases, its batches, and how much is in its ledger."""
    from sekisho.adapters.database.ledgers import read_entries, sequence
    from sekisho.adapters.donations.models import IdentityImageRow, NoticeBatchRow, OneStopRow

    sequence(AREA)
    tables = (OneStopRow, NoticeBatchRow, IdentityImageRow)
    rows = [list(table.objects.filter(tenant_id=AREA).order_by("id").values()) for table in tables]
    return [*rows, len(list(read_entries(AREA)))]


def try_both(steps: list[Step], neighbour: Client, officers: Officers) -> None:
    """Each step is refused to the neighbour and leaves no trace here; then the owner takes it."""
    for step in steps:
        before = everything()
        answer = step.taken_by(neighbour)
        assert answer.status_code == step.refused, step.address
        assert everything() == before, step.address
        answer = step.taken_by(officers[step.second])
        assert answer.status_code in {200, 302}, (step.address, answer.content.decode())


def act(case: str, name: str, typed: dict[str, str] | None = None) -> Step:
    """An officer's step on a case."""
    return Step(address=f"/one-stop/{case}/act/{name}/", typed=typed or {}, refused=404)


def checked(case: str, form: dict[str, str]) -> None:
    """A case that was keyed and verified."""
    from sekisho.adapters.donations import one_stop_desk as desk

    desk.key_in(deed(case), desk.Typing(values=form, received_on=date(2025, 12, 1), identity=("number_card",)))
    assert desk.verify(deed(case, "kosuge", ("operator", "head")), form) == ()


def test_a_neighbour_takes_no_step_with_a_form(
    donate: Donate, forms: Forms, officers: Officers, neighbour: Client
) -> None:
    from sekisho.adapters.donations.one_stop_numbers import keep_image

    given = last_year(forms)[:2]
    donate(given)
    officers[0].post("/one-stop/forms/")
    lacking = {**given[0], "kana": "", "case": CASE}
    image = keep_image(deed(CASE), "form", b"\x89PNG\r\n\x1a\n" + bytes(9), date(2099, 3, 1))
    steps = [
        Step(address=f"/one-stop/{CASE}/", typed=None, refused=404),
        Step(address=f"/one-stop/{CASE}/images/{image}/", typed=None, refused=404),
        act(CASE, "print_again"),
        Step(address="/one-stop/key/", typed={**lacking, "received_on": "R7.12.1", "identity": ""}, refused=422),
        Step(address="/one-stop/verify/", typed=lacking, refused=409, second=True),
        act(CASE, "ask_donor"),
        act(CASE, "complete", {"kana": given[0]["kana"], "identity": "1"}),
        act(CASE, "change", {"received_on": "R8.1.8", "address": "福岡県福岡市博多区博多駅前1番1号"}),
        act(CASE, "accept"),
        Step(address=f"/one-stop/{CASE}/number/", typed={"reason": "compare_with_form"}, refused=403, second=True),
        act(CASE, "withdraw"),
        act(SECOND, "refuse_late"),
    ]
    try_both(steps, neighbour, officers)


def told_on_paper(cases: list[str], forms: Forms) -> str:
    """These applications are accepted and made final, and one batch of them goes on paper; answers its name."""
    from sekisho.adapters.donations import one_stop_desk as desk
    from sekisho.adapters.donations.models import NoticeBatchRow
    from sekisho.adapters.donations.notice_books import Issue, freeze_year, prepare_batches
    from tests.fakes.one_stop import SENDER
    from tests.integration.one_stop.conftest import AT

    for case, form in zip(cases, forms, strict=True):
        checked(case, form)
        desk.accept(deed(case))
    freeze_year(AREA, 2025, date(2026, 1, 12), AT)
    (made,), _ = prepare_batches(
        Issue(area=AREA, year=2025, sender=SENDER, issued_on=date(2026, 1, 12), person="tateyama", at=AT)
    )
    NoticeBatchRow.objects.update(road="paper")
    return made.row


def test_a_neighbour_takes_no_step_with_a_notice(
    donate: Donate, forms: Forms, officers: Officers, neighbour: Client
) -> None:
    from sekisho.adapters.donations.models import OneStopRow

    address = "福岡県福岡市博多区博多駅前1番1号"
    given = [{**form, "address": address} for form in last_year(forms)[:3]]
    donate(given)
    officers[0].post("/one-stop/forms/")
    batch = told_on_paper([CASE, SECOND, THIRD], given)
    steps = [
        Step(address=f"/one-stop/notices/{batch}/paper/", refused=404),
        Step(address=f"/one-stop/notices/{batch}/posted/", typed={"receipt": "書留 1"}, refused=409),
        act(CASE, "correct", {"kana": "テイセイ　ゴ"}),
        act(SECOND, "cancel"),
    ]
    try_both(steps, neighbour, officers)
    OneStopRow.objects.filter(number__in=(CASE, THIRD)).update(state="returned")
    steps = [act(CASE, "readdress", {"address": "長崎県長崎市桜町2番22号"}), act(THIRD, "void")]
    try_both(steps, neighbour, officers)


def test_a_neighbours_buttons_move_nothing_here(
    donate: Donate, forms: Forms, officers: Officers, neighbour: Client
) -> None:
    from sekisho.adapters.donations import one_stop_desk as desk
    from sekisho.adapters.donations.models import NoticeBatchRow, OneStopRow
    from sekisho.adapters.donations.one_stop_policies import Policy, keep_policy

    given = last_year(forms)[:1]
    donate(given)
    try_both([Step(address="/one-stop/forms/", refused=409)], neighbour, officers)
    checked(CASE, given[0])
    desk.accept(deed(CASE))
    row, year = OneStopRow.objects.get(), {"year": "2025"}
    try_both([Step(address="/one-stop/notices/freeze/", typed=year, refused=302)], neighbour, officers)
    row.refresh_from_db()
    assert row.state == "frozen", "the owner's button moved it"
    for client, count in ((neighbour, "0件"), (officers[0], "1件")):
        shown = client.post("/one-stop/notices/plan/", year).content.decode()
        assert f"いま送れる通知：{count}" in shown
    keep_policy(Policy(area=AREA, year=2025, on_paper=(destination_of(given[0]),)))
    try_both([Step(address="/one-stop/notices/send/", typed=year, refused=302)], neighbour, officers)
    assert NoticeBatchRow.objects.values_list("tenant_id", "road").get() == (AREA, "paper")


def destination_of(form: dict[str, str]) -> str:
    """The municipality in which somebody lives."""
    from sekisho.adapters.places import shipped_municipalities
    from sekisho.business.hometown_donations.notices import residence_in

    return residence_in(shipped_municipalities())(form["address"])


def test_a_neighbours_lists_show_nothing_of_ours(
    donate: Donate, forms: Forms, officers: Officers, neighbour: Client
) -> None:
    from sekisho.adapters.donations import one_stop_desk as desk

    given = last_year(forms)[:3]
    donate(given)
    printed = officers[0].post("/one-stop/forms/").content
    batch = told_on_paper([SECOND], [given[1]])
    desk.key_in(deed(THIRD), desk.Typing(values=given[2], received_on=date(2025, 12, 1)))
    shown = {
        "/one-stop/?year=2025": CASE,
        f"/one-stop/?number={CASE}": "",
        "/one-stop/verify/": THIRD,
        "/one-stop/notices/?year=2025": batch,
    }
    for address, secret in shown.items():
        own, other = officers[1].get(address), neighbour.get(address)
        assert (other.status_code, f"/one-stop/{CASE}/" in other.content.decode()) == (200, False), address
        if secret:
            assert (secret in own.content.decode(), secret in other.content.decode()) == (True, False), address
        else:
            assert own.headers["Location"] == f"/one-stop/{CASE}/"
    before, picture = everything(), photographed(printed)
    for client, status in ((neighbour, 422), (officers[0], 302)):
        upload = SimpleUploadedFile("form.png", picture, "image/png")
        assert client.post("/one-stop/scan/", {"picture": upload}).status_code == status
        assert (everything() == before) is (client is neighbour)


def test_somebody_at_another_terminal_keys_nothing(officers: Officers, settings: Settings) -> None:
    keying = ("/one-stop/key/", "/one-stop/verify/")
    assert [officers[0].get(address).status_code for address in keying] == [200, 200]
    settings.SEKISHO_DEMO_TERMINAL = ""
    assert [officers[0].get(address).status_code for address in keying] == [403, 403]
    assert officers[0].get("/one-stop/").status_code == 200
