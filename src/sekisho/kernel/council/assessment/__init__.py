"""Protection assessments (特定個人情報保護評価): how deep they must be, and in which state they are."""

from sekisho.kernel.council.assessment.states import ASSESSMENT_TABLE
from sekisho.kernel.council.assessment.threshold import (
    NATIONAL_TABLE,
    Depth,
    Judgement,
    ThresholdRule,
    ThresholdTable,
    judge_threshold,
)

__all__ = [
    "ASSESSMENT_TABLE",
    "NATIONAL_TABLE",
    "Depth",
    "Judgement",
    "ThresholdRule",
    "ThresholdTable",
    "judge_threshold",
]
