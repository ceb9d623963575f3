"""The public register: anybody reads what crosses, why and how often; the counts are the ledger's, nobody is in it."""

from collections import Counter
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sekisho.adapters.database.ledgers import read_entries, sequence
from sekisho.adapters.database.models import EntryRow, Parcel, PermitRow, Person, Terminal
from sekisho.adapters.database.queries_register import register_rows
from sekisho.adapters.database.registers import Asked
from tests.fakes.council import act, adopted_and_signed, open_council
from tests.unit.web.two_offices import NAGASAKI, NEIGHBOUR, Belongings, open_office
from tests.unit.web.workbooks import formulas_in, rows_of

PAGE, NUMBERS = f"/register/{NAGASAKI}/", ("crossed", "refused", "records")


@pytest.fixture
def mine(db: None) -> Belongings:
    open_office(NEIGHBOUR)
    return open_office(NAGASAKI)


def told(tenant: str = NAGASAKI) -> dict[str, dict[str, Any]]:
    """The register for machines, by permit."""
    return {each["permit"]: each for each in Client().get(f"/register/{tenant}/permits.json").json()["permits"]}


def counted_by_hand(tenant: str) -> dict[str, Counter[str]]:
    """The counts as somebody would take them who reads the whole ledger from its first entry."""
    found: dict[str, Counter[str]] = {}
    records: dict[str, int] = {}
    for entry in read_entries(tenant):
        counts = found.setdefault(str(entry.get("permit", "")), Counter())
        if entry["kind"] == "cleared":
            records[str(entry["parcel"])] = entry["found"]["records"]
        counts["refused"] += entry["kind"] in {"refused", "held"}
        if entry["kind"] == "delivered":
            counts["crossed"] += 1
            counts["records"] += records[str(entry["parcel"])]
    return found


def permit_of_refusals(mine: Belongings) -> None:
    """The made-up refusal names the permit under which it was examined, as the worker writes it."""
    Parcel.objects.filter(parcel=mine.stopped).update(permit=mine.permit)
    sequence(NAGASAKI)


def test_anybody_reads_it_without_signing_in(mine: Belongings) -> None:
    page = Client().get(PAGE)
    assert page.status_code == 200
    shown = page.content.decode()
    line = told()[mine.permit]
    for words in (
        mine.permit,
        "諮問第56号",
        line["source"]["ja"],
        line["target"]["ja"],
        line["purpose"],
        line["legal_basis"],
        line["decided_by"]["ja"],
        "令和元年11月19日",
        "情報連携基盤の稼働を確認してから接続を始める",
        *line["items"],
    ):
        assert words in shown, words
    assert "有効" in shown


def test_the_counts_are_those_of_the_ledger(mine: Belongings) -> None:
    permit_of_refusals(mine)
    by_hand, line = counted_by_hand(NAGASAKI), told()[mine.permit]
    assert {name: line[name] for name in NUMBERS} == {name: by_hand[mine.permit][name] for name in NUMBERS}
    assert (line["crossed"], line["refused"], line["records"]) == (1, 1, 86)


def test_a_count_that_does_not_look_into_the_ledger_would_be_found(mine: Belongings) -> None:
    permit_of_refusals(mine)
    EntryRow.objects.filter(tenant_id=NAGASAKI, kind__in=("delivered", "refused")).delete()
    line = told()[mine.permit]
    assert [line[name] for name in NUMBERS] == [0, 0, 0]
    assert line["last"] is None


def test_what_is_turned_away_at_the_entrance_counts_for_the_permit_that_was_on_file(mine: Belongings) -> None:
    permit_of_refusals(mine)
    before = told()[mine.permit]["refused"]
    early, late = PermitRow.objects.filter(tenant_id=NAGASAKI, connection="registry-prices-up").order_by("pk")
    turned = Parcel.objects.get(parcel=mine.stopped)
    turned.pk, turned.permit, turned.connection = "p-turned-away", "", late.connection
    turned.save()
    EntryRow.objects.create(tenant_id=NAGASAKI, parcel=turned.pk, kind="refused", body=b"{}", leaf=b"x")
    counts = {each.permit.permit.permit: each.traffic.refused for each in register_rows(NAGASAKI)}
    assert (counts[early.permit], counts[late.permit], counts[mine.permit]) == (0, 1, before)


