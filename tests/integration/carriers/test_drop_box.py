"""A counterpart's machine drops files by SFTP at the real process, and they pass the same doors as a PUT."""

import asyncio
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import asyncssh
import pytest

from sekisho.adapters.layouts import shipped_layouts
from sekisho.business.registry_notices import make_ledger, make_rows, notice_file
from sekisho.cli.demo.stage import running

DOWN = "/registry-notices-down"
_SET_UP = """
import sys
from sekisho.bootstrap import open_house
home = open_house()
from sekisho.adapters.dossiers import shipped_dossier
from sekisho.cli.demo.city import found_city
found_city(home, shipped_dossier(), 1, alone=True)
from sekisho.adapters.database.setup import enrol_terminal
enrol_terminal("422011", "asset-tax-terminal-1", sys.argv[1])
"""


def notices(count: int = 5) -> bytes:
    """A file of notices."""
    rows = make_rows(Random(2), make_ledger(Random(1), 50), count, misfits=0.0)
    return b"".join(notice_file(shipped_layouts().find("registry_notice"), rows))


@dataclass(frozen=True)
class Box:
    """The running drop box, and a machine whose key is a terminal's."""

    home: Path
    port: int
    host_key: asyncssh.SSHKey
    key: asyncssh.SSHKey

    def states(self) -> dict[str, int]:
        """How many parcels are in which state."""
        with closing(sqlite3.connect(self.home / "sekisho.sqlite3")) as database:
            return dict(database.execute("SELECT state, count(*) FROM database_parcel GROUP BY state").fetchall())

    def with_client(self, work: "Any", *, key: asyncssh.SSHKey | None = None, user: str = "422011-urakami") -> Any:
        """Do something as a machine."""

        async def go() -> Any:
            async with (
                asyncssh.connect(
                    "127.0.0.1", self.port, username=user, client_keys=[key or self.key], config=None,
                    known_hosts=([self.host_key.convert_to_public()], [], []), agent_path=None,
                ) as connection,
                connection.start_sftp_client() as client,
            ):  # fmt: skip
                return await work(client)

        return asyncio.run(go())


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    """The drop box as a process of its own."""
    from sekisho.adapters.certificates.machines import host_key, key_fingerprint

    home, key = tmp_path_factory.mktemp("home"), asyncssh.generate_private_key("ssh-ed25519")
    environment = {**os.environ, "SEKISHO_HOME": str(home), "PYTHONPATH": "src"}
    environment["DJANGO_SETTINGS_MODULE"] = "sekisho.adapters.database.settings"
    command = [sys.executable, "-c", _SET_UP, key_fingerprint(key)]
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    with running("sftp", "sekisho.lane.sftp", [], home / "sftp.log", environment) as child:
        yield Box(home, int(child.ready["port"]), host_key((home / "sftp.key").read_bytes()), key)


def put(name: str, content: bytes) -> "Any":
    """Write a file whole."""

    async def work(client: asyncssh.SFTPClient) -> None:
        async with client.open(name, "wb") as file:
            await file.write(content)

    return work


def test_a_file_lands_when_it_is_whole_and_the_same_again_is_the_same(box: Box) -> None:
    before = box.states().get("received", 0)
    for _ in range(2):
        box.with_client(put(f"{DOWN}/once.csv", notices()))
    assert box.states()["received"] == before + 1
    with pytest.raises(asyncssh.SFTPPermissionDenied, match="冪等キー"):
        box.with_client(put(f"{DOWN}/once.csv", notices(6)))


def test_a_file_under_a_waiting_name_lands_with_its_renaming_and_not_before(box: Box) -> None:
    before = box.states().get("received", 0)

    async def work(client: asyncssh.SFTPClient) -> int:
        await put(f"{DOWN}/later.csv.part", notices(7))(client)
        between = box.states().get("received", 0)
        await client.rename(f"{DOWN}/later.csv.part", f"{DOWN}/later.csv")
        return between

    assert box.with_client(work) == before
    assert box.states()["received"] == before + 1


