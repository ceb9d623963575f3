"""The survey's office: reading logs against the permits of the house, campaigns, and every act about a finding.

Import this only once the house is open.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

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
    Approved,
    EgressLog,
    FindingAnswer,
    LogReading,
    OwnNetwork,
    SourceBook,
    Survey,
    TechnicalHost,
    TrafficBook,
    Triage,
    read_systems,
)

__all__ = [
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
    """What came of a log: how it was read, which findings it touched, which of them no permit covers."""

    digest: str
    reading: LogReading
    findings: tuple[str, ...]
    unmatched: tuple[str, ...]


def lists_of(tenant: str) -> SurveyLists:
    """The permits, our networks and the technical hosts of a municipality, as they stand now."""
    return SurveyLists(approved=approved_hosts(tenant), networks=networks_of(tenant), technical=technical_of(tenant))


def take_log(deed: Deed, name: str, pieces: Iterable[bytes]) -> Taken:
    """Read a log, hold it against the permits, and keep what it says. The same log again changes nothing.

    Raises:
        Refused: Not by this person.
        SekishoError: The format of the log is not known.

    """
    must_survey(deed)
    digest, lists = hashlib.sha256(), lists_of(deed.tenant)
    log, sources = EgressLog(_digested(pieces, digest)), SourceBook(lists.networks)
    book = TrafficBook(sources)
    book.count(log.seen())
    survey = Survey(lists.approved, lists.technical, sources_known=not sources.is_empty)
    judged = [survey.judge(each) for each in book.all()]
    rows = keep_log(deed, name, digest.hexdigest(), log.reading, judged)
    return Taken(
        digest=digest.hexdigest(),
        reading=log.reading,
        findings=tuple(each.finding for each in rows),
        unmatched=tuple(each.finding for each in rows if each.state == "unmatched"),
    )


def pass_survey_dates(tenant: str, at: datetime) -> tuple[str, ...]:
    """What the clock does every day: findings and departments that are late become overdue. Answers which."""
    return (*pass_finding_dates(tenant, at), *pass_return_dates(tenant, at))


def _digested(pieces: Iterable[bytes], digest: "hashlib._Hash") -> Iterator[bytes]:
    """The pieces of a log, while its digest is taken."""
    for piece in pieces:
        digest.update(piece)
        yield piece


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
