"""A disk whose power can be cut: what the machine had not yet written out is gone, as it is after a real cut.

An image is served by nbdkit, shown as a file by nbdfuse, taken as a block device by the loop driver past the page
cache, and mounted. Stopping nbdkit is the cut: nothing reaches the image any more. A copy of the image is what an
officer finds when the power is back.
"""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.scenario.kill.waiting import wait_until

PROGRAMS = ("nbdkit", "nbdfuse", "losetup", "mkfs.ext4", "mount", "umount")
SIZE = 2 << 30  # mostly holes; the gate closes where there is too little room


def missing() -> str:
    """What this machine lacks for it; nothing if it can."""
    absent = [each for each in PROGRAMS if shutil.which(each) is None]
    if absent:
        return f"Debian's nbdkit, libnbd-bin and e2fsprogs bring {', '.join(absent)}"
    if os.geteuid() != 0 or not Path("/dev/fuse").exists() or not Path("/dev/loop-control").exists():
        return "only root may mount a disk of its own, and only where the machine has fuse and loop devices"
    return ""


def run(*command: str) -> str:
    """Run a program to its end, and hear what it says."""
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout.strip()


def make_image(path: Path) -> Path:
    """An empty disk."""
    with path.open("wb") as image:
        image.truncate(SIZE)
    run("mkfs.ext4", "-q", "-F", str(path))
    return path


@contextmanager
def plugged_in(image: Path) -> Iterator[Path]:
    """The disk without a line that can be cut: mounted as any image is."""
    place = image.with_suffix(".place")
    place.mkdir(exist_ok=True)
    run("mount", "-o", "loop", str(image), str(place))
    try:
        yield place
    finally:
        run("umount", str(place))


class Disk:
    """A mounted disk with its line."""

    def __init__(self, image: Path, folder: Path) -> None:
        """Serve the image, and mount it."""
        folder.mkdir()
        self.image, self.place, self._shown = image, folder / "place", folder / "shown"
        self.place.mkdir()
        self._shown.touch()
        line, number = folder / "line", folder / "pid"
        run("nbdkit", "-U", str(line), "-P", str(number), "file", str(image))
        _appears(number)
        self._server = int(number.read_text())
        self._show = subprocess.Popen(["nbdfuse", str(self._shown), "--unix", str(line)])
        _until(lambda: self._shown.stat().st_size == SIZE)
        self._loop = run("losetup", "--direct-io=on", "--find", "--show", str(self._shown))
        run("mount", self._loop, str(self.place))

    def cut(self, found: Path) -> Path:
        """Cut the power; answers what lies on the disk from then on."""
        os.kill(self._server, signal.SIGSTOP)
        run("cp", "--sparse=always", str(self.image), str(found))
        return found

    def answer_again(self) -> None:
        """Whoever waits for the disk and was killed meanwhile can die now."""
        os.kill(self._server, signal.SIGCONT)

    def clear_away(self) -> None:
        """Take everything down."""
        for command in (("umount", str(self.place)), ("losetup", "-d", self._loop), ("umount", str(self._shown))):
            _patiently(*command)
        self._show.wait(30)
        os.kill(self._server, signal.SIGTERM)


def _appears(path: Path) -> None:
    """Wait for a file with something in it."""
    _until(lambda: path.exists() and path.stat().st_size > 0)


def _until(done: Callable[[], bool]) -> None:
    """Wait until this holds.

    Raises:
        TimeoutError: It never does.

    """
    if not wait_until(done, 20):
        raise TimeoutError


def _patiently(*command: str) -> None:
    """A killed process may hold its files for a moment longer; on a busy machine for many."""
    for _ in range(600):
        if subprocess.run(command, check=False, capture_output=True, timeout=60).returncode == 0:
            return
        time.sleep(0.1)
    run(*command)
