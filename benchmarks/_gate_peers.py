"""What a city would use instead of the lane: each peer with its whole configuration, and how it is started."""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
PEERS: Final = os.environ.get("BENCH_PEERS", sys.executable)
SYSTEM: Final = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/lib/openssh"
TUS: Final = ROOT / "var" / "bench" / "tus"


@dataclass(frozen=True)
class Peer:
    """A peer: how its client speaks, what CPU it needed once, its program, its command, its configuration."""

    name: str
    speaks: str
    needed: tuple[float, float]
    program: str
    configure: Callable[[Path, int], list[str]]
    says: str = ""

    @property
    def is_there(self) -> bool:
        """Is its program on this machine?"""
        if self.program.endswith(":python"):
            command = [PEERS, "-c", f"import {self.program.split(':')[0]}"]
            return subprocess.run(command, check=False, capture_output=True).returncode == 0
        if self.program == "@tus/server":
            return install_tus()
        return shutil.which(self.program, path=SYSTEM) is not None


def find(program: str) -> str:
    """Where a program lies."""
    return shutil.which(program, path=SYSTEM) or program


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        port: int = line.getsockname()[1]
        return port


def wait_for_port(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until somebody listens."""
    for _ in range(600):
        with socket.socket() as line:
            if line.connect_ex(("127.0.0.1", port)) == 0:
                return
        if process.poll() is not None:
            break
        time.sleep(0.05)
    message = "the peer did not start"
    raise RuntimeError(message)


NGINX: Final = """\
{user} daemon off; master_process on; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{
  access_log off; sendfile on; tcp_nodelay on; keepalive_requests 100000;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  server {{
    listen 127.0.0.1:{port}; root {folder}/store; client_max_body_size 0;
    dav_methods PUT DELETE MKCOL; create_full_put_path on;
  }}
}}
"""


def nginx(folder: Path, port: int) -> list[str]:
    """One worker, dav, everything on the same disk."""
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "store").mkdir()
    (folder / "nginx.conf").write_text(NGINX.format(user=user, folder=folder, port=port))
    return [find("nginx"), "-c", str(folder / "nginx.conf")]


def rclone(folder: Path, port: int) -> list[str]:
    """WebDAV over a folder."""
    (folder / "store").mkdir()
    return [find("rclone"), "serve", "webdav", "--addr", f"127.0.0.1:{port}", str(folder / "store")]


CRYPT: Final = """\
[c]
type = crypt
remote = {folder}/store
filename_encryption = off
directory_name_encryption = false
password = {secret}
"""


def rclone_crypt(folder: Path, port: int) -> list[str]:
    """WebDAV over a crypt remote: contents encrypted, names left."""
    (folder / "store").mkdir()
    secret = subprocess.run([find("rclone"), "obscure", "bench"], check=True, capture_output=True, text=True).stdout
    (folder / "rclone.conf").write_text(CRYPT.format(folder=folder, secret=secret))
    said = ["--config", str(folder / "rclone.conf"), "serve", "webdav", "--addr", f"127.0.0.1:{port}", "c:"]
    return [find("rclone"), *said]


TUS_PACKAGES: Final = ("@tus/server@2.4.5", "@tus/file-store@2.1.1")
TUS_SERVER: Final = """\
const {Server} = require('@tus/server'); const {FileStore} = require('@tus/file-store');
new Server({path: '/files', datastore: new FileStore({directory: process.argv[2]})})
  .listen({host: '127.0.0.1', port: Number(process.argv[3])});
