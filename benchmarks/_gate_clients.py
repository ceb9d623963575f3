"""The same work for everybody: one large upload, and many small ones over so many connections; and what it cost."""

from __future__ import annotations

import os
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final

BIG_MIB: Final = int(os.environ.get("BENCH_BIG_MIB", "1024"))
SMALL: Final = int(os.environ.get("BENCH_SMALL", "2000"))
SIZE: Final = 10_240
WARM: Final = 50
Connect = Callable[[], socket.socket]
Head = Callable[[str, int], bytes]


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What came of one measurement."""

    seconds: float
    cpu: float
    times: Sequence[float] = field(default=())
    late: float = 0.0
    """For so many seconds after the last answer the bytes were still on no disk; ours is asked for nothing."""

    def percentile(self, part: float) -> float:
        """The time in milliseconds within which this part of the uploads was answered."""
        ordered = sorted(self.times)
        return round(ordered[min(len(ordered) - 1, int(len(ordered) * part))] * 1000, 1) if ordered else 0.0


def tree(root: int) -> list[int]:
    """A process and all its descendants."""
    parents: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        parents.setdefault(parent, []).append(int(stat.parent.name))
    found, waiting = [], [root]
    while waiting:
        process = waiting.pop()
        found.append(process)
        waiting += parents.get(process, [])
    return found


def busy(root: int) -> float:
    """CPU seconds of a process, of its descendants, and of those that have ended and were waited for."""
    total = 0
    for process in tree(root):
        try:
            fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += sum(int(each) for each in fields[11:15])
    return total / os.sysconf("SC_CLK_TCK")


def resident(root: int) -> int:
    """Resident memory of the tree, in MiB."""
    total = 0
    for process in tree(root):
        try:
            lines = Path(f"/proc/{process}/status").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))
    return total // 1024


def flushed(folder: Path) -> float:
    """The seconds until everything that was written to this folder's disk is on it."""
    begun = time.perf_counter()
    subprocess.run(["sync", "--file-system", str(folder)], check=True)
    return time.perf_counter() - begun


def what_the_disk_takes(folder: Path, block: bytes) -> float:
    """MiB a second that the disk takes of a large file, if nothing at all is done with its bytes."""
    place, begun = folder / "disk", time.perf_counter()
    with place.open("wb", buffering=0) as file:
        for _ in range(BIG_MIB):
            file.write(block)
        os.fdatasync(file.fileno())
    seconds = time.perf_counter() - begun
    place.unlink()
    return BIG_MIB / seconds


def measured(root: int, work: Callable[[], Sequence[float]], store: Path | None = None) -> Measured:
    """Do the work and say what it cost the server; with a store, also when its disk had everything."""
    before, begun = busy(root), time.perf_counter()
    times = work()
    seconds = time.perf_counter() - begun
    late = flushed(store) if store else 0.0
    time.sleep(0.3)  # who has ended is waited for by its parent
    return Measured(seconds=seconds, cpu=busy(root) - before, times=times, late=late)


def connect_to(port: int, context: ssl.SSLContext | None = None) -> Connect:
    """How to connect over TCP, in TLS if there is a context."""

    def connect() -> socket.socket:
        line = socket.create_connection(("127.0.0.1", port))
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return context.wrap_socket(line, server_hostname="localhost") if context else line

    return connect


def connect_to_socket(place: Path) -> Connect:
    """How to connect over a local socket."""

    def connect() -> socket.socket:
        line = socket.socket(socket.AF_UNIX)
        line.connect(str(place))
        return line

    return connect


def plain_head(name: str, size: int) -> bytes:
    """A PUT as every dav server takes it."""
    return f"PUT /{name} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {size}\r\n\r\n".encode()


