"""Writers in different processes take turns: nobody waits for ever beside one that comes back at once."""

import subprocess
import sys
from pathlib import Path

BUSY = """
import sys
from pathlib import Path
from sekisho.adapters.database.turns import Turn

turn, ended = Turn(Path(sys.argv[1])), Path(sys.argv[1]) / "ended"
print("busy", flush=True)
while not ended.exists():
    with turn.taken():
        pass
"""
PATIENT = """
import sys
from pathlib import Path
from sekisho.adapters.database.turns import Turn

turn = Turn(Path(sys.argv[1]))
for _ in range(50):
    with turn.taken():
        with (Path(sys.argv[1]) / "written").open("a") as file:
            file.write("x")
"""
ALONE = """
import sys
from pathlib import Path
from sekisho.adapters.database.turns import Turn

turn, place = Turn(Path(sys.argv[1])), Path(sys.argv[1]) / "inside"
for _ in range(200):
    with turn.taken(), turn.taken():
        place.open("x").close()
        place.unlink()
"""


def start(program: str, folder: Path) -> subprocess.Popen[str]:
    """Run a writer as a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", program, str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        env={"PYTHONPATH": "src", "SEKISHO_HOME": str(folder), "DJANGO_SETTINGS_MODULE": "sekisho.web.settings"},
    )


def test_a_patient_writer_gets_every_turn_beside_a_busy_one(tmp_path: Path) -> None:
    with start(BUSY, tmp_path) as busy:
        assert busy.stdout is not None
        assert busy.stdout.readline() == "busy\n"
        with start(PATIENT, tmp_path) as patient:
            assert patient.wait(timeout=60) == 0
        still_busy = busy.poll() is None
        (tmp_path / "ended").touch()
        assert busy.wait(timeout=60) == 0
    assert still_busy
    assert (tmp_path / "written").read_text(encoding="ascii") == "x" * 50


def test_never_two_are_inside_at_once(tmp_path: Path) -> None:
    with start(ALONE, tmp_path) as one, start(ALONE, tmp_path) as other:
        assert (one.wait(timeout=60), other.wait(timeout=60)) == (0, 0)
