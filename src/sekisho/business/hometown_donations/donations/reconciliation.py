"""Comparing what one side sent with what the other says it has: record by record, in number, and to the yen."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sekisho.records import Layout, read
from sekisho.records.reading import raw_records


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What was sent: how many records, how much they come to, and the SHA-256 of each record's bytes in order."""

    records: int
    amount: int
    rows: tuple[str, ...]


def record_digests(layout: Layout, plain: bytes) -> tuple[str, ...]:
    """The digest of every record in order: of its line with the line's end; the heading is no record.

    Raises:
        RecordsError: The file ends inside a record.

    """
    return tuple(hashlib.sha256(each).hexdigest() for each in list(raw_records(layout, [plain]))[1:])


def tell_sent(layout: Layout, plain: bytes, amount_field: str = "amount") -> Sent:
    """What a file of records comes to."""
    rows = record_digests(layout, plain)
    amounts = (int(each.values.get(amount_field) or 0) for each in read(layout, [plain]))
    return Sent(records=len(rows), amount=sum(amounts), rows=rows)


def compare_with_answer(sent: Sent, answer: Mapping[str, object]) -> tuple[str, ...]:
    """In what the other side's answer differs from what was sent: nothing if it has every record as it left."""
    rows = answer.get("rows")
    there: Sequence[object] = rows if isinstance(rows, list) else ()
    differing = sum(mine != theirs for mine, theirs in zip(sent.rows, there, strict=False))
    found = {
        "records": answer.get("records") == sent.records,
        "amount": answer.get("amount") == sent.amount,
        "rows-missing": len(there) == len(sent.rows),
        f"rows-differ-{differing}": not differing,
    }
    return tuple(name for name, same in found.items() if not same)
