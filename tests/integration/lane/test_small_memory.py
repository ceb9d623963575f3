"""A lane inspects nothing, so it brings nothing that is large: sixteen of them fit where one inspector does."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

LARGE = ("numpy", "polars")
START = """
import sys
from sekisho.bootstrap import open_house
open_house()
import sekisho.lane.server{more}
print(*sorted({large} & set(sys.modules)))
"""


@pytest.mark.parametrize(("more", "brought"), [("", ""), (", sekisho.adapters.engines", "numpy polars")])
def test_what_a_lane_brings_when_it_starts(tmp_path: Path, more: str, brought: str) -> None:
    """The second time with an import planted, as one crept in before."""
    code = START.format(more=more, large=set(LARGE))
    told = {**os.environ, "SEKISHO_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "sekisho.adapters.database.settings"}
    ended = subprocess.run([sys.executable, "-c", code], env=told, capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == brought
