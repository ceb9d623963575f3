"""Everybody who takes part in the year, as processes: the portals, the security cloud, S1 with its door, the road."""

import csv
import hashlib
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sekisho.adapters.carriers import Counterpart, keep_counterpart
from sekisho.adapters.carriers.calling import set_way_out
from sekisho.adapters.certificates import CertificateAuthority, CertificateKind
from sekisho.adapters.database.home import Home
from sekisho.adapters.database.models import PermitRow
from sekisho.adapters.database.permit_papers import write_paper
from sekisho.adapters.places import shipped_municipalities
from sekisho.bootstrap import now
from sekisho.bootstrap.egress import allow_list
from sekisho.cli.demo.stage import Running, running
from sekisho.cli.demo.year.commands import step
from sekisho.cli.demo.year.plan import SEED, SHARES, Year
from sekisho.records import NORTHERN_VILLAGES, Municipality, PlaceKind

MANAGER: Final = "sekisho.web.donation_manager"
SETTINGS: Final = f"{MANAGER}.settings"
STORY: Final = "sekisho.cli.demo.year.manager"
HOST: Final = "portal.example"
_DOOR: Final = "donation-manager"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sites:
    """Where everybody is: the city's gate, S1's home folder, the portals, the operator's side of the road."""

    city: Home
    tenant: str
    manager: Path
    portals: Mapping[str, Running]
    road: Running
    proxy: bool

    def portal_url(self, portal: str) -> str:
        """Where a portal is, from this machine."""
        return f"http://127.0.0.1:{self.portals[portal].ready['port']}"


def can_use_robot() -> bool:
    """Are the programs here that the robot and the only way out need?"""
    return all(shutil.which(each) for each in ("chromium", "squid"))


def write_places(place: Path, donations: int) -> None:
    """Where the donors live: municipalities all over the country, the more of them the more donors there are."""
    table = shipped_municipalities()
    named = [each for each in table.valid_on() if each.kind is PlaceKind.MUNICIPALITY]
    # Six villages of the table have had no residents since 1945; no notice can be sent to them.
    every = [each for each in named if each.code not in NORTHERN_VILLAGES]
    each_so_many = max(1, len(every) * 15 // max(donations, 1))
    with place.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows((each.prefecture, each.name) for each in sorted(every, key=_by_code)[::each_so_many])


def _by_code(place: Municipality) -> str:
    """The order of the table."""
    return place.code


def open_portals(stack: ExitStack, home: Path, year: Year) -> Mapping[str, Running]:
    """Four portals with the year's donations."""
    places = home / "places.csv"
    write_places(places, year.donations)
    said = ["--home", str(home), "--places", str(places), "--seed", str(SEED), "--year", str(year.year)]
    return {
        portal: stack.enter_context(
            running(
                portal,
                "counterparts.donation_portal",
                [*said, "--portal", portal, "--donations", str(count)],
                home / f"{portal}.log",
            )
        )
        for portal, count in year.counts().items()
    }


def hand_over(tenant: str, home: Path) -> list[Path]:
    """The papers of consultation 60's permits, which S1's own gate has to obey; each is named by its digest."""
    named = PermitRow.objects.filter(tenant_id=tenant, consultation="60", status="active").order_by("permit")
    papers = []
    for permit in named.values_list("permit", flat=True):
        body = write_paper(tenant, permit, "kosuge", now())
        papers.append(home / f"{hashlib.sha256(body).hexdigest()}.json")
        papers[-1].write_bytes(body)
    return papers


def open_manager(stack: ExitStack, city: Home, tenant: str, home: Path) -> None:
    """S1 with the city's area; its door opens to the city's gate, and the gate knows the door."""
    home.mkdir(parents=True)
    authority, ca = CertificateAuthority(city), city.certificates
    authority.issue(_DOOR, CertificateKind.SERVER, "", now())
    shown = (str(ca / f"gate-{tenant}.pem"), str(authority.certificate))
    step(home, SETTINGS, STORY, "open", *shown, *map(str, hand_over(tenant, home)))
    own = ["--certificate", str(ca / f"{_DOOR}.pem"), "--key", str(ca / f"{_DOOR}.key")]
    there = {"SEKISHO_HOME": str(home), "DJANGO_SETTINGS_MODULE": SETTINGS}
    door = stack.enter_context(running("door", f"{MANAGER}.door", ["--port", "0", *own], home / "door.log", there))
    url = f"https://localhost:{door.ready['port']}"
    name = "donation_manager"
    keep_counterpart(city, Counterpart(counterpart=name, url=url, recipient="", receipt_key="", carrier="intake"))


def open_road(stack: ExitStack, manager: Path) -> Running:
    """The road to other municipalities, and the worker of S1's own gate, through which notices leave."""
    ca, home = manager / "ca", manager / "road"
    told = ["--home", str(home), "--client-ca", str(ca / "authority.pem")]
    told += ["--certificate", str(ca / "eltax.pem"), "--key", str(ca / "eltax.key")]
    road = stack.enter_context(running("road", "counterparts.eltax", told, manager / "road.log"))
    there = {"SEKISHO_HOME": str(manager), "DJANGO_SETTINGS_MODULE": SETTINGS}
    stack.enter_context(running("worker", "sekisho.worker", [], manager / "worker.log", there))
    return road


def open_way_out(stack: ExitStack, city: Home) -> None:
    """The security cloud with what the permits allow, as the city's only way to the internet."""
    # Squid gives up its rights, and then must still reach its own folder.
    own = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="security-cloud-")))
    own.chmod(0o755)
    allowed = own / "allowed"
    allowed.write_text(allow_list(), encoding="utf-8")
    told = ["--home", str(own / "cloud"), "--allowed", str(allowed)]
    cloud = stack.enter_context(running("cloud", "counterparts.security_cloud", told, city.folder / "cloud.log"))
    set_way_out(city, f"http://127.0.0.1:{cloud.ready['port']}")


def open_sites(stack: ExitStack, city: Home, tenant: str, year: Year) -> Sites:
    """Everybody, ready; the way out is opened once the robot's portal is entered."""
    home = city.folder / "donations"
    home.mkdir()
    portals = open_portals(stack, home, year)
    open_manager(stack, city, tenant, home / "s1")
    road = open_road(stack, home / "s1")
    return Sites(city=city, tenant=tenant, manager=home / "s1", portals=portals, road=road, proxy=can_use_robot())


def portals_by_way(way: str) -> tuple[str, ...]:
    """The portals whose donations come in this way."""
    return tuple(each.portal for each in SHARES if each.way == way)