def test_what_was_cut_off_leaves_nothing(box: Box) -> None:
    before, files = box.states(), list((box.home / "parcels").glob("*")) if (box.home / "parcels").exists() else []

    async def work(client: asyncssh.SFTPClient) -> None:
        file = await client.open(f"{DOWN}/cut.csv", "wb")
        await file.write(notices(900))

    with pytest.raises(asyncssh.Error):
        box.with_client(lambda client: _then_abort(work, client))
    for _ in range(50):
        if sorted((box.home / "parcels").glob("*")) == sorted(files):
            break
        asyncio.run(asyncio.sleep(0.1))
    assert sorted((box.home / "parcels").glob("*")) == sorted(files)
    assert box.states() == before


async def _then_abort(work: "Any", client: asyncssh.SFTPClient) -> None:
    """Do it, and hang up."""
    await work(client)
    raise asyncssh.ConnectionLost("")


@pytest.mark.parametrize(
    ("path", "why"),
    [("/nowhere/a.csv", "通行証がありません"), ("/a.csv", "結合"), ("/a/b/c", "結合"), (f"{DOWN}/../x", "結合")],
)
def test_a_wrong_place_is_refused_with_a_sentence(box: Box, path: str, why: str) -> None:
    with pytest.raises(asyncssh.SFTPError, match=why):
        box.with_client(put(path, b"x"))


def test_a_person_who_was_not_named_and_an_empty_file_are_refused(box: Box) -> None:
    with pytest.raises(asyncssh.SFTPPermissionDenied, match="承認された操作者"):
        box.with_client(put(f"{DOWN}/p.csv", notices()), user="422011-dejima")
    with pytest.raises(asyncssh.SFTPPermissionDenied, match="中身"):
        box.with_client(put(f"{DOWN}/empty.csv", b""))


def test_nothing_can_be_read_listed_or_removed(box: Box) -> None:
    async def work(client: asyncssh.SFTPClient) -> list[str]:
        said = []
        for attempt in (
            client.listdir(DOWN), client.remove(f"{DOWN}/once.csv"), client.mkdir("/x"),
            client.readlink("/x"), client.open(f"{DOWN}/once.csv", "rb"),
        ):  # fmt: skip
            try:
                await attempt
            except asyncssh.SFTPError as fault:
                said.append(type(fault).__name__)
        return said

    assert len(box.with_client(work)) == 5


def test_a_key_that_is_no_terminal_s_and_another_municipality_s_name_are_not_let_in(box: Box) -> None:
    stranger = asyncssh.generate_private_key("ssh-ed25519")
    with pytest.raises(asyncssh.PermissionDenied):
        box.with_client(put(f"{DOWN}/a.csv", b"x"), key=stranger)
    with pytest.raises(asyncssh.PermissionDenied):
        box.with_client(put(f"{DOWN}/a.csv", b"x"), user="401307-urakami")


def test_openssh_s_own_client_drops_a_file(box: Box, tmp_path: Path) -> None:
    import shutil

    if shutil.which("sftp") is None:
        pytest.skip("openssh-client is not installed on this machine")
    (tmp_path / "id").write_bytes(box.key.export_private_key())
    (tmp_path / "id").chmod(0o600)
    known = f"[127.0.0.1]:{box.port} {box.host_key.export_public_key().decode()}"
    (tmp_path / "known").write_text(known)
    (tmp_path / "notices.csv").write_bytes(notices(8))
    before = box.states().get("received", 0)
    told = subprocess.run(
        ["sftp", "-q", "-b", "-", "-P", str(box.port), "-i", str(tmp_path / "id"),
         "-o", f"UserKnownHostsFile={tmp_path / 'known'}", "-o", "IdentitiesOnly=yes", "422011-urakami@127.0.0.1"],
        input=f"put {tmp_path / 'notices.csv'} {DOWN}/openssh.csv\n", capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    assert box.states()["received"] == before + 1
