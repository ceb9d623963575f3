"""The people who assess, and an assessment at each stage of its course. Every person is made up."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta

from sekisho.adapters.database.office_time import OFFICE_TIME
from sekisho.bootstrap import assessments as office
from sekisho.bootstrap.assessment_example import work_example
from sekisho.kernel.council import Depth, FindingVerdict, PointFinding, Role
from tests.fakes.council import who
from tests.fakes.kept import kept
from tests.unit.kernel.assessment_story import AFTER, FORM

START = date(2019, 9, 2)
CAST: Mapping[Role, str] = {
    Role.DRAFTER: "doza",
    Role.HEAD: "inasa",
    Role.SECRETARIAT: "kazagashira",
    Role.CHAIR: "oura",
    Role.COUNCIL_MEMBER: "megane",
}


def on(tenant: str, person: str, day: date) -> office.Deed:
    """Somebody acts at noon of a day."""
    return office.act_as(tenant, who(tenant, person), datetime.combine(day, time(12), OFFICE_TIME))


@kept
def worked(tenant: str) -> str:
    """The example of the seed, from version 1 to version 2."""
    return work_example(tenant, "asset_tax", {role: who(tenant, person) for role, person in CAST.items()})


def planned(tenant: str, day: date = START, name: str = "") -> str:
    """An affair that is to be assessed."""
    plan = office.Plan(
        label_ja="個人住民税課税事務", label_en="Taxing residents", connections=("registry-notices-down",), name=name
    )
    return office.plan_assessment(on(tenant, "doza", day), plan)


@kept
def drafting(tenant: str, day: date = START) -> str:
    """A report that is being written, with every answer that its drafter can give."""
    assessment = planned(tenant, day)
    office.judge(on(tenant, "doza", day), assessment, office.Numbers(subjects=430_000, handlers=120))
    office.begin_draft(on(tenant, "doza", day), assessment, Depth.ALL_ITEMS)
    office.write_report(on(tenant, "doza", day), assessment, AFTER)
    return assessment


@kept
def commenting(tenant: str, day: date = START) -> str:
    """A report that is open to public comment."""
    assessment = drafting(tenant, day)
    office.review(on(tenant, "inasa", day), assessment)
    period = office.Period(opens_on=day, closes_on=day + timedelta(days=30))
    office.open_comment(on(tenant, "kazagashira", day), assessment, period)
    return assessment


@kept
def checking(tenant: str, day: date = START) -> str:
    """A report that lies before the council."""
    assessment = commenting(tenant, day)
    number = office.receive_comment(on(tenant, "kazagashira", day), assessment, "委託先での管理はどうなるか")
    said = office.CommentAnswer(comment=number, text="契約で定める")
    office.answer_comment(on(tenant, "doza", day), assessment, said)
    later = day + timedelta(days=31)
    office.close_comment(on(tenant, "kazagashira", later), assessment)
    office.check_by_third_party(on(tenant, "kazagashira", later), assessment, "審議会")
    return assessment


def find_all(tenant: str, assessment: str, day: date) -> None:
    """Every point is found suitable."""
    for point in FORM.points:
        finding = PointFinding(point=point.point, verdict=FindingVerdict.SUITABLE)
        office.record_finding(on(tenant, "megane", day), assessment, finding)


@kept
def in_force(tenant: str, day: date = START) -> str:
    """A report that was published, forty days after its course began."""
    assessment, later = checking(tenant, day), day + timedelta(days=40)
    find_all(tenant, assessment, later)
    office.give_assessment_opinion(on(tenant, "oura", later), assessment, "問題ない")
    office.revise(on(tenant, "doza", later), assessment)
    office.file_assessment(on(tenant, "kazagashira", later), assessment)
    office.publish_assessment(on(tenant, "kazagashira", later), assessment)
    return assessment


AT: Mapping[str, Callable[..., str]] = {
    "planned": planned,
    "drafting": drafting,
    "public_comment": commenting,
    "third_party_check": checking,
    "in_force": in_force,
}
