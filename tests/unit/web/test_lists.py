"""Every list leaves as a workbook that a spreadsheet opens: the reader's own rows, both calendars, and no formula."""

import re
from datetime import UTC, datetime

import pytest

from sekisho.adapters.database.models import ConditionRow, EntryRow, Matter, Person, QuestionRow
from sekisho.web.components.listing import both_ways
from sekisho.web.pages.lists.columns import LISTS
from tests.fakes.assessments import planned
from tests.fakes.council import Desks, enter_people, open_council
from tests.fakes.minutes import published
from tests.fakes.survey import surveyed
from tests.unit.web.two_offices import NAGASAKI, NEIGHBOUR, client_of, open_office
from tests.unit.web.workbooks import Cell, formulas_in, rows_of

HOSTILE = ("=HYPERLINK(1)", "+1", "-1", "@x", "＝1", "\t=1")
KEYS = {
    "consultations": "諮問",
    "conditions": "条件番号",
    "meetings": "会議",
    "questions": "質問番号",
    "permits": "通行証番号",
    "findings": "番号",
    "assessments": "評価番号",
    "minutes": "会議録番号",
    "people": "職員番号",
}
KEEPER = {NAGASAKI: "admin", NEIGHBOUR: "admin_2"}


def reader(name: str, tenant: str = NAGASAKI) -> str:
    """Who takes a list along: people are the administrator's to see, everything else the secretariat's too."""
    return KEEPER[tenant] if name == "people" else {NAGASAKI: "kazagashira", NEIGHBOUR: "kazagashira_2"}[tenant]


@pytest.fixture
def mine(db: None) -> Desks:
    open_office(NAGASAKI)
    desks = open_council(NAGASAKI)
    surveyed(NAGASAKI)
    return desks


@pytest.fixture
def with_papers(mine: Desks) -> Desks:
    """The same office with an assessment and published minutes."""
    planned(NAGASAKI)
    published(NAGASAKI)
    return mine


def taken(person: str, name: str, *roles: str) -> bytes:
    """The workbook as somebody takes it along."""
    answer = client_of(person, *roles).post(f"/lists/{name}/")
    assert answer.status_code == 200, answer.content.decode()[:300]
    return bytes(answer.content)


def keys(content: bytes, name: str) -> list[Cell]:
    """The first column of a list."""
    return [row[KEYS[name]] for row in rows_of(content)]


def test_every_list_has_japanese_headings_and_each_day_twice(with_papers: Desks) -> None:
    assert set(LISTS) == set(KEYS)
    for name in LISTS:
        rows = rows_of(taken(reader(name), name))
        assert rows, name
        heads = list(rows[0])
        assert all(re.search(r"[ぁ-龯]", head) for head in heads), heads
        days = [head.removesuffix("（和暦）") for head in heads if head.endswith("（和暦）")]
        assert all(f"{day}（西暦）" in heads for day in days)
        assert bool(days) == (name != "people"), name


def test_what_is_in_the_lists_is_what_is_on_file(mine: Desks) -> None:
    assert keys(taken("kazagashira", "consultations"), "consultations")[0] == "諮問第56号"
    assert set(keys(taken("kazagashira", "permits"), "permits")) == {"R1-56-01", "R1-56-02", "R8-56-02"}
    (condition,) = rows_of(taken("kazagashira", "conditions"))
    row = ConditionRow.objects.get()
    assert condition["期限（西暦）"] == row.due.isoformat()
    assert condition["期限（和暦）"] == both_ways(row.due)[0]
    assert (condition["状態"], condition["通行証を止めている"]) == ("未了", "はい")
    questions = rows_of(taken("kazagashira", "questions"))
    assert [each["回答済み"] for each in questions] == ["はい", "いいえ"]
    assert questions[0]["質問した委員"] == "眼鏡 見本"
    assert [each["状態"] for each in questions] == ["回答済み", "回答待ち"]
    agenda = rows_of(taken("kazagashira", "meetings"))
    assert {each["諮問"] for each in agenda} == {"諮問第62号", "諮問第63号", "諮問第64号"}


