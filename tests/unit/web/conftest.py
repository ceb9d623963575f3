"""Offices for the tests of the screens: a home of their own, and one terminal that the installation declares."""

from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    """Keys and ciphertext of a test lie in its own folder."""
    monkeypatch.setenv("SEKISHO_HOME", str(tmp_path))
    settings.SEKISHO_DEMO_TERMINAL = "asset-tax-terminal-1"
