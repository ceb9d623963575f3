"""S-250 by plain forms: who may do what, each no with its reason, and nothing of the neighbour's."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.fakes.council import act, open_council
from tests.fakes.survey import LINE, surveyed
from tests.unit.web.two_offices import NAGASAKI, NEIGHBOUR, client_of, open_office

DUE = (datetime.now(UTC) + timedelta(days=9)).date().isoformat()


@pytest.fixture
def found(db: None) -> tuple[str, str]:
    """Nagasaki with a council, a log and a campaign: the ids of its finding and campaign."""
    open_office(NAGASAKI)
    open_council(NAGASAKI)
    return surveyed(NAGASAKI)


def file(body: bytes) -> dict[str, SimpleUploadedFile]:
    """A file that is handed in."""
    return {"file": SimpleUploadedFile("log.txt", body)}


def clerk() -> Client:
    """The secretariat."""
    return client_of("kazagashira", "secretariat")


def test_everybody_reads_and_is_offered_only_what_is_theirs(found: tuple[str, str]) -> None:
    finding, campaign = found
    page = clerk().get("/survey/").content.decode()
    assert "hoken.example:443" in page
    assert "S-250" in page
    assert f"/survey/campaigns/{campaign}/close/" in page
    auditor = client_of("glover", "auditor")
    seen = auditor.get(f"/survey/{finding}/").content.decode()
    assert "あなたがすることはありません" in seen
    assert 'type="file"' not in auditor.get("/survey/").content.decode()


def test_a_finding_goes_through_by_forms_and_each_no_has_its_reason(found: tuple[str, str]) -> None:
    finding, _ = found
    at = f"/survey/{finding}/act/"
    desk = clerk()
    assert desk.post(f"{at}triage/", {"kind": "perhaps"}).status_code == 409
    assert client_of("doza", "drafter").post(f"{at}triage/", {"kind": "exempt"}).status_code == 409
    assert desk.post(f"{at}triage/", {"kind": "must_consult"}).status_code == 302
    assert desk.post(f"{at}assign/", {"owner": "doza", "due": "いつか"}).status_code == 409
    assert desk.post(f"{at}assign/", {"owner": "doza", "due": "2001-01-01"}).status_code == 409
    assert desk.post(f"{at}assign/", {"owner": "doza", "due": DUE}).status_code == 302
    owner = client_of("doza", "drafter")
    assert owner.post(f"{at}answer/", {"data": "番号", "since": " "}).status_code == 409
    assert owner.post(f"{at}answer/", {"data": "番号", "since": "不明"}).status_code == 302
    assert desk.post(f"{at}send_back/", {"reason": ""}).status_code == 409
    assert desk.post(f"{at}confirm/").status_code == 409
    assert desk.post(f"{at}vanish/").status_code == 404
    answer = owner.post(f"{at}file_consultation/")
    assert answer.status_code == 302
    assert "/matters/" in answer["Location"]
    assert finding in owner.get(answer["Location"]).content.decode()


def test_logs_and_lists_are_handed_in_by_those_who_survey(found: tuple[str, str]) -> None:
    assert found
    late = LINE.replace("hoken", "okiba").encode()
    desk = clerk()
    assert client_of("doza", "drafter").post("/survey/act/take_log/", file(late)).status_code == 409
    assert desk.post("/survey/act/take_log/").status_code == 409
    assert desk.post("/survey/act/take_log/", file(b"dear sir\n")).status_code == 400
    assert desk.post("/survey/act/take_log/", file(late + b"cut\n")).status_code == 302
    page = desk.get("/survey/").content.decode()
    assert "okiba.example:443" in page
    assert "この形式の行ではありません" in page
    assert desk.post("/survey/act/keep_networks/", file(b"a,b\n")).status_code == 409
    good = b"network,department\n10.12.0.0/16,asset_tax\n"
    assert desk.post("/survey/act/keep_networks/", file(good)).status_code == 302
    assert desk.post("/survey/act/burn/").status_code == 404


def test_a_head_answers_with_an_inventory_or_with_none_and_never_both(found: tuple[str, str]) -> None:
    _, campaign = found
    at = f"/survey/campaigns/{campaign}/sign/"
    head = client_of("inasa", "head", "operator")
    table = "システム名,接続先,取り扱う情報\n届出,shaho.example,番号\n".encode("cp932")
    assert head.post(at).status_code == 409
    assert head.post(at, {**file(table), "none": "yes"}).status_code == 409
    assert head.post(at, file(b"a,b\n")).status_code == 409
    assert head.post(at, file(table)).status_code == 302
    assert "shaho.example:443" in head.get("/survey/").content.decode()
    assert head.post("/survey/campaigns/s999/sign/", {"none": "yes"}).status_code == 404
    assert clerk().post(f"/survey/campaigns/{campaign}/close/").status_code == 302


def test_the_neighbour_finds_nothing(found: tuple[str, str]) -> None:
    finding, campaign = found
    open_office(NEIGHBOUR)
    other = client_of("kazagashira_2", "secretariat")
    assert "hoken.example" not in other.get("/survey/").content.decode()
    assert other.get(f"/survey/{finding}/").status_code == 404
    assert other.post(f"/survey/{finding}/act/triage/", {"kind": "exempt"}).status_code == 404
    assert other.post(f"/survey/campaigns/{campaign}/close/").status_code == 404


def test_what_waits_stands_on_the_first_page_and_the_next_meeting_hears_of_it(found: tuple[str, str]) -> None:
    from sekisho.bootstrap import council

    finding, _ = found
    assert "見つかった接続を仕分け、照会する" in clerk().get("/").content.decode()
    assert "接続の調査に回答する" in client_of("inasa", "head", "operator").get("/").content.decode()
    soon = council.Invitation(
        label_ja="次回", label_en="Next", place="市役所", due_on=datetime.now(UTC) + timedelta(hours=1)
    )
    council.call_meeting(act(NAGASAKI, "kazagashira", day=datetime.now(UTC)), soon)
    assert f"諮られていない接続 {finding}" in clerk().get("/meetings/").content.decode()


def test_the_list_leaves_as_a_workbook(found: tuple[str, str]) -> None:
    assert found
    answer = clerk().post("/lists/findings/")
    assert answer.status_code == 200
    assert answer.content[:2] == b"PK"
