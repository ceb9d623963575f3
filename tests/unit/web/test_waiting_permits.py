"""The page of an issued permit, and the list, say what it waits for; a change is offered where it would be accepted."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from sekisho.adapters.database.models import Matter, PermitRow
from sekisho.adapters.database.setup import issue_permit
from sekisho.adapters.dossiers import read_dossier
from tests.fakes.council import Desks, adopted_and_signed, open_council, prove_condition
from tests.unit.web.two_offices import NAGASAKI, client_of, dossier_of, open_office

FIRST, NEXT = "R1-56-01", "R9-56-01"
NOW = datetime.now(UTC)


@pytest.fixture
def desks(db: None) -> Desks:
    """Nagasaki with its first permits in force, and its council."""
    open_office(NAGASAKI)
    return open_council(NAGASAKI)


def renew(begins: datetime, until: str = "2040-04-01T00:00:00+09:00") -> None:
    """The next permit of the first one's connection, issued a minute ago."""
    dossier = read_dossier(dossier_of(NAGASAKI))
    first = next(each for each in dossier.approved if each.permit == FIRST)
    said = replace(first.specification, not_before=begins.isoformat(), not_after=until)
    issue_permit(replace(first, permit=NEXT, specification=said), dossier.issuers, NOW - timedelta(minutes=1))


def page(permit: str, person: str = "kazagashira") -> str:
    """The page of a permit, as somebody sees it."""
    return str(client_of(person).get(f"/permits/{permit}/").content.decode().partition('id="main"')[2])


def listed() -> str:
    """The list of permits."""
    return str(client_of("kazagashira").get("/permits/").content.decode().partition('id="main"')[2])


def test_one_that_waits_for_its_first_day_says_which(desks: Desks) -> None:
    renew(datetime(2031, 4, 1, 0, 0, tzinfo=UTC) - timedelta(hours=9))
    for shown in (page(NEXT), listed()):
        assert "初日の令和13年4月1日（火）に、自動で有効になります" in shown
        assert "停止中です" not in shown
    assert "次のことを待っています" not in page(FIRST)


def test_one_that_a_condition_keeps_back_names_it_with_the_way_there(desks: Desks) -> None:
    permit, other = adopted_and_signed(NAGASAKI, desks)
    assert PermitRow.objects.get(permit=permit).status == "issued"
    for shown in (page(permit), listed()):
        assert f'href="/conditions/#{desks.condition}"' in shown
        assert f"条件「{desks.condition}」が、まだ満たされていません" in shown
    assert f'id="{desks.condition}"' in client_of("doza").get("/conditions/").content.decode()
    assert "次のことを待っています" not in page(other)
    assert f"条件「{desks.condition}」が、まだ満たされていません" in page_of_letter(desks)


def page_of_letter(desks: Desks) -> str:
    """The page of the letter, which names its permits."""
    return str(client_of("kazagashira").get(f"/letters/{desks.decided}/").content.decode())


def test_one_that_a_stop_keeps_back_names_the_stopped_one(desks: Desks) -> None:
    from sekisho.bootstrap.permits import StopCause, stop_permit

    renew(NOW + timedelta(days=30))
    stop_permit(NAGASAKI, FIRST, "glover", StopCause.INCIDENT, NOW)
    for shown in (page(NEXT), listed()):
        assert f'<a href="/permits/{FIRST}/">同じ接続の通行証 {FIRST} が停止中です' in shown
        assert "初日の" in shown


def test_one_whose_period_is_over_says_what_to_do(desks: Desks) -> None:
    renew(NOW + timedelta(days=1))
    over = NOW - timedelta(days=1)
    row = PermitRow.objects.get(permit=NEXT)
    # As the clock finds it a year later: what is compared is the moment at which somebody looks.
    from sekisho.adapters.database.permit_waits import what_keeps
    from sekisho.adapters.database.registers import on_file
    from sekisho.kernel import ReasonCode

    found = on_file(row)
    assert [each.code for each in what_keeps(row, found, NOW)] == [ReasonCode.PERMIT_NOT_YET_VALID]
    said = replace(found.specification, not_before=over.isoformat(), not_after=over.isoformat())
    codes = [each.code for each in what_keeps(row, replace(found, specification=said), NOW)]
    assert codes[0] == ReasonCode.PERIOD_OVER


def test_a_change_is_offered_where_it_is_accepted_and_else_it_is_said_why(desks: Desks) -> None:
    permit, other = adopted_and_signed(NAGASAKI, desks)
    offer = f'href="/permits/{permit}/change/"'
    shown = page(permit, "inasa")
    assert offer in shown
    assert "決まるまで始まりません" in shown
    assert client_of("inasa").get(f"/permits/{permit}/change/").status_code == 200
    Matter.objects.filter(matter=desks.decided).update(state="amendment_pending")
    for each in (permit, other):
        shown = page(each, "inasa")
        assert f'href="/permits/{each}/change/"' not in shown
        assert "変更は、効力のある諮問からだけ始められます" in shown
        assert f'href="/matters/{desks.decided}/"' in shown
        assert client_of("inasa").get(f"/permits/{each}/change/").status_code == 409


def test_once_nothing_keeps_it_back_nothing_is_said(desks: Desks) -> None:
    prove_condition(NAGASAKI, desks)
    permit, *_ = adopted_and_signed(NAGASAKI, desks)
    assert PermitRow.objects.get(permit=permit).status == "active"
    assert "次のことを待っています" not in page(permit)
