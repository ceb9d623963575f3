"""The columns of the lists of assessments, minutes and people."""

from datetime import date
from typing import Final

from sekisho.adapters.database.queries_assessments import AssessmentLine
from sekisho.adapters.database.queries_people import PersonRow
from sekisho.web.components.listing import Column
from sekisho.web.pages.assessments.words import CLOCKS, DEPTHS
from sekisho.web.pages.assessments.words import state_chip as assessment_chip
from sekisho.web.pages.lists import rows
from sekisho.web.pages.minutes.views import state_chip as minutes_chip
from sekisho.web.pages.people.people import account_chip
from sekisho.web.pages.people.words import ROLES
from sekisho.web.words import Words

_STATE: Final = Words("状態", "State")


def _depth(row: AssessmentLine) -> Words | str:
    """Which kind of report it needs, once that is judged."""
    return DEPTHS[row.judgement.depth] if row.judgement else ""


def _rule(row: AssessmentLine) -> Words | str:
    """By which rule it needs that report."""
    return Words(row.judgement.rule.ja, row.judgement.rule.en) if row.judgement else ""


def _next_day(row: AssessmentLine) -> date | None:
    """The day on which its next clock strikes."""
    return min((each.on for each in row.clocks), default=None)


def _clocks(row: AssessmentLine) -> str:
    """Which clocks run."""
    return "、".join(str(CLOCKS[each.clock]) for each in sorted(row.clocks, key=lambda each: each.on))


def _roles(row: PersonRow) -> str:
    """What a person may do."""
    return "、".join(str(ROLES.get(each, each)) for each in row.roles)


ASSESSMENTS: Final[tuple[Column[AssessmentLine], ...]] = (
    Column(words=Words("評価番号", "Assessment"), value=lambda row: row.assessment),
    Column(words=Words("事務の名称", "Affair"), value=lambda row: Words(row.label_ja, row.label_en)),
    Column(words=Words("所属", "Department"), value=lambda row: Words(row.department_ja, row.department_en)),
    Column(words=_STATE, value=lambda row: assessment_chip(row.state).words),
    Column(words=Words("評価書の種類", "Kind of report"), value=_depth),
    Column(words=Words("しきい値の規則", "Rule of the threshold"), value=_rule),
    Column(words=Words("有効な版", "Version in force"), value=lambda row: row.in_force or None),
    Column(words=Words("最新の版", "Newest version"), value=lambda row: row.newest),
    Column(words=Words("次の期日", "Next day"), value=_next_day, days=True),
    Column(words=Words("期日の種類", "What strikes then"), value=_clocks),
)
MINUTES: Final[tuple[Column[rows.KeptMinutes], ...]] = (
    Column(words=Words("会議録番号", "Minutes"), value=lambda row: row.line.minutes),
    Column(words=Words("会議", "Meeting"), value=lambda row: row.line.title),
    Column(words=_STATE, value=lambda row: minutes_chip(row.line.state).words),
    Column(words=Words("版", "Version"), value=lambda row: row.line.version),
    Column(words=Words("公開している版", "Published version"), value=lambda row: row.line.published or None),
    Column(words=Words("公開した日", "Published"), value=lambda row: row.published_at, days=True),
)
PEOPLE: Final[tuple[Column[PersonRow], ...]] = (
    Column(words=Words("職員番号", "User name"), value=lambda row: row.person),
    Column(words=Words("氏名", "Name"), value=lambda row: Words(row.name_ja, row.name_en)),
    Column(words=Words("所属", "Department"), value=lambda row: row.department),
    Column(words=Words("役割", "Roles"), value=_roles),
    Column(words=_STATE, value=lambda row: account_chip(row).words),
)
