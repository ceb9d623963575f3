"""An assessment in the database: every step with its entry, every refusal without one, and what the gate may ask."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from sekisho.kernel import ReasonCode
from sekisho.kernel.council import FindingVerdict, LighterClaim, LighterGround, PointFinding
from tests.integration.council.conftest import why

START = date(2019, 9, 2)
CODE = ReasonCode


def kinds(tenant: str) -> list[str]:
    """The kinds of the entries of assessments, in order."""
    from sekisho.adapters.database.models import EntryRow

    rows = EntryRow.objects.filter(tenant_id=tenant).order_by("id").values_list("kind", flat=True)
    return [each for each in rows if each.startswith(("assessment", "threshold", "comment", "third", "point"))]


def row_of(assessment: str) -> Any:
    """The row of an assessment."""
    from sekisho.adapters.database.models import AssessmentRow

    return AssessmentRow.objects.get(assessment=assessment)


def test_the_example_of_the_seed_goes_from_version_1_to_version_2_in_the_ledger(city: str) -> None:
    from sekisho.adapters.database.queries_assessments import assessment_file
    from tests.fakes.assessments import worked

    # Given version 1 in force since 2015, when special collection is added and all take their steps,
    assessment = worked(city)
    # then version 2 is in force, each step has its entry, and what nobody may read of a resident is in none.
    found = assessment_file(city, assessment, date(2020, 1, 1))
    assert found is not None
    assert (found.line.state, found.line.version, found.line.in_force) == ("in_force", 2, 2)
    assert kinds(city) == [
        "assessment_published",
        "assessment_standing",
        "assessment_version_begun",
        "assessment_written",
        "assessment_written",
        "assessment_changed",
        "threshold_judged",
        "assessment_begun",
        "assessment_reviewed",
        "comment_opened",
        "comment_received",
        "comment_answered",
        "comment_closed",
        "third_party_check_begun",
        *["point_found"] * 12,
        "assessment_opinion_given",
        "assessment_written",
        "assessment_revised",
        "assessment_filed",
        "assessment_published",
        "assessment_standing",
    ]


def test_what_was_put_to_the_council_on_19_november_is_the_report_that_ships(city: str) -> None:
    from sekisho.adapters.assessments import shipped_report
    from sekisho.adapters.database.queries_assessments import assessment_file
    from tests.fakes.assessments import worked

    found = assessment_file(city, worked(city), date(2020, 1, 1))
    assert found is not None
    second = found.at(2)
    assert second is not None
    assert second.report == shipped_report("resident_tax_2")
    assert {each.place for each in second.changes if each.material} >= {"Ⅱ.4.委託[1].②.本人の範囲"}
    occasions = {each.occasion: each.digest for each in second.shown}
    assert list(occasions) == ["review", "open_comment", "check_by_third_party", "revise", "file", "publish"]
    assert occasions["publish"] == second.digest
    assert occasions["review"] != second.digest


def test_no_entry_holds_the_words_of_a_resident_or_of_the_opinion(city: str) -> None:
    from sekisho.adapters.database.ledgers import read_bodies, sequence
    from sekisho.adapters.database.models import EntryRow
    from tests.fakes.assessments import worked

    worked(city)
    sequence(city)
    bodies = b"".join(read_bodies(city, EntryRow.objects.filter(tenant_id=city).count()))
    assert b"assessment" in bodies
    words = ("委託先での管理", "量による", "立入検査", "公表しない部分")
    assert [each for each in words if each.encode() in bodies] == []


@pytest.mark.parametrize(
    ("stage", "act", "person", "codes"),
    [
        ("drafting", "review", "doza", {CODE.NOT_ALLOWED}),
        ("drafting", "review", "kazagashira", {CODE.NOT_ALLOWED}),
        ("drafting", "file_assessment", "kazagashira", {CODE.NOT_IN_THIS_STATE}),
        ("public_comment", "close_comment", "kazagashira", {CODE.ASSESSMENT_TOO_EARLY}),
        ("third_party_check", "file_assessment", "kazagashira", {CODE.NOT_IN_THIS_STATE}),
        ("in_force", "fix_minor", "doza", {CODE.NO_CHANGE}),
        ("in_force", "change_materially", "inasa", {CODE.NO_CHANGE}),
        ("in_force", "check_yearly", "inasa", {CODE.NOT_ALLOWED}),
        ("in_force", "begin_next_version", "kazagashira", {CODE.NOT_ALLOWED}),
        ("planned", "find_none_needed", "inasa", {CODE.NOT_IN_THIS_STATE}),
    ],
)
def test_a_step_out_of_turn_or_by_another_is_refused_and_leaves_no_entry(
    city: str, stage: str, act: str, person: str, codes: set[ReasonCode]
) -> None:
    from sekisho.bootstrap import assessments as office
    from tests.fakes.assessments import AT, on

    assessment = AT[stage](city)
    state = row_of(assessment).state
    assert why(lambda: getattr(office, act)(on(city, person, START), assessment)) == codes
    assert row_of(assessment).state == state


def give_roles(person: str, *roles: str) -> None:
    """Somebody changes office; the row is written, as an administrator's mistake could."""
    from sekisho.adapters.database.models import Person

    Person.objects.filter(username=person).update(roles=list(roles))


