"""One story of the gate against whatever database the environment names; tells what came of it as one line of JSON.

Run as a process of its own, because Django chooses its database once a process.
"""

import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from random import Random
from typing import Any

from sekisho.bootstrap import (
    STEPS,
    open_house,
    prepare_database,
)

HOME = open_house()

from sekisho.adapters.database.ledger_verification import verify_ledger  # noqa: E402 - needs Django ready
from sekisho.adapters.database.ledgers import read_entries, sequence  # noqa: E402 - needs Django ready
from sekisho.adapters.database.models import Terminal  # noqa: E402 - needs Django ready
from sekisho.adapters.database.queries_people import office_row  # noqa: E402 - needs Django ready
from sekisho.adapters.dossiers import read_dossier, shipped_dossier  # noqa: E402 - needs Django ready
from sekisho.adapters.layouts import shipped_layouts  # noqa: E402 - needs Django ready
from sekisho.business.registry_notices import make_ledger, make_rows, notice_file  # noqa: E402 - needs Django ready
from sekisho.kernel import Credential, Refused, replay_root  # noqa: E402 - needs Django ready
from tests.fakes.arrivals import arrival_at, land  # noqa: E402 - needs Django ready
from tests.integration.conftest import enter as open_office  # noqa: E402 - needs Django ready

TENANT, TERMINAL, CONNECTION = "422011", "asset-tax-terminal-1", "registry-notices-down"


def prepare() -> None:
    """Open the municipality and issue the permits that its council gave."""
    prepare_database()
    text = shipped_dossier()
    open_office(read_dossier(text), text, datetime.now(UTC))


def notices() -> bytes:
    """Write a file of notices, the same each time."""
    chance = Random(56)
    layout = shipped_layouts().find("registry_notice")
    return b"".join(notice_file(layout, make_rows(chance, make_ledger(chance, 12), 8)))


def attempt(person: str, content: bytes) -> str:
    """Try to cross as a person; answers how far the parcel came."""
    arrival = arrival_at(datetime.now(UTC), content, Credential(kind="shell", value=f"{TERMINAL}/{person}"))
    try:
        land(HOME, arrival, content)
    except Refused as refusal:
        return ", ".join(str(reason.code) for reason in refusal.reasons)
    for step in STEPS.values():
        states = step([arrival.parcel])
    return states[arrival.parcel]


def offices() -> list[dict[str, Any]]:
    """Who sits where: known by a certificate, at a declared terminal, nowhere, and nobody at all."""
    Terminal.objects.filter(terminal=TERMINAL).update(fingerprint="ab" * 32, demo=True)
    asked = [("urakami", "ab" * 32, ""), ("urakami", "", TERMINAL), ("urakami", "", ""), ("nobody", "", TERMINAL)]
    found = [office_row(person, fingerprint=shown, declared=declared) for person, shown, declared in asked]
    return [asdict(each) if each else {} for each in found]


def main() -> None:
    """Tell the story."""
    prepare()
    outcomes = [attempt("urakami", notices()), attempt("dejima", notices()), attempt("urakami", "氏名\r\n".encode())]
    while sequence(TENANT):
        pass
    kinds = [entry["kind"] for entry in read_entries(TENANT)]
    verdict = verify_ledger(TENANT, replay_root)
    told = {"outcomes": outcomes, "kinds": kinds, "verified": verdict.verified, "offices": offices()}
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
