"""`python -m sekisho.lane.sftp`: a counterpart's machine drops a file by SFTP, and it passes the same doors as a PUT.

The machine's key is the terminal's credential; the user name is municipality and person, as in 422011-urakami. A file
goes to /CONNECTION/NAME. Under a name that begins with a dot or ends in .part it waits for its renaming; nothing can be
read, listed or removed here. The answer to the last step comes when the parcel is durable and in the ledger.
"""

import argparse
import asyncio
import signal
import stat
from typing import Final, NoReturn

import asyncssh

from sekisho.adapters.certificates.machines import host_key, key_fingerprint
from sekisho.adapters.database.pokes import poke
from sekisho.bootstrap import open_house
from sekisho.bootstrap.intake import Drop, Taking, begin_taking
from sekisho.kernel import Credential, Refused, SekishoError
from sekisho.lane.background import run_short

_WAITING: Final = (".part", ".tmp", ".filepart")


def _deny(why: str) -> NoReturn:
    """Say no in the protocol's own way."""
    raise asyncssh.SFTPPermissionDenied(why)


def _waits(name: str) -> bool:
    """Is this a name that a client gives a file until it is whole?"""
    return name.startswith(".") or name.endswith(_WAITING)


class Dropped:
    """One open file of a client's: only what follows what came before is taken."""

    def __init__(self, taking: Taking, name: str) -> None:
        self.taking, self.name, self.fault = taking, name, ""

    def write(self, offset: int, data: bytes) -> int:
        """Take the next bytes."""
        if offset != self.taking.dock.size:
            self.fault = "順に送ってください / in order only"
            raise asyncssh.SFTPFailure(self.fault)
        try:
            self.taking.feed(data)
        except Refused as refusal:
            self.fault = str(refusal)
            _deny(refusal.reasons[0].ja)
        return len(data)


class DropBox(asyncssh.SFTPServer):
    """What one client sees: folders by the names of connections, into which files go and out of which nothing comes."""

    def __init__(self, chan: "asyncssh.SSHServerChannel[bytes]") -> None:
        super().__init__(chan)
        connection = chan.get_connection()
        self._tenant, _, person = str(connection.get_extra_info("username")).partition("-")
        fingerprint = connection.get_extra_info("sekisho_fingerprint")
        self._credential = Credential(kind="certificate", value=f"{fingerprint}/{person}")
        self._waiting: dict[str, Dropped] = {}
        self._open: set[Dropped] = set()
        self.gone = False

    def _place(self, path: bytes) -> tuple[str, str]:
        """Connection and name of a path of two parts."""
        parts = [part for part in path.decode("utf-8", "replace").split("/") if part not in {"", "."}]
        if len(parts) != 2 or ".." in parts or not all(part.isprintable() for part in parts):  # noqa: PLR2004 - two parts
            _deny("/結合/ファイル名 に置いてください / put it at /CONNECTION/NAME")
        return parts[0], parts[1]

    async def open(self, path: bytes, pflags: int, _attrs: asyncssh.SFTPAttrs) -> Dropped:
        """A file is announced: the doors before the bytes."""
        connection, name = self._place(path)
        if not pflags & asyncssh.FXF_WRITE or pflags & asyncssh.FXF_APPEND:
            _deny("読み出しはできません / nothing can be read here")
        drop = Drop(tenant=self._tenant, connection=connection, credential=self._credential, name=name)
        try:
            taking = await run_short(begin_taking, drop)
        except Refused as refusal:
            poke()
            _deny(" ".join(reason.ja for reason in refusal.reasons))
        dropped = Dropped(taking, name)
        self._open.add(dropped)
        return dropped

    def write(self, file_obj: object, offset: int, data: bytes) -> int:
        """Bytes of an open file come."""
        return self._mine(file_obj).write(offset, data)

    def read(self, _file_obj: object, _offset: int, _size: int) -> bytes:
        """Nothing can be read here."""
        _deny("読み出しはできません / nothing can be read here")

    def _mine(self, file_obj: object) -> Dropped:
        """One of our open files."""
        if not isinstance(file_obj, Dropped):
            raise asyncssh.SFTPFailure("")
        return file_obj

    async def close(self, file_obj: object) -> None:
        """The file is whole, or waits for its name."""
        dropped = self._mine(file_obj)
        self._open.discard(dropped)
        if dropped.fault or self.gone:
            await run_short(dropped.taking.discard)
        elif _waits(dropped.name):
            self._waiting[dropped.name] = dropped
        else:
            await self._finish(dropped)

    async def rename(self, oldpath: bytes, newpath: bytes) -> None:
        """A file gets its name: now it is taken in."""
        (_, old), (connection, name) = self._place(oldpath), self._place(newpath)
        dropped = self._waiting.pop(old, None)
        if dropped is None or connection != dropped.taking.arrival.connection or _waits(name):
            _deny("その名前にはできません / it cannot get this name")
        dropped.taking.key = f"{connection}/{name}"[:200]
        await self._finish(dropped)

    async def posix_rename(self, oldpath: bytes, newpath: bytes) -> None:
        """The same by another name of the protocol."""
        await self.rename(oldpath, newpath)

    async def _finish(self, dropped: Dropped) -> None:
        """The fourth door; the client hears yes only when the entry is durable."""
        try:
            await run_short(dropped.taking.finish)
        except Refused as refusal:
            _deny(" ".join(reason.ja for reason in refusal.reasons))
        except SekishoError as fault:
            raise asyncssh.SFTPFailure(str(fault)) from fault
        finally:
            poke()

    def stat(self, path: bytes) -> asyncssh.SFTPAttrs:
        """Folders are there, files never: what was dropped is no longer in the box."""
        parts = [part for part in path.decode("utf-8", "replace").split("/") if part not in {"", "."}]
        if len(parts) > 1:
            raise asyncssh.SFTPNoSuchFile("")
        return asyncssh.SFTPAttrs(permissions=stat.S_IFDIR | 0o300)

    lstat = stat

    def fstat(self, file_obj: object) -> asyncssh.SFTPAttrs:
        """How much of a file has come."""
        return asyncssh.SFTPAttrs(size=self._mine(file_obj).taking.dock.size, permissions=stat.S_IFREG | 0o200)

    def setstat(self, _path: bytes, _attrs: asyncssh.SFTPAttrs) -> None:
        """Times and modes of a client's mean nothing here."""

    def fsetstat(self, _file_obj: object, _attrs: asyncssh.SFTPAttrs) -> None:
        """The same for an open file."""

    def realpath(self, path: bytes) -> bytes:
        """Paths are only names here."""
        return b"/" + b"/".join(part for part in path.split(b"/") if part not in {b"", b"."})

    def _no(self, *_: object) -> NoReturn:
        """What a drop box does not do."""
        _deny("ここではできません / not done here")

    scandir = listdir = remove = mkdir = rmdir = readlink = symlink = link = _no  # type: ignore[assignment]

    async def exit(self) -> None:
        """The client went away: what is not whole is not kept."""
        for dropped in (*self._open, *self._waiting.values()):
            await run_short(dropped.taking.discard)


