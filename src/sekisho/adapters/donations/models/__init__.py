"""The rows of the donation manager. Each stands in one municipality's area; personal values are sealed."""

from sekisho.adapters.donations.models.donations import AreaRow, DonationRow, DonorRow, IntakeRow, ResponseRow
from sekisho.adapters.donations.models.papers import PaperRow, RunRow

__all__ = ["AreaRow", "DonationRow", "DonorRow", "IntakeRow", "PaperRow", "ResponseRow", "RunRow"]
