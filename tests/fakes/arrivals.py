"""A parcel that comes in at the real entrance of an open house, by the way that the council approved."""

from dataclasses import replace
from datetime import datetime

from sekisho.adapters.database.home import Home
from sekisho.adapters.objects.docks import LandingDock
from sekisho.bootstrap import new_parcel, open_entrance
from sekisho.kernel import Arrival, Credential, Landed, SecondOpinion, enter
from tests.fakes.office import arrival_of

URAKAMI = Credential(kind="shell", value="asset-tax-terminal-1/urakami")


def arrival_at(at: datetime, body: bytes, credential: Credential = URAKAMI, parcel: str = "") -> Arrival:
    """Somebody arrives with these bytes at that moment; nothing is said of their digest."""
    named = parcel or new_parcel(at)
    return replace(arrival_of(body), parcel=named, at=at, credential=credential, announced_digest="")


def land(home: Home, arrival: Arrival, body: bytes, second: SecondOpinion | None = None) -> Landed:
    """The parcel comes in, if it may.

    Raises:
        Refused: It may not.

    """
    dock = LandingDock(home, arrival.tenant, arrival.parcel)
    dock.feed(body)
    entrance = open_entrance(dock)
    return enter(arrival, dock, replace(entrance, second=second) if second else entrance)
