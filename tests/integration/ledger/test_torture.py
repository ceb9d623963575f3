"""K-18: nine attacks by whoever owns the database, each many times; with a witness each is found, and nothing else.

SEKISHO_K18 says how often each attack is made (200 is the whole run: 1,800 attacks and 10,000 honest verifications).
"""

import hashlib
import os
import shutil
from pathlib import Path
from random import Random

import pytest

from sekisho.adapters.bundles import verify_ledger
from sekisho.adapters.witnesses import request_from_folder
from sekisho.kernel import LedgerFault, read_entry_bundle
from tests.integration.ledger.attacks import ATTACKS, LOG_KEY, ORIGIN, City, Files, lay_out

TIMES = int(os.environ.get("SEKISHO_K18", "20"))
PARTS = 5 if TIMES < 200 else 50
HONEST = TIMES * (50 if TIMES >= 200 else 5)
WITHOUT_KEY = {"bit flip", "row delete", "swap", "insert"}


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> City:
    """One ledger, with its witness."""
    return City(tmp_path_factory.mktemp("witness"))


def found_by_signature(folder: Path, policy: str = "quorum none") -> bool:
    """What an auditor finds who has the ledger's key, and demands this policy."""
    try:
        list(verify_ledger.export_checks(folder, LOG_KEY, policy))
    except verify_ledger.DoesNotHoldError:
        return True
    return False


def found_with_witness(city: City, folder: Path) -> bool:
    """What an auditor finds who demands the witness's signature, and puts the folder before the witness."""
    if found_by_signature(folder, city.policy):
        return True
    try:
        request = request_from_folder(folder, city.book.seen(ORIGIN)[0], LOG_KEY)
    except LedgerFault:
        return True
    return city.book.answer(request, 1_900_000_000).objection is not None


def chain(files: Files) -> list[bytes]:
    """The entries as a plain chain of hashes would keep them, its heads computed anew by whoever owns the rows."""
    bundles = sorted(path for path in files if path.startswith("tile/entries"))
    entries = [each for path in bundles for each in read_entry_bundle(files[path])]
    heads = [b""]
    for each in entries:
        heads.append(hashlib.sha256(heads[-1] + each).digest())
    return [*entries, heads[-1]]


def found_by_chain(files: Files) -> bool:
    """What an auditor finds who only recomputes a chain that lies beside its entries."""
    *entries, head = chain(files)
    again = b""
    for each in entries:
        again = hashlib.sha256(again + each).digest()
    return again != head


@pytest.mark.parametrize("name", ATTACKS)
def test_every_attack_is_found_with_a_witness(city: City, tmp_path: Path, name: str) -> None:
    by_signature = by_witness = by_chain = 0
    for number in range(TIMES):
        files = ATTACKS[name](city, Random(f"{name} {number}"))
        folder = lay_out(files, tmp_path / "shown")
        by_chain += found_by_chain(files)
        by_signature += found_by_signature(folder)
        by_witness += found_with_witness(city, folder)
        shutil.rmtree(folder)
    assert by_witness == TIMES
    # The negative controls: what the same attacks are to a ledger without a witness, and to a plain chain of hashes.
    assert by_signature == (TIMES if name in WITHOUT_KEY else 0)
    assert by_chain == 0


@pytest.mark.parametrize("part", range(PARTS))
def test_no_honest_ledger_is_ever_accused(city: City, tmp_path: Path, part: int) -> None:
    for number in range(part, HONEST, PARTS):
        folder = lay_out(city.honest(Random(number)), tmp_path / "shown")
        assert list(verify_ledger.export_checks(folder, LOG_KEY, city.policy))
        shutil.rmtree(folder)
