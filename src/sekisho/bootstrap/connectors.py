"""Running connectors: fetch from the portal, compare the headings, and only then bring the file to the gate.

Whoever runs one is a bearer like any other: the person and terminal of the connector stand in every entry. The city
gives the portal nothing: a robot asks and takes. Import this only once the house is open.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Final

from sekisho.adapters.carriers.calling import way_out
from sekisho.adapters.connectors import Errand, PortalAwayError, clear_dead_profiles, fetch_with_robot
from sekisho.adapters.database.connectors import (
    NewConnector,
    begin_run,
    connector_secret,
    due_connectors,
    end_cut_runs,
    end_run,
    enter_connector,
    find_connector,
    run_now,
    running_alone,
)
from sekisho.adapters.database.home import find_home
from sekisho.adapters.database.models import ConnectorMode, ConnectorRow, ConnectorRunRow, RunOutcome
from sekisho.adapters.database.office_time import office_day
from sekisho.adapters.database.permits import permit_for
from sekisho.adapters.layouts import layouts_in_use
from sekisho.bootstrap.again import Guard, sentence_of
from sekisho.bootstrap.column_mapping import difference_as_data, look_at_headings
from sekisho.bootstrap.house import now
from sekisho.bootstrap.intake import Drop, take_bytes, taken_before
from sekisho.business.hometown_donations.donations import PORTALS
from sekisho.kernel import Credential, Refused, SekishoError
from sekisho.records.reading import raw_records

__all__ = ["NewConnector", "PortalAwayError", "enter_connector", "find_connector", "run_connector"]

OVERLAP: Final = timedelta(days=14)
"""So many days are fetched again each time: a transfer is paid days after the order, and S1 knows each order once."""
_HEAD: Final = 1 << 16
Period = tuple[date, date]
Fetch = Callable[[Errand], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A file of a period, small enough for one parcel."""

    period: Period
    body: bytes
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WayIn:
    """The permitted connection on which a portal's files come in, and how many records a parcel may hold."""

    connection: str
    records_at_most: int


def way_in(tenant: str, portal: str) -> WayIn:
    """On which connection files of a portal come in.

    Raises:
        SekishoError: No approval covers this portal.

    """
    row = permit_for(tenant, PORTALS[portal].layout, "inward")
    if row is None:
        message = f"{portal}: このポータルの通行証がありません / no permit covers this portal"
        raise SekishoError(message)
    return WayIn(connection=row.connection, records_at_most=int(row.specification["records_at_most"]))


def next_period(row: ConnectorRow, at: datetime) -> Period:
    """What is fetched next: from a little before where the last run ended, until today."""
    today = office_day(at)
    first = (row.fetched_until - OVERLAP) if row.fetched_until else today - OVERLAP
    return first, today


def fetch_whole(row: ConnectorRow, period: Period, limit: int, fetch: Fetch) -> Iterator[Fetched]:
    """The files of a period; one that is too large for a parcel is fetched again in two halves.

    Raises:
        SekishoError: One single day is too large.

    """
    first, last = period
    home = find_home()
    body = fetch(
        Errand(
            url=row.url,
            user=row.user,
            password=connector_secret(home, row),
            first=first,
            last=last,
            proxy=way_out(home),
            pin=row.pin,
        )
    )
    rows = _count_records(row, body)
    if rows <= limit:
        yield Fetched(period=period, body=body, rows=rows)
        return
    if first == last:
        message = f"{first}: 1日の件数が通行証の上限を超えます / one day has more records than a parcel may hold"
        raise SekishoError(message)
    middle = first + (last - first) // 2
    yield from fetch_whole(row, (first, middle), limit, fetch)
    yield from fetch_whole(row, (middle + timedelta(days=1), last), limit, fetch)


def _count_records(row: ConnectorRow, body: bytes) -> int:
    """How many records a file has below its heading, however its lines end and whatever its values hold.

    Raises:
        RecordsError: It ends inside a record.

    """
    layout = layouts_in_use().choose(PORTALS[row.portal].layout, body[:_HEAD]).layout
    return max(sum(1 for _ in raw_records(layout, [body])) - 1, 0)


def run_connector(
    tenant: str, connector: str, period: Period | None = None, person: str = "", *, fetch: Fetch = fetch_with_robot
) -> ConnectorRunRow:
    """Run a robot once; answers with the run and how it ended.

    Raises:
        SekishoError: There is no such connector, or it is not a robot's.
        Refused: It runs already.

    """
    row = find_connector(tenant, connector)
    if row.mode != ConnectorMode.ROBOT:
        message = f"{connector}: ロボットの接続ではありません / not a robot's connector"
        raise SekishoError(message)
    with running_alone(row):
        wanted = period or next_period(row, now())
        return _run(begin_run(row, wanted, person or row.person, now()), wanted, fetch)


def _run(run: ConnectorRunRow, wanted: Period, fetch: Fetch) -> ConnectorRunRow:
    """A run from its beginning to its end, however it ends."""
    try:
        return _carry_out(run, wanted, fetch)
    except PortalAwayError as away:
        return end_run(run, RunOutcome.AWAY, now(), detail={"why": str(away)})
    except Refused as refused:
        why = [{"ja": each.ja, "en": each.en} for each in refused.reasons]
        return end_run(run, RunOutcome.REFUSED, now(), detail={"reasons": why})
    except Exception as fault:  # noqa: BLE001 - a run that does not end would begin again at every look
        return end_run(run, RunOutcome.REFUSED, now(), detail={"why": sentence_of(fault)})


def _carry_out(run: ConnectorRunRow, period: Period, fetch: Fetch) -> ConnectorRunRow:
    """Fetch everything, compare every heading, and only then bring anything in."""
    row = run.connector
    way = way_in(row.tenant_id, row.portal)
    found = list(fetch_whole(row, period, way.records_at_most, fetch))
    for each in found:
        difference, guesses = look_at_headings(row, each.body[:_HEAD])
        if difference.stops:
            return end_run(run, RunOutcome.MISMATCH, now(), detail=difference_as_data(difference, guesses))
    filled = [each for each in found if each.rows]
    parcels = [bring_in(row, way, each.body) for each in filled]
    rows = sum(each.rows for each in filled)
    outcome = RunOutcome.DONE if parcels else RunOutcome.EMPTY
    return end_run(run, outcome, now(), parcels=parcels, detail={"rows": rows})


def bring_in(row: ConnectorRow, way: WayIn, body: bytes) -> str:
    """Bring a file to the gate as the connector's person; the same bytes again are the same parcel.

    Raises:
        Refused: The gate does not let it in.

    """
    credential = Credential(kind="shell", value=f"{row.terminal}/{row.person}")
    name = f"{row.connector}/{sha256(body).hexdigest()}"
    drop = Drop(tenant=row.tenant_id, connection=way.connection, credential=credential, name=name)
    return taken_before(drop) or take_bytes(drop, body)


def run_soon(tenant: str, connector: str) -> None:
    """Let a robot run at the worker's next look.

    Raises:
        SekishoError: There is no such connector.

    """
    run_now(find_connector(tenant, connector), now())


def run_due_connectors(at: datetime, guard: Guard | None = None) -> int:
    """Run every robot whose hour has come, one after the other; what breaks in one keeps no other. Answers how many."""
    clear_dead_profiles()
    end_cut_runs(ConnectorMode.ROBOT)
    due, each_apart = due_connectors(at, ConnectorMode.ROBOT), guard or Guard("forwarding")
    for row in due:
        each_apart.manages(f"{row.tenant_id}/{row.connector}", run_connector, row.tenant_id, row.connector)
    return len(due)
