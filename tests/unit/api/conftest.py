"""Two municipalities with a council each, as programs ask for them."""

from dataclasses import replace
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.fakes.assessments import planned
from tests.fakes.council import Desks, open_council
from tests.fakes.minutes import drafted
from tests.fakes.self_checks import called
from tests.fakes.survey import surveyed
from tests.unit.web.two_offices import NAGASAKI, NEIGHBOUR, open_office


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    """Keys and ciphertext of a test lie in its own folder."""
    monkeypatch.setenv("SEKISHO_HOME", str(tmp_path))
    settings.SEKISHO_DEMO_TERMINAL = "asset-tax-terminal-1"


def _open_all(tenant: str) -> Desks:
    """A council with one matter at each stage, an assessment, the minutes of a meeting, a survey."""
    desks = open_council(tenant)
    finding, campaign = surveyed(tenant)
    own = replace(desks, assessment=planned(tenant, name=f"affair-{tenant}"), minutes=drafted(tenant))
    return replace(own, check=called(tenant), finding=finding, campaign=campaign)


@pytest.fixture
def mine(db: None) -> Desks:
    open_office(NAGASAKI)
    return _open_all(NAGASAKI)


@pytest.fixture
def desks(db: None) -> dict[str, Desks]:
    for tenant in (NAGASAKI, NEIGHBOUR):
        open_office(tenant)
    return {tenant: _open_all(tenant) for tenant in (NAGASAKI, NEIGHBOUR)}
