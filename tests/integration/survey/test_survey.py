"""From a log to the agenda: what no permit covers becomes a finding, is owned, answered, consulted or stopped."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from sekisho.kernel import ReasonCode
from tests.integration.council.conftest import why

START = datetime(2026, 11, 20, 0, 0, tzinfo=UTC)
TODAY = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
DUE = (TODAY + timedelta(days=14)).date()


def line(host: str, source: str = "10.12.3.21", day: int = 0, *, denied: bool = False, up: int = 900) -> str:
    """One line of Squid's log."""
    second = int((START + timedelta(days=day)).timestamp())
    result = "TCP_DENIED/403" if denied else "TCP_TUNNEL/200"
    return f"{second}.100 15 {source} {result} 5321 CONNECT {host}:443 - HIER_DIRECT/203.0.113.5 - {up}\n"


def take(tenant: str, *lines: str) -> tuple[str, ...]:
    """Information systems read a log; answers the findings that no permit covers."""
    from sekisho.bootstrap import survey

    return survey.take_log(survey.act_as(tenant, "glover", TODAY), "access.log", ["".join(lines).encode()]).unmatched


def states(tenant: str) -> dict[str, str]:
    """Each finding with its state."""
    from sekisho.adapters.database.models import FindingRow

    return dict(FindingRow.objects.filter(tenant_id=tenant).order_by("finding").values_list("finding", "state"))


def answered(tenant: str, finding: str, kind: str, basis: str = "") -> None:
    """A finding is triaged, given to the drafter of the department, and answered."""
    from sekisho.bootstrap import survey

    clerk, owner = (survey.act_as(tenant, person, TODAY) for person in ("kazagashira", "doza"))
    survey.triage(clerk, finding, survey.Triage(kind))
    survey.assign(clerk, finding, "doza", DUE)
    said = survey.FindingAnswer(data="被保険者番号、氏名", since="平成27年度", basis=basis, quotation=basis)
    survey.answer(owner, finding, said)


def test_a_log_is_matched_and_the_same_log_again_changes_nothing(city: str) -> None:
    from sekisho.adapters.database.models import EntryRow, FindingRow

    lines = (
        line("linkage.example"),
        line("hoken.example"),
        line("hoken.example", day=1),
        line("linkage.example", "10.12.9.4"),
    )
    found = take(city, *lines)
    rows = {(each.source, each.host): each for each in FindingRow.objects.filter(tenant_id=city)}
    assert set(rows) == {
        ("asset_tax", "linkage.example"),
        ("asset_tax", "hoken.example"),
        ("personnel", "linkage.example"),
    }
    matched, missed = rows["asset_tax", "linkage.example"], rows["asset_tax", "hoken.example"]
    assert (matched.state, matched.permit.startswith("R"), bool(matched.connection)) == ("matched", True, True)
    assert (missed.state, missed.why, missed.times, missed.up) == ("unmatched", "no_permit", 2, 1800)
    assert rows["personnel", "linkage.example"].why == "source_outside"
    assert len(found) == 2
    before = EntryRow.objects.count()
    assert take(city, *lines) == ()
    assert EntryRow.objects.count() == before
    missed.refresh_from_db()
    assert missed.times == 2


def test_a_suspended_permit_makes_a_finding_of_what_was_covered(city: str) -> None:
    from sekisho.adapters.database.models import FindingRow, PermitRow

    take(city, line("linkage.example"))
    PermitRow.objects.filter(tenant_id=city).update(status="suspended")
    take(city, line("linkage.example", day=1))
    row = FindingRow.objects.get(tenant_id=city)
    assert (row.state, row.why, row.detail, row.times) == ("unmatched", "not_in_force", "suspended", 2)


def test_what_must_be_consulted_becomes_a_draft_that_cites_the_finding(city: str) -> None:
    from sekisho.adapters.database.council_papers import read_paper
    from sekisho.adapters.database.models import Matter
    from sekisho.bootstrap import council, survey

    (finding,) = take(city, line("hoken.example"))
    answered(city, finding, "must_consult")
    assert why(lambda: survey.prove_stopped(survey.act_as(city, "glover", TODAY), finding)) == {
        ReasonCode.NOT_IN_THIS_STATE
    }
    matter = survey.file_consultation(survey.act_as(city, "doza", TODAY), finding)
    dossier = read_paper(Matter.objects.get(matter=matter)).dossier
    assert finding in dossier.title_ja
    assert dossier.already_in_use_since.startswith("平成27年度")
    assert "1 回" in dossier.already_in_use_since
    assert "hoken.example:443" in dossier.before
    (arrow,) = dossier.chart.under_review()
    assert (arrow.connection, arrow.direction) == (f"survey-{finding}", "outward")
    assert why(lambda: council.submit(council.act_as(city, "inasa", TODAY), matter)) == {ReasonCode.DOSSIER_INCOMPLETE}
    assert states(city)[finding] == "consult_filed"


