"""S-210 of every item of November 2019 in a real browser: axe finds nothing, nothing runs over, all opens."""

from datetime import UTC, datetime

import pytest

from sekisho.adapters.database.setup import open_tenant
from sekisho.adapters.dossiers import SHIPPED, read_dossier, shipped_dossier
from tests.scenario.browser.conftest import Desk

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1366, 390])
def test_every_consultation_of_the_meeting_is_in_order(desk: Desk, width: int) -> None:
    for number in SHIPPED:
        text = shipped_dossier(number)
        open_tenant(read_dossier(text), text, datetime(2026, 11, 24, tzinfo=UTC))
        desk.go(f"/consultations/{number}/")
        desk.keep(f"S-210_{number}_{width}")
        assert desk.violations() == [], number
        assert not desk.runs_over(), number
        assert desk.page.locator(".flowmap").count() == 1
    desk.page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    assert desk.violations() == []
    assert not desk.runs_over()
    assert desk.complaints == []
