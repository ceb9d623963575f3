"""A delivery to a contractor that leaves sealed, its key lent."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from sekisho.adapters.dossiers import shipped_dossier
from tests.fakes.lending import ASK, deliver, enter_contractor, lending_dossier, prices, share
from tests.integration.conftest import Office, enter


@dataclass(frozen=True)
class Delivery:
    """What the contractor got: the parcel, where the container lies, what is in it."""

    parcel: str
    folder: Path
    plain: bytes

    @property
    def container(self) -> Path:
        """The file at the contractor."""
        return self.folder / f"{self.parcel}.lent"

    @property
    def digest(self) -> str:
        """Its digest."""
        return hashlib.sha256(self.container.read_bytes()).hexdigest()


@pytest.fixture
def lending(home: Path, transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """An office whose approval lends the key, with a contractor that reads a shared folder."""
    monkeypatch.setenv("SEKISHO_LOAN_ADDRESS", ASK)
    office = enter(lending_dossier(), shipped_dossier())
    enter_contractor()
    with share(home):
        yield office


@pytest.fixture
def delivery(lending: Office, home: Path) -> Delivery:
    """One delivery."""
    plain = prices()
    return Delivery(parcel=deliver(plain), folder=home / "share", plain=plain)
