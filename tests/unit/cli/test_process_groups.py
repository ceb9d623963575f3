"""Processes of a site end together: all are asked at once, and none goes on when another has ended by itself."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from sekisho.cli.demo.stage import running
from sekisho.cli.process_groups import ProcessGroup
from sekisho.kernel import SekishoError
from tests.scenario.kill.waiting import wait_until

SECONDS = 1.5
# A process that notes when it is asked to end, and takes its time; what it is given says where and how long.
CHILD = """
import signal, sys, time
from pathlib import Path

place, seconds = Path(sys.argv[1]), float(sys.argv[2])

def end(number, frame):
    place.write_text(str(time.time()))
    time.sleep(seconds)
    raise SystemExit(0)

signal.signal(signal.SIGTERM, end)
place.with_suffix(".begun").touch()
print(sys.argv[3], flush=True)
while True:
    time.sleep(0.02)
"""
# Somebody's `serve`: one process that is ready, and one that never is.
PARENT = """
import sys
from pathlib import Path
from sekisho.cli.process_groups import ProcessGroup

folder = Path(sys.argv[1])
with ProcessGroup() as group:
    group.start("quick", "child", [str(folder / "quick"), "0", "ready"], folder / "quick.log")
    group.start("never", "child", [str(folder / "never"), "0", "no"], folder / "never.log")
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where the processes lie and write; what this process does at signals is put back at the end."""
    (tmp_path / "child.py").write_text(CHILD)
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}:src")
    kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield tmp_path
    for number, handler in kept.items():
        signal.signal(number, handler)


def words(folder: Path, name: str, seconds: float) -> tuple[str, str, list[str], Path]:
    """What starts a process of this name that takes so long to end."""
    return name, "child", [str(folder / name), str(seconds), "ready"], folder / f"{name}.log"


def apart(folder: Path) -> float:
    """How many seconds after the one that takes long the quick one was asked to end."""
    return float((folder / "quick").read_text()) - float((folder / "slow").read_text())


def test_one_that_takes_long_keeps_no_other_going(folder: Path) -> None:
    with ProcessGroup() as group:
        group.start(*words(folder, "quick", 0))
        group.start(*words(folder, "slow", SECONDS))
    assert apart(folder) < SECONDS / 2


def test_the_test_would_see_processes_that_are_ended_one_after_the_other(folder: Path) -> None:
    with ExitStack() as stack:
        stack.enter_context(running(*words(folder, "quick", 0)))
        stack.enter_context(running(*words(folder, "slow", SECONDS)))
    assert apart(folder) >= SECONDS / 2


def test_when_one_ends_by_itself_the_others_end_and_its_log_is_named(folder: Path) -> None:
    with ProcessGroup() as group:
        group.start(*words(folder, "lane", 0))
        group.start(*words(folder, "worker-0", 0)).process.kill()
        with pytest.raises(SekishoError, match=r"worker-0 has ended, .* worker-0\.log says why"):
            group.wait()
    assert (folder / "lane").exists()


def test_whoever_ends_it_while_it_starts_leaves_nothing_behind(folder: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", PARENT, str(folder)], stderr=subprocess.DEVNULL) as parent:
        assert wait_until((folder / "never.begun").exists, 30)
        parent.terminate()
        assert parent.wait(20) != 0
    assert (folder / "quick").exists()
    assert (folder / "never").exists()
