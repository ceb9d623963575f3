"""Our lane in a house of its own, with a permit that lets large and many parcels in; worker and sequencer beside it."""

from __future__ import annotations

import os
import ssl
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote

PATH: Final = "/parcels/registry-notices-down"
SAID: Final = {
    "Sekisho-Tenant": "422011",
    "Sekisho-Person": "urakami",
    "Sekisho-Route": "government_shared_network,lgwan",
    "Sekisho-Direction": "inward",
    "Sekisho-Counterpart": "linkage_platform",
}
_SET_UP: Final = """
from sekisho.bootstrap import open_house
house = open_house()
from sekisho.adapters.dossiers import shipped_dossier
from sekisho.cli.demo.city import found_city
text = shipped_dossier().replace("bytes_at_most: 67108864", "bytes_at_most: 17179869184")
found_city(house, text.replace("parcels_a_day: 2500", "parcels_a_day: 10000000"), 1)
"""
_SEQUENCER: Final = """
import threading
from sekisho.bootstrap import open_house
house = open_house()
from sekisho.worker.sequencer import run_sequencer
print("ready", flush=True)
run_sequencer(house, threading.Event())
"""


@dataclass(frozen=True, kw_only=True)
class House:
    """A running lane: its process, its port with TLS, its socket for a proxy, and its folder."""

    process: int
    port: int
    socket: Path
    folder: Path

    def head(self, name: str, size: int) -> bytes:
        """A PUT of the approved terminal, as it comes over TLS."""
        return self._head(name, size, {})

    def proxied_head(self, name: str, size: int) -> bytes:
        """The same as a proxy passes it on."""
        certificate = (self.folder / "ca/asset-tax-terminal-1.pem").read_text()
        return self._head(name, size, {"Sekisho-Client-Certificate": quote(certificate)})

    @staticmethod
    def _head(name: str, size: int, more: Mapping[str, str]) -> bytes:
        """One head."""
        said = {"Host": "localhost", "Content-Length": str(size), "Idempotency-Key": name, **SAID, **more}
        lines = [f"PUT {PATH} HTTP/1.1", *(f"{each}: {value}" for each, value in said.items())]
        return ("\r\n".join(lines) + "\r\n\r\n").encode()

    def context(self) -> ssl.SSLContext:
        """TLS 1.3 as the terminal."""
        ca = self.folder / "ca"
        context = ssl.create_default_context(cafile=str(ca / "authority.pem"))
        context.minimum_version = ssl.TLSVersion.TLSv1_3
        context.load_cert_chain(ca / "asset-tax-terminal-1.pem", ca / "asset-tax-terminal-1.key")
        return context


@contextmanager
def open_lane(folder: Path) -> Iterator[House]:
    """A city, its lane, and the sequencer that puts every entry into the tree meanwhile."""
    from sekisho.cli.demo.stage import running

    own = {"SEKISHO_HOME": str(folder), "DJANGO_SETTINGS_MODULE": "sekisho.adapters.database.settings"}
    environment = {**os.environ, **own}
    environment.pop("SEKISHO_DATABASE_URL", None)
    if not (folder / "sekisho.sqlite3").exists():
        subprocess.run([sys.executable, "-c", _SET_UP], check=True, env=environment)
    asked = ["--port", "0", "--form-port", "0", "--proxied", str(folder / "lane.sock")]
    with ExitStack() as stack:
        beside = subprocess.Popen([sys.executable, "-c", _SEQUENCER], env=environment, stdout=subprocess.DEVNULL)
        stack.callback(beside.wait)
        stack.callback(beside.kill)
        lane = stack.enter_context(running("lane", "sekisho.lane", asked, folder / "lane.log", environment))
        yield House(process=lane.process.pid, port=int(lane.ready["port"]), socket=folder / "lane.sock", folder=folder)
