"""S1's site in a browser, with consultation 60's area and the same desk as the city's screens have."""

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from pytest_django import Settings

from tests.fakes.one_stop import typed_form
from tests.integration.conftest import Office
from tests.integration.one_stop.conftest import donate, forms, house  # noqa: F401 - fixtures
from tests.scenario.browser.conftest import Desk
from tests.unit.web.two_offices import client_of


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Path:
    """S1's own home; its addresses are served, and the officer sits at the dedicated terminal."""
    monkeypatch.setenv("SEKISHO_HOME", str(tmp_path))
    settings.ROOT_URLCONF = "sekisho.web.donation_manager.urls"
    settings.SEKISHO_DEMO_TERMINAL = "dedicated-terminal-1"
    return tmp_path


@pytest.fixture
def sit_down(stranger: Desk, house: Office) -> Callable[[str], Desk]:  # noqa: F811 - a fixture
    """Somebody of the office signs in at the desk."""
    from sekisho.adapters.database.models import Terminal

    Terminal.objects.filter(tenant_id=house.tenant, terminal="dedicated-terminal-1").update(demo=True)

    def sit(person: str) -> Desk:
        stranger.sit_down(client_of(person, *(("operator", "head") if person == "kosuge" else ("operator",))))
        return stranger

    return sit


def many_forms(count: int) -> list[dict[str, str]]:
    """So many donors' forms, each with another amount."""
    chance = Random(350)
    return [typed_form(chance, 10_000 + 1_000 * number) for number in range(count)]
