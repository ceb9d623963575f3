"""Every act on an assessment, and each assessment as data."""

from dataclasses import asdict
from typing import Any, Final

from django.http import HttpRequest
from django.utils import timezone

from sekisho.adapters.database.office_time import office_day
from sekisho.adapters.database.queries_assessments import AssessmentLine, assessment_lines
from sekisho.bootstrap import assessments as office
from sekisho.kernel.council import Depth, LighterClaim, PointFinding
from sekisho.web.access import EVERYBODY, Role
from sekisho.web.api import bodies, paper_bodies
from sekisho.web.api import shown_papers as shown
from sekisho.web.api.lists import put_list
from sekisho.web.api.putting import Kind, begin, deed_of, done, put_plain, put_spoken
from sekisho.web.office import office_in
from sekisho.web.pages.assessments.reading import file_for

ASSESSMENT: Final = Kind(
    name="assessment", place="/assessments/{assessment}", roles=EVERYBODY, check=file_for, facade=office
)

put_plain(
    ASSESSMENT,
    office.find_none_needed,
    office.review,
    office.close_comment,
    office.revise,
    office.file_assessment,
    office.publish_assessment,
    office.check_yearly,
    office.begin_next_version,
    office.fix_minor,
    office.change_materially,
    office.end_assessment,
    office.write_entrustment,
)
put_spoken(
    ASSESSMENT,
    "judge",
    paper_bodies.NumbersBody,
    lambda deed, on, said: office.judge(deed, on, office.Numbers(**said.dict())).name.lower(),
)
put_spoken(
    ASSESSMENT,
    "begin_draft",
    paper_bodies.DepthBody,
    lambda deed, on, said: office.begin_draft(deed, on, Depth[said.depth.upper()]),
)
put_spoken(
    ASSESSMENT,
    "write_answers",
    paper_bodies.AnswersBody,
    lambda deed, on, said: office.write_answers(deed, on, said.answers),
)
put_spoken(
    ASSESSMENT,
    "write_report_text",
    paper_bodies.ReportBody,
    lambda deed, on, said: office.write_report_text(deed, on, said.report),
)
put_spoken(
    ASSESSMENT,
    "cover_connections",
    paper_bodies.ConnectionsBody,
    lambda deed, on, said: office.cover_connections(deed, on, said.connections),
)
put_spoken(
    ASSESSMENT,
    "claim_lighter_change",
    paper_bodies.ClaimBody,
    lambda deed, on, said: office.claim_lighter_change(deed, on, LighterClaim(**said.dict(), claimed_by="")),
)
put_spoken(
    ASSESSMENT,
    "open_comment",
    paper_bodies.PeriodBody,
    lambda deed, on, said: office.open_comment(deed, on, office.Period(**said.dict())),
)
put_spoken(
    ASSESSMENT, "receive_comment", bodies.TextBody, lambda deed, on, said: office.receive_comment(deed, on, said.text)
)
put_spoken(
    ASSESSMENT,
    "answer_comment",
    paper_bodies.CommentBody,
    lambda deed, on, said: office.answer_comment(deed, on, office.CommentAnswer(**said.dict())),
)
put_spoken(
    ASSESSMENT,
    "check_by_third_party",
    paper_bodies.CheckerBody,
    lambda deed, on, said: office.check_by_third_party(deed, on, said.body),
)
put_spoken(
    ASSESSMENT,
    "record_finding",
    paper_bodies.FindingBody,
    lambda deed, on, said: office.record_finding(deed, on, PointFinding(**said.dict())),
)
put_spoken(
    ASSESSMENT,
    "give_assessment_opinion",
    bodies.TextBody,
    lambda deed, on, said: office.give_assessment_opinion(deed, on, said.text),
)
put_spoken(
    ASSESSMENT, "suffer_incident", bodies.TextBody, lambda deed, on, said: office.suffer_incident(deed, on, said.text)
)


@begin(ASSESSMENT, "plan_assessment", (Role.DRAFTER,))
def _plan(request: HttpRequest, body: paper_bodies.PlanBody) -> dict[str, object]:
    """Plan the assessment of an affair."""
    deed = deed_of(request)
    plan = office.Plan(**{**body.dict(), "connections": tuple(body.connections)})
    return done("assessment_plan_assessment", deed, office.plan_assessment(deed, plan))


def _line(line: AssessmentLine) -> dict[str, Any]:
    """An assessment as the list has it."""
    names = ("assessment", "label_ja", "label_en", "department", "state", "version", "newest", "in_force")
    judged = line.judgement
    return {
        **{name: getattr(line, name) for name in names},
        "depth": judged.depth.name.lower() if judged else "",
        "rule": judged.rule.rule if judged else "",
        "clocks": [{"clock": str(each.clock), "on": each.on, "struck": each.struck} for each in line.clocks],
    }


@put_list("/assessments", "assessments", list[shown.AssessmentShown])
def assessments(request: HttpRequest) -> list[dict[str, Any]]:
    """Every assessment, with its threshold and its clocks."""
    return [_line(each) for each in assessment_lines(office_in(request).tenant, office_day(timezone.now()))]


@put_list("/assessments/{assessment}", "assessment", shown.AssessmentWhole)
def assessment(request: HttpRequest, assessment: str) -> dict[str, Any]:
    """One assessment with its versions: answers, what changed, findings, opinion, days, digest."""
    file = file_for(office_in(request), assessment)
    versions = [
        {
            "version": each.version,
            "answers": dict(each.report.values),
            "connections": [covered.connection for covered in each.coverage],
            "coverage": [asdict(covered) for covered in each.coverage],
            "changes": [asdict(change) for change in each.changes],
            "findings": [asdict(finding) for finding in each.findings],
            "opinion": each.opinion,
            "filed_on": each.filed_on,
            "published_on": each.published_on,
            "digest": each.digest,
        }
        for each in file.versions
    ]
    return {**_line(file.line), "versions": versions}
