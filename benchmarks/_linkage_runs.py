"""What `benchmarks.linkage` runs in processes of their own: the large set, and one new donation against it."""

from __future__ import annotations

import json
import os
import pickle
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks._donors import make_donations

RECORDS = 436_000


def write_large(file: Path, seed: int) -> int:
    """Write so many donations that there are at least 436,000 of them; nothing of it stays in memory."""
    count, people = 0, 200_500
    with file.open("wb") as stream:
        for made in make_donations(people, seed):
            donor = made.donor
            pickle.dump((donor.donation, donor.name, donor.kana, donor.postcode, donor.address, donor.telephone,
                         donor.mail, donor.birth, made.person), stream)  # fmt: skip
            count += 1
    return count


def _rows(file: Path) -> Iterator[tuple[Any, ...]]:
    """The rows of such a file."""
    with file.open("rb") as stream:
        while True:
            try:
                yield pickle.load(stream)
            except EOFError:
                return


def link_large(file: Path) -> dict[str, float]:
    """Link the whole set: keys, comparing, groups; time of wall and processor, and the most memory."""
    begun, processor = time.perf_counter(), time.process_time()
    from benchmarks._linkage_quality import labels_of, measure
    from sekisho.adapters.linkage import place_book
    from sekisho.business.hometown_donations.linkage import Donor, gather_table, judge_all, make_keys, tabulate

    book, people = place_book(), {}

    def keys() -> Iterator[Any]:
        for donation, name, kana, postcode, address, telephone, mail, birth, person in _rows(file):
            people[donation] = person
            yield make_keys(
                Donor(donation=donation, name=name, kana=kana, postcode=postcode, address=address,
                      telephone=telephone, mail=mail, birth=birth), book)  # fmt: skip

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


def _fill(area: str, file: Path) -> int:
    """The keys of the large set in the area's tables, as linking keeps them; their sealed values play no part."""
    from django.db import connection

    from sekisho.adapters.database.sealing import Seals
    from sekisho.adapters.donations.link_keys import HIDDEN, hide, name_birth_key
    from sekisho.adapters.linkage import place_book
    from sekisho.business.hometown_donations.linkage import Donor, make_keys

    seals, book, at = Seals(area), place_book(), "2026-01-01"
    columns = ", ".join(("donation_id", "tenant_id", "intake", "own_donor", *HIDDEN, "name_birth"))
    marks = ", ".join(["%s"] * (5 + len(HIDDEN)))
    waiting: list[tuple[Any, ...]] = []
    with connection.cursor() as cursor:
        for number, row in enumerate(_rows(file), start=1):
            donation, name, kana, postcode, address, telephone, mail, birth, _ = row
            keys = make_keys(Donor(donation=donation, name=name, kana=kana, postcode=postcode, address=address,
                                   telephone=telephone, mail=mail, birth=birth), book)  # fmt: skip
            hidden = hide(seals, keys)
            values = (getattr(hidden, each) for each in HIDDEN)
            waiting.append((number, area, 1 + number // 400, number, *values, name_birth_key(seals, keys)))
        parcels = 1 + waiting[-1][0] // 400
        cursor.executemany(
            "INSERT INTO donations_intakerow (id, tenant_id, parcel, door, portal, sha256, size, records, amount, new,"
            " known, digests, taken_at, sender) VALUES (%s, %s, %s, '', '', '', 0, 400, 0, 400, 0, %s, %s, '')",
            [(number, area, f"f{number}", b"", at) for number in range(1, parcels + 1)],
        )
        cursor.executemany(
            "INSERT INTO donations_donorrow (id, tenant_id) VALUES (%s, %s)", [(row[0], area) for row in waiting]
        )
        cursor.executemany(
            "INSERT INTO donations_donationrow (id, tenant_id, donor_id, intake_id, portal, order_search, digest,"
            " status, ordered_on, amount, prefecture, one_stop, purpose, gift_code, gift_name, name_search,"
            " kana_search, address_search, telephone_search, mail_search, sealed, keep_until, erased_at, proof)"
            " VALUES (%s, %s, %s, %s, 'choice', %s, %s, 'x', %s, 1, 0, %s, '', '', '', '', '', '', '', '', %s, %s, %s, '')",
            [(row[0], area, row[0], row[2], f"o{row[0]}", b"", at, False, b"", at, at) for row in waiting],
        )
        cursor.executemany(f"INSERT INTO donations_linkkeyrow ({columns}) VALUES ({marks})", waiting)
    return len(waiting)


def link_one(file: Path, tries: int) -> dict[str, float]:
    """Bring one donation at a time to an area that holds the large set, and link it; the times in milliseconds."""
    from sekisho.bootstrap import open_house, prepare_database

    os.environ["SEKISHO_HOME"] = tempfile.mkdtemp(prefix="sekisho-bench-")
    open_house("sekisho.web.donation_manager.settings")
    prepare_database()
    from sekisho.adapters.database.turns import writing
    from sekisho.adapters.donations.linking import link_waiting
    from tests.fakes.donations import NAGASAKI, deliver, open_area, parcel_of, record

    open_area(NAGASAKI)
    with writing():
        kept = _fill(NAGASAKI, file)
    times, linked = [], 0
    for number in range(tries):
        person = {"name": f"試験　花子{number % 7}", "telephone": f"090-1000-{number % 7:04d}"}
        deliver(NAGASAKI, f"one-{number}", parcel_of([record(number, **person)]))
        begun = time.perf_counter()
        linked += link_waiting(NAGASAKI, datetime(2026, 11, 27, tzinfo=UTC))
        times.append(1000 * (time.perf_counter() - begun))
    times = sorted(times[1:])  # the first one loads the book of places
    return {"kept": kept, "linked": linked, "median_ms": times[len(times) // 2], "most_ms": times[-1]}


def main() -> None:
    """Run one of them, and tell the result as JSON."""
    what, file = sys.argv[1], Path(sys.argv[2])
    runs = {"large": lambda: link_large(file), "one": lambda: link_one(file, 60)}
    print(json.dumps(runs[what]()))


if __name__ == "__main__":
    main()
