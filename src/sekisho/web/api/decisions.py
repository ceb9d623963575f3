"""What the council decided, as data, and the written opinions, which open for everybody at one moment."""

import json
from dataclasses import asdict

from django.http import Http404, HttpRequest

from sekisho.adapters.database.queries_council import DecisionView, letter_text
from sekisho.adapters.database.queries_internal import AgencyView, agency_view
from sekisho.bootstrap import council
from sekisho.kernel.council import WrittenOpinion
from sekisho.web.access import EVERYBODY, Role
from sekisho.web.api import bodies, shown
from sekisho.web.api.doors import offer
from sekisho.web.office import office_in
from sekisho.web.pages.deliberation.reading import file_for


def _agency(view: AgencyView | None) -> dict[str, object] | None:
    """The agency's own decision after an opinion; nothing where there is none, or none yet."""
    if view is None or view.decision is None:
        return None
    said = {name: getattr(view.decision, name) for name in ("outcome", "departs", "reason", "decided_on")}
    return {**said, "digest": view.digest, "signed_by": dict(view.signed_by)}


def _decision(view: DecisionView, letter: str) -> dict[str, object]:
    """A decision with its letter."""
    said = asdict(view.decision)
    names = (
        "result",
        "decided_on",
        "version",
        "dossier_digest",
        "regime",
        "kept",
        "masked",
        "conditions",
        "trade_offs",
    )
    counts = {name: said["tally"][name] for name in ("in_favour", "against", "abstained", "casting")}
    return {
        **{name: said[name] for name in names},
        **counts,
        "letter_digest": view.digest,
        "signed_by": {each.role: each.person for each in view.stamps},
        "permits": dict(view.permits),
        "letter": json.loads(letter),
    }


@offer(
    "GET",
    "/matters/{matter}/decision",
    EVERYBODY,
    operation_id="decision",
    tags=["matter"],
    response={200: shown.DecisionShown, 401: bodies.WhyNot, 403: bodies.WhyNot, 404: bodies.WhyNot},
)
def decision(request: HttpRequest, matter: str) -> dict[str, object]:
    """The decision that stands, and the letter that says so."""
    office = office_in(request)
    view = file_for(office, matter).decision
    if view is None:
        raise Http404
    said = _decision(view, letter_text(office.tenant, matter))
    return {**said, "agency": _agency(agency_view(office.tenant, matter))}


@offer(
    "GET",
    "/matters/{matter}/opinions",
    (Role.COUNCIL_MEMBER, Role.CHAIR),
    act="read_opinions",
    operation_id="read_opinions",
    tags=["matter"],
    response={
        200: list[shown.OpinionShown],
        **dict.fromkeys((401, 403, 404, 409), bodies.WhyNot),
    },
)
def opinions(request: HttpRequest, matter: str) -> list[WrittenOpinion]:
    """What this member may read of the written opinions now."""
    office = office_in(request)
    file_for(office, matter)
    return list(council.read_opinions(council.act_as(office.tenant, office.person), matter))
