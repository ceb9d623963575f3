"""The same on PostgreSQL, as a user who is bound by row-level security."""

from pathlib import Path

import pytest

from tests.integration.donations import test_areas_on_postgresql as areas


@pytest.mark.postgres
def test_applications_and_notices_stay_in_their_area(
    tmp_path: Path, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(areas, "STORY", Path(__file__).with_name("area_story.py"))
    assert areas.tell(tmp_path, areas.own_database(postgres_url, "s1_one_stop", superuser=False)) == {
        "shown": True, "notified": 2, "exceptions": 0, "donor sees": 1, "nowhere": 0, "neighbour": 0, "numbers left": 1,
        "numbers": [f"2026-{number:06d}" for number in range(3, 9)], "wrong": 5, "closed": 11,
        "free while made final": False,
    }  # fmt: skip
