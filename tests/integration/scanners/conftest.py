"""A real clamd with one made-up signature, and objects made for the test; no virus data from anywhere."""

import io
import shutil
import subprocess
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

VIRUS = b"SEKISHO-MADE-UP-VIRUS-NO-HARM"
CLAMD = "/usr/sbin/clamd"


def pack(*members: tuple[str, bytes]) -> bytes:
    """An archive of these files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return made.getvalue()


def nest(data: bytes, depth: int) -> bytes:
    """An archive so many times inside an archive."""
    for number in range(depth):
        data = pack((f"{number}.zip", data))
    return data


@contextmanager
def running(folder: Path, *settings: str) -> Iterator[str]:
    """A clamd with these settings; the place of its socket."""
    base = folder / "db"
    base.mkdir()
    (base / "local.ndb").write_text(f"Sekisho.MadeUp:0:*:{VIRUS.hex()}\n")
    place = folder / "clamd.sock"
    lines = ["Foreground yes", f"LocalSocket {place}", f"DatabaseDirectory {base}", "User root", *settings]
    (folder / "clamd.conf").write_text("\n".join(lines) + "\n")
    with subprocess.Popen(
        [CLAMD, "-c", str(folder / "clamd.conf")], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            until = time.monotonic() + 60
            while not place.exists() and process.poll() is None and time.monotonic() < until:
                time.sleep(0.05)
            assert place.exists(), "clamd did not start"
            yield str(place)
        finally:
            process.terminate()


def _start(tmp_path_factory: pytest.TempPathFactory, *settings: str) -> Iterator[str]:
    """Start a clamd that looks only so far, if this machine has one."""
    if shutil.which(CLAMD) is None:
        pytest.skip("clamd is missing; Debian's clamav-daemon brings it")
    with running(tmp_path_factory.mktemp("clamd"), "MaxFileSize 2M", "MaxScanSize 2M", *settings) as place:
        yield place


@pytest.fixture(scope="session")
def scanner_place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The socket of a clamd that is set as it has to be."""
    yield from _start(tmp_path_factory, "AlertExceedsMax yes")


@pytest.fixture(scope="session")
def loose_place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The socket of a clamd as it ships: it says OK to what exceeds its limits."""
    yield from _start(tmp_path_factory)
