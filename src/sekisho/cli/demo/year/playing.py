"""Playing the year, from the portals to the acknowledged notices; then everybody is asked what they have."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

import httpx

from sekisho.adapters.database.home import Home
from sekisho.cli.demo.year.commands import step
from sekisho.cli.demo.year.plan import Year
from sekisho.cli.demo.year.sites import SETTINGS, STORY, Sites, open_sites
from sekisho.cli.demo.year.told import Figures, YearReport
from sekisho.cli.demo.year.ways import bring_all, enter_ways, open_robots_way, wait_until_erased


@dataclass(slots=True, kw_only=True)
class YearStory:
    """The year as it is told: its steps one after the other, and what each found."""

    stack: ExitStack
    city: Home
    tenant: str
    year: Year
    found: dict[str, Any] = field(default_factory=dict)

    def tell(self) -> Iterator[str]:
        """Carry out the year; names each step before it is made."""
        yield "ポータル4つとS1を開く / four portals and S1 open"
        sites = open_sites(self.stack, self.city, self.tenant, self.year)
        enter_ways(sites)
        open_robots_way(sites, self.stack)
        yield "寄附がポータルから届く / donations come in from the portals"
        files: list[str] = []
        for portal, parcels in bring_all(sites, self.year):
            files += parcels
            yield f"寄附が届く / donations come in: {portal}"
        yield "S1が1件ずつ確かめ、写しを消す / S1 answers for every record, and the copies are erased"
        self.found["copies"] = (len(files), wait_until_erased(sites, files))
        yield from self._inside(sites)

    def _inside(self, sites: Sites) -> Iterator[str]:
        """What happens in S1: the same people found, applications keyed twice, notices through its gate."""
        year, road = str(self.year.year), f"https://localhost:{sites.road.ready['port']}"
        yield "名寄せし、ワンストップ特例の申請を2回ずつ入力する / donors are linked, and applications are keyed twice"
        self.found["applications"] = step(sites.manager, SETTINGS, STORY, "applications", year)
        yield "住所地の市区町村へ通知する / the donors' municipalities are told"
        self.found["notices"] = step(sites.manager, SETTINGS, STORY, "notices", year, road)
        self.found["portals"] = {portal: ask_portal(sites, portal) for portal in sites.portals}
        self.found["road"] = _ask(sites.road.ready["control"], "control/totals")

    def report(self) -> YearReport:
        """Everything that was found."""
        (files, copies), notices = self.found["copies"], self.found["notices"]
        return YearReport(
            year=self.year.year,
            portals=self.found["portals"],
            manager={portal: (count, yen) for portal, (count, yen) in notices["portals"].items()},
            files=files,
            erased=copies.erased,
            late=copies.late,
            donors=notices["donors"],
            applications=self.found["applications"]["applications"],
            accepted_yen=notices["accepted_yen"],
            untold_yen=notices["untold_yen"],
            exceptions=tuple(notices["exceptions"]),
            destinations=notices["destinations"],
            batches=notices["batches"],
            acknowledged=notices["acknowledged"],
            road=(self.found["road"]["notices"], self.found["road"]["total"]),
            paper=(notices["paper"][0], notices["paper"][1]),
        )


def ask_portal(sites: Sites, portal: str) -> Figures:
    """What a portal itself says it has."""
    told = _ask(sites.portals[portal].ready["control"], "")
    return told["orders"], told["amount"]


def _ask(control: str, path: str) -> Any:
    """What the operator of a stand-in sees."""
    return httpx.get(f"http://127.0.0.1:{control}/{path}", timeout=60, trust_env=False).raise_for_status().json()
