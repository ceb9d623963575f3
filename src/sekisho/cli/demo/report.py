"""What the demonstration shows: table, verification, evidence bundle, erasure proofs; all from the ledger."""

import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from sekisho.adapters.bundles import write_bundle
from sekisho.adapters.database.ledger_verification import LedgerVerdict, verify_ledger
from sekisho.adapters.database.ledgers import read_entries
from sekisho.adapters.database.passages import find_parcel
from sekisho.adapters.database.queries_bundles import evidence_of_parcel
from sekisho.cli.demo.city import City
from sekisho.cli.demo.story import Attempt, differences
from sekisho.cli.demo.table import CrossingRow, draw_table, read_crossings
from sekisho.cli.demo.year.told import YearReport, print_year
from sekisho.kernel import replay_root


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything the demonstration found out."""

    attempts: Mapping[str, Attempt]
    rows: Mapping[str, CrossingRow]
    ledger: LedgerVerdict
    bundle: Path
    bundle_verified: bool
    proofs: tuple[Mapping[str, object], ...]
    year: YearReport | None = None

    @property
    def unexpected(self) -> list[str]:
        """Everything that is not as it should be."""
        found = differences(self.attempts, self.rows)
        found += [f"ledger: {fault}" for fault in self.ledger.faults]
        found += self.year.differences() if self.year else []
        return found if self.bundle_verified else [*found, "bundle: 検証できません / does not verify"]

    def as_data(self) -> dict[str, object]:
        """The report for machines."""
        rows = [{"attempt": each.attempt, **self.rows[parcel].as_data()} for parcel, each in self.attempts.items()]
        verdict = self.ledger
        return {
            "crossings": rows,
            "ledger": {
                "verified": verdict.verified,
                "entries": verdict.entries,
                "size": verdict.size,
                "root": verdict.root,
            },
            "bundle": str(self.bundle),
            "bundle_verified": self.bundle_verified,
            "erasure_proofs": list(self.proofs),
            "year": self.year.as_data() if self.year else None,
            "unexpected": self.unexpected,
        }


def _proofs(parcels: Mapping[str, Attempt]) -> tuple[Mapping[str, object], ...]:
    """The proof of erasure of every parcel that was here."""
    rows = (find_parcel(parcel) for parcel in parcels)
    return tuple({"parcel": row.parcel, **row.proof} for row in rows if row.proof)


def make_report(city: City, attempts: Mapping[str, Attempt], shown: str, year: YearReport | None) -> Report:
    """Read everything back from the ledger, and check it as an outsider would."""
    rows = {row.parcel: row for row in read_crossings(read_entries(city.tenant))}
    bundle = write_bundle(city.home.folder / "evidence" / f"{shown}.zip", evidence_of_parcel(city.tenant, shown))
    checked = subprocess.run(  # the verifier of the bundle itself, as a process of its own
        [sys.executable, "-I", "-m", "zipfile", "-e", str(bundle), str(bundle.with_suffix(""))], check=False
    )
    verifier = [sys.executable, "-I", str(bundle.with_suffix("") / "verify.py"), str(bundle)]
    verified = checked.returncode == 0 and subprocess.run(verifier, check=False, capture_output=True).returncode == 0
    return Report(
        attempts=attempts,
        rows=rows,
        ledger=verify_ledger(city.tenant, replay_root),
        bundle=bundle,
        bundle_verified=verified,
        proofs=_proofs(attempts),
        year=year,
    )


def print_report(report: Report, console: Console) -> None:
    """The report for people."""
    titles = {parcel: each.title for parcel, each in report.attempts.items()}
    console.print(draw_table([report.rows[parcel] for parcel in report.attempts if parcel in report.rows], titles))
    verdict = report.ledger
    if verdict.verified:
        console.print(
            f"[bold]帳簿を検証しました / ledger verified[/]: {verdict.size} entries, root {verdict.root[:16]}…"
        )
    console.print(f"証拠一式 / evidence bundle: {report.bundle}", soft_wrap=True)
    console.print(f"  検証 / verify: python3 {report.bundle.with_suffix('')}/verify.py {report.bundle}", soft_wrap=True)
    console.print(f"削除の証明 / erasure proofs: {len(report.proofs)}")
    for proof in report.proofs:
        console.print(f"  {proof['parcel']}: key {str(proof['key_digest'])[:16]}… {proof['bytes_removed']} bytes")
    if report.year:
        print_year(report.year, console)
    for each in report.unexpected:
        console.print(f"[bold red]想定と違います / not as it should be[/]: {each}")
