"""The raw disk after erasure (K-14): keys are found before, 0 bytes of them after, on SQLite and on PostgreSQL.

Where we are root, the home folder lies on a file system of its own in an image, and the image is searched: what files
gave back to the disk is in it too. Elsewhere the files are searched. Names of persons are found nowhere at any time.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.integration.databases.test_nothing_plain_is_left import personal_values

STORY = Path(__file__).with_name("residue_story.py")
IMAGE_BYTES = 64 << 20


def files_in(folder: Path) -> bytes:
    """Everything in a folder, raw."""
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


@dataclass(frozen=True)
class Disk:
    """A disk to work on, and how to read it raw."""

    folder: Path
    raw: Callable[[], bytes]


@contextmanager
def disk(tmp_path: Path) -> Iterator[Disk]:
    """A file system in an image if that can be had, or a folder."""
    folder, image = tmp_path / "disk", tmp_path / "image"
    folder.mkdir()
    image.write_bytes(b"")
    os.truncate(image, IMAGE_BYTES)
    made = subprocess.run(["mkfs.ext4", "-q", str(image)], check=False, capture_output=True)
    mount = ["mount", "-o", "loop", str(image), str(folder)]
    if os.geteuid() or made.returncode or subprocess.run(mount, check=False, capture_output=True).returncode:
        yield Disk(folder, lambda: files_in(folder))
        return

    def raw() -> bytes:
        subprocess.run(["sync", "-f", str(folder)], check=True)
        return image.read_bytes()

    try:
        yield Disk(folder, raw)
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@dataclass(frozen=True)
class Told:
    """What was found on the raw disks before and after."""

    keys: tuple[int, int]
    opened: tuple[int, int]
    names: tuple[int, int]
    states: tuple[str, str]


def count(raw: bytes, marks: list[bytes]) -> int:
    """How many of these are found."""
    return sum(mark in raw for mark in marks)


def tell(place: Disk, raw: Callable[[], bytes], database: str = "", **more: str) -> Told:
    """Run the story, and search before and after the erasure."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SEKISHO_", "DJANGO_"))}
    setting = {"SEKISHO_DATABASE_URL": database} if database else {}
    environment = {**kept, **setting, "SEKISHO_HOME": str(place.folder), "PYTHONPATH": "src:.", **more}
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, str(STORY)], env=environment, stdin=pipe, stdout=pipe, text=True) as story:
        assert story.stdin is not None
        assert story.stdout is not None
        first: dict[str, Any] = json.loads(story.stdout.readline())
        before = raw()
        story.stdin.write("\n")
        story.stdin.flush()
        last = json.loads(story.stdout.readline())
    assert story.returncode == 0
    after = raw()
    wrapped = [bytes.fromhex(each)[:16] for each in first["wrapped"]]
    opened = [bytes.fromhex(each) for each in first["opened"]]
    names = [form for value in personal_values() for form in (value.encode(), value.encode("cp932", "ignore"))]
    return Told(
        keys=(count(before, wrapped), count(after, wrapped)),
        opened=(count(before, opened), count(after, opened)),
        names=(count(before, names), count(after, names)),
        states=(first["states"][0], last["states"][0]),
    )


ALL_GONE = Told(keys=(6, 0), opened=(0, 0), names=(0, 0), states=("delivered", "erased"))


def test_the_raw_disk_holds_no_key_after_erasure_and_did_before(tmp_path: Path) -> None:
    with disk(tmp_path) as place:
        assert tell(place, place.raw) == ALL_GONE


@pytest.mark.postgres
def test_the_same_on_postgresql_with_its_data_directory_and_write_ahead_log(tmp_path: Path, postgres_url: str) -> None:
    data = Path(postgres_data(postgres_url))
    with disk(tmp_path) as place:
        assert tell(place, lambda: place.raw() + files_in(data), postgres_url) == ALL_GONE
        assert any((data / "pg_wal").iterdir()), "the log was among what was searched"


def postgres_data(url: str) -> str:
    """Where the server keeps its files."""
    import psycopg

    with psycopg.connect(url) as connection:
        connection.execute("CHECKPOINT")
        row = connection.execute("SHOW data_directory").fetchone()
    assert row is not None
    return str(row[0])


def test_a_plain_temporary_file_is_caught_even_after_it_was_removed(tmp_path: Path) -> None:
    """The mutant: an inspector that spills plain bytes to a file and removes it."""
    mutant = tmp_path / "mutant"
    mutant.mkdir()
    spill = (
        "import os, pathlib, sekisho.bootstrap.halls as halls\n"
        "kept = halls.open_parcel\n"
        "def careless(form, rows={}):\n"
        "    place = pathlib.Path(os.environ['SEKISHO_HOME'], 'spill')\n"
        "    with place.open('wb') as file:\n"
        "        file.write(b''.join(kept(form, rows)))\n"
        "        os.fsync(file.fileno())\n"
        "    if os.environ.get('SPILL_REMOVED'): place.unlink()\n"
        "    return kept(form, rows)\n"
        "halls.open_parcel = careless\n"
    )
    (mutant / "sitecustomize.py").write_text(spill)
    with disk(tmp_path) as place:
        removed = {"SPILL_REMOVED": "1"} if os.path.ismount(place.folder) else {}
        told = tell(place, place.raw, PYTHONPATH=f"{mutant}:src:.", **removed)
    assert told.names[1] > 0