def test_whoever_drafted_does_not_review_file_or_check_even_with_another_role(city: str) -> None:
    from sekisho.bootstrap import assessments as office
    from tests.fakes.assessments import checking, drafting, on

    drafted = drafting(city)
    give_roles("doza", "head")
    assert why(lambda: office.review(on(city, "doza", START), drafted)) == {CODE.DUTIES_NOT_SEPARATE}
    give_roles("doza", "drafter")
    checked, later = checking(city), START + timedelta(days=40)
    give_roles("doza", "council_member")
    finding = PointFinding(point="1", verdict=FindingVerdict.SUITABLE)
    refused = why(lambda: office.record_finding(on(city, "doza", later), checked, finding))
    assert refused == {CODE.DUTIES_NOT_SEPARATE}
    give_roles("doza", "chair", "drafter")
    opinion = why(lambda: office.give_assessment_opinion(on(city, "doza", later), checked, "問題ない"))
    assert opinion == {CODE.DUTIES_NOT_SEPARATE}


def test_another_department_writes_nothing(city: str) -> None:
    from sekisho.adapters.database.models import Person
    from sekisho.bootstrap import assessments as office
    from tests.fakes.assessments import drafting, on

    assessment = drafting(city)
    Person.objects.filter(username="urakami").update(roles=["drafter"], department="general_affairs")
    typed = {"Ⅰ.1.②": "別の内容"}
    assert why(lambda: office.write_answers(on(city, "urakami", START), assessment, typed)) == {CODE.NOT_ALLOWED}


def test_a_report_with_an_answer_missing_is_not_reviewed(city: str) -> None:
    from sekisho.bootstrap import assessments as office
    from tests.fakes.assessments import drafting, on

    assessment = drafting(city)
    office.write_answers(on(city, "doza", START), assessment, {"Ⅰ.1.②": ""})
    assert why(lambda: office.review(on(city, "inasa", START), assessment)) == {CODE.DOSSIER_INCOMPLETE}
    office.write_answers(on(city, "doza", START), assessment, {"Ⅰ.1.②": "課税のため"})
    office.review(on(city, "inasa", START), assessment)
    assert row_of(assessment).state == "reviewed"
    assert why(lambda: office.write_answers(on(city, "doza", START), assessment, {"Ⅰ.1.②": "後から"})) == {
        CODE.NOT_IN_THIS_STATE
    }


def test_fewer_than_thirty_days_of_comment_need_a_reason(city: str) -> None:
    from sekisho.bootstrap import assessments as office
    from tests.fakes.assessments import drafting, on

    assessment = drafting(city)
    office.review(on(city, "inasa", START), assessment)
    short = office.Period(opens_on=START, closes_on=START + timedelta(days=29))
    deed = on(city, "kazagashira", START)
    assert why(lambda: office.open_comment(deed, assessment, short)) == {CODE.COMMENT_TOO_SHORT}
    reasoned = office.Period(opens_on=short.opens_on, closes_on=short.closes_on, shortened_because="災害のため")
    office.open_comment(deed, assessment, reasoned)
    assert row_of(assessment).state == "public_comment"


def test_a_reason_of_blanks_shortens_no_comment(city: str) -> None:
    from sekisho.bootstrap import assessments as office
    from tests.fakes.assessments import drafting, on

    assessment = drafting(city)
    office.review(on(city, "inasa", START), assessment)
    blank = office.Period(opens_on=START, closes_on=START + timedelta(days=10), shortened_because="  ")
    assert why(lambda: office.open_comment(on(city, "kazagashira", START), assessment, blank)) == {
        CODE.COMMENT_TOO_SHORT
    }