def tus_head(name: str, size: int) -> bytes:
    """A creation with upload, as tus servers take it."""
    lines = [
        "POST /files HTTP/1.1",
        "Host: localhost",
        f"Content-Length: {size}",
        f"Upload-Length: {size}",
        "Tus-Resumable: 1.0.0",
        "Content-Type: application/offset+octet-stream",
        f"X-Name: {name}",
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


class NoAnswerError(RuntimeError):
    """The server ended the connection instead of answering."""


def read_answer(line: socket.socket) -> int:
    """The status of one answer, its body read away."""
    held = b""
    while b"\r\n\r\n" not in held:
        piece = line.recv(65_536)
        if not piece:
            message = f"no answer: {held!r}"
            raise NoAnswerError(message)
        held += piece
    head, _, body = held.partition(b"\r\n\r\n")
    status = int(head.split(b" ", 2)[1])
    if status == 100:
        return read_answer(line)
    sizes = [int(each.split(b":")[1]) for each in head.lower().split(b"\r\n") if each.startswith(b"content-length:")]
    left = (sizes[0] if sizes else 0) - len(body)
    while left > 0:
        left -= len(line.recv(65_536))
    if status not in {200, 201, 204}:
        message = f"status {status}: {head!r} {body!r}"
        raise RuntimeError(message)
    return status


def send_file(line: socket.socket, source: BinaryIO) -> None:
    """A whole file; in TLS by blocks, because Python would send it by 8 KiB, half of what a record may hold."""
    if not isinstance(line, ssl.SSLSocket):
        line.sendfile(source)
        return
    while block := source.read(1 << 20):
        line.sendall(block)


def send_big(connect: Connect, head: Head, file: Path) -> Sequence[float]:
    """One large upload over one connection."""
    begun, line = time.perf_counter(), connect()
    with line, file.open("rb") as source:
        line.sendall(head("big", file.stat().st_size))
        send_file(line, source)
        read_answer(line)
    return [time.perf_counter() - begun]


def send_one(line: socket.socket, connect: Connect, request: bytes) -> socket.socket:
    """One upload; a connection that the server ended between two is made anew, once. Answers with the connection."""
    try:
        line.sendall(request)
        read_answer(line)
    except (ConnectionError, NoAnswerError):
        line.close()
        line = connect()
        line.sendall(request)
        read_answer(line)
    return line


def send_small(connect: Connect, head: Head, bodies: Sequence[bytes], lines: int, tag: str) -> Sequence[float]:
    """Many small uploads over so many connections that are kept alive."""
    times: list[float] = []
    faults: list[BaseException] = []

    def one(number: int) -> None:
        try:
            line = connect()
            for each in range(number, len(bodies), lines):
                begun = time.perf_counter()
                line = send_one(line, connect, head(f"{tag}-{each}", SIZE) + bodies[each])
                times.append(time.perf_counter() - begun)
            line.close()
        except (OSError, RuntimeError) as fault:
            faults.append(fault)

    threads = [threading.Thread(target=one, args=(number,)) for number in range(lines)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    if faults:
        raise faults[0]
    return times


def sftp(folder: Path, port: int, user: str, batch: str) -> None:
    """One client of OpenSSH, with AES-GCM on the wire."""
    options = [f"-oPort={port}", "-oStrictHostKeyChecking=no", "-oUserKnownHostsFile=/dev/null", "-oLogLevel=ERROR"]
    command = [
        "sftp",
        "-b",
        "-",
        "-c",
        "aes128-gcm@openssh.com",
        "-i",
        str(folder / "user"),
        *options,
        f"{user}@127.0.0.1",
    ]
    subprocess.run(command, input=batch.encode(), check=True, capture_output=True)


def sftp_small(folder: Path, port: int, user: str, files: Sequence[Path], lines: int) -> Sequence[float]:
    """Many small files, by so many clients at once."""
    batches = [
        "".join(f"put {file} {folder}/store/{file.name}-{lines}\n" for file in files[number::lines])
        for number in range(lines)
    ]
    threads = [threading.Thread(target=sftp, args=(folder, port, user, each)) for each in batches]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return ()


@contextmanager
def watched(root: int) -> Iterator[list[int]]:
    """The highest resident memory meanwhile, in MiB."""
    peak, ended = [resident(root)], threading.Event()

    def watch() -> None:
        while not ended.wait(0.1):
            peak[0] = max(peak[0], resident(root))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield peak
    finally:
        ended.set()
        watcher.join()
