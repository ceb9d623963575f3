"""The donation manager with two areas. A test of its pages says `pytest.mark.urls(S1_URLS)`."""

from pathlib import Path

import pytest

from tests.fakes.donations import NAGASAKI, NEIGHBOUR, open_area


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys of a test lie in its own folder."""
    monkeypatch.setenv("SEKISHO_HOME", str(tmp_path))


@pytest.fixture
def areas(db: None) -> tuple[str, str]:
    """Nagasaki, and a neighbour."""
    open_area(NAGASAKI)
    open_area(NEIGHBOUR)
    return NAGASAKI, NEIGHBOUR