@pytest.mark.parametrize(
    ("day", "refused"),
    [(0, CODE.COMMENT_CLOSED), (1, None), (31, None), (32, CODE.COMMENT_CLOSED)],
)
def test_a_comment_is_entered_on_the_days_of_the_comment_only(city: str, day: int, refused: ReasonCode | None) -> None:
    from sekisho.adapters.database.models import ResidentCommentRow
    from sekisho.bootstrap import assessments as office
    from tests.fakes.assessments import drafting, on

    assessment, opens = drafting(city), START + timedelta(days=1)
    office.review(on(city, "inasa", START), assessment)
    period = office.Period(opens_on=opens, closes_on=opens + timedelta(days=30))
    office.open_comment(on(city, "kazagashira", START), assessment, period)
    deed = on(city, "kazagashira", START + timedelta(days=day))
    if refused is None:
        assert office.receive_comment(deed, assessment, "なぜ委託するのか") == "1"
    else:
        assert why(lambda: office.receive_comment(deed, assessment, "なぜ委託するのか")) == {refused}
    assert ResidentCommentRow.objects.count() == (1 if refused is None else 0)


def test_a_comment_without_an_answer_keeps_the_comment_open(city: str) -> None:
    from sekisho.bootstrap import assessments as office
    from tests.fakes.assessments import commenting, on

    assessment, later = commenting(city), START + timedelta(days=31)
    office.receive_comment(on(city, "kazagashira", START), assessment, "なぜ委託するのか")
    deed = on(city, "kazagashira", later)
    assert why(lambda: office.close_comment(deed, assessment)) == {CODE.COMMENT_UNANSWERED}


def test_an_opinion_needs_a_finding_on_every_point(city: str) -> None:
    from sekisho.bootstrap import assessments as office
    from tests.fakes.assessments import checking, find_all, on

    assessment, later = checking(city), START + timedelta(days=40)
    opinion: Callable[[], object] = lambda: office.give_assessment_opinion(  # noqa: E731 - said twice
        on(city, "oura", later), assessment, "問題ない"
    )
    assert why(opinion) == {CODE.CHECK_POINT_OPEN}
    bare = PointFinding(point="9", verdict=FindingVerdict.TO_MEND)
    refused = why(lambda: office.record_finding(on(city, "megane", later), assessment, bare))
    assert refused == {CODE.CHECK_POINT_OPEN}
    find_all(city, assessment, later)
    opinion()
    assert row_of(assessment).state == "opinion_given"


def test_a_material_change_is_no_minor_fix_unless_somebody_says_why_it_is_lighter(city: str) -> None:
    from sekisho.bootstrap import assessments as office
    from tests.fakes.assessments import in_force, on

    assessment, day = in_force(city), date(2020, 6, 1)
    deed = on(city, "doza", day)
    office.begin_next_version(deed, assessment)
    place = "Ⅱ.4.委託[1].②.本人の範囲"
    office.write_answers(deed, assessment, {place: "普通徴収の対象者"})
    assert why(lambda: office.fix_minor(deed, assessment)) == {CODE.CHANGE_IS_MATERIAL}
    claim = LighterClaim(place=place, ground=LighterGround.LOWERS_RISK, why="関わる人が減る", claimed_by="")
    office.claim_lighter_change(deed, assessment, claim)
    office.fix_minor(deed, assessment)
    office.publish_assessment(on(city, "kazagashira", day), assessment)
    assert (row_of(assessment).state, row_of(assessment).version) == ("in_force", 2)


def test_a_claim_about_nothing_that_changed_is_refused(city: str) -> None:
    from sekisho.bootstrap import assessments as office
    from tests.fakes.assessments import in_force, on

    assessment = in_force(city)
    deed = on(city, "doza", date(2020, 6, 1))
    office.begin_next_version(deed, assessment)
    claim = LighterClaim(place="Ⅰ.1.①", ground=LighterGround.WORDING, why="字句", claimed_by="")
    refused = why(lambda: office.claim_lighter_change(deed, assessment, claim))
    assert refused == {CODE.FIELD_NOT_UNDERSTOOD}
