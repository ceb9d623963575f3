"""A watched folder: only what has settled is taken, once, and what is refused is set aside with its reasons."""

import os
from pathlib import Path

import pytest

from tests.integration.conftest import Office
from tests.integration.gate.test_crossing import notices

DOWN = "registry-notices-down"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that is watched."""
    place = tmp_path / "watched"
    place.mkdir()
    return place


def look(office: Office, folder: Path, *, person: str = "urakami", looks: int = 2) -> int:
    """Look so often; how many landed."""
    from sekisho.bootstrap.watching import Look, WatchedFolder, take_settled

    watched = WatchedFolder(
        folder=str(folder), tenant=office.tenant, connection=DOWN, terminal="asset-tax-terminal-1", person=person
    )
    before, landed = Look(), 0
    for _ in range(looks):
        before, more = take_settled(watched, before)
        landed += more
    return landed


def count(office: Office) -> int:
    """How many parcels were received."""
    from sekisho.adapters.database.models import Parcel

    return Parcel.objects.filter(tenant_id=office.tenant, state="received").count()


def test_a_settled_file_lands_and_is_removed_and_one_look_is_not_enough(office: Office, folder: Path) -> None:
    (folder / "notices.csv").write_bytes(notices(3))
    assert look(office, folder, looks=1) == 0
    assert (look(office, folder), count(office)) == (1, 1)
    assert list(folder.iterdir()) == []
    (folder / "notices.csv").write_bytes(notices(4))
    assert (look(office, folder), count(office)) == (1, 2), "the same name on another day is another file"


def test_drafts_links_and_folders_are_left_alone(office: Office, folder: Path, tmp_path: Path) -> None:
    for name in (".hidden", "a.part", "b.tmp", "c.filepart"):
        (folder / name).write_bytes(notices(3))
    (tmp_path / "outside.csv").write_bytes(notices(3))
    (folder / "link.csv").symlink_to(tmp_path / "outside.csv")
    (folder / "folder.csv").mkdir()
    assert look(office, folder, looks=3) == 0
    assert len(list(folder.iterdir())) == 6


def test_a_file_that_still_grows_is_not_taken(office: Office, folder: Path) -> None:
    from sekisho.bootstrap.watching import WatchedFolder, look_into, take_file, take_settled

    watched = WatchedFolder(
        folder=str(folder), tenant=office.tenant, connection=DOWN, terminal="asset-tax-terminal-1", person="urakami"
    )
    body = notices(3)
    (folder / "slow.csv").write_bytes(body[:50])
    before, _ = take_settled(watched, {})
    (folder / "slow.csv").write_bytes(body)
    _, landed = take_settled(watched, before)
    assert (landed, count(office)) == (0, 0)
    stale = (50, *before["slow.csv"][1:])
    assert not take_file(watched, "slow.csv", stale), "also if it changes while it is read"
    assert count(office) == 0
    assert take_file(watched, "slow.csv", look_into(watched)["slow.csv"])


def test_what_landed_before_a_kill_is_not_taken_twice(office: Office, folder: Path) -> None:
    place = folder / "twice.csv"
    place.write_bytes(notices(3))
    told = place.stat()
    content = place.read_bytes()
    keep = folder / ".keep"
    os.link(place, keep)
    assert look(office, folder) == 1
    os.link(keep, place)
    assert place.stat().st_ino == told.st_ino
    assert place.read_bytes() == content
    assert (look(office, folder), count(office)) == (1, 1)


def test_what_is_refused_is_set_aside_with_every_reason(office: Office, folder: Path) -> None:
    (folder / "notices.csv").write_bytes(notices(3))
    assert look(office, folder, person="dejima") == 0
    assert (folder / "notices.csv.refused").exists()
    assert "承認された操作者ではありません" in (folder / "notices.csv.refused.txt").read_text("utf-8")
    assert look(office, folder) == 0, "and left alone from then on"
