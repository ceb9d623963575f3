"""A house is set up in a process of its own, so that its home folder is its own as well."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import free_port
from tests.scenario.kill.house import House

_SET_UP = """
import os, sys
from sekisho.bootstrap import open_house
home = open_house("sekisho.adapters.database.settings")
from sekisho.adapters.dossiers import shipped_dossier
from sekisho.cli.demo.city import found_city
# A permit for as many parcels a day as a test sends.
found_city(home, shipped_dossier().replace("parcels_a_day: 2500", "parcels_a_day: 25000"), 1, alone=True)
"""


def found_house(folder: Path, source: Path) -> House:
    """Set up a house in this folder that runs from these sources."""
    assert "SEKISHO_DATABASE_URL" not in os.environ
    house = House(home=folder / "home", source=source, port=free_port())
    house.home.mkdir()
    subprocess.run([sys.executable, "-c", _SET_UP], check=True, env=house.environment(), timeout=60)
    return house


@pytest.fixture
def open_house(tmp_path: Path) -> Callable[[Path], House]:
    """Set up a house that runs from these sources."""
    return lambda source: found_house(tmp_path, source)
