"""Protection assessments (特定個人情報保護評価): how deep they must be, what they say, and in which state they are."""

from sekisho.kernel.council.assessment.changes import (
    FilingTime,
    LighterClaim,
    LighterGround,
    ReportChange,
    change_table,
    changes_between,
    is_material,
)
from sekisho.kernel.council.assessment.clocks import (
    COMMENT_DAYS,
    AssessmentClock,
    ClockTime,
    after_years,
    clock_times,
    comment_days,
)
from sekisho.kernel.council.assessment.completeness import missing_answers
from sekisho.kernel.council.assessment.consistency import contradictions_in, depth_demanded
from sekisho.kernel.council.assessment.course import (
    GUARDS,
    AssessmentCourse,
    FindingVerdict,
    PointFinding,
    PublicComment,
    ResidentComment,
    ThirdPartyCheck,
    advance_assessment,
    step_objections,
)
from sekisho.kernel.council.assessment.covering import arrows_needing_assessment
from sekisho.kernel.council.assessment.duties import STEP_DUTIES
from sekisho.kernel.council.assessment.entrusted import DerivedAnswer, entrusted_answers
from sekisho.kernel.council.assessment.form import (
    AskedWhen,
    Aspect,
    CheckPoint,
    FormGroup,
    FormItem,
    ItemKind,
    Need,
    ReportForm,
    Stage,
)
from sekisho.kernel.council.assessment.form_loading import form_from_data
from sekisho.kernel.council.assessment.local_rule import read_local_rule
from sekisho.kernel.council.assessment.places import Place, find_place, groups_of, key_at, label_at
from sekisho.kernel.council.assessment.report import Answer, AssessmentReport, report_from_data
from sekisho.kernel.council.assessment.states import ASSESSMENT_TABLE
from sekisho.kernel.council.assessment.threshold import (
    NATIONAL_TABLE,
    Depth,
    Judgement,
    ThresholdRule,
    ThresholdTable,
    judge_threshold,
)
from sekisho.kernel.council.assessment.writing import (
    canonical_report,
    digest_of_report,
    next_report,
    report_to_data,
    rewrite_report,
    write_check,
    write_comment,
    write_publication,
)

__all__ = [
    "ASSESSMENT_TABLE",
    "COMMENT_DAYS",
    "GUARDS",
    "NATIONAL_TABLE",
    "STEP_DUTIES",
    "Answer",
    "AskedWhen",
    "Aspect",
    "AssessmentClock",
    "AssessmentCourse",
    "AssessmentReport",
    "CheckPoint",
    "ClockTime",
    "Depth",
    "DerivedAnswer",
    "FilingTime",
    "FindingVerdict",
    "FormGroup",
    "FormItem",
    "ItemKind",
    "Judgement",
    "LighterClaim",
    "LighterGround",
    "Need",
    "Place",
    "PointFinding",
    "PublicComment",
    "ReportChange",
    "ReportForm",
    "ResidentComment",
    "Stage",
    "ThirdPartyCheck",
    "ThresholdRule",
    "ThresholdTable",
    "advance_assessment",
    "after_years",
    "arrows_needing_assessment",
    "canonical_report",
    "change_table",
    "changes_between",
    "clock_times",
    "comment_days",
    "contradictions_in",
    "depth_demanded",
    "digest_of_report",
    "entrusted_answers",
    "find_place",
    "form_from_data",
    "groups_of",
    "is_material",
    "judge_threshold",
    "key_at",
    "label_at",
    "missing_answers",
    "next_report",
    "read_local_rule",
    "report_from_data",
    "report_to_data",
    "rewrite_report",
    "step_objections",
    "write_check",
    "write_comment",
    "write_publication",
]
