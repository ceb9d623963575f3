"""A survey of a municipality: one log with a connection that no permit covers, and a campaign. All of it made up."""

from datetime import UTC, datetime, timedelta

from sekisho.adapters.database.models import CouncilNumber
from sekisho.bootstrap import survey
from tests.fakes.council import NEIGHBOUR, act

LINE = "1764201600.100 15 10.12.3.21 TCP_TUNNEL/200 5321 CONNECT hoken.example:443 - HIER_DIRECT/203.0.113.5 - 900\n"


def surveyed(tenant: str) -> tuple[str, str]:
    """Read one log and begin one campaign; answers the finding and the campaign. The neighbour's have other ids."""
    now = datetime.now(UTC)
    first = 162 if tenant == NEIGHBOUR else 62
    for series in ("finding", "campaign"):
        CouncilNumber.objects.create(tenant_id=tenant, series=series, next=first)
    (finding,) = survey.take_log(act(tenant, "glover", 0, now), "access.log", [LINE.encode()]).unmatched
    clerk = act(tenant, "kazagashira", 0, now)
    return finding, survey.open_campaign(clerk, "接続の調査", (now + timedelta(days=14)).date())
