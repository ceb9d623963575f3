"""What `benchmarks.linkage` runs in processes of their own: the large set, and one new donation against it."""

from __future__ import annotations

import json
import os
import pickle
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from benchmarks._donors import make_donations
from benchmarks._linkage_quality import labels_of, measure
from sekisho.adapters.linkage import place_book
from sekisho.business.hometown_donations.linkage import (
    Donor,
    DonorKeys,
    gather_table,
    judge_all,
    make_keys,
    tabulate,
)

RECORDS = 436_000
INTAKE: Final = (
    "id", "tenant_id", "parcel", "door", "portal", "sha256", "size", "records", "amount", "new", "known", "digests",
    "taken_at", "sender",
)  # fmt: skip
DONATION: Final = (
    "id", "tenant_id", "donor_id", "intake_id", "order_search", "portal", "digest", "status", "ordered_on", "amount",
    "prefecture", "one_stop", "purpose", "gift_code", "gift_name", "name_search", "kana_search", "address_search",
    "telephone_search", "mail_search", "sealed", "keep_until", "erased_at", "proof",
)  # fmt: skip


FIELDS: Final = ("donation", "name", "kana", "postcode", "address", "telephone", "mail", "birth")


def write_large(file: Path, seed: int) -> int:
    """Write so many donations that there are at least 436,000 of them; nothing of it stays in memory."""
    count, people = 0, 200_500
    with file.open("wb") as stream:
        for made in make_donations(people, seed):
            pickle.dump((*(getattr(made.donor, name) for name in FIELDS), made.person), stream)
            count += 1
    return count


def _donors(file: Path) -> Iterator[tuple[Donor, int]]:
    """The donations of such a file, each with its person."""
    with file.open("rb") as stream:
        while True:
            try:
                *values, person = pickle.load(stream)
            except EOFError:
                return
            yield Donor(**dict(zip(FIELDS, values, strict=True))), person


def link_large(file: Path) -> dict[str, float]:
    """Link the whole set: keys, comparing, groups; time of wall and processor, and the most memory."""
    begun, processor = time.perf_counter(), time.process_time()
    book, people = place_book(), dict[str, int]()

    def keys() -> Iterator[DonorKeys]:
        for donor, person in _donors(file):
            people[donor.donation] = person
            yield make_keys(donor, book)

    table = tabulate(keys())
    keyed = time.process_time() - processor
    verdicts = judge_all(table)
    certain = gather_table(table, verdicts.only(verdicts.automatic))
    every = gather_table(table, verdicts)
    told = {
        "records": len(table.donations),
        "seconds": time.perf_counter() - begun,
        "processor": time.process_time() - processor,
        "keys": keyed,
        "mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    truth = [people[each] for each in table.donations]
    for name, gathered in (("automatic", certain), ("rules", every)):
        quality = measure(labels_of(gathered.groups, len(truth)), truth)
        told |= {f"{name}_precision": quality.precision, f"{name}_recall": quality.recall, f"{name}_f1": quality.f1}
    return told


def _insert(table: str, rows: Sequence[Sequence[Any]], columns: Sequence[str]) -> None:
    """Write rows as they are; what is not named has to say something too, and says nothing."""
    from django.db import connection

    marks = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO donations_{table} ({', '.join(columns)}) VALUES ({marks})", list(rows))


def _fill(area: str, file: Path) -> int:
    """The keys of the large set in the area's tables, as linking keeps them; their sealed values play no part."""
    from sekisho.adapters.database.sealing import Seals
    from sekisho.adapters.donations.link_keys import HIDDEN, hide, name_birth_key

    seals, book, at = Seals(area), place_book(), "2026-01-01"
    kept: list[tuple[Any, ...]] = []
    for number, (donor, _) in enumerate(_donors(file), start=1):
        keys = make_keys(donor, book)
        hidden = hide(seals, keys)
        values = (getattr(hidden, each) for each in HIDDEN)
        kept.append((number, area, 1 + number // 400, number, *values, name_birth_key(seals, keys)))
    parcels = range(1, kept[-1][2] + 1)
    intake = ("", "", "", 0, 400, 0, 400, 0, b"", at, "")
    _insert("intakerow", [(each, area, f"f{each}", *intake) for each in parcels], INTAKE)
    _insert("donorrow", [(row[0], area) for row in kept], ("id", "tenant_id"))
    plain = ("choice", b"", "x", at, 1, 0, False, *[""] * 8, b"", at, at, "")
    _insert("donationrow", [(row[0], area, row[0], row[2], f"o{row[0]}", *plain) for row in kept], DONATION)
    _insert("linkkeyrow", kept, ("donation_id", "tenant_id", "intake", "own_donor", *HIDDEN, "name_birth"))
    return len(kept)


def try_one(tries: int, first: int = 0) -> dict[str, float]:
    """Bring one donation at a time, and link it; the times in milliseconds, of the wall and of the processor."""
    from sekisho.adapters.donations.linking import link_waiting
    from tests.fakes.donations import NAGASAKI, deliver, parcel_of, record

    times, processor, linked = [], [], 0
    for number in range(first, first + tries):
        person = {"name": f"試験　花子{number % 7}", "telephone": f"090-1000-{number % 7:04d}"}
        deliver(NAGASAKI, f"one-{number}", parcel_of([record(number, **person)]))
        begun, used = time.perf_counter(), time.process_time()
        linked += link_waiting(NAGASAKI, datetime(2026, 11, 27, tzinfo=UTC))
        times.append(1000 * (time.perf_counter() - begun))
        processor.append(1000 * (time.process_time() - used))
    times, processor = sorted(times[1:]), sorted(processor[1:])  # the first one loads the book of places
    middle = len(times) // 2
    return {
        "linked": linked,
        "median_ms": times[middle],
        "most_ms": times[-1],
        "median_processor_ms": processor[middle],
    }


def link_one(file: Path, tries: int) -> dict[str, float]:
    """Bring one donation at a time to an area that holds the large set, and link it."""
    from sekisho.bootstrap import open_house, prepare_database

    with tempfile.TemporaryDirectory(prefix="sekisho-bench-") as home:
        os.environ["SEKISHO_HOME"] = home
        open_house("sekisho.web.donation_manager.settings")
        prepare_database()
        from sekisho.adapters.database.turns import writing
        from tests.fakes.donations import NAGASAKI, open_area

        open_area(NAGASAKI)
        with writing():
            kept = _fill(NAGASAKI, file)
        return {"kept": kept, **try_one(tries)}


def main() -> None:
    """Run one of them, and tell the result as JSON."""
    what, file = sys.argv[1], Path(sys.argv[2])
    runs = {"large": lambda: link_large(file), "one": lambda: link_one(file, 60)}
    print(json.dumps(runs[what]()))


if __name__ == "__main__":
    main()
