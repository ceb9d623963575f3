"""What the screens show, a program reads: comments, a draft of minutes, precedents, a weighing, reports, documents."""

import base64
import hashlib
import json
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import pytest

from sekisho.adapters.database.council_papers import read_paper
from sekisho.adapters.database.models import (
    ConditionRow,
    DossierVersion,
    EntryRow,
    Matter,
    Person,
    Terminal,
)
from sekisho.adapters.documents import text_of
from sekisho.bootstrap import assessments
from sekisho.bootstrap.residents import Said, send_comment
from sekisho.kernel.council import dossier_to_data
from tests.fakes.assessments import commenting
from tests.fakes.council import Desks, act, adopted_and_signed, open_council
from tests.fakes.minutes import drafted, published
from tests.unit.web.two_offices import NAGASAKI, client_of, open_office
from tests.unit.web.workbooks import rows_of


@pytest.fixture
def plain(db: None) -> Desks:
    open_office(NAGASAKI)
    return open_council(NAGASAKI)


def read(person: str, address: str, *roles: str) -> Any:
    """What somebody reads at an address."""
    answer = client_of(person, *roles).get(f"/api/{address}")
    assert answer.status_code == 200, answer.content.decode()[:300]
    return answer.json()


def document(person: str, address: str) -> bytes:
    """The bytes of a document, which are those of its digest."""
    told = read(person, address)
    body = base64.b64decode(told["base64"])
    assert hashlib.sha256(body).hexdigest() == told["sha256"]
    return body


def test_the_draft_of_minutes_and_its_words_are_for_those_who_work_on_it(plain: Desks) -> None:
    minutes = drafted(NAGASAKI)
    told = read("kazagashira", f"minutes/{minutes}/draft")
    assert told["text"]
    assert set(told) == {"text", "words", "redacted", "confirmed", "checked", "objections"}
    assert client_of("doza").get(f"/api/minutes/{minutes}/draft").status_code == 403


def test_what_is_published_is_no_draft_and_has_its_pdf(plain: Desks) -> None:
    minutes = published(NAGASAKI)
    assert client_of("kazagashira").get(f"/api/minutes/{minutes}/draft").status_code == 404
    assert document("doza", f"minutes/{minutes}/versions/1/pdf").startswith(b"%PDF")
    assert client_of("doza").get(f"/api/minutes/{minutes}/versions/2/pdf").status_code == 404


def test_precedents_have_keys_and_what_differs_has_its_weight(plain: Desks) -> None:
    assert "c-56" in {each["key"] for each in read("doza", "precedents")}
    keys = {each["key"] for each in read("megane", f"matters/{plain.circulated}/precedents")}
    assert "c-56" in keys
    assert f"m-{plain.circulated}" not in keys
    changes = read("megane", f"matters/{plain.circulated}/precedents/c-56")
    assert {"path", "before", "after", "weight"} == set(changes[0])
    assert client_of("megane").get(f"/api/matters/{plain.circulated}/precedents/c-999").status_code == 404


def test_a_change_is_weighed_before_it_is_put_and_nothing_is_written(plain: Desks) -> None:
    adopted_and_signed(NAGASAKI, plain)
    Matter.objects.filter(matter=plain.decided).update(state="in_force")
    paper = read_paper(Matter.objects.get(matter=plain.decided))
    dossier = {**dossier_to_data(paper.dossier), "purpose": "ほかの目的"}
    body = json.dumps({"dossier": dossier, "terms": [asdict(each) for each in paper.terms]})
    address, counted = f"/api/matters/{plain.decided}/weigh", (EntryRow, DossierVersion)
    before = [each.objects.count() for each in counted]
    told = client_of("inasa").post(address, body, content_type="application/json").json()
    assert [each["path"] for each in told["changes"]] == ["purpose"]
    assert told["weight"] == told["changes"][0]["weight"] == "material"
    assert [each.objects.count() for each in counted] == before
    Matter.objects.filter(matter=plain.decided).update(state="amendment_pending")
    assert client_of("inasa").post(address, body, content_type="application/json").status_code == 409
    Person.objects.create(username="teguma", tenant_id=NAGASAKI, department="resident_tax")
    Matter.objects.filter(matter=plain.decided).update(state="in_force")
    assert client_of("teguma", "head").post(address, body, content_type="application/json").status_code in {403, 409}
    assert client_of("doza").post(address, body, content_type="application/json").status_code == 403


def test_the_next_meeting_will_be_told_of_conditions_that_are_not_settled(plain: Desks) -> None:
    meeting = Matter.objects.get(matter=plain.circulated).meeting
    assert meeting is not None
    told = read("megane", f"meetings/{meeting.meeting}/report")
    assert not told["heard"]
    assert [each["condition"] for each in told["conditions"]] == [ConditionRow.objects.get().condition]
    assert read("megane", f"meetings/{plain.meeting}/report")["heard"]


def test_comments_have_their_numbers_and_no_name(plain: Desks) -> None:
    today = datetime.now(UTC).date()
    assessment = commenting(NAGASAKI, today)
    number = send_comment(NAGASAKI, assessment, Said(text="保管が長すぎる", name="伊良林 見本"))
    (told,) = read("doza", f"assessments/{assessment}/comments")
    assert (told["comment"], told["text"], told["answer"]) == (number, "保管が長すぎる", "")
    assert "伊良林" not in json.dumps(told, ensure_ascii=False)
    assessments.answer_comment(
        act(NAGASAKI, "doza", 0, datetime.now(UTC)),
        assessment,
        assessments.CommentAnswer(comment=number, text="短くする", reflected=True),
    )
    assert read("doza", f"assessments/{assessment}/comments")[0]["answer"] == "短くする"


def test_terminals_are_for_those_who_keep_accounts(plain: Desks) -> None:
    told = read("admin", "terminals")
    assert {each["terminal"] for each in told} == set(
        Terminal.objects.filter(tenant_id=NAGASAKI).values_list("terminal", flat=True)
    )
    assert client_of("doza").get("/api/terminals").status_code == 403


def test_the_letter_is_a_document_and_an_unsigned_one_says_so(plain: Desks) -> None:
    before = EntryRow.objects.filter(kind="exported").count()
    said = "".join(text_of(document("megane", f"matters/{plain.decided}/letter/pdf")))
    assert "案（署名" in said
    assert EntryRow.objects.filter(kind="exported").count() == before + 1
    assert client_of("megane").get(f"/api/matters/{plain.deliberating}/letter/pdf").status_code == 404


def test_a_workbook_is_that_of_the_screen(plain: Desks) -> None:
    rows = rows_of(document("kazagashira", "workbooks/conditions"))
    assert [row["条件番号"] for row in rows] == [plain.condition]
    assert client_of("doza").get("/api/workbooks/people").status_code == 403
    assert document("kazagashira", "question-sheet").startswith(b"%PDF")


def test_a_contractor_reads_what_waits_for_it_and_nothing_of_others(plain: Desks) -> None:
    Person.objects.create(username="printer", tenant_id=NAGASAKI, department="printer")
    assert read("printer", "tasks", "contractor") == []
    ConditionRow.objects.update(owner="printer", state="open")
    assert [each["task"] for each in read("printer", "tasks", "contractor")] == ["prove"]