def test_nobody_and_no_terminal_is_in_it(mine: Belongings) -> None:
    texts = [Client().get(address).content.decode() for address in (PAGE, f"{PAGE}permits.json", "/register/")]
    texts.append(str(rows_of(Client().get(f"{PAGE}permits.xlsx").content)))
    people = Person.objects.filter(tenant_id=NAGASAKI).values_list("username", "label_ja", "label_en")
    # What a computer is called on the published chart is public; which terminal stands for it is not.
    terminals = Terminal.objects.filter(tenant_id=NAGASAKI).values_list("terminal")
    hidden = [each for row in (*people, *terminals) for each in row if each]
    assert len(hidden) > 10
    assert [each for each in hidden for text in texts if each in text] == []


def test_each_municipality_has_a_register_of_its_own(mine: Belongings) -> None:
    ours, theirs = told(), told(NEIGHBOUR)
    assert ours.keys() & theirs.keys() == set()
    index = Client().get("/register/").content.decode()
    assert PAGE in index
    assert f"/register/{NEIGHBOUR}/" in index
    for address in ("", "permits.xlsx", "permits.json"):
        assert Client().get(f"/register/999999/{address}").status_code == 404


def test_the_workbook_says_what_the_page_says(mine: Belongings) -> None:
    permit_of_refusals(mine)
    content = Client().get(f"{PAGE}permits.xlsx").content
    rows = {str(row["通行証番号"]): row for row in rows_of(content)}
    assert rows.keys() == told().keys()
    row = rows[mine.permit]
    assert (row["決定日（和暦）"], row["決定日（西暦）"]) == ("令和元年11月19日", "2019-11-19")
    assert (row["通過"], row["止めた"], row["通過した記録の件数"]) == (1, 1, 86)
    assert list(formulas_in(content)) == []


def test_a_permit_that_was_decided_here_shows_its_condition_and_that_it_is_stopped(db: None) -> None:
    open_office(NAGASAKI)
    desks = open_council(NAGASAKI)
    adopted_and_signed(NAGASAKI, desks)
    line = told()["R8-64-01"]
    assert line["state"]["ja"] == "条件により停止"
    assert [each["text"] for each in line["conditions"]] == ["端末の置き場所の写真を出すこと"]
    assert line["conditions"][0]["state"]["en"] == "Open"
    assert line["decided_by"]["ja"] == f"第3回 {NAGASAKI}"
    assert act(NAGASAKI, "oura").person not in str(line)


def questions_for(permits: int, first: str) -> int:
    """How many questions the register asks the database with so many permits, all like the first one."""
    row = PermitRow.objects.get(tenant_id=NAGASAKI, permit=first)
    now = PermitRow.objects.filter(tenant_id=NAGASAKI).count()
    for number in range(now, permits):
        copy = PermitRow.objects.get(pk=row.pk)
        copy.pk, copy.permit, copy.connection = None, f"R9-{number}", f"line-{number}"
        copy.save()
        parcel = {"permit": copy.permit, "connection": copy.connection, "state": "erased", "size": 1}
        day = {"received_at": timezone.now(), "received_on": timezone.now().date()}
        Parcel.objects.create(tenant_id=NAGASAKI, parcel=f"p-{number}", **parcel, **day)
    with CaptureQueriesContext(connection) as asked:
        assert len(register_rows(NAGASAKI)) == permits
    return len(asked)


def test_twenty_permits_take_as_many_questions_as_one(mine: Belongings, monkeypatch: pytest.MonkeyPatch) -> None:
    first = adopted_and_signed(NAGASAKI, open_council(NAGASAKI))[0]
    PermitRow.objects.filter(tenant_id=NAGASAKI).exclude(permit=first).delete()
    assert questions_for(1, first) == questions_for(20, first) <= 16
    monkeypatch.setattr("sekisho.adapters.database.queries_authority.gather", Asked)
    assert questions_for(20, first) > 20
