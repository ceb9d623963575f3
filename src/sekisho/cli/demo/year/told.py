"""What is told of the year, read back from everybody who took part, and what does not add up."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.table import Table

Figures = tuple[int, int]
"""A number of donations or notices, and how many yen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YearReport:
    """The year as everybody has it: the portals, the copies at the internet side, S1, and the road."""

    year: int
    portals: Mapping[str, Figures]
    manager: Mapping[str, Figures]
    files: int
    erased: int
    late: int
    donors: int
    applications: int
    accepted_yen: int
    untold_yen: int
    exceptions: tuple[str, ...]
    destinations: int
    batches: int
    acknowledged: int
    road: Figures
    paper: Figures

    @property
    def lost(self) -> int:
        """Donations that a portal has and S1 has not."""
        return sum(max(count - self.manager.get(portal, (0, 0))[0], 0) for portal, (count, _) in self.portals.items())

    @property
    def doubled(self) -> int:
        """Donations that S1 has more than once."""
        return sum(max(count - self.portals.get(portal, (0, 0))[0], 0) for portal, (count, _) in self.manager.items())

    def differences(self) -> Iterator[str]:
        """Everything that does not add up; nothing if all is as it should be."""
        for portal in sorted({*self.portals, *self.manager}):
            there, here = self.portals.get(portal, (0, 0)), self.manager.get(portal, (0, 0))
            if there != here:
                yield f"{portal}: ポータル {there} S1 {here} / the portal and S1 differ"
        if self.late or self.erased != self.files:
            yield f"写し {self.files} 削除 {self.erased} 超過 {self.late} / copies are left"
        if self.acknowledged != self.batches:
            yield f"束 {self.batches} 受領 {self.acknowledged} / batches are not acknowledged"
        told = self.road[1] + self.paper[1]
        if self.accepted_yen != told + self.untold_yen:
            yield f"受付 {self.accepted_yen}円 通知 {told}円 例外 {self.untold_yen}円 / yen differ"

    def as_data(self) -> dict[str, Any]:
        """The report for machines."""
        names = ("year", "files", "erased", "donors", "applications", "destinations", "batches", "acknowledged")
        told = {name: getattr(self, name) for name in names}
        held = {
            "portals": dict(self.portals),
            "manager": dict(self.manager),
            "road": list(self.road),
            "paper": list(self.paper),
        }
        yen = {"accepted_yen": self.accepted_yen, "untold_yen": self.untold_yen, "exceptions": list(self.exceptions)}
        return {**told, **held, **yen, "overdue": self.late, "lost": self.lost, "doubled": self.doubled}


def print_year(report: YearReport, console: Console) -> None:
    """The year for people."""
    table = Table(title=f"{report.year}年の寄附 / the year's donations")
    for heading in ("ポータル / portal", "件数 / donations", "円 / yen", "S1 件数", "S1 円"):
        table.add_column(heading, justify="left" if heading.startswith("ポ") else "right")
    for portal, figures in report.portals.items():
        here = report.manager.get(portal, (0, 0))
        table.add_row(portal, *(f"{each:,}" for each in (*figures, *here)))
    console.print(table)
    console.print(
        f"インターネット側の写し / copies at the internet side: {report.files}、削除済み / erased {report.erased}"
    )
    console.print(
        f"寄附者 / donors: {report.donors:,}、ワンストップ申請 / one-stop applications: {report.applications:,}"
    )
    console.print(
        f"申告特例通知書 / notices: {report.destinations:,} 団体へ / municipalities、束 / batches {report.batches:,}、"
        f"受領 / acknowledged {report.acknowledged:,}、{report.road[0]:,} 件 {report.road[1]:,} 円、"
        f"紙 / on paper {report.paper[0]:,} 件 {report.paper[1]:,} 円"
    )
    console.print(
        f"[bold]期限超過 {report.late}、欠落 {report.lost}、重複 {report.doubled}[/] / "
        f"{report.late} overdue, {report.lost} lost, {report.doubled} doubled"
    )
