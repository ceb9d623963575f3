"""The survey's office: reading logs against the permits of the house, campaigns, and every act about a finding.

Import this only once the house is open.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sekisho.adapters.database.council_deeds import Deed
from sekisho.adapters.database.survey_acts import (
    answer,
    assign,
    close,
    confirm,
    file_consultation,
    prove_stopped,
    send_back,
    triage,
)
from sekisho.adapters.database.survey_campaigns import close_campaign, open_campaign, pass_return_dates
from sekisho.adapters.database.survey_campaigns import sign_return as _sign_return
from sekisho.adapters.database.survey_findings import keep_log, pass_finding_dates
from sekisho.adapters.database.survey_lists import (
    keep_networks,
    keep_technical,
    must_survey,
    networks_of,
    technical_of,
    understood,
)
from sekisho.bootstrap.approved_hosts import approved_hosts
from sekisho.bootstrap.council import act_as
from sekisho.business.connection_survey import (
    COVERED,
    Approved,
    EgressLog,
    FindingAnswer,
    LogReading,
    OwnNetwork,
    Seen,
    SourceBook,
    Survey,
    TechnicalHost,
    TrafficBook,
    Triage,
    read_systems,
)
from sekisho.records import Hashed

Also = Callable[[Iterable[Seen]], Iterable[Seen]]
MOST_KEPT: Final = 5_000
"""How many different connections of one log are kept: all of them go in one transaction, and the gate waits for it."""

__all__ = [
    "MOST_KEPT",
    "Deed",
    "FindingAnswer",
    "Taken",
    "Triage",
    "act_as",
    "answer",
    "assign",
    "close",
    "close_campaign",
    "confirm",
    "file_consultation",
    "keep_networks",
    "keep_technical",
    "lists_of",
    "open_campaign",
    "pass_survey_dates",
    "prove_stopped",
    "send_back",
    "sign_return",
    "take_log",
    "triage",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyLists:
    """What logs of a municipality are held against."""

    approved: tuple[Approved, ...]
    networks: tuple[OwnNetwork, ...]
    technical: tuple[TechnicalHost, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What came of a log: how it was read, which findings it touched, which of them no permit covers.

    `again` says that this very log was read before: then nothing changed, and nothing is counted.
    """

    digest: str
    reading: LogReading
    again: bool
    findings: tuple[str, ...]
    unmatched: tuple[str, ...]


def lists_of(tenant: str) -> SurveyLists:
    """The permits, our networks and the technical hosts of a municipality, as they stand now."""
    return SurveyLists(approved=approved_hosts(tenant), networks=networks_of(tenant), technical=technical_of(tenant))


def take_log(deed: Deed, name: str, pieces: Iterable[bytes], also: Also = iter) -> Taken:
    """Read a log, hold it against the permits, and keep what it says. The same log again changes nothing.

    It is read once; `also` is handed what was seen, for whoever wants to count it besides, and passes it on.

    Raises:
        Refused: Not by this person.
        SekishoError: The format of the log is not known.

    """
    must_survey(deed)
    hashed, lists = Hashed(pieces), lists_of(deed.tenant)
    log, sources = EgressLog(hashed), SourceBook(lists.networks)
    book = TrafficBook(sources, MOST_KEPT)
    book.count(also(log.seen()))
    survey = Survey(lists.approved, lists.technical, sources_known=not sources.is_empty)
    judged = [survey.judge(each) for each in book.all()]
    rows = keep_log(deed, name, hashed.sha256, log.reading, judged)
    return Taken(
        digest=hashed.sha256,
        reading=log.reading,
        again=rows is None,
        findings=tuple(each.finding for each in rows or ()),
        unmatched=tuple(each.finding for each in rows or () if each.why not in COVERED),
    )


def pass_survey_dates(tenant: str, at: datetime) -> tuple[str, ...]:
    """What the clock does every day: findings and departments that are late become overdue. Answers which."""
    return (*pass_finding_dates(tenant, at), *pass_return_dates(tenant, at))


def sign_return(deed: Deed, campaign: str, inventory: bytes) -> tuple[str, ...]:
    """A head answers for their department by its inventory; an empty one says that there is none. Answers the findings.

    Raises:
        Refused: Not a head, of no department that was asked, the campaign is closed, or the inventory cannot be read.

    """
    lists = lists_of(deed.tenant)
    survey = Survey(lists.approved, lists.technical, sources_known=True)
    return _sign_return(
        deed, campaign, understood("inventory", read_systems, inventory) if inventory.strip() else (), survey
    )
