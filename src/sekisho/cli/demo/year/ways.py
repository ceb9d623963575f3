"""The ways in: an officer's download, the robot through the security cloud, and S1's automatic link past the city."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import date
from time import monotonic, sleep
from typing import Final

import httpx

from sekisho.adapters.connectors import Errand
from sekisho.adapters.database.connectors import NewConnector, enter_connector, find_connector
from sekisho.adapters.database.models import ConnectorMode, Parcel, RunOutcome
from sekisho.adapters.database.queries_connectors import CopyTotals, copy_totals
from sekisho.bootstrap import now
from sekisho.bootstrap.connectors import bring_in, fetch_whole, run_connector, way_in
from sekisho.cli.demo.year.commands import command
from sekisho.cli.demo.year.plan import Way, Year
from sekisho.cli.demo.year.sites import HOST, Sites, open_way_out, portals_by_way
from sekisho.kernel import SekishoError

PERSON, TERMINAL = "tateyama", "staff-terminal-1"
_USER, _PASSWORD, _TOKEN = "nagasaki", "portal-demo-59", "portal-token-59"
_PATIENCE_SECONDS: Final = 900


def period_of(year: Year) -> tuple[date, date]:
    """The whole year."""
    return date(year.year, 1, 1), date(year.year, 12, 31)


def enter_ways(sites: Sites) -> None:
    """One connector a portal: the officer's, and the robot's where its programs are; then the only way out."""
    for portal in (*portals_by_way(Way.OFFICER), *portals_by_way(Way.ROBOT)):
        robot = portal in portals_by_way(Way.ROBOT) and sites.proxy
        port = sites.portals[portal].ready["port"]
        said = NewConnector(
            connector=portal,
            portal=portal,
            mode=ConnectorMode.ROBOT if robot else ConnectorMode.CSV,
            person=PERSON,
            terminal=TERMINAL,
            url=f"http://{HOST}:{port}" if robot else "",
            user=_USER if robot else "",
            secret=_PASSWORD if robot else "",
        )
        enter_connector(sites.city, sites.tenant, said)


def bring_by_officer(sites: Sites, portal: str, year: Year) -> list[str]:
    """An officer signs in at the portal, downloads the year and hands it in at the gate; answers the parcels."""
    row, way = find_connector(sites.tenant, portal), way_in(sites.tenant, portal)
    with httpx.Client(base_url=sites.portal_url(portal), timeout=120, trust_env=False, follow_redirects=True) as client:
        client.post("/login", data={"user": _USER, "password": _PASSWORD}).raise_for_status()

        def download(errand: Errand) -> bytes:
            """The file of a period, as the officer's browser saves it."""
            period = {"from": f"{errand.first}", "until": f"{errand.last}"}
            return client.get("/orders/download", params=period).raise_for_status().content

        files = list(fetch_whole(row, period_of(year), way.records_at_most, download))
    return [bring_in(row, way, each.body) for each in files]


def bring_by_robot(sites: Sites, portal: str, year: Year) -> list[str]:
    """The robot fetches the year through the security cloud; answers the parcels.

    Raises:
        SekishoError: It did not bring it.

    """
    run = run_connector(sites.tenant, portal, period_of(year))
    if run.outcome != RunOutcome.DONE:
        message = f"{portal}: {run.outcome}"
        raise SekishoError(message)
    return list(run.parcels)


def bring_by_link(sites: Sites, portal: str) -> None:
    """S1 asks the portal itself; the city sees nothing of it."""
    told = ("--url", sites.portal_url(portal), "--token", _TOKEN)
    where = ("--home", str(sites.manager), "--area", sites.tenant, "--portal", portal)
    command(sites.manager, "donations", "automatic-link", *where, *told)


def _stopped(parcels: Sequence[str]) -> dict[str, list[str]]:
    """The parcels that the gate did not let through, and why."""
    rows = Parcel.objects.filter(parcel__in=parcels).values_list("parcel", "reasons")
    return {parcel: [str(each["code"]) for each in reasons] for parcel, reasons in rows if reasons}


def wait_until_erased(sites: Sites, parcels: Sequence[str]) -> CopyTotals:
    """Wait until the copy of every file on the internet side is erased, because S1 has every record of it.

    Raises:
        SekishoError: The gate stopped a file, or a copy is still there after a long time.

    """
    until = monotonic() + _PATIENCE_SECONDS
    while (found := copy_totals(sites.tenant, now())).erased < len(parcels):
        if (stopped := _stopped(parcels)) or monotonic() > until:
            message = f"{found.erased} of {len(parcels)} copies are erased; stopped at the gate: {stopped}"
            raise SekishoError(message)
        sleep(0.2)
    return found


def bring_all(sites: Sites, year: Year) -> Iterator[tuple[str, list[str]]]:
    """Bring the year in, portal by portal; answers each with its parcels."""
    for portal in portals_by_way(Way.OFFICER):
        yield portal, bring_by_officer(sites, portal, year)
    for portal in portals_by_way(Way.ROBOT):
        yield portal, (bring_by_robot if sites.proxy else bring_by_officer)(sites, portal, year)
    for portal in portals_by_way(Way.LINK):
        bring_by_link(sites, portal)
        yield portal, []


def open_robots_way(sites: Sites, stack: ExitStack) -> None:
    """The robot leaves through the security cloud only."""
    if sites.proxy:
        open_way_out(stack, sites.city)
