"""A council that sits on a day in November 2019, and what it has voted, for tests of deliberation and decision."""

from datetime import UTC, datetime

from sekisho.kernel import ReasonCode, Refused
from sekisho.kernel.council import USUAL_RULE, ItemVerdict, Tally, Verdict

NINE = datetime(2019, 11, 19, 9, 30, tzinfo=UTC)
MEMBERS = ("akebono", "chair", "fuku", "ginya", "hama")
CHAIR = ("chair", None)
KEPT = (
    ItemVerdict(connection="down", item="owner_name", verdict=Verdict.KEEP),
    ItemVerdict(connection="down", item="lot_number", verdict=Verdict.KEEP),
)
CARRIED = Tally(item="56", in_favour=3, against=1, abstained=0, carried=True, casting=False, rule=USUAL_RULE.rule)
DAY = "2019-11-19"


def codes(refusal: Refused) -> list[ReasonCode]:
    """The codes of a refusal."""
    return [reason.code for reason in refusal.reasons]
