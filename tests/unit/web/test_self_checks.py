"""S-225 to S-227: whose self-check is shown to whom, what can be typed, what follows, and the report as a workbook."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from sekisho.adapters.database.models import EntryRow, SelfCheckRow, SelfCheckRuleRow
from sekisho.adapters.database.queries_self_checks import round_file
from sekisho.bootstrap import self_checks
from sekisho.kernel.council import CheckAnswer, CheckResult, CheckTopic, Processor, fiscal_year, questions_for
from sekisho.web.pages.self_checks.gate_words import known_arrows, known_beside
from tests.fakes.council import act, enter_people
from tests.fakes.self_checks import CHANGED, answered, called
from tests.unit.web.two_offices import NAGASAKI, NEIGHBOUR, client_of, open_office
from tests.unit.web.workbooks import rows_of

SELF_CHECK_NAMES = {
    "self_checks",
    "self_check",
    "self_check_act",
    "self_check_call",
    "self_check_rule",
    "self_check_report",
}

DUE = datetime.now(UTC).date() + timedelta(days=30)


@pytest.fixture
def number(db: None) -> str:
    open_office(NAGASAKI)
    enter_people(NAGASAKI)
    found = called(NAGASAKI)
    SelfCheckRow.objects.update(due=DUE)  # the office's permits are of 2019, so that it is late from the start
    return found


def shown(person: str, address: str) -> str:
    """A page as somebody sees it."""
    answer = client_of(person).get(address)
    assert answer.status_code == 200, answer.content.decode()[:300]
    return answer.content.decode()


def test_the_neighbour_sees_nothing_of_it_and_changes_nothing(number: str) -> None:
    open_office(NEIGHBOUR)
    enter_people(NEIGHBOUR)
    page, listed = f"/self-checks/{number}/", f'href="/self-checks/{number}/"'
    assert listed in shown("doza", "/self-checks/")
    assert listed in shown("doza", f"/self-checks/report/?year={fiscal_year(DUE)}")
    theirs = client_of("kazagashira_2")
    before = EntryRow.objects.count()
    assert theirs.get(page).status_code == 404
    for name in ("answer", "submit", "verify", "send_back", "close"):
        assert theirs.post(f"{page}act/{name}/").status_code == 404
    assert theirs.post("/self-checks/call/57/").status_code == 404
    for address in ("/self-checks/", f"/self-checks/report/?year={fiscal_year(DUE)}"):
        assert listed not in theirs.get(address).content.decode()
    assert EntryRow.objects.count() == before
    assert client_of("oura_2").post("/self-checks/rule/", {"years": "2"}).status_code == 422
    assert not SelfCheckRuleRow.objects.exists()


def test_the_drafter_types_some_answers_and_says_of_the_rest_that_it_is_as_approved(number: str) -> None:
    page = f"/self-checks/{number}/"
    assert 'name="result:needed"' in shown("doza", page)
    for person in ("inasa", "kazagashira", "oura", "dejima"):
        assert 'name="result:needed"' not in shown(person, page)
    typed = {"result:needed": "different", "what:needed": "二つの課で使う", "since:needed": "R8.10.1"}
    done = client_of("doza").post(f"{page}act/answer/", typed)
    assert done.headers["Location"] == page
    # Without the button for the rest, what was left open stays open.
    everything = {f"result:{each.key}": "" for each in _asked(number)}
    client_of("doza").post(f"{page}act/answer/", {**everything, **typed})
    assert _results(number) == {"needed": "different"}
    client_of("doza").post(f"{page}act/answer/", {**everything, **typed, "rest": "yes"})
    assert set(_results(number)) == {each.key for each in _asked(number)}
    assert _results(number)["needed"] == "different"
    # What still lacks its evidence is said beside it, and keeps it from being submitted.
    assert "証拠の名前" in shown("doza", page)
    refused = client_of("inasa").post(f"{page}act/submit/")
    assert refused.status_code == 409
    assert "retention/registry-notices-down/" in refused.content.decode()


def _asked(number: str) -> list[CheckAnswer]:
    """An empty answer for each question."""
    from sekisho.adapters.database.self_check_papers import questions_of_round

    row = SelfCheckRow.objects.get(tenant_id=NAGASAKI, number=number)
    return [CheckAnswer(key=each.key, result=CheckResult.ENDED) for each in questions_of_round(row)]


def _results(number: str) -> dict[str, str]:
    """What was answered."""
    from sekisho.adapters.database.self_check_desk import answers_of

    row = SelfCheckRow.objects.get(tenant_id=NAGASAKI, number=number)
    return {key: str(each.result) for key, each in answers_of(row).items()}


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ({"result:needed": "perhaps"}, 422),
        ({"result:needed": "different", "since:needed": "きのう"}, 409),
        ({"result:item/x/y": "ended"}, 409),
        ({"result:needed": "ended", "digest:needed": "zz"}, 409),
    ],
)
def test_what_is_not_understood_changes_nothing(number: str, typed: dict[str, str], status: int) -> None:
    before = EntryRow.objects.count()
    answer = client_of("doza").post(f"/self-checks/{number}/act/answer/", typed)
    assert (answer.status_code, EntryRow.objects.count(), _results(number)) == (status, before, {})


def test_the_gate_s_facts_stand_beside_the_questions(number: str) -> None:
    page = shown("doza", f"/self-checks/{number}/")
    # Two came in the period by this arrow: one crossed, one was refused for an item and for its number of records.
    assert "2回来て、1回通り、1回止めました" in page
    assert "性別" in page
    assert "諮問では年" in page
    assert "最後の停止" in page


def test_more_than_was_declared_is_marked_and_a_certificate_without_a_date_too(number: str) -> None:
    file = round_file(NAGASAKI, number, datetime.now(UTC))
    assert file is not None
    plain = next(each for each in file.facts.arrows if each.connection == "registry-notices-down")
    most = plain.records_a_year * (DUE.year - 2018)
    found = {}
    for records in (plain.records, most, most + 40 * plain.records_a_year):
        facts = replace(file.facts, arrows=(replace(plain, records=records),))
        found[records] = known_arrows(replace(file, facts=facts), {})[0].beyond
    assert list(found.values()) == [False, False, True]
    told = {"works_for": "長崎市", "task": "運用", "place_of_data": "不明", "certificate": "ISMS"}
    for until, odd in (("不明", True), ("2020-03-31", True), (f"{DUE.year + 1}-03-31", False)):
        processor = Processor(contractor="業者", certificate_until=until, **told)
        with_one = replace(file, dossier=replace(file.dossier, processors=(processor,)))
        (asked,) = (each for each in questions_for(with_one.dossier) if each.topic is CheckTopic.CONTRACTOR)
        assert [each.odd for each in known_beside(with_one, asked, {})] == [odd], until


def test_what_differs_offers_its_next_step_and_what_ended_offers_to_stop(number: str) -> None:
    answered(NAGASAKI, number, CHANGED)
    page = f"/self-checks/{number}/"
    assert 'href="/consultations/56/"' in shown("inasa", page)
    answered(NAGASAKI, number, CheckAnswer(key="needed", result=CheckResult.ENDED, what="廃止", since=CHANGED.since))
    assert 'action="/permits/R1-56-01/act/suspend/"' in shown("kazagashira", page)
    assert 'action="/permits/R1-56-01/act/revoke/"' in shown("oura", page)
    assert 'action="/permits/R1-56-01/act/' not in shown("doza", page)
    assert 'href="/permits/R1-56-01/"' in shown("doza", page)


def test_each_finds_their_task_and_the_secretariat_how_many_are_late(number: str) -> None:
    assert "年次の自己点検に答える" in shown("doza", "/")
    assert "自己点検" not in _tasks("inasa")
    answered(NAGASAKI, number)
    assert "自己点検の回答を確かめて提出する" in _tasks("inasa")
    assert "期限を過ぎた自己点検" not in _tasks("kazagashira")
    SelfCheckRow.objects.update(due="2026-01-01")
    assert "期限を過ぎた自己点検があります" in _tasks("kazagashira")


def _tasks(person: str) -> str:
    """The task list of S-001."""
    return shown(person, "/").partition("<main")[2]


def test_a_permit_says_when_it_is_checked_next_and_that_it_is_late(number: str) -> None:
    SelfCheckRow.objects.update(due="2020-11-19")
    page = shown("doza", "/permits/R1-56-01/")
    assert "次の点検の期限" in page
    assert "令和2年11月19日" in page
    assert "日過ぎています" in page
    assert f'href="/self-checks/{number}/"' in page


def test_the_chair_sets_the_rule_and_the_permits_say_why_they_are_closed(number: str) -> None:
    typed = {"years": "1", "notice_days": "30", "on_overdue": "suspend"}
    assert "この決まりにする" in shown("oura", "/self-checks/")
    assert "この決まりにする" not in shown("kazagashira", "/self-checks/")
    assert client_of("kazagashira").post("/self-checks/rule/", typed).status_code == 409
    assert client_of("oura").post("/self-checks/rule/", {**typed, "years": "0"}).status_code == 409
    SelfCheckRow.objects.update(due="2020-11-19")  # as the ledger has it
    assert client_of("oura").post("/self-checks/rule/", typed).status_code == 302
    assert "自己点検の遅れにより停止" in shown("doza", "/permits/")
    assert "自己点検が、期限" in shown("doza", "/permits/R1-56-01/")


def test_the_report_of_a_year_is_a_page_and_a_workbook_that_is_written_down(number: str) -> None:
    SelfCheckRow.objects.update(due="2026-12-01")
    answered(NAGASAKI, number, CHANGED)
    self_checks.submit(act(NAGASAKI, "inasa", 0), number)
    page = shown("oura", "/self-checks/report/?year=2026")
    assert "令和8年度" in page
    assert number in page
    assert number not in shown("oura", "/self-checks/report/?year=2025")
    before = EntryRow.objects.filter(kind="exported").count()
    answer = client_of("oura").post("/self-checks/report/", {"year": "2026"})
    (row,) = rows_of(answer.content)
    assert (row["点検番号"], row["変わっている"], row["やめた"], row["状態"]) == (number, 1, 0, "提出済")
    assert (row["期限（和暦）"], row["期限（西暦）"]) == ("令和8年12月1日", "2026-12-01")
    assert EntryRow.objects.filter(kind="exported").count() == before + 1


def test_everything_reads_in_english_too(number: str) -> None:
    answered(NAGASAKI, number, CHANGED)
    client = client_of("kazagashira")
    client.cookies["sekisho_language"] = "en"
    for address, words in (
        ("/self-checks/", "Yearly self-checks"),
        (f"/self-checks/{number}/", "What the gate knows"),
        ("/self-checks/report/?year=2026", "April 2026 to March 2027"),
    ):
        assert words in client.get(address).content.decode()
