"""An office with a real database: the dossier of consultation 56 entered, its permits issued."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from sekisho.adapters.dossiers import Dossier, read_dossier, shipped_dossier
from sekisho.kernel import period_over
from tests.fakes.kept import kept

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Office:
    """What a test needs to know of the office."""

    tenant: str
    dossier: Dossier


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of the test's own."""
    monkeypatch.setenv("SEKISHO_HOME", str(tmp_path))
    return tmp_path


@kept
def enter(dossier: Dossier, text: str, at: datetime = NOW) -> Office:
    """Enter a municipality and issue all its permits."""
    from sekisho.adapters.database.setup import issue_permit, open_tenant

    tenant = open_tenant(dossier, text, at)
    for approved in dossier.approved:
        said = approved.specification
        over = period_over(said.connection, said.not_after, at)  # one that has run out was issued while it held
        issue_permit(approved, dossier.issuers, datetime.fromisoformat(said.not_before) if over else at)
    return Office(tenant=tenant, dossier=dossier)


@pytest.fixture
def office(home: Path, transactional_db: None) -> Office:
    """Nagasaki with consultation 56."""
    text = shipped_dossier()
    return enter(read_dossier(text), text)


@pytest.fixture
def neighbour(office: Office) -> Office:
    """Another municipality with the same connections, its own people and its own permits."""
    text = shipped_dossier().replace('"422011"', '"401307"')
    dossier = read_dossier(text)
    people: list[dict[str, Any]] = [{**each, "person": f"{each['person']}-f"} for each in dossier.persons]
    approved = [
        replace(each, specification=replace(each.specification, persons=("urakami-f",))) for each in dossier.approved
    ]
    return enter(replace(dossier, persons=people, approved=approved), text)
