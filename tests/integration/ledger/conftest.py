"""A municipality with nothing but a ledger: cheap enough to be filled, attacked and witnessed many times."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sekisho.adapters.witnesses import WitnessBook, WitnessReply, found_book
from sekisho.adapters.witnesses.serving import http_answer

TENANT = "422011"
NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


@pytest.fixture
def tenant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, db: None) -> str:
    """A municipality that has just been entered."""
    from sekisho.adapters.database import ledgers
    from sekisho.adapters.database.models import Tenant

    monkeypatch.setenv("SEKISHO_HOME", str(tmp_path / "home"))
    ledgers._EDGES.clear()
    Tenant.objects.create(code=TENANT, label_ja="長崎市", label_en="Nagasaki")
    return TENANT


def fill(count: int, at: datetime = NOW, first: int = 0) -> None:
    """So many entries, in the tree, a minute apart."""
    from sekisho.adapters.database.ledgers import append_entry, sequence
    from sekisho.adapters.database.turns import writing

    with writing():
        for number in range(first, first + count):
            moment = (at + timedelta(minutes=number)).isoformat()
            append_entry(TENANT, {"kind": "viewed", "number": number, "at": moment})
    sequence(TENANT)


@pytest.fixture
def book(tenant: str, tmp_path: Path) -> WitnessBook:
    """The secretariat's book, on another computer; it is a witness of the municipality's ledger."""
    from sekisho.adapters.database.ledgers import ledger_verifier_key
    from sekisho.adapters.database.witnesses import Appointment, appoint_witness

    book = found_book(tmp_path / "witness", "secretariat")
    book.trust(ledger_verifier_key(tenant))
    appoint_witness(tenant, Appointment(key=book.key, address="http://witness.example"), "chair", NOW)
    return book


def line_to(book: WitnessBook, at: datetime = NOW) -> Callable[[str, str], WitnessReply]:
    """The network between gate and witness, without a network."""

    def ask(_address: str, body: str) -> WitnessReply:
        status, _, text = http_answer(book.answer(body, int(at.timestamp())))
        return WitnessReply(status=status, text=text)

    return ask
