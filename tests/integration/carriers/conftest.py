"""Real servers of counterparts: OpenSSH's sftp-server behind SSH, an S3 server; and a sealed parcel to carry."""

import asyncio
import hashlib
import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import asyncssh
import pyrage
import pytest

from sekisho.adapters.carriers import Counterpart
from sekisho.adapters.database.home import Home
from sekisho.kernel import Cargo, Receipt, Recorded, Waybill

TENANT = "422011"
SFTP_SERVER = Path("/usr/lib/openssh/sftp-server")
RECIPIENT = pyrage.x25519.Identity.generate()


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home folder of the test's own."""
    monkeypatch.setenv("SEKISHO_HOME", str(tmp_path / "home"))
    home = Home(folder=tmp_path / "home")
    home.parcels.mkdir(parents=True)
    return home


def recorded_of(home: Home, plain: bytes, parcel: str = "p261124-00000000beef") -> Recorded:
    """A parcel that is sealed and recorded and may leave."""
    sealed = pyrage.encrypt(plain, [RECIPIENT.to_public()])
    (home.parcels / f"{parcel}.sealed").write_bytes(sealed)
    digest = hashlib.sha256(sealed).hexdigest()
    cargo = Cargo(place=f"{parcel}.sealed", digest=digest, size=len(sealed), recipient=str(RECIPIENT.to_public()))
    return Recorded(
        waybill=Waybill(parcel=parcel, tenant=TENANT, connection="up", permit="R1-56-02", digest="00" * 32),
        cargo=cargo,
        counterpart="printer",
        direction="outward",
        receipt=Receipt(entry=7, leaf="ab" * 32),
    )


@pytest.fixture
def recorded(house: Home) -> Recorded:
    """A small parcel."""
    return recorded_of(house, Random(1).randbytes(70_000))


def printer(carrier: str, url: str = "", receipt_key: str = "", **settings: str) -> Counterpart:
    """The counterpart, reached in this way."""
    return Counterpart(
        counterpart="printer",
        url=url,
        recipient=str(RECIPIENT.to_public()),
        receipt_key=receipt_key,
        carrier=carrier,
        settings=settings,
    )


class SftpSession(asyncssh.SSHServerSession[bytes]):
    """One client, joined with an sftp-server of its own; hangs up in the middle if told to."""

    def __init__(self, server: "SshServer") -> None:
        self.server = server
        self.taken = 0
        self.arrived: asyncio.Queue[bytes] = asyncio.Queue()

    def connection_made(self, chan: "asyncssh.SSHServerChannel[bytes]") -> None:
        self.chan = chan

    def subsystem_requested(self, subsystem: str) -> bool:
        return subsystem == "sftp"

    def session_started(self) -> None:
        self.task = asyncio.get_running_loop().create_task(self.join())

    def data_received(self, data: bytes, _datatype: int | None) -> None:
        self.arrived.put_nowait(data)

    def connection_lost(self, exc: Exception | None) -> None:
        self.arrived.put_nowait(b"")

    def eof_received(self) -> bool:
        self.arrived.put_nowait(b"")
        return True

    async def join(self) -> None:
        """Carry bytes both ways until one side has enough."""
        command = [str(SFTP_SERVER), "-d", str(self.server.folder)]
        pipe = asyncio.subprocess.PIPE
        program = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe)
        assert program.stdin is not None
        assert program.stdout is not None
        back = asyncio.get_running_loop().create_task(self.answer(program.stdout))
        while piece := await self.arrived.get():
            self.taken += len(piece)
            program.stdin.write(piece)
            await program.stdin.drain()
            if self.server.cut_after and self.taken > self.server.cut_after:
                self.server.cut_after = 0
                self.chan.get_connection().abort()
                break
        program.stdin.close()
        await program.wait()
        await back
        self.chan.close()

    async def answer(self, stream: asyncio.StreamReader) -> None:
        """What the program says goes back, as long as somebody listens."""
        while piece := await stream.read(1 << 16):
            if not self.chan.is_closing():
                self.chan.write(piece)


@dataclass
class SshServer:
    """An SSH server in a thread, whose SFTP is OpenSSH's own program in a folder."""

    folder: Path
    authorized: str
    cut_after: int = 0
    host_key: asyncssh.SSHKey = field(default_factory=lambda: asyncssh.generate_private_key("ssh-ed25519"))
    port: int = 0

    async def serve(self) -> asyncssh.SSHAcceptor:
        """Listen."""
        outer = self

        class Doorkeeper(asyncssh.SSHServer):
            def session_requested(self) -> SftpSession:
                return SftpSession(outer)

        return await asyncssh.listen(
            "127.0.0.1",
            0,
            server_factory=Doorkeeper,
            server_host_keys=[self.host_key],
            authorized_client_keys=asyncssh.import_authorized_keys(self.authorized),
            encoding=None,
        )

    def public_key(self) -> str:
        """The host key that clients pin."""
        return self.host_key.export_public_key().decode().strip()


async def end(acceptors: list[asyncssh.SSHAcceptor]) -> None:
    """Close servers, and let everything that is still under way end."""
    for acceptor in acceptors:
        acceptor.close()
        await acceptor.wait_closed()
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    # A session that is cut short leaves its program running, which a later test would be blamed for.
    late = (await asyncio.wait(others, timeout=15))[1] if others else set()
    for task in late:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)


@pytest.fixture
def start_ssh(house: Home, tmp_path: Path) -> Iterator[Callable[..., SshServer]]:
    """Start an SSH server that knows our key; its thread ends with the test."""
    from sekisho.adapters.carriers.secrets_of import ssh_key_of

    if not SFTP_SERVER.exists():
        pytest.skip("openssh-sftp-server is not installed on this machine")
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    folder = tmp_path / "theirs"
    folder.mkdir()
    acceptors: list[asyncssh.SSHAcceptor] = []

    def begin(*, known: bool = True, cut_after: int = 0) -> SshServer:
        ours = ssh_key_of(house, TENANT, "printer") if known else asyncssh.generate_private_key("ssh-ed25519")
        server = SshServer(folder, ours.export_public_key().decode(), cut_after)
        acceptors.append(asyncio.run_coroutine_threadsafe(server.serve(), loop).result(20))
        server.port = acceptors[-1].get_port()
        return server

    yield begin
    asyncio.run_coroutine_threadsafe(end(acceptors), loop).result(20)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(10)
    loop.close()


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """A real S3 server (moto) on loopback."""
    from moto.server import ThreadedMotoServer

    os.environ.setdefault("MOTO_ALLOW_NONEXISTENT_REGION", "true")
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()
