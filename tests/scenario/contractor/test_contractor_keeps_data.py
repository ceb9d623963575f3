"""A contractor keeps what it was given (K-16): after the end of the loan the file is there, and opens for nobody.

The gate's lane and the contractor are processes of their own; the contractor opens with the command, at its own PC.
The gate's clock is moved by a file, so that days pass at once.
"""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from sekisho.adapters.borrowing import BorrowingDesk, TurnedDownError, open_lent
from sekisho.cli.demo.stage import running
from tests.fakes.lending import PRINTER, prices

pytestmark = pytest.mark.slow
CLOCK = """
import os, pathlib
from datetime import timedelta
import sekisho.bootstrap as house
_real = house.now
def moved():
    place = pathlib.Path(os.environ["SEKISHO_HOME"], "clock")
    return _real() + timedelta(seconds=float(place.read_text())) if place.exists() else _real()
house.now = moved
"""
OPEN_CITY = """
from datetime import UTC, datetime
from sekisho.bootstrap import open_house, prepare_database
home = open_house(); prepare_database()
from sekisho.adapters.certificates import CertificateAuthority, CertificateKind
from sekisho.adapters.dossiers import shipped_dossier
from tests.fakes.lending import enter_contractor, lending_dossier
from tests.integration.conftest import enter
at, authority = datetime.now(UTC), CertificateAuthority(home)
enter(lending_dossier(), shipped_dossier(), at)
authority.initialise(at)
for name, kind in (("lane", "server"), ("printer", "server"), ("gate-422011", "terminal"), ("stranger", "terminal")):
    authority.issue(name, CertificateKind(kind), "422011" if kind == "terminal" else "", at)
enter_contractor("422011", "insatsu", authority.issue("press-1", CertificateKind.TERMINAL, "422011", at).fingerprint)
"""
ADDRESS = """
import json, sys
from sekisho.bootstrap import open_house
home = open_house()
from sekisho.adapters.carriers import Counterpart, keep_counterpart
from sekisho.adapters.carriers.calling import call
url = "https://localhost:{port}"
known = Counterpart(counterpart="printing_contractor", url=url, recipient="", receipt_key="")
with call(home, "gate-422011", known) as client:
    keys = client.get("/recipient").json()
keep_counterpart(home, Counterpart(counterpart="printing_contractor", url=url, **keys))
"""
SEND = """
import sys
from sekisho.bootstrap import open_house
open_house()
from tests.fakes.lending import deliver
print(deliver(sys.stdin.buffer.read()))
"""
LOAN = """
import json
from sekisho.bootstrap import open_house
open_house()
from sekisho.adapters.database.models import ContractorCopyRow, EntryRow
row = ContractorCopyRow.objects.get()
facts = {"until": row.lent_until.isoformat(), "openings": row.openings, "receipt": row.receipt}
facts |= {"container": row.container, "erase_by": row.erase_by.isoformat(), "end": row.loan_end}
kinds = list(EntryRow.objects.filter(parcel=row.parcel).order_by("id").values_list("kind", flat=True))
print(json.dumps({**facts, "kinds": kinds}))
"""
KEY = """
from sekisho.bootstrap import open_house
open_house()
from sekisho.adapters.keys import open_key_store
from sekisho.adapters.keys.places import find_slots
store = open_key_store()
print(store._slots.read(find_slots(store._database(), "422011", store.ids("422011", "loan/"))).popitem()[1][:16].hex())
"""
LOOK = """
from sekisho.bootstrap import open_house, now
open_house()
from sekisho.bootstrap.again import Guard
from sekisho.worker.days import begin_day, end_loans
end_loans(now(), Guard("test"))
begin_day(now(), None)
"""


