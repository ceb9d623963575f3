"""After the demonstration has played the meeting, the pages show all seven items as decided, with their permits."""

from pathlib import Path

from django.test import Client

from sekisho.adapters.database.models import ConditionRow, EntryRow, Matter, PermitRow, SelfCheckRow
from sekisho.adapters.database.queries_register import register_rows
from sekisho.adapters.database.self_check_clock import calendar_of
from sekisho.adapters.database.setup import open_tenant
from sekisho.adapters.dossiers import Dossier, read_dossier, shipped_dossier
from sekisho.bootstrap import now
from sekisho.cli.demo.cast import enter_cast
from sekisho.cli.demo.checking import check_every_year
from sekisho.cli.demo.city import decide_all, enter_minutes, enter_others
from tests.unit.web.two_offices import client_of

SEVEN = ("諮問第56号", "諮問第57号", "諮問第58号", "諮問第59号", "諮問第60号", "諮問第61号", "意見の求め")


def founded() -> tuple[str, tuple[Dossier, ...]]:
    """The municipality and its people, before anything is put to the council."""
    tenant = open_tenant(read_dossier(shipped_dossier()), shipped_dossier(), now())
    others = enter_others(tenant)
    enter_cast(tenant)
    return tenant, others


def assert_told(tenant: str, told: list[str]) -> None:
    """A line was told of every item, with the permits that its letter opened."""
    assert [line.split()[0] for line in told] == list(SEVEN)
    permits = list(PermitRow.objects.filter(tenant_id=tenant).order_by("id").values_list("permit", "status"))
    assert [permit for permit, _ in permits] == [
        *("R1-56-01", "R1-56-02", "R1-57-01", "R1-57-02", "R1-58-01", "R1-58-02", "R1-59-01", "R1-59-02"),
        *("R1-59-03", "R1-60-01", "R1-60-02", "R1-61-01", "R1-61-02", "R1-iken-01", "R1-iken-02"),
    ]
    assert {status for _, status in permits} == {"active"}
    assert all(permit in "".join(told) for permit, _ in permits)


def assert_signed(tenant: str) -> None:
    """Every permit rests on a letter that chair and secretariat signed; its conditions stand in the register once."""
    assert set(Matter.objects.filter(tenant_id=tenant).values_list("state", flat=True)) == {"in_force"}
    letters = EntryRow.objects.filter(tenant_id=tenant, kind="letter_signed").count()
    assert letters == 2 * EntryRow.objects.filter(tenant_id=tenant, kind="consultation_in_force").count() == 14
    grounds = [each.ground for each in register_rows(tenant)]
    assert {each.decided_on for each in grounds if each} == {"2019-11-19"}
    assert all(each is not None and len(set(each.conditions)) == len(each.conditions) for each in grounds)


def assert_shown(tenant: str, meeting: str) -> None:
    """Letters, register, meetings and minutes show the seven items as decided."""
    office, anybody = client_of("kazagashira"), Client()
    letters = office.get("/letters/?all=1").content.decode()
    decisions = anybody.get(f"/public/{tenant}/").content.decode()
    meetings = office.get("/meetings/").content.decode()
    for number in SEVEN:
        assert number in letters, number
        assert number in decisions, number
    assert "令和元年度第3回" in meetings
    register = anybody.get(f"/register/{tenant}/").content.decode()
    assert all(permit in register for permit in PermitRow.objects.values_list("permit", flat=True))
    for row in Matter.objects.filter(tenant_id=tenant):
        page = office.get(f"/matters/{row.matter}/decision/").content.decode()
        assert all(
            each in page
            for each in PermitRow.objects.filter(consultation=row.consultation).values_list("permit", flat=True)
        )
    minutes = office.get(f"/minutes/{meeting}/")
    assert minutes.status_code == 200
    assert "諮問第56号" in anybody.get(f"/public/{tenant}/minutes/{meeting}/1/").content.decode()


def assert_proved(tenant: str) -> None:
    """The conditions of the minutes are proved, and what recurs is proved until today."""
    rows = list(ConditionRow.objects.filter(tenant_id=tenant))
    assert {each.kind for each in rows if each.state == "open"} == {"recurring", "report_only"}
    assert all(each.due > now().date() for each in rows if each.kind == "recurring")
    assert {each.state for each in rows if each.kind in {"blocks_start", "blocks_after_date"}} == {"closed"}
    verified = EntryRow.objects.filter(tenant_id=tenant, kind="proof_verified").count()
    assert verified == EntryRow.objects.filter(tenant_id=tenant, kind="proof_submitted").count() >= 30


def test_the_meeting_is_held_and_every_page_shows_its_seven_items_as_decided(
    home: Path, transactional_db: None
) -> None:
    told: list[str] = []
    tenant, dossiers = founded()
    meeting = decide_all(tenant, dossiers, told.append)
    enter_minutes(tenant, meeting)
    assert_told(tenant, told)
    assert_signed(tenant)
    assert_shown(tenant, meeting)
    assert_proved(tenant)


def test_the_divisions_have_checked_their_connections_each_year_and_are_asked_again_only_next_year(
    home: Path, transactional_db: None
) -> None:
    tenant, others = founded()
    decide_all(tenant, others[:1], lambda line: None)
    rounds = check_every_year(tenant, now())
    assert rounds == now().year - 2020 + (calendar_of(tenant)[0].due.year - now().year)
    assert {each.state for each in SelfCheckRow.objects.all()} == {"verified"}
    assert (calendar_of(tenant)[0].due - now().date()).days > 60
    assert check_every_year(tenant, now()) == 0


def test_a_dossier_whose_division_has_nobody_is_entered_as_it_was_decided_on_paper(
    home: Path, transactional_db: None
) -> None:
    told: list[str] = []
    text = shipped_dossier("61").replace(", roles: [operator, head]}", ", roles: [operator]}")
    tenant = open_tenant(read_dossier(text), text, now())
    enter_cast(tenant)
    assert decide_all(tenant, (read_dossier(text),), told.append) == "r1-3"
    assert "直接登録" in told[0]
    assert not Matter.objects.exists()
    states = dict(PermitRow.objects.values_list("permit", "status"))
    assert states == {"R1-61-01": "active", "R1-61-02": "active"}
    assert set(ConditionRow.objects.values_list("consultation", flat=True)) == {"61"}