def test_what_must_stop_is_proved_by_a_refusal_or_a_later_log_and_reopens_when_it_is_seen_again(city: str) -> None:
    from sekisho.bootstrap import survey

    (finding,) = take(city, line("storage.example"))
    answered(city, finding, "must_stop")
    clerk = survey.act_as(city, "kazagashira", TODAY)
    assert why(lambda: survey.prove_stopped(clerk, finding)) == {ReasonCode.DOSSIER_INCOMPLETE}
    take(city, line("storage.example", day=2, denied=True))
    assert survey.prove_stopped(clerk, finding).startswith("turned_away")
    assert states(city)[finding] == "stopped_with_proof"
    take(city, line("storage.example", day=3, denied=True))
    assert states(city)[finding] == "stopped_with_proof"
    assert take(city, line("storage.example", day=5)) == (finding,)
    answered(city, finding, "must_stop")
    take(city, line("linkage.example", day=6))
    assert survey.prove_stopped(clerk, finding).startswith("log ")


def test_a_proof_holds_up_to_its_own_moment_and_not_to_the_day_on_which_it_was_accepted(city: str) -> None:
    from sekisho.bootstrap import survey

    (finding,) = take(city, line("storage.example"))
    answered(city, finding, "must_stop")
    take(city, line("storage.example", day=2, denied=True))
    survey.prove_stopped(survey.act_as(city, "kazagashira", TODAY), finding)
    # Given: it was accepted on the fourth day. When: a log comes late, of traffic that went through on the third.
    assert take(city, line("storage.example", day=3)) == (finding,)
    assert states(city)[finding] == "unmatched"


def test_what_a_log_still_shows_is_counted_however_far_it_has_come_and_the_same_log_says_so(city: str) -> None:
    from sekisho.bootstrap import survey

    (finding,) = take(city, line("storage.example"))
    answered(city, finding, "must_stop")
    assert take(city, line("storage.example", day=1)) == (finding,), "not covered, though people are at work on it"
    again = survey.take_log(survey.act_as(city, "glover", TODAY), "access.log", [line("storage.example").encode()])
    assert (again.again, again.findings) == (True, ())


def test_whoever_owns_a_finding_does_not_check_it(city: str) -> None:
    from sekisho.adapters.database.models import FindingRow, Person
    from sekisho.bootstrap import survey

    (finding,) = take(city, line("hoken.example"))
    clerk = survey.act_as(city, "kazagashira", TODAY)
    survey.triage(clerk, finding, survey.Triage.EXEMPT)
    Person.objects.filter(username="kazagashira").update(roles=["secretariat", "head"])
    assert why(lambda: survey.assign(clerk, finding, "kazagashira", DUE)) == {ReasonCode.DUTIES_NOT_SEPARATE}
    Person.objects.filter(username="kazagashira").update(roles=["secretariat"])
    assert why(lambda: survey.assign(clerk, finding, "glover", DUE)) == {ReasonCode.NOT_FOUND}
    assert why(lambda: survey.triage(survey.act_as(city, "doza", TODAY), finding, survey.Triage.EXEMPT)) == {
        ReasonCode.NOT_ALLOWED
    }
    survey.assign(clerk, finding, "doza", DUE)
    said = survey.FindingAnswer(data="番号", since="不明")
    assert why(lambda: survey.answer(survey.act_as(city, "inasa", TODAY), finding, said)) == {ReasonCode.NOT_ALLOWED}
    assert why(lambda: survey.answer(survey.act_as(city, "doza", TODAY), finding, said)) == {
        ReasonCode.DOSSIER_INCOMPLETE
    }
    FindingRow.objects.filter(finding=finding).update(owner="kazagashira", state="answered")
    assert why(lambda: survey.confirm(clerk, finding)) == {ReasonCode.DUTIES_NOT_SEPARATE}


def test_a_claimed_exemption_is_confirmed_reported_to_a_meeting_and_closed(city: str) -> None:
    from sekisho.adapters.database.council_reports import reports_of
    from sekisho.bootstrap import council, survey
    from tests.fakes.council import act

    first, second = take(city, line("hoken.example"), line("open.example"))
    answered(city, first, "exempt", "地方税法第1条")
    clerk = survey.act_as(city, "kazagashira", TODAY)
    survey.confirm(clerk, first)
    people = ("oura", "megane", "suwa", "sofuku")
    meeting = council.call_meeting(
        act(city, "kazagashira", day=TODAY),
        council.Invitation(label_ja="第1回", label_en="First", place="市役所", due_on=TODAY + timedelta(hours=1)),
    )
    for number, person in enumerate(people):
        council.arrive(act(city, "kazagashira", number, TODAY), meeting, person)
    council.open_meeting(act(city, "oura", 10, TODAY), meeting)
    assert states(city) == {first: "reported", second: "unmatched"}
    told = {each.finding: each for each in reports_of(city)[meeting].findings}
    assert (told[first].state, told[first].triage, told[second].state) == ("confirmed", "exempt", "unmatched")
    survey.close(clerk, first)
    assert states(city)[first] == "closed"