@dataclass(frozen=True)
class Play:
    """The city, its lane, the contractor and what the contractor has."""

    home: Path
    theirs: Path
    lane: str
    environment: dict[str, str]

    def script(self, text: str, given: bytes = b"") -> str:
        """A few lines in the city's house."""
        done = subprocess.run(
            [sys.executable, "-c", text], env=self.environment, input=given, capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode().strip()

    def loan(self) -> dict[str, Any]:
        """How the loan stands."""
        found: dict[str, Any] = json.loads(self.script(LOAN))
        return found

    def clock(self, at: datetime) -> None:
        """Move the gate's clock."""
        moved = (at - datetime.now(at.tzinfo)).total_seconds()
        (self.home / "clock.new").write_text(str(moved))
        (self.home / "clock.new").replace(self.home / "clock")

    def desk(self, terminal: str = "press-1", person: str = "insatsu") -> BorrowingDesk:
        """The contractor's PC."""
        ca = self.home / "ca"
        return BorrowingDesk(
            certificate=ca / f"{terminal}.pem",
            key=ca / f"{terminal}.key",
            authority=ca / "authority.pem",
            person=person,
        )

    def command(self, container: Path, target: Path) -> subprocess.CompletedProcess[str]:
        """The command as the contractor types it, on a PC without a gate."""
        desk, pc = self.desk(), {**self.environment, "SEKISHO_HOME": str(target.parent / "nowhere")}
        said = ["--certificate", desk.certificate, "--key", desk.key, "--authority", desk.authority]
        words = [sys.executable, "-m", "sekisho", "loan", "open", container, target, *said, "--person", desk.person]
        return subprocess.run([*map(str, words)], env=pc, capture_output=True, text=True, check=False)


@contextmanager
def the_printer(home: Path, theirs: Path, environment: dict[str, str]) -> Iterator[str]:
    """The contractor's own process; its port."""
    ca = home / "ca"
    arguments = ["--home", str(theirs), "--client-ca", str(ca / "authority.pem")]
    arguments += ["--certificate", str(ca / "printer.pem"), "--key", str(ca / "printer.key")]
    with running("printer", f"counterparts.{PRINTER}", arguments, home / "printer.log", environment) as child:
        yield child.ready["port"]


@pytest.fixture
def play(tmp_path: Path) -> Iterator[Play]:
    """Everything runs."""
    home, theirs, clock = tmp_path / "home", tmp_path / "printer", tmp_path / "clock"
    for folder in (home, theirs, clock):
        folder.mkdir()
    (clock / "sitecustomize.py").write_text(CLOCK)
    own = {"SEKISHO_HOME": str(home), "DJANGO_SETTINGS_MODULE": "sekisho.adapters.database.settings"}
    environment = {**os.environ, **own, "PYTHONPATH": f"{clock}:src:."}
    environment.pop("SEKISHO_DATABASE_URL", None)
    Play(home, theirs, "", environment).script(OPEN_CITY)
    ports = ["--port", "0", "--form-port", "0", "--back", "http://localhost:9"]
    with (
        running("lane", "sekisho.lane", ports, home / "lane.log", environment) as lane,
        the_printer(home, theirs, environment) as port,
    ):
        address = f"https://localhost:{lane.ready['port']}"
        told = Play(home, theirs, address, {**environment, "SEKISHO_LOAN_ADDRESS": address})
        told.script(ADDRESS.format(port=port))
        yield told


def tries(play: Play, container: Path, count: int, desk: BorrowingDesk | None = None) -> tuple[int, set[str]]:
    """How many of so many tries open it, and why the others do not; nothing is left of any of them."""
    opened, codes = 0, set[str]()
    for number in range(count):
        target = play.theirs / f"out-{number}.csv"
        try:
            open_lent(container, target, desk or play.desk())
        except TurnedDownError as turned:
            codes |= {each["code"] for each in turned.reasons}
        else:
            opened += 1
    assert sorted(each.name for each in play.theirs.iterdir() if each.name.startswith((".out", "out"))) == []
    return opened, codes


def test_what_a_contractor_keeps_opens_until_the_end_and_not_once_after(play: Play) -> None:
    # Given a file that was delivered sealed, to a contractor that signed for the container,
    plain = prices()
    parcel = play.script(SEND, plain)
    container, told = play.theirs / "received" / f"{parcel}.lent", play.loan()
    until, mark = datetime.fromisoformat(told["until"]), bytes.fromhex(play.script(KEY))
    assert told["receipt"] == f"P-{parcel}.lent"
    assert plain[:40] not in container.read_bytes()
    # when the contractor opens it before the end, with the command at its own PC,
    done = play.command(container, play.theirs / "prices.csv")
    # then it has the file, and the ledger has the opening.
    assert (done.returncode, (play.theirs / "prices.csv").read_bytes()) == (0, plain), done.stderr
    assert play.loan()["openings"] == 1
    # Somebody at a terminal that is not theirs opens nothing, nor does a stranger at theirs.
    assert tries(play, container, 2, play.desk("stranger")) == (0, {"not_identified"})
    assert tries(play, container, 2, play.desk(person="urakami")) == (0, {"person_not_named"})
    # When the end has come, though no worker has run, then nobody opens: not once in many tries,
    play.clock(until + timedelta(milliseconds=1))
    assert tries(play, container, 40) == (0, {"key_loan_over"})
    late = play.command(container, play.theirs / "late.csv")
    assert (late.returncode, (play.theirs / "late.csv").exists()) == (1, False)
    assert "もう開けません" in late.stderr
    assert "削除の証明書" in late.stderr
    # nor when the gate's clock is set back, nor from a copy of the container,
    play.clock(until - timedelta(hours=1))
    copy = play.theirs / "received" / "kept.lent"
    copy.write_bytes(container.read_bytes())
    assert tries(play, copy, 3) == (0, {"key_loan_over"})
    assert mark in (play.home / "keys.slots").read_bytes()
    # and once the worker has looked, no byte of the key is left.
    play.clock(until + timedelta(minutes=1))
    play.script(LOOK)
    assert all(mark not in each.read_bytes() for each in play.home.rglob("*") if each.is_file())
    assert play.loan()["end"] == "time"
    # A day after the copy had to be gone, and nobody has shown it, there is an alarm.
    play.clock(datetime.fromisoformat(told["erase_by"]) + timedelta(days=1))
    play.script(LOOK)
    counted = Counter(play.loan()["kinds"])
    assert [counted[each] for each in ("lent_key_given", "lent_key_destroyed", "erasure_overdue")] == [1, 1, 1]


def test_the_command_leaves_nothing_of_a_file_that_was_changed(play: Play) -> None:
    # Given a delivered container of which a byte was changed afterwards,
    parcel = play.script(SEND, prices())
    container = play.theirs / "received" / f"{parcel}.lent"
    body = bytearray(container.read_bytes())
    body[-1] ^= 1
    container.write_bytes(bytes(body))
    # when it is opened, then the gate gives no key, and nothing is written.
    assert tries(play, container, 1) == (0, {"digest_differs"})
