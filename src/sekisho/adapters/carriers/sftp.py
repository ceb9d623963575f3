"""A folder of an SFTP server as a shelf: its host key is pinned, a file is uploaded under a hidden name and renamed."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, BinaryIO, Final, TypeVar

import asyncssh

from sekisho.adapters.carriers.addresses import Counterpart
from sekisho.adapters.carriers.away import AwayError
from sekisho.adapters.carriers.secrets_of import ssh_key_of
from sekisho.adapters.database.home import Home
from sekisho.kernel import SekishoError

_PATIENCE: Final = 30.0
_PIECE: Final = 1 << 18
T = TypeVar("T")


async def _read(client: asyncssh.SFTPClient, path: str) -> bytes | None:
    """A remote file; nothing if there is none."""
    try:
        async with client.open(path, "rb") as file:
            return bytes(await file.read())  # type: ignore[arg-type]  # opened for bytes
    except asyncssh.SFTPNoSuchFile:
        return None


async def _pieces(client: asyncssh.SFTPClient, path: str) -> AsyncIterator[bytes]:
    """A remote file piece by piece.

    Raises:
        SFTPNoSuchFile: There is none.

    """
    async with client.open(path, "rb") as file:
        while piece := bytes(await file.read(_PIECE)):  # type: ignore[arg-type]  # opened for bytes
            yield piece


async def _digest(client: asyncssh.SFTPClient, path: str) -> str | None:
    """The digest of a remote file, read back whole; nothing if there is none."""
    digest = hashlib.sha256()
    try:
        async for piece in _pieces(client, path):
            digest.update(piece)
    except asyncssh.SFTPNoSuchFile:
        return None
    return digest.hexdigest()


async def _goes_on_at(client: asyncssh.SFTPClient, draft: str, content: BinaryIO) -> int:
    """How much of an earlier try is there and is the beginning of these very bytes."""
    first = 0
    try:
        async for piece in _pieces(client, draft):
            if content.read(len(piece)) != piece:
                return 0
            first += len(piece)
    except asyncssh.SFTPNoSuchFile:
        return 0
    return first


async def _put(client: asyncssh.SFTPClient, name: str, content: BinaryIO) -> None:
    """Upload under a hidden name, going on where a cut left it, then rename; a name that is taken stays taken."""
    draft = f".{name}.part"
    first = await _goes_on_at(client, draft, content)
    async with client.open(draft, "r+b" if first else "wb") as file:
        content.seek(first)
        while piece := content.read(_PIECE):
            await file.write(piece, first)
            first += len(piece)
        with suppress(asyncssh.SFTPOpUnsupported, asyncssh.SFTPFailure):
            await file.fsync()
    try:
        await client.rename(draft, name)
    except asyncssh.SFTPFailure:
        if not await client.exists(name):
            raise
        await client.remove(draft)


@dataclass(frozen=True, slots=True)
class SftpShelf:
    """The folder in which we are after signing in."""

    runner: asyncio.Runner
    client: asyncssh.SFTPClient

    def _do(self, work: Coroutine[Any, Any, T]) -> T:
        """Do it within our patience."""
        return self.runner.run(asyncio.wait_for(work, _PATIENCE * 20))

    def digest(self, name: str) -> str | None:
        """The digest of a remote file, read back whole."""
        return self._do(_digest(self.client, name))

    def put(self, name: str, content: BinaryIO) -> None:
        """Upload it whole, or go on with it."""
        self._do(_put(self.client, name, content))

    def read(self, name: str) -> bytes | None:
        """What lies there."""
        return self._do(_read(self.client, name))


async def _connect(home: Home, tenant: str, counterpart: Counterpart) -> asyncssh.SSHClientConnection:
    """Sign in with our own key, at a server whose key is the pinned one and no other."""
    said = counterpart.settings
    pinned = asyncssh.import_public_key(said["host_key"])
    return await asyncssh.connect(
        said["host"],
        int(said.get("port", "22")),
        username=said["user"],
        client_keys=[ssh_key_of(home, tenant, counterpart.counterpart)],
        known_hosts=([pinned], [], []),
        server_host_key_algs=[pinned.get_algorithm()],
        config=None,
        agent_path=None,
        preferred_auth=("publickey",),
        connect_timeout=_PATIENCE,
        keepalive_interval=10,
    )


async def _start(connection: asyncssh.SSHClientConnection) -> asyncssh.SFTPClient:
    """The SFTP client of a connection."""
    return await connection.start_sftp_client()


@contextmanager
def _signed_in(home: Home, tenant: str, counterpart: Counterpart) -> Iterator[SftpShelf]:
    """The folder after signing in; the line is closed afterwards, whatever happened."""
    with asyncio.Runner() as runner:
        connection = runner.run(_connect(home, tenant, counterpart))
        try:
            client = runner.run(_start(connection))
            if folder := counterpart.settings.get("folder"):
                runner.run(client.chdir(folder))
            yield SftpShelf(runner, client)
        finally:
            connection.close()
            runner.run(connection.wait_closed())


@contextmanager
def open_sftp(home: Home, tenant: str, counterpart: Counterpart) -> Iterator[SftpShelf]:
    """The folder of a counterpart's SFTP server.

    Raises:
        AwayError: It cannot be reached, does not let us in, or hung up.
        SekishoError: It is another server than the pinned one, or its address is not complete.

    """
    name = counterpart.counterpart
    try:
        with _signed_in(home, tenant, counterpart) as shelf:
            yield shelf
    except asyncssh.HostKeyNotVerifiable as fault:
        message = f"{name}: 相手の鍵が登録と違います。何も送っていません / not the pinned host key; nothing was sent"
        raise SekishoError(message) from fault
    except (KeyError, asyncssh.KeyImportError) as fault:
        message = f"{name}: the address of the SFTP server is not complete"
        raise SekishoError(message) from fault
    except (OSError, asyncssh.Error, TimeoutError) as fault:
        raise AwayError(name, type(fault).__name__) from fault