def test_every_department_answers_a_campaign_and_somebody_signs_for_none(city: str) -> None:
    from sekisho.adapters.database.models import FindingRow, ReturnRow
    from sekisho.bootstrap import survey

    clerk, head = survey.act_as(city, "kazagashira", TODAY), survey.act_as(city, "inasa", TODAY)
    campaign = survey.open_campaign(clerk, "令和8年度 接続の調査", DUE)
    inventory = (
        "システム名,接続先,取り扱う情報,利用開始,根拠法令\n社保届出,hoken.example:443,被保険者番号,平成27年度,\n"
    )
    assert why(lambda: survey.sign_return(survey.act_as(city, "doza", TODAY), campaign, b"")) == {
        ReasonCode.NOT_ALLOWED
    }
    (finding,) = survey.sign_return(head, campaign, inventory.encode("cp932"))
    row = FindingRow.objects.get(finding=finding)
    assert (row.origin, row.source, row.state) == ("inventory", "asset_tax", "unmatched")
    assert take(city, line("hoken.example")) == (finding,)
    assert survey.sign_return(head, campaign, b"") == ()
    late = datetime(2026, 12, 20, tzinfo=UTC)
    passed = survey.pass_survey_dates(city, late)
    assert f"{campaign}/asset_tax" not in passed
    assert passed
    assert survey.pass_survey_dates(city, late) == ()
    assert ReturnRow.objects.get(department="asset_tax").signed_by == "inasa"
    survey.close_campaign(clerk, campaign)
    assert why(lambda: survey.sign_return(head, campaign, b"")) == {ReasonCode.NOT_IN_THIS_STATE}


def test_a_late_answer_is_overdue_once_and_another_municipality_sees_nothing(city: str) -> None:
    from sekisho.bootstrap import survey

    (finding,) = take(city, line("hoken.example"))
    clerk = survey.act_as(city, "kazagashira", TODAY)
    survey.triage(clerk, finding, survey.Triage.MUST_CONSULT)
    survey.assign(clerk, finding, "doza", DUE)
    late = datetime(2026, 12, 20, tzinfo=UTC)
    assert survey.pass_survey_dates(city, late) == (finding,)
    assert survey.pass_survey_dates(city, late) == ()
    assert states(city)[finding] == "overdue"
    assert states("401307") == {}


def test_the_ledger_names_no_address_of_a_terminal(city: str) -> None:
    from sekisho.adapters.database.models import EntryRow

    take(city, line("hoken.example", "192.168.77.31"))
    kinds = ("egress_log_read", "finding_acted")
    bodies = [bytes(each.body) for each in EntryRow.objects.filter(tenant_id=city, kind__in=kinds)]
    assert len(bodies) == 2
    assert not any(b"192.168.77.31" in body for body in bodies)


def test_the_command_keeps_a_log_in_the_house_and_judges_it_by_the_houses_own_permits(
    city: str, tmp_path: Path
) -> None:
    from sekisho.cli import main

    log = tmp_path / "access.log"
    log.write_text(line("linkage.example") + line("hoken.example"))
    for kept in (1, 1):
        told = CliRunner().invoke(main, ["survey", str(log), "--tenant", city, "--keep-as", "glover", "--json"])
        assert told.exit_code == 1, told.output
        answer = json.loads(told.stdout)
        assert [each["host"] for each in answer["unmatched"]] == ["hoken.example"]
        assert answer["covered"][0]["permit"].startswith("R")
        assert list(states(city).values()).count("unmatched") == kept
    refused = CliRunner().invoke(main, ["survey", str(log), "--tenant", city, "--keep-as", "doza"])
    assert refused.exit_code == 1
    assert "止めました" in refused.stderr


def test_a_log_that_is_kept_is_read_once(city: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the command tells of several logs together, and what the house keeps of each, come of one reading."""
    from sekisho.cli import main
    from sekisho.cli import survey as command

    logs = [tmp_path / name for name in ("a.log", "b.log")]
    for each in logs:
        each.write_text(line("linkage.example") + line("hoken.example"))
    read = list[str]()

    def pieces(path: Path) -> list[bytes]:
        read.append(path.name)
        return [path.read_bytes()]

    monkeypatch.setattr(command, "read_pieces", pieces)
    kept = CliRunner().invoke(main, ["survey", *map(str, logs), "--tenant", city, "--keep-as", "glover", "--json"])
    assert (kept.exit_code, read) == (1, ["a.log", "b.log"]), kept.output
    plain = CliRunner().invoke(main, ["survey", *map(str, logs), "--tenant", city, "--json"])
    assert json.loads(kept.stdout) == json.loads(plain.stdout)
