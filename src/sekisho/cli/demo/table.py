"""The table of crossings, read back from the ledger's entries and from nothing else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from rich.table import Table

from sekisho.kernel import Reason, reason_from_data

Entry = Mapping[str, Any]
OUTCOMES = {
    "erased": ("通過", "crossed"),
    "erasing": ("削除中", "erasing"),
    "delivered": ("引渡し済", "delivered"),
    "leaving": ("送出中", "leaving"),
    "cleared": ("検査済", "cleared"),
    "received": ("受付済", "received"),
    "held": ("保留", "held"),
    "refused": ("拒否", "refused"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossingRow:
    """One parcel as the ledger tells it."""

    parcel: str
    connection: str
    outcome: str
    direction: str
    person: str
    terminal: str
    records: int | None
    size: int | None
    receipt: str
    facts: Mapping[str, str]
    erasure: str
    steps: tuple[str, ...]
    reasons: tuple[Reason, ...] = field(default=())

    def as_data(self) -> dict[str, object]:
        """The row for machines; reasons in both languages."""
        return {
            "parcel": self.parcel,
            "connection": self.connection,
            "outcome": self.outcome,
            "direction": self.direction,
            "person": self.person,
            "terminal": self.terminal,
            "records": self.records,
            "size": self.size,
            "receipt": self.receipt,
            "facts": dict(self.facts),
            "erasure_proof": self.erasure,
            "steps": list(self.steps),
            "reasons": [
                {"code": str(reason.code), "facts": dict(reason.facts), "ja": reason.ja, "en": reason.en}
                for reason in self.reasons
            ],
        }


def _outcome(kinds: Iterable[str]) -> str:
    """What became of it: a stop stays a stop, though what was refused is erased as well."""
    seen = list(kinds)
    for stop in ("refused", "held"):
        if stop in seen:
            return stop
    return next((kind for kind in OUTCOMES if kind in seen), seen[-1])


def _row(parcel: str, entries: list[Entry]) -> CrossingRow:
    """One parcel's entries, folded into one row."""
    merged: dict[str, Any] = {}
    for entry in entries:
        merged |= {"person": "", "terminal": ""} | merged | entry.get("by", {}) | entry
    found = merged.get("found", {})
    return CrossingRow(
        parcel=parcel,
        connection=merged["connection"],
        outcome=_outcome(entry["kind"] for entry in entries),
        direction=merged.get("direction", ""),
        person=merged["person"],
        terminal=merged["terminal"],
        records=found.get("records"),
        size=merged.get("size"),
        receipt=merged.get("receipt", ""),
        facts=merged.get("facts", {}),
        erasure=merged.get("key_digest", ""),
        steps=tuple(entry["kind"] for entry in entries),
        reasons=tuple(reason_from_data(each) for each in merged.get("reasons", ())),
    )


def read_crossings(entries: Iterable[Entry]) -> list[CrossingRow]:
    """Fold the entries of a ledger, in their order, into one row a parcel."""
    parcels: dict[str, list[Entry]] = {}
    for entry in entries:
        if "parcel" in entry and "connection" in entry and entry["kind"] in OUTCOMES:
            parcels.setdefault(entry["parcel"], []).append(entry)
    return [_row(parcel, steps) for parcel, steps in parcels.items()]


def _result(row: CrossingRow) -> str:
    """The last column: what came of it, or every reason why not."""
    if row.reasons:
        return "\n".join(f"・{reason.ja}\n  {reason.en}" for reason in row.reasons)
    parts = [f"受付番号 {row.receipt}"] if row.receipt else []
    parts += [f"{name} {value}" for name, value in sorted(row.facts.items())]
    return "\n".join(parts)


def draw_table(rows: Iterable[CrossingRow], titles: Mapping[str, str]) -> Table:
    """The table as an officer reads it."""
    table = Table(title="通過の記録(帳簿から) / Crossings, read back from the ledger", show_lines=True)
    for heading in ("", "試みたこと / attempt", "操作者・端末", "記録", "結果と理由 / result and reasons"):
        table.add_column(heading, overflow="fold")
    for row in rows:
        ja, en = OUTCOMES[row.outcome]
        table.add_row(
            f"{ja}\n{en}",
            f"{titles.get(row.parcel, row.parcel)}\n{row.connection}",
            f"{row.person}\n{row.terminal}",
            "-" if row.records is None else f"{row.records:,}",
            _result(row),
        )
    return table