"""


def install_tus() -> bool:
    """@tus/server from npm, in a folder of its own; no where node or npm is not there."""
    if not shutil.which("npm") or not shutil.which("node"):
        return False
    if not (TUS / "node_modules" / "@tus" / "server").exists():
        TUS.mkdir(parents=True, exist_ok=True)
        command = ["npm", "install", "--no-audit", "--no-fund", "--silent", *TUS_PACKAGES]
        if subprocess.run(command, check=False, cwd=TUS, capture_output=True).returncode:
            return False
    (TUS / "server.js").write_text(TUS_SERVER)
    return True


def tus(folder: Path, port: int) -> list[str]:
    """The reference server for node, over files."""
    (folder / "store").mkdir()
    return [find("node"), str(TUS / "server.js"), str(folder / "store"), str(port)]


def copyparty(folder: Path, port: int) -> list[str]:
    """Everybody may do everything, so that nothing is asked."""
    (folder / "store").mkdir()
    said = [
        "-i",
        "127.0.0.1",
        "-p",
        str(port),
        "-v",
        f"{folder}/store::A",
        "-q",
        "--hist",
        f"{folder}/hist",
        "-nc",
        "64",
    ]
    return [PEERS, "-m", "copyparty", *said]


def wsgidav(folder: Path, port: int) -> list[str]:
    """WebDAV on cheroot, anonymous."""
    (folder / "store").mkdir()
    said = ["--host", "127.0.0.1", "--port", str(port), "--auth", "anonymous", "--root", f"{folder}/store", "-q"]
    return [PEERS, "-m", "wsgidav.server.server_cli", *said]


SSHD: Final = """\
ListenAddress 127.0.0.1
Port {port}
HostKey {folder}/host
PidFile none
AuthorizedKeysFile {folder}/user.pub
StrictModes no
PasswordAuthentication no
UsePAM no
MaxStartups 64
MaxSessions 64
PermitRootLogin yes
Subsystem sftp internal-sftp
"""


def keys(folder: Path) -> None:
    """A host's and a user's key; and what the client is told."""
    (folder / "store").mkdir()
    for name in ("host", "user"):
        subprocess.run([find("ssh-keygen"), "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)], check=True)


def openssh(folder: Path, port: int) -> list[str]:
    """A daemon of its own with internal-sftp."""
    keys(folder)
    Path("/run/sshd").mkdir(exist_ok=True)
    (folder / "sshd.conf").write_text(SSHD.format(folder=folder, port=port))
    return [find("sshd"), "-D", "-e", "-f", str(folder / "sshd.conf")]


ASYNCSSH: Final = """\
import asyncio, asyncssh, sys
async def main():
    await asyncssh.listen('127.0.0.1', int(sys.argv[2]), server_host_keys=[sys.argv[1] + '/host'],
        authorized_client_keys=sys.argv[1] + '/user.pub', sftp_factory=asyncssh.SFTPServer, encoding=None)
    await asyncio.Event().wait()
asyncio.run(main())
"""


def asyncssh(folder: Path, port: int) -> list[str]:
    """The SFTP server of the library, as it comes."""
    keys(folder)
    (folder / "server.py").write_text(ASYNCSSH)
    return [PEERS, str(folder / "server.py"), str(folder), str(port)]


# Name, how its client speaks, CPU seconds a GiB and CPU ms a small file when it was measured on a quiet machine.
ALL: Final = (
    Peer("OpenSSH sftp", "sftp", (2.42, 0.84), "sshd", openssh, SSHD),
    Peer("rclone", "http", (4.34, 0.93), "rclone", rclone),
    Peer("rclone+crypt", "http", (6.70, 1.04), "rclone", rclone_crypt, CRYPT),
    Peer("nginx dav", "http", (1.53, 0.50), "nginx", nginx, NGINX),
    Peer("@tus/server", "tus", (2.23, 2.59), "@tus/server", tus, TUS_SERVER),
    Peer("copyparty", "http", (2.34, 1.10), "copyparty:python", copyparty),
    Peer("wsgidav", "http", (2.54, 1.79), "wsgidav:python", wsgidav),
    Peer("asyncssh", "sftp", (2.29, 1.07), "asyncssh:python", asyncssh, ASYNCSSH),
)
USER: Final = getpass.getuser()


@contextmanager
def running(peer: Peer, folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """Start a peer over an empty store, and end it."""
    port = free_port()
    command = peer.configure(folder, port)
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            wait_for_port(port, process)
            yield process, port
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
