"""A whole house of real processes that can be killed: lane and worker over one database."""

import contextlib
import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import httpx

from tests.scenario.kill.forge import Forge, Forged

CANARY = "隠岐ノ島 検査鳥"
# Every door of a crossing, and the process that is there.
DOORS = (
    ("lane", "identify"),
    ("lane", "present"),
    ("lane", "admit"),
    ("lane", "land"),
    ("lane", "received"),
    ("worker", "inspect"),
    ("worker", "decide"),
    ("worker", "seal"),
    ("worker", "record"),
    ("worker", "deliver"),
    ("worker", "erase"),
)
HEADERS = {
    "Sekisho-Tenant": "422011",
    "Sekisho-Person": "urakami",
    "Sekisho-Route": "government_shared_network,lgwan",
    "Sekisho-Direction": "inward",
    "Sekisho-Counterpart": "linkage_platform",
}


@dataclass
class Child:
    """One process of the house."""

    module: str
    arguments: tuple[str, ...]
    process: Forged | None = None
    ready: str = ""


@dataclass
class House:
    """The house: its folder, the sources it runs from, and everything it acknowledged."""

    home: Path
    source: Path
    port: int
    acknowledged: dict[str, str] = field(default_factory=dict)
    waiting: dict[str, bytes] = field(default_factory=dict)
    deaths: dict[str, int] = field(default_factory=dict)
    forge: Forge | None = None
    papers: Path | None = None  # where the terminal keeps its certificate, if not in the house

    def __post_init__(self) -> None:
        """The two processes that get killed."""
        self.children = {
            "lane": Child("sekisho.lane", ("--port", str(self.port), "--form-port", "0")),
            "worker": Child("sekisho.worker", ()),
        }

    def environment(self) -> dict[str, str]:
        """What a process of the house is told."""
        settings = {"SEKISHO_HOME": str(self.home), "PYTHONPATH": str(self.source)}
        return {**os.environ, **settings, "DJANGO_SETTINGS_MODULE": "sekisho.adapters.database.settings"}

    def start(self, name: str, failpoint: str = "") -> None:
        """Start a process and wait until it is ready, or has died already."""
        child = self.children[name]
        if self.forge is None:
            self.forge = Forge(self.environment(), self.home)
        child.process = self.forge.start(child.module, child.arguments, self.home / f"{name}.log", failpoint)
        if failpoint:
            threading.Thread(target=kill_where_it_stands, args=(child.process,), daemon=True).start()
        child.ready = child.process.stdout.readline()

    def kill(self, name: str) -> None:
        """Kill -9, from outside."""
        process = self.children[name].process
        if process is not None:
            process.send_signal(signal.SIGKILL)
            process.wait()
            process.stdout.close()
            self.children[name].process = None

    def condemn(self) -> None:
        """Kill -9 for all; whoever waits for the disk dies when it answers."""
        for child in self.children.values():
            if child.process is not None:
                os.kill(child.process.pid, signal.SIGKILL)

    def close(self) -> None:
        """Nobody is left in the house."""
        for name in self.children:
            self.kill(name)
        if self.forge is not None:
            self.forge.close()

    def died(self, name: str, patience: float) -> bool:
        """Did it come to its failpoint within so many seconds, and was it killed there?"""
        process = self.children[name].process
        assert process is not None
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(patience)
        dead = process.poll() == -signal.SIGKILL
        self.kill(name)
        return dead

    @contextlib.contextmanager
    def terminal(self) -> Iterator[httpx.Client]:
        """The approved terminal's connection."""
        import ssl

        papers = self.papers or self.home / "ca"
        context = ssl.create_default_context(cafile=str(papers / "authority.pem"))
        context.load_cert_chain(papers / "asset-tax-terminal-1.pem", papers / "asset-tax-terminal-1.key")
        url = f"https://localhost:{self.port}"
        with httpx.Client(base_url=url, verify=context, timeout=10, trust_env=False) as client:
            yield client

    def send(self, key: str, body: bytes) -> None:
        """Send a parcel; if no answer comes, it waits to be sent again under the same key."""
        self.waiting[key] = body
        try:
            with self.terminal() as client:
                headers = {**HEADERS, "Idempotency-Key": key}
                answer = client.put("/parcels/registry-notices-down", content=body, headers=headers)
        except httpx.HTTPError:
            return
        if answer.status_code == 201:
            self.acknowledged[key] = answer.json()["parcel"]
            del self.waiting[key]

    def send_again(self) -> None:
        """Send whatever was not answered."""
        for key, body in list(self.waiting.items()):
            self.send(key, body)

    def count(self, place: str) -> None:
        """One more death here."""
        self.deaths[place] = self.deaths.get(place, 0) + 1


def kill_where_it_stands(process: Forged) -> None:
    """Kill -9, from outside, as soon as the process stands still at its failpoint."""
    stat = Path(f"/proc/{process.pid}/stat")
    while process.poll() is None:
        with contextlib.suppress(OSError):
            if stat.read_text(encoding="utf-8").rpartition(")")[2].split()[0] == "T":
                process.send_signal(signal.SIGKILL)
                return
        time.sleep(0.005)


def holds_canary(folder: Path) -> list[str]:
    """The files under a folder in which the canary stands, in any of the encodings we write."""
    marks = [CANARY.encode(), CANARY.encode("cp932"), CANARY.encode("unicode_escape")]
    files = (path for path in folder.rglob("*") if path.is_file())
    return [path.name for path in files if any(mark in path.read_bytes() for mark in marks)]


def choose_failpoint(chance: Random, number: int) -> tuple[str, str]:
    """Which process dies, and at which door; every door in turn, or at random from outside."""
    if number % 3 == 2:
        return chance.choice(("lane", "worker")), ""
    return DOORS[(number - number // 3) % len(DOORS)]