class CarefulHandler(asyncssh.sftp.SFTPServerHandler):
    """Tells a file that a client closed from one that was open when the client went away.

    The library closes open files itself when a line is cut, and by its call alone a torn file would look whole.
    """

    async def _cleanup(self, exc: Exception | None) -> None:
        """The client went away, in whichever way."""
        if isinstance(self._server, DropBox):
            self._server.gone = True
        await super()._cleanup(exc)


class Doorkeeper(asyncssh.SSHServer):
    """Lets machines in whose key is a terminal's of the municipality they name; nothing else is done here."""

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        """Somebody knocks."""
        self._connection = conn

    def begin_auth(self, _username: str) -> bool:
        """Everybody has to show a key."""
        return True

    def public_key_auth_supported(self) -> bool:
        """A key, and nothing else."""
        return True

    async def validate_public_key(self, username: str, key: asyncssh.SSHKey) -> bool:
        """Is this a terminal of that municipality?"""
        from sekisho.adapters.database.registers import is_terminal_of  # noqa: PLC0415 - tables need Django

        fingerprint = key_fingerprint(key)
        self._connection.set_extra_info(sekisho_fingerprint=fingerprint)
        return await run_short(is_terminal_of, username.partition("-")[0], fingerprint)


async def serve(port: int, key: asyncssh.SSHKey) -> None:
    """Listen until told to end."""
    ended = asyncio.Event()
    asyncssh.sftp.SFTPServerHandler = CarefulHandler  # type: ignore[misc]  # the library asks for its handler there
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    listening = await asyncssh.listen(
        "127.0.0.1", port, server_factory=Doorkeeper, server_host_keys=[key], sftp_factory=DropBox, allow_scp=False,
        agent_forwarding=False, x11_forwarding=False, login_timeout=30, keepalive_interval=30,
    )  # fmt: skip
    print(f"ready port={listening.get_port()}", flush=True)  # noqa: T201 - the ready line
    await ended.wait()
    listening.close()


def main() -> None:
    """Listen until told to end."""
    parser = argparse.ArgumentParser(prog="sekisho.lane.sftp")
    parser.add_argument("--port", type=int, default=0)
    arguments = parser.parse_args()
    home = open_house()
    asyncio.run(serve(arguments.port, host_key(home.secret("sftp.key"))))


if __name__ == "__main__":
    main()
