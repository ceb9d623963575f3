"""The course of an assessment: every step at its boundary, every clock at its day, and every guard alone decisive."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from sekisho.adapters.assessments.courses import play_course, shipped_course
from sekisho.kernel import ReasonCode, Refused
from sekisho.kernel.council import (
    ASSESSMENT_TABLE,
    GUARDS,
    AssessmentClock,
    AssessmentCourse,
    Depth,
    FindingVerdict,
    PointFinding,
    PublicComment,
    ResidentComment,
    Role,
    advance_assessment,
    clock_times,
    judge_threshold,
    step_objections,
)
from tests.unit.kernel.assessment_story import AFTER, without

FILE = shipped_course()
COURSE = replace(FILE.course, filed_on=date(2019, 12, 20), published_on=date(2019, 12, 25))
COMMENT, CHECK = COURSE.comment, COURSE.check
assert COMMENT is not None
assert CHECK is not None
DAY = date(2019, 12, 25)
CODE = ReasonCode


def judged(subjects: int) -> AssessmentCourse:
    """The course with a threshold of another number of persons."""
    return replace(COURSE, judgement=judge_threshold(subjects, 120, serious_incident=False))


def commented(**more: Any) -> AssessmentCourse:
    """The course with another public comment."""
    assert COMMENT is not None
    return replace(COURSE, comment=replace(COMMENT, **more))


def checked(**more: Any) -> AssessmentCourse:
    """The course with another third-party check."""
    assert CHECK is not None
    return replace(COURSE, check=replace(CHECK, **more))


def found(point: str, **more: Any) -> AssessmentCourse:
    """The course with another finding on one point."""
    assert CHECK is not None
    return checked(findings=tuple(replace(each, **more) if each.point == point else each for each in CHECK.findings))


def shallow(depth: Depth) -> AssessmentCourse:
    """The course with a less deep report."""
    return replace(COURSE, report=replace(AFTER, depth=depth))


def test_the_councils_case_is_played_through_to_publication() -> None:
    played = play_course(FILE)
    assert [state for _, state in played] == [
        "planned",
        "threshold_judged",
        "drafting",
        "reviewed",
        "public_comment",
        "comment_answered",
        "third_party_check",
        "opinion_given",
        "revised",
        "filed",
        "in_force",
    ]
    assert COURSE.judgement.depth is Depth.ALL_ITEMS
    assert {"subjects", "handlers", "comment", "findings"} <= set(FILE.assumed)


OBJECTED: list[tuple[str, AssessmentCourse, date, list[ReasonCode]]] = [
    ("find_none_needed", judged(999), DAY, []),
    ("find_none_needed", judged(1_000), DAY, [CODE.DEPTH_TOO_SHALLOW]),
    ("begin_draft", COURSE, DAY, []),
    ("begin_draft", shallow(Depth.KEY), DAY, [CODE.DEPTH_TOO_SHALLOW]),
    ("begin_draft", replace(judged(100_000), report=replace(AFTER, depth=Depth.KEY)), DAY, []),
    ("begin_draft", replace(judged(1), report=replace(AFTER, depth=Depth.NONE)), DAY, [CODE.DEPTH_TOO_SHALLOW]),
    ("review", replace(COURSE, report=without(AFTER, "Ⅵ.3.③", "表紙.公表日")), DAY, []),
    ("review", replace(COURSE, report=without(AFTER, "Ⅰ.1.②")), DAY, [CODE.DOSSIER_INCOMPLETE]),
    ("open_comment", COURSE, date(2019, 9, 24), []),
    ("open_comment", COURSE, date(2019, 9, 25), [CODE.ASSESSMENT_TOO_LATE]),
    ("open_comment", commented(closes_on=date(2019, 10, 23)), date(2019, 9, 1), [CODE.COMMENT_TOO_SHORT]),
    ("open_comment", commented(closes_on=date(2019, 10, 23), shortened_because="法改正"), date(2019, 9, 1), []),
    (
        "open_comment",
        commented(closes_on=date(2019, 9, 24), shortened_because="x"),
        DAY.replace(month=9),
        [
            CODE.ASSESSMENT_TOO_LATE,
            CODE.COMMENT_TOO_SHORT,
        ],
    ),
    ("open_comment", replace(COURSE, comment=None), date(2019, 9, 1), [CODE.NOT_ALLOWED]),
    ("open_comment", shallow(Depth.BASIC), date(2019, 9, 1), [CODE.NOT_ALLOWED]),
    ("open_comment", shallow(Depth.KEY), date(2019, 9, 1), []),
    ("close_comment", COURSE, date(2019, 10, 24), [CODE.ASSESSMENT_TOO_EARLY]),
    ("close_comment", COURSE, date(2019, 10, 25), []),
    ("close_comment", commented(comments=(ResidentComment(comment="2", text="x"),)), DAY, [CODE.COMMENT_UNANSWERED]),
    ("close_comment", replace(COURSE, comment=None), DAY, [CODE.NOT_ALLOWED]),
    ("check_by_third_party", COURSE, DAY, []),
    ("check_by_third_party", replace(COURSE, comment=None), DAY, [CODE.NOT_ALLOWED]),
    ("check_by_third_party", replace(shallow(Depth.KEY), comment=None), DAY, []),
    ("check_by_third_party", shallow(Depth.BASIC), DAY, [CODE.NOT_ALLOWED]),
    ("check_by_third_party", COURSE, date(2019, 10, 24), [CODE.ASSESSMENT_TOO_EARLY]),
    ("give_opinion", COURSE, date(2019, 11, 19), []),
    ("give_opinion", COURSE, date(2019, 11, 18), [CODE.ASSESSMENT_TOO_EARLY]),
    ("give_opinion", checked(opinion=" "), DAY, [CODE.CHECK_POINT_OPEN]),
    ("give_opinion", found("11", verdict=FindingVerdict.TO_MEND), DAY, [CODE.CHECK_POINT_OPEN]),
    ("give_opinion", found("11", verdict=FindingVerdict.TO_MEND, remark="改める"), DAY, []),
    ("give_opinion", found("3", remark=""), DAY, [CODE.CHECK_POINT_OPEN]),
    ("give_opinion", replace(COURSE, check=None), DAY, [CODE.CHECK_POINT_OPEN] * 13),
    ("file", COURSE, DAY, []),
    ("file", replace(COURSE, report=without(AFTER, "表紙.公表日")), DAY, []),
    ("file", replace(COURSE, report=without(AFTER, "Ⅵ.3.③")), DAY, [CODE.DOSSIER_INCOMPLETE]),
    ("file", replace(COURSE, comment=None), DAY, [CODE.NOT_ALLOWED]),
    ("file", checked(opinion=""), DAY, [CODE.CHECK_POINT_OPEN]),
    ("file", shallow(Depth.KEY), DAY, [CODE.DEPTH_TOO_SHALLOW, CODE.DEPTH_TOO_SHALLOW]),
    ("publish", COURSE, date(2019, 12, 20), []),
    ("publish", COURSE, date(2019, 12, 19), [CODE.ASSESSMENT_TOO_EARLY]),
    ("publish", replace(COURSE, filed_on=None), DAY, [CODE.ASSESSMENT_TOO_EARLY]),
    ("publish", replace(COURSE, report=without(AFTER, "表紙.公表日")), DAY, [CODE.DOSSIER_INCOMPLETE]),
    ("fix_minor", COURSE, DAY, [CODE.CHANGE_IS_MATERIAL]),
    ("fix_minor", replace(COURSE, changes=COURSE.changes[:1]), DAY, []),
    ("fix_minor", replace(COURSE, changes=()), DAY, [CODE.NO_CHANGE]),
    ("change_materially", COURSE, DAY, []),
    ("change_materially", replace(COURSE, changes=COURSE.changes[:1]), DAY, [CODE.NO_CHANGE]),
    ("change_materially", replace(COURSE, changes=(), judged_before=judged(299_999).judgement), DAY, []),
    ("change_materially", replace(COURSE, changes=(), judged_before=COURSE.judgement), DAY, [CODE.NO_CHANGE]),
    ("pass_five_years", COURSE, date(2024, 12, 24), [CODE.ASSESSMENT_TOO_EARLY]),
    ("pass_five_years", COURSE, date(2024, 12, 25), []),
    ("pass_five_years", replace(COURSE, published_on=None), date(2099, 1, 1), [CODE.ASSESSMENT_TOO_EARLY]),
    ("check_yearly", COURSE, DAY, []),
]


@pytest.mark.parametrize(("act", "course", "on", "codes"), OBJECTED)
def test_what_speaks_against_a_step(act: str, course: AssessmentCourse, on: date, codes: list[ReasonCode]) -> None:
    assert [each.code for each in step_objections(course, act, on)] == codes


SAID: list[tuple[str, AssessmentCourse, date, dict[str, str]]] = [
    ("find_none_needed", judged(1_000), DAY, {"depth": "none", "demanded": "basic"}),
    ("begin_draft", shallow(Depth.KEY), DAY, {"depth": "key", "demanded": "all_items"}),
    ("review", replace(COURSE, report=without(AFTER, "表紙.評価書番号")), DAY, {"place": "表紙.評価書番号"}),
    ("open_comment", COURSE, date(2019, 9, 25), {"what": "open_comment", "until": "2019-09-24"}),
    ("open_comment", commented(closes_on=date(2019, 10, 23)), date(2019, 9, 1), {"days": "29", "demanded": "30"}),
    ("open_comment", replace(COURSE, comment=None), DAY, {"action": "assessment.open_comment"}),
    ("close_comment", COURSE, date(2019, 10, 24), {"what": "close_comment", "since": "2019-10-24"}),
    ("close_comment", commented(comments=(ResidentComment(comment="2", text="x"),)), DAY, {"comment": "2"}),
    ("close_comment", replace(COURSE, comment=None), DAY, {"action": "assessment.close_comment"}),
    ("check_by_third_party", shallow(Depth.BASIC), DAY, {"action": "assessment.check_by_third_party"}),
    ("give_opinion", COURSE, date(2019, 11, 18), {"what": "give_opinion", "since": "2019-11-19"}),
    ("give_opinion", checked(opinion=" "), DAY, {"point": "意見", "aspect": "opinion"}),
    ("give_opinion", found("3", remark=""), DAY, {"point": "3", "aspect": "conformity"}),
    ("file", replace(COURSE, comment=None), DAY, {"action": "assessment.file (public comment)"}),
    ("publish", COURSE, date(2019, 12, 19), {"what": "publish", "since": "2019-12-20"}),
    ("publish", replace(COURSE, filed_on=None), DAY, {"what": "publish", "since": "filed"}),
    ("fix_minor", COURSE, DAY, {"place": "Ⅱ.4.委託[1].②.本人の範囲"}),
    ("fix_minor", replace(COURSE, changes=()), DAY, {"what": "resident_tax"}),
    ("change_materially", replace(COURSE, changes=COURSE.changes[:1]), DAY, {"what": "resident_tax"}),
    ("pass_five_years", COURSE, date(2024, 12, 24), {"what": "pass_five_years", "since": "2024-12-25"}),
    (
        "pass_five_years",
        replace(COURSE, published_on=None),
        date(2099, 1, 1),
        {"what": "pass_five_years", "since": "published"},
    ),
]


@pytest.mark.parametrize(("act", "course", "on", "facts"), SAID)
def test_a_reason_says_what_until_when_and_by_how_much(
    act: str, course: AssessmentCourse, on: date, facts: dict[str, str]
) -> None:
    assert facts.items() <= step_objections(course, act, on)[0].facts.items()


def test_every_guard_is_alone_decisive() -> None:
    """Each guard has a case of the table in which only it stops the step, and one in which it lets it pass."""
    stopped = {act for act, _, _, codes in OBJECTED if codes}
    passed = {act for act, _, _, codes in OBJECTED if not codes}
    assert stopped == set(GUARDS)
    assert passed >= set(GUARDS)
    assert set(GUARDS) <= set(ASSESSMENT_TABLE.acts)


def _states_before(act: str) -> Iterator[tuple[str, frozenset[Role]]]:
    """From where an act leads on, and who takes it."""
    return ((step.before, step.roles) for step in ASSESSMENT_TABLE.steps if step.act == act)


@pytest.mark.parametrize("act", sorted(GUARDS))
def test_a_step_is_refused_with_every_reason_and_taken_when_there_is_none(act: str) -> None:
    state, roles = next(_states_before(act))
    for _, course, on, codes in (each for each in OBJECTED if each[0] == act):
        if codes:
            with pytest.raises(Refused) as refusal:
                advance_assessment(course, state, act, roles=roles or None, on=on)
            assert [each.code for each in refusal.value.reasons] == codes
        else:
            assert advance_assessment(course, state, act, roles=roles or None, on=on) in ASSESSMENT_TABLE.states


def test_the_table_is_asked_before_the_guards() -> None:
    with pytest.raises(Refused) as refusal:
        advance_assessment(COURSE, "planned", "publish", roles={Role.SECRETARIAT}, on=DAY)
    assert [each.code for each in refusal.value.reasons] == [CODE.NOT_IN_THIS_STATE]
    with pytest.raises(Refused) as refusal:
        advance_assessment(COURSE, "filed", "publish", roles={Role.DRAFTER}, on=DAY)
    assert [each.code for each in refusal.value.reasons] == [CODE.NOT_ALLOWED]


PUBLISHED = date(2020, 2, 29)


@pytest.mark.parametrize(
    ("published", "checked_on", "yearly", "again"),
    [
        (date(2019, 12, 25), None, date(2020, 12, 25), date(2024, 12, 25)),
        (date(2019, 12, 25), date(2020, 11, 1), date(2021, 11, 1), date(2024, 12, 25)),
        (date(2019, 12, 25), date(2018, 1, 1), date(2020, 12, 25), date(2024, 12, 25)),
        (PUBLISHED, None, date(2021, 2, 28), date(2025, 2, 28)),
        (PUBLISHED, date(2023, 2, 28), date(2024, 2, 28), date(2025, 2, 28)),
    ],
)
def test_the_clocks_strike_on_their_day(published: date, checked_on: date | None, yearly: date, again: date) -> None:
    for clock, day in ((AssessmentClock.YEARLY_CHECK, yearly), (AssessmentClock.ASSESS_AGAIN, again)):
        for distance, struck in ((-1, False), (0, True), (1, True)):
            times = clock_times(
                published_on=published, last_checked_on=checked_on, today=day + timedelta(days=distance)
            )
            assert [(each.on, each.struck) for each in times if each.clock is clock] == [(day, struck)]


def test_after_the_end_only_publication_has_a_clock() -> None:
    ended = date(2021, 3, 31)
    for today, struck in ((date(2024, 3, 30), False), (date(2024, 3, 31), True)):
        [time] = clock_times(published_on=PUBLISHED, ended_on=ended, today=today)
        assert (time.clock, time.on, time.struck) == (
            AssessmentClock.MAY_LEAVE_PUBLICATION,
            date(2024, 3, 31),
            struck,
        )


def test_a_comment_keeps_no_name() -> None:
    assert {*ResidentComment.__slots__} == {"comment", "text", "answer", "reflected"}
    assert PublicComment(opens_on=DAY, closes_on=DAY).comments == ()
    assert PointFinding(point="1", verdict=FindingVerdict.SUITABLE).remark == ""
