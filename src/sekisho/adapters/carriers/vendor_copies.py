"""Looking at what another maker's donation manager gives back: our own records, and no other municipality's.

Whatever is not ours is put away sealed (隔離), an alarm stands in the ledger, and the permit of the connection stops
by itself, also where another has taken the place of the one under which it was sent: as long as nobody has found out
how two municipalities were mixed up, nothing more goes there. Two persons start it again.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import httpx

from sekisho.adapters.carriers.addresses import find_counterpart
from sekisho.adapters.carriers.away import AwayError
from sekisho.adapters.carriers.calling import call
from sekisho.adapters.database.canaries import canaries_beside
from sekisho.adapters.database.home import Home
from sekisho.adapters.database.ledgers import append_entry
from sekisho.adapters.database.permits import StopCause, permit_named, permits_to_stop, take_step
from sekisho.adapters.database.turns import writing
from sekisho.adapters.keys import open_key_store
from sekisho.adapters.layouts import layouts_in_use
from sekisho.adapters.objects import Sink
from sekisho.adapters.scanners.canaries import CanarySearch, needles_for
from sekisho.business.hometown_donations.donations import record_digests
from sekisho.kernel import CanaryFound, EntryKind, ReasonCode, Refused, SekishoError, because
from sekisho.records import RecordsError

_PATIENCE: Final = httpx.Timeout(60.0, connect=10.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class VendorCopy:
    """A parcel that a vendor was given: whose, under which permit, and what its records were."""

    tenant: str
    permit: str
    counterpart: str
    parcel: str
    sent: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyFindings:
    """What came back: how many records, which of ours are missing, how many are not ours, and whose canaries sang.

    Bytes that cannot be read as records are `unreadable`: nobody can say whose they are, so they are not ours.
    """

    records: int
    missing: int
    strangers: int
    canaries: tuple[CanaryFound, ...]
    unreadable: bool = False

    @property
    def good(self) -> bool:
        """Is it all of ours and nothing else?"""
        return not (self.missing or self.strangers or self.canaries or self.unreadable)


def digests_of(layout: str, body: bytes) -> tuple[str, ...]:
    """The digest of every record's bytes, in order.

    Raises:
        SekishoError: They cannot be read as records.

    """
    try:
        return record_digests(layouts_in_use().choose(layout, body).layout, body)
    except RecordsError as fault:
        message = f"these are no records of {layout}"
        raise SekishoError(message) from fault


def fetch_copy(home: Home, copy: VendorCopy) -> bytes:
    """What the vendor gives back of a parcel.

    Raises:
        AwayError: It cannot be reached.
        Refused: It has no such parcel, or does not open our area.

    """
    known = find_counterpart(home, copy.counterpart)
    place = f"/intake/{copy.tenant}/{copy.parcel}/records/"
    try:
        with call(home, f"gate-{copy.tenant}", known, _PATIENCE) as client:
            answer = client.get(place)
    except httpx.HTTPError as fault:
        raise AwayError(copy.counterpart, type(fault).__name__) from fault
    if answer.status_code != httpx.codes.OK:
        raise Refused([because(ReasonCode.COUNTERPART_REFUSED, code=str(answer.status_code))])
    return answer.content


def examine_copy(copy: VendorCopy, body: bytes, layout: str) -> CopyFindings:
    """Compare what came back with what was sent, and listen for canaries of other municipalities."""
    came, sent, unreadable = tuple[str, ...](), set(copy.sent), False
    try:
        came = digests_of(layout, body)
    except SekishoError:
        unreadable = True
    search = CanarySearch(needles=needles_for(canaries_beside(copy.tenant)))
    return CopyFindings(
        records=len(came),
        missing=len(sent - set(came)),
        strangers=sum(1 for each in came if each not in sent),
        canaries=search.search([body]),
        unreadable=unreadable,
    )


def quarantine_key(parcel: str) -> str:
    """The id of the key under which what came back is put away."""
    return f"quarantine/{parcel}"


def _put_away(home: Home, copy: VendorCopy, body: bytes) -> None:
    """Seal what came back under a key of its own; nobody works with it, and evidence of the mix-up is kept."""
    folder = home.folder / "quarantine"
    folder.mkdir(mode=0o700, exist_ok=True)
    key = open_key_store(home).make(copy.tenant, quarantine_key(copy.parcel))
    sink = Sink(folder, f"{copy.parcel}.records", key, inline=0)
    sink.discard()
    sink.feed(body)
    sink.finish()


def _stop(copy: VendorCopy, found: CopyFindings, digest: str, at: datetime) -> None:
    """The alarm, and the permit of the connection stops by itself; in one transaction."""
    facts = {
        "records": found.records,
        "missing": found.missing,
        "strangers": found.strangers,
        "unreadable": found.unreadable,
        "canaries": [{"municipality": each.municipality, "count": each.count} for each in found.canaries],
    }
    frame = {"tenant": copy.tenant, "parcel": copy.parcel, "at": at.isoformat(), "permit": copy.permit}
    with writing():
        connection = permit_named(copy.tenant, copy.permit).connection
        alarm = {"kind": str(EntryKind.ALARM_RAISED), "hall": "exit", "connection": connection, "digest": digest}
        append_entry(copy.tenant, {**frame, **alarm, "counterpart": copy.counterpart, "quarantined": True, **facts})
        for row in permits_to_stop(copy.tenant, connection):
            by = {"person": copy.counterpart}
            entry = {"kind": str(EntryKind.PERMIT_SUSPENDED), "at": at.isoformat(), "by": by}
            take_step(row, "stop_itself", None, {**entry, "cause": str(StopCause.ALARM)})


def verify_copy(home: Home, copy: VendorCopy, layout: str, at: datetime) -> CopyFindings:
    """Fetch what the vendor has of a parcel and look at it; if it is not ours alone, put it away and stop the permit.

    Raises:
        SekishoError: The vendor is not known or not reachable.
        Refused: It gives nothing back.

    """
    body = fetch_copy(home, copy)
    found = examine_copy(copy, body, layout)
    if not found.good:
        _put_away(home, copy, body)
        _stop(copy, found, hashlib.sha256(body).hexdigest(), at)
    return found
