"""What the gate needs to know of a protection assessment (特定個人情報保護評価): is it in force at this moment?"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class AssessmentOpinion(StrEnum):
    """What the third party said of an assessment. Stored values are never renamed and never reused."""

    NOT_NEEDED = "not_needed"
    SUITABLE = "suitable"
    UNSUITABLE = "unsuitable"


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentStanding:
    """Where an assessment stands: its id, from when until when it is in force, and what the third party said.

    Without an end it is in force until somebody says otherwise. A judgement that no assessment is needed, because the
    threshold is not reached or the law exempts the file, is a standing as well: somebody judged it on a day.
    """

    assessment: str
    in_force_from: datetime
    in_force_until: datetime | None = None
    opinion: AssessmentOpinion = AssessmentOpinion.NOT_NEEDED

    def is_in_force(self, at: datetime) -> bool:
        """From its first instant, until and not including its last; never against the third party's word."""
        if self.opinion is AssessmentOpinion.UNSUITABLE or at < self.in_force_from:
            return False
        return self.in_force_until is None or at < self.in_force_until