@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_text_becomes_a_formula(mine: Desks, hostile: str) -> None:
    Matter.objects.update(label_ja=hostile)
    ConditionRow.objects.update(text=hostile)
    QuestionRow.objects.update(text=hostile, answer=hostile)
    columns = {"consultations": "件名", "conditions": "条件", "questions": "質問", "meetings": "件名"}
    for name, column in columns.items():
        content = taken("kazagashira", name)
        assert list(formulas_in(content)) == [], name
        assert any(row[column] == hostile for row in rows_of(content)), name


def test_a_formula_would_be_found() -> None:
    import io

    import openpyxl

    book, kept = openpyxl.Workbook(), io.BytesIO()
    book.worksheets[0]["A1"] = "=1+1"
    book.save(kept)
    assert list(formulas_in(kept.getvalue())) == ["A1"]


def test_a_reader_takes_along_only_what_they_may_read(mine: Desks) -> None:
    drafts = [row["状態・結果"] for row in rows_of(taken("doza", "consultations"))]
    others = [row["状態・結果"] for row in rows_of(taken("megane", "consultations"))]
    assert "下書き" in drafts
    assert "下書き" not in others
    Person.objects.create(username="printer", tenant_id=NAGASAKI, department="printer")
    assert rows_of(taken("printer", "conditions", "contractor")) == []
    client = client_of("printer")
    for name in set(LISTS) - {"conditions"}:
        assert client.post(f"/lists/{name}/").status_code == 403, name
    assert client_of("doza").post("/lists/people/").status_code == 403
    for name in set(LISTS) - {"people"}:
        assert client_of("admin").post(f"/lists/{name}/").status_code == 403, name
    assert client_of("doza").post("/lists/nothing/").status_code == 404


def test_the_neighbour_s_lists_hold_nothing_of_ours(with_papers: Desks) -> None:
    open_office(NEIGHBOUR)
    enter_people(NEIGHBOUR)
    for name in LISTS:
        own = set(keys(taken(reader(name), name), name)) - {"諮問第56号"}
        theirs = set(keys(taken(reader(name, NEIGHBOUR), name), name))
        assert own
        assert own & theirs == set(), name


def test_each_list_that_leaves_is_in_the_ledger(mine: Desks) -> None:
    before = EntryRow.objects.filter(tenant_id=NAGASAKI, kind="exported").count()
    for name in LISTS:
        taken(reader(name), name)
    assert EntryRow.objects.filter(tenant_id=NAGASAKI, kind="exported").count() == before + len(LISTS)


def test_what_assessments_minutes_and_people_say_is_what_is_on_file(with_papers: Desks) -> None:
    (assessment,) = rows_of(taken("kazagashira", "assessments"))
    assert (assessment["最新の版"], assessment["所属"]) == (1, "資産税課")
    (minutes,) = rows_of(taken("kazagashira", "minutes"))
    assert (minutes["状態"], minutes["公開している版"]) == ("公開", 1)
    assert minutes["公開した日（西暦）"]
    people = {row["職員番号"]: row for row in rows_of(taken("admin", "people"))}
    assert people["oura"]["氏名"] == "大浦 見本"
    assert people["oura"]["役割"]
    for name, address in (("assessments", "/assessments/"), ("minutes", "/minutes/"), ("people", "/people/")):
        page = client_of(reader(name)).get(address).content.decode()
        assert f'action="/lists/{name}/"' in page, name


def test_a_day_stands_in_both_calendars_by_the_office_s_clock() -> None:
    assert both_ways(datetime(2026, 11, 26, 15, 30, tzinfo=UTC)) == ("令和8年11月27日 00:30", "2026-11-27 00:30")
    assert both_ways(None) == ("", "")
