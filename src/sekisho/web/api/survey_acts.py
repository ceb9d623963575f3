"""Every act of the survey, and its findings and campaigns as data."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any, Final

from django.http import Http404, HttpRequest
from ninja import Schema

from sekisho.adapters.database.queries_survey import (
    CampaignView,
    FindingView,
    campaign_views,
    finding_view,
    finding_views,
)
from sekisho.bootstrap import survey as office
from sekisho.web.access import EVERYBODY
from sekisho.web.api import bodies
from sekisho.web.api.lists import put_list
from sekisho.web.api.putting import Kind, begin, deed_of, done, put_plain, put_spoken
from sekisho.web.office import Office, office_in


class TriageBody(bodies.Body):
    """What a finding is taken for."""

    kind: office.Triage


class AssignBody(bodies.Body):
    """Who answers for it, and by which day."""

    owner: str
    due: date


class FindingAnswerBody(bodies.Body):
    """What data it is, since when it is in use, and the law that provides for it if one does."""

    data: str
    since: str
    basis: str = ""
    quotation: str = ""


class CampaignBody(bodies.Body):
    """What a campaign is called, and by which day departments answer."""

    label: str
    due: date


class InventoryBody(bodies.Body):
    """The department's inventory as CSV with its headings; empty if there is none, which is an answer as well."""

    inventory: str


class FindingShown(Schema):
    """A finding of the survey: where from, where to, since when, how much, what is said of it, how far it has come."""

    finding: str
    source: str
    department: str
    host: str
    received: str
    port: int
    origin: str
    state: str
    why: str
    permit: str
    connection: str
    detail: str
    first_seen: datetime
    last_seen: datetime
    times: int
    turned_away: int
    up: int
    down: int
    triage: str
    owner: str
    due: date | None
    answer: dict[str, Any]
    remark: str
    matter: str
    proof: str
    reported_in: str


class ReturnShown(Schema):
    """A department's answer to a campaign."""

    department: str
    state: str
    systems: int
    signed_by: str
    signed_at: datetime | None


class CampaignShown(Schema):
    """A campaign with every department's answer."""

    campaign: str
    label: str
    due: date
    state: str
    returns: list[ReturnShown]


def _finding(office_: Office, finding: str) -> FindingView:
    """A finding of this municipality.

    Raises:
        Http404: There is none.

    """
    found = finding_view(office_.tenant, finding)
    if found is None:
        raise Http404
    return found


def _campaign(office_: Office, campaign: str) -> CampaignView:
    """A campaign of this municipality.

    Raises:
        Http404: There is none.

    """
    found = next((each for each in campaign_views(office_.tenant) if each.campaign == campaign), None)
    if found is None:
        raise Http404
    return found


FINDING: Final = Kind(name="finding", place="/findings/{finding}", roles=EVERYBODY, check=_finding, facade=office)
CAMPAIGN: Final = Kind(name="campaign", place="/campaigns/{campaign}", roles=EVERYBODY, check=_campaign, facade=office)

put_plain(FINDING, office.confirm, office.prove_stopped, office.file_consultation, office.close)
put_spoken(FINDING, "triage", TriageBody, lambda deed, on, said: office.triage(deed, on, said.kind))
put_spoken(FINDING, "assign", AssignBody, lambda deed, on, said: office.assign(deed, on, said.owner, said.due))
put_spoken(
    FINDING,
    "answer",
    FindingAnswerBody,
    lambda deed, on, said: office.answer(deed, on, office.FindingAnswer(**said.dict())),
)
put_spoken(FINDING, "send_back", bodies.ReasonBody, lambda deed, on, said: office.send_back(deed, on, said.reason))
put_plain(CAMPAIGN, office.close_campaign)
put_spoken(
    CAMPAIGN,
    "sign_return",
    InventoryBody,
    lambda deed, on, said: office.sign_return(deed, on, said.inventory.encode("utf-8", "surrogatepass")),
)


@begin(CAMPAIGN, "open_campaign", EVERYBODY)
def _open(request: HttpRequest, body: CampaignBody) -> dict[str, object]:
    """Ask every department."""
    deed = deed_of(request)
    return done("campaign_open_campaign", deed, office.open_campaign(deed, body.label, body.due))


@put_list("/findings", "findings", list[FindingShown])
def findings(request: HttpRequest) -> list[dict[str, object]]:
    """Every finding, what is still to be done first."""
    return [asdict(each) for each in finding_views(office_in(request).tenant)]


@put_list("/findings/{finding}", "finding", FindingShown)
def finding(request: HttpRequest, finding: str) -> dict[str, object]:
    """One finding."""
    return asdict(_finding(office_in(request), finding))


@put_list("/campaigns", "campaigns", list[CampaignShown])
def campaigns(request: HttpRequest) -> list[dict[str, object]]:
    """Every campaign, the newest first."""
    return [asdict(each) for each in campaign_views(office_in(request).tenant)]
