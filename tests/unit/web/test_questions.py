"""S-235: every question in one place, given to whoever answers, answered, taken, printed; nothing sealed leaks."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from sekisho.adapters.database.models import EntryRow, Matter, Person, QuestionRow
from sekisho.adapters.database.office_time import office_day
from sekisho.adapters.documents import text_of
from sekisho.bootstrap import council
from sekisho.kernel import EntryKind
from tests.fakes.council import Desks, act, open_council
from tests.unit.web.two_offices import NAGASAKI, NEIGHBOUR, client_of, open_office
from tests.unit.web.workbooks import rows_of

SECRET = "封をした意見の中身"
TODAY = office_day(datetime.now(UTC))


@pytest.fixture
def mine(db: None) -> Desks:
    open_office(NAGASAKI)
    return open_council(NAGASAKI)


def page(person: str, address: str = "/questions/") -> str:
    """A page as somebody reads it."""
    answer = client_of(person).get(address)
    assert answer.status_code == 200, answer.content.decode()[:300]
    return answer.content.decode()


def do(person: str, matter: str, deed: str, **said: str) -> int:
    """The status of what somebody did on the page."""
    answer = client_of(person).post(f"/matters/{matter}/act/{deed}/", {"back": "matter_questions", **said})
    return answer.status_code


def open_question(matter: str) -> QuestionRow:
    """The question that nobody has answered."""
    return QuestionRow.objects.get(matter__matter=matter, answer="")


def assign(mine: Desks, days: int = 3, answerer: str = "doza") -> str:
    """The secretariat names who answers the open question, so many days from now."""
    asked = open_question(mine.circulated)
    day = (TODAY + timedelta(days=days)).isoformat()
    assert (
        do("kazagashira", mine.circulated, "assign_answer", question=asked.question, answerer=answerer, answer_by=day)
        == 302
    )
    return str(asked.question)


def kinds(kind: EntryKind) -> int:
    """How many entries of a kind there are."""
    return EntryRow.objects.filter(kind=str(kind)).count()


def test_the_secretariat_sees_every_question_and_counts_them(mine: Desks) -> None:
    shown = page("kazagashira")
    assert "だれが管理しているのか" in shown
    assert "ほかの目的には使わないか" in shown
    assert "回答者を決める" in shown
    assert "回答する</button>" not in shown
    menu = shown[shown.index('href="/questions/"') :][:300]
    assert "1" in menu


def test_the_filter_finds_by_state_meeting_topic_and_who_must_answer(mine: Desks) -> None:
    first, second = "だれが管理しているのか", "ほかの目的には使わないか"
    meeting = Matter.objects.get(matter=mine.circulated).meeting
    assert meeting is not None
    for query, found in (
        ("state=asked", {second}),
        ("state=answered", {first}),
        (f"meeting={meeting.meeting}", {first, second}),
        (f"meeting={mine.meeting}", set()),
        ("about=network", {first}),
        ("about=front", {second}),
        ("answerer=unassigned", {second}),
        ("answerer=asset_tax/", {first, second}),
        ("waiting=late", set()),
        ("waiting=7", set()),
    ):
        shown = page("kazagashira", f"/questions/?{query}")
        assert {text for text in (first, second) if text in shown} == found, query


def test_who_answers_is_named_once_and_the_department_sees_it_with_its_day(mine: Desks) -> None:
    question = assign(mine)
    row = QuestionRow.objects.get(question=question)
    assert (row.answerer, row.answer_by) == ("doza", TODAY + timedelta(days=3))
    assert kinds(EntryKind.QUESTION_ASSIGNED) == 1
    today = page("doza", "/")
    assert "質問に答える" in today
    assert f"/questions/{mine.circulated}/" in today
    assert "回答する</button>" in page("doza", f"/questions/{mine.circulated}/")
    assert "質問の回答者を決める" not in page("kazagashira", "/")


NO_ASSIGNMENTS: tuple[tuple[str, dict[str, str]], ...] = (
    ("doza", {}),  # the department does not name itself
    ("oura", {}),  # nor does the chair
    ("kazagashira", {"answerer": "glover"}),  # another department
    ("kazagashira", {"answerer": "inasa"}),  # the head, who drafts no answers
    ("kazagashira", {"answer_by": "2019-11-19"}),  # a day that is past
    ("kazagashira", {"question": "62-q9"}),
)


def test_what_cannot_be_assigned_is_refused_and_leaves_no_entry(mine: Desks) -> None:
    asked = open_question(mine.circulated)
    plain = {"question": asked.question, "answerer": "doza", "answer_by": TODAY.isoformat()}
    for person, said in NO_ASSIGNMENTS:
        assert do(person, mine.circulated, "assign_answer", **{**plain, **said}) == 409, (person, said)
    assert kinds(EntryKind.QUESTION_ASSIGNED) == 0
    assert QuestionRow.objects.get(pk=asked.pk).answerer == ""


def test_an_overdue_answer_stands_out_for_both_sides(mine: Desks) -> None:
    question = assign(mine)
    QuestionRow.objects.filter(question=question).update(answer_by=TODAY - timedelta(days=1))
    shown = page("kazagashira", "/questions/?waiting=late")
    assert "回答期限を過ぎています" in shown
    assert "期限を過ぎた回答を促す" in page("kazagashira", "/")
    assert "を過ぎています" in page("doza", "/")


def test_it_is_answered_in_the_list_and_taken_by_whoever_asked(mine: Desks) -> None:
    question = assign(mine)
    said = {"question": question, "text": "課税のほかには使わない", "cites": "purpose"}
    assert do("doza", mine.circulated, "answer", **said) == 302
    assert do("megane", mine.circulated, "accept_answer", question=question) == 409  # another member's
    assert "回答を確かめる" in page("suwa", "/")
    assert "了承する" in page("suwa", f"/portal/{mine.circulated}/")
    assert do("suwa", mine.circulated, "accept_answer", question=question) == 302
    assert do("suwa", mine.circulated, "accept_answer", question=question) == 409
    assert do("doza", mine.circulated, "answer", **{**said, "text": "別の言い方"}) == 409
    assert QuestionRow.objects.get(question=question).settled == "accepted"
    assert kinds(EntryKind.ANSWER_ACCEPTED) == 1


def test_a_follow_up_is_a_question_of_its_own_about_the_same_field(mine: Desks) -> None:
    first = QuestionRow.objects.exclude(answer="").get()
    assert do("megane", mine.circulated, "follow_up", question=first.question, text=" ") == 409
    assert do("megane", mine.circulated, "follow_up", question=first.question, text="契約はどこにあるか") == 302
    first.refresh_from_db()
    again = QuestionRow.objects.get(follows=first.question)
    assert (first.settled, again.about, again.asked_by) == ("followed_up", first.about, "megane")
    assert f"{first.question} の再質問" in page("kazagashira", f"/questions/?open={again.question}")
    assert kinds(EntryKind.QUESTION_FOLLOWED_UP) == 1


def test_somebody_else_than_the_one_who_was_named_does_not_answer(mine: Desks) -> None:
    question = assign(mine)
    QuestionRow.objects.filter(question=question).update(answerer="another")
    assert do("doza", mine.circulated, "answer", question=question, text="x", cites="purpose") == 409
    assert "回答する</button>" not in page("doza", f"/questions/?open={question}")


def test_another_department_answers_nothing_of_this_one_s(mine: Desks) -> None:
    question = open_question(mine.circulated).question
    Person.objects.create(username="neighbour_desk", tenant_id=NAGASAKI, department="general_affairs")
    client = client_of("neighbour_desk", "drafter")
    said = {"question": question, "text": "うちの答え", "cites": "purpose"}
    assert client.post(f"/matters/{mine.circulated}/act/answer/", said).status_code == 409
    assert (
        client.post(f"/api/matters/{mine.circulated}/answer", said, content_type="application/json").status_code == 409
    )
    assert "回答する</button>" not in client.get(f"/questions/?open={question}").content.decode()
    assert open_question(mine.circulated).question == question


def test_a_recused_member_takes_no_part_in_the_questions_either(mine: Desks) -> None:
    first = QuestionRow.objects.exclude(answer="").get()
    council.recuse(act(NAGASAKI, "megane", 0, datetime.now(UTC)), mine.circulated, "親族が業者")
    assert first.text not in page("megane")
    assert do("megane", mine.circulated, "accept_answer", question=first.question) == 409
    assert do("megane", mine.circulated, "follow_up", question=first.question, text="x") == 409
    assert first.text in page("suwa")
    assert first.question not in str(client_of("megane").get("/api/questions").json())


def test_a_sealed_opinion_is_on_no_page_no_sheet_and_no_list(mine: Desks) -> None:
    council.give_opinion(act(NAGASAKI, "suwa", 0, datetime.now(UTC)), mine.circulated, SECRET)
    for person in ("kazagashira", "doza", "megane", "oura", "konpira"):
        client = client_of(person)
        assert SECRET not in page(person), person
        assert SECRET not in page(person, f"/questions/{mine.circulated}/"), person
        assert SECRET not in "".join(text_of(client.post("/questions/sheet/").content)), person
        assert SECRET not in str(rows_of(bytes(client.post("/lists/questions/").content))), person
        assert SECRET not in client.get("/api/questions").content.decode(), person


def test_the_sheet_is_grouped_by_consultation_and_topic_and_its_leaving_is_an_entry(mine: Desks) -> None:
    before = kinds(EntryKind.EXPORTED)
    answer = client_of("kazagashira").post(f"/questions/sheet/?matter={mine.circulated}")
    said = "".join("".join(text_of(answer.content)).split())
    assert answer.headers["Content-Type"] == "application/pdf"
    for words in (
        "質疑応答書",
        "諮問第62号",
        "諮問の概要",
        "ネットワーク",
        "J-LISが一元的に管理している",
        "（回答待ち）",
    ):
        assert words in said, words
    assert said.index("諮問の概要") < said.index("ほかの目的には使わないか") < said.index("だれが管理しているのか")
    assert "眼鏡" not in said
    assert kinds(EntryKind.EXPORTED) == before + 1


def test_an_earlier_answer_of_the_same_zone_is_shown_with_its_source_and_begins_a_new_one(mine: Desks) -> None:
    now = datetime.now(UTC)
    asked = council.Asked(about="chart.networks[lgwan].owner", text="だれの持ち物か")
    question = council.ask(act(NAGASAKI, "sofuku", 0, now), mine.circulated, asked)
    first = QuestionRow.objects.exclude(answer="").get()
    shown = page("doza", f"/questions/?open={question}&like={first.question}")
    assert "同じ領域" in shown
    assert f"like={first.question}" in shown
    assert shown.count("J-LIS が一元的に管理している") == 3  # its own answer, the similar one, the form
    (alike,) = [
        each for each in client_of("doza").get(f"/api/questions/{question}/alike").json() if "zone" in each["shared"]
    ]
    assert alike["question"]["question"] == first.question


def test_another_municipality_reads_none_of_it(mine: Desks) -> None:
    open_office(NEIGHBOUR)
    client = client_of("kazagashira_2")
    assert "だれが管理しているのか" not in page("kazagashira_2")
    said = "".join(text_of(client.post("/questions/sheet/").content))
    assert "質問はありません" in said
    assert "管理しているのか" not in said
    assert client.get("/api/questions").json() == []
    assert client.get(f"/questions/{mine.circulated}/").status_code == 404
    assert client.get(f"/api/questions/{open_question(mine.circulated).question}/alike").status_code == 404


def test_the_day_on_which_it_was_asked_counts_the_waiting(mine: Desks) -> None:
    asked = open_question(mine.circulated)
    QuestionRow.objects.filter(pk=asked.pk).update(asked_at=timezone.now() - timedelta(days=8))
    assert "8日" in page("kazagashira", "/questions/?waiting=7")
    (row,) = [each for each in client_of("konpira").get("/api/questions").json() if each["question"] == asked.question]
    assert (row["days_waiting"], row["late"], row["topic"]) == (8, False, "front")
