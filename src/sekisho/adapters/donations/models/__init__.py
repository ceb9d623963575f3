"""The rows of the donation manager. Each stands in one municipality's area; personal values are sealed."""

from sekisho.adapters.donations.models.donations import AreaRow, DonationRow, DonorRow, IntakeRow, ResponseRow
from sekisho.adapters.donations.models.links import LinkKeyRow, LinkLogRow, LinkRow, QuestionRow
from sekisho.adapters.donations.models.one_stop import (
    IdentityImageRow,
    NoticeBatchRow,
    NoticeRow,
    NumberRow,
    OneStopPolicyRow,
    OneStopRow,
)
from sekisho.adapters.donations.models.papers import PaperRow, RunRow

__all__ = [
    "AreaRow",
    "DonationRow",
    "DonorRow",
    "IdentityImageRow",
    "IntakeRow",
    "LinkKeyRow",
    "LinkLogRow",
    "LinkRow",
    "NoticeBatchRow",
    "NoticeRow",
    "NumberRow",
    "OneStopPolicyRow",
    "OneStopRow",
    "PaperRow",
    "QuestionRow",
    "ResponseRow",
    "RunRow",
]
