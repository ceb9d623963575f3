"""The lane beside what a city would use instead: the same work, interleaved round by round, CPU and memory beside it.

Claims: one large parcel, received, hashed, encrypted, durable and in the ledger, at >= 1.0 x OpenSSH sftp, >= 2.0 x
rclone+crypt, >= 0.65 x nginx dav (which does no work on the bytes), over TLS 1.3 at >= 0.9 x OpenSSH sftp, each from
its first byte until the disk has its last (the peers answer before; ratios against their answers are told as well);
parcels of 10 KiB on 16 connections at >= 0.15 x every peer but nginx and >= 0.10 x nginx, none of which decides
anything, at most 2.5 ms of CPU each and 99 of 100 within 150 ms; at most 120 MiB of memory with 16 large parcels
arriving (ADR 0039 says why). Ratios are of the same round; what counts is their median. A peer that needs more than
twice the CPU that it needed on a quiet machine voids the run.

Run: python3 dev.py bench gate. BENCH_BIG_MIB (1024), BENCH_SMALL (2000), BENCH_ROUNDS (3), BENCH_ARRIVING_MIB (64: the
size of each of 16 parcels arriving at once), BENCH_ONLY (names with commas between).
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from statistics import median
from typing import Final

from benchmarks import _gate_clients as clients
from benchmarks import _gate_peers as peers
from benchmarks._gate_clients import Measured, connect_to, connect_to_socket, measured, resident, send_big, send_small
from benchmarks._gate_house import House, open_lane

ROUNDS: Final = int(os.environ.get("BENCH_ROUNDS", "3"))
ARRIVING: Final = int(os.environ.get("BENCH_ARRIVING_MIB", "64"))
ONLY: Final = [each for each in os.environ.get("BENCH_ONLY", "").split(",") if each]
OURS, OVER_TLS, DURABLE = "lane", "lane over TLS 1.3", "durable"
TARGETS: Final = (
    (OURS, DURABLE, "OpenSSH sftp", 1.0),
    (OURS, DURABLE, "rclone+crypt", 2.0),
    (OURS, DURABLE, "nginx dav", 0.65),
    (OVER_TLS, DURABLE, "OpenSSH sftp", 0.9),
    (OURS, "c16", "nginx dav", 0.10),
    *((OURS, "c16", each.name, 0.15) for each in peers.ALL if each.name != "nginx dav"),
)
LONGEST_MS, MOST_MIB, MOST_CPU_MS, TOO_MUCH = 150.0, 120, 2.5, 2.0
Found = dict[tuple[str, str], list[float]]


class Work:
    """The same files for everybody."""

    def __init__(self, folder: Path) -> None:
        chance = Random(5)
        self.big = folder / "big"
        with self.big.open("wb") as file:
            for _ in range(clients.BIG_MIB):
                file.write(chance.randbytes(1 << 20))
        self.bodies = [chance.randbytes(clients.SIZE) for _ in range(clients.SMALL)]
        self.files = []
        self._laps = 0
        for number, body in enumerate(self.bodies):
            place = folder / f"small-{number}"
            place.write_bytes(body)
            self.files.append(place)

    def lap(self) -> int:
        """A number for every time that the work is done, because what is sent twice under one key is not sent twice."""
        self._laps += 1
        return self._laps


def tell(name: str, part: str, found: Measured, amount: float) -> float:
    """Say one measurement; answers MiB/s or files/s."""
    rate = amount / found.seconds
    each = found.cpu / amount * (1024 if part == "big" else 1000)
    told: dict[str, object] = {"who": name, "work": part, "rate": round(rate, 1), "cpu": round(each, 2)}
    if part == "big":
        told["on_disk_after_s"] = round(found.seconds + found.late, 2)
    if found.times and part != "big":
        told |= {"p50_ms": found.percentile(0.5), "p99_ms": found.percentile(0.99)}
    print(json.dumps(told, ensure_ascii=False), flush=True)
    return rate


def over_http(
    root: int, line: clients.Connect, head: clients.Head, work: Work, store: Path | None
) -> dict[str, tuple[Measured, float]]:
    """All three measurements over HTTP; where there is a store, its owner answers before its disk has everything."""
    tag = f"{work.lap()}"
    send_small(line, head, work.bodies[: clients.WARM], 4, f"{tag}-warm")
    big = measured(root, lambda: send_big(line, lambda _, size: head(f"{tag}-big", size), work.big), store)
    return {
        "big": (big, clients.BIG_MIB),
        "c4": (measured(root, lambda: send_small(line, head, work.bodies, 4, f"{tag}-4")), clients.SMALL),
        "c16": (measured(root, lambda: send_small(line, head, work.bodies, 16, f"{tag}-16")), clients.SMALL),
    }


def over_sftp(root: int, folder: Path, port: int, work: Work) -> dict[str, tuple[Measured, float]]:
    """All three measurements over SFTP; each connection is a client of its own."""

    def big() -> Sequence[float]:
        clients.sftp(folder, port, peers.USER, f"put {work.big} {folder}/store/big\n")
        return ()

    def small(lines: int) -> Callable[[], Sequence[float]]:
        return lambda: clients.sftp_small(folder, port, peers.USER, work.files, lines)

    return {
        "big": (measured(root, big, folder), clients.BIG_MIB),
        "c4": (measured(root, small(4)), clients.SMALL),
        "c16": (measured(root, small(16)), clients.SMALL),
    }


def note(found: Found, costs: Found, name: str, results: dict[str, tuple[Measured, float]]) -> None:
    """Keep the rates and costs of one round."""
    big, amount = results["big"]
    found[name, DURABLE].append(amount / (big.seconds + big.late))
    for part, (each, amount) in results.items():
        found[name, part].append(tell(name, part, each, amount))
        costs[name, part].append(each.cpu / amount * (1024 if part == "big" else 1000))
        if part == "c16" and each.times:
            found[name, "p99"].append(each.percentile(0.99))


def round_of_ours(work: Work, folder: Path, found: Found, costs: Found) -> None:
    """Our lane, as a proxy speaks to it and over TLS 1.3."""
    with open_lane(folder) as house:
        plain, secret = connect_to_socket(house.socket), connect_to(house.port, house.context())
        note(found, costs, OURS, over_http(house.process, plain, house.proxied_head, work, None))
        note(found, costs, OVER_TLS, over_http(house.process, secret, house.head, work, None))
        print(json.dumps({"who": OURS, "resident_mib": resident(house.process)}), flush=True)


def round_of(peer: peers.Peer, work: Work, folder: Path, found: Found, costs: Found) -> None:
    """One peer, started over an empty store and ended again."""
    with peers.running(peer, folder) as (process, port):
        if peer.speaks == "sftp":
            results = over_sftp(process.pid, folder, port, work)
        else:
            head = clients.tus_head if peer.speaks == "tus" else clients.plain_head
            results = over_http(process.pid, connect_to(port), head, work, folder)
        note(found, costs, peer.name, results)
        print(json.dumps({"who": peer.name, "resident_mib": resident(process.pid)}), flush=True)


def arriving(house: House) -> int:
    """The highest memory while 16 large parcels arrive at once, in MiB."""
    block = Random(7).randbytes(1 << 20)

    def send(number: int) -> None:
        with connect_to_socket(house.socket)() as line:
            line.sendall(house.proxied_head(f"arriving-{number}", ARRIVING << 20))
            for _ in range(ARRIVING):
                line.sendall(block)
            clients.read_answer(line)

    threads = [threading.Thread(target=send, args=(number,)) for number in range(16)]
    with clients.watched(house.process) as peak:
        for each in threads:
            each.start()
        for each in threads:
            each.join()
    return peak[0]


def ratios(found: Found, ours: str, theirs: str, part: str) -> list[float]:
    """Ours by theirs, round by round."""
    return [own / other for own, other in zip(found[ours, part], found[theirs, part], strict=True)]


def beside_peers(found: Found) -> Iterator[bool]:
    """Say every ratio that is claimed, and beside those of durable bytes what the peer's answer alone would give."""
    for ours, part, theirs, least in TARGETS:
        if not found[theirs, part]:
            continue
        each = ratios(found, ours, theirs, part)
        good, told = median(each) >= least, [round(one, 2) for one in each]
        print(f"{'met' if good else 'NOT MET':8} {ours} / {theirs}, {part}: {median(each):.2f} (>= {least}) {told}")
        if part == DURABLE:
            answered = median(ratios(found, ours, theirs, "big"))
            print(f"told     {ours} / {theirs}, which answers before its disk has the bytes: {answered:.2f}")
        yield good


def by_itself(found: Found, costs: Found, memory: int) -> Iterator[bool]:
    """Say what the lane costs, and how much of its disk it uses."""
    disk, own = median(found["disk", DURABLE]), median(found[OURS, DURABLE])
    print(f"told     {OURS}: {own:.0f} MiB/s; the disk alone takes {disk:.0f} ({own / disk:.2f})")
    late, each = median(found[OURS, "p99"]), median(costs[OURS, "c16"])
    for good, sentence in (
        (each <= MOST_CPU_MS, f"CPU of 10 KiB on 16 connections: {each:.2f} ms (<= {MOST_CPU_MS})"),
        (late <= LONGEST_MS, f"p99 of 10 KiB on 16 connections: {late} ms (<= {LONGEST_MS})"),
        (memory <= MOST_MIB, f"memory with 16 x {ARRIVING} MiB arriving: {memory} MiB (<= {MOST_MIB})"),
    ):
        print(f"{'met' if good else 'NOT MET':8} {sentence}")
        yield good


def quiet_enough(costs: Found, there: Sequence[peers.Peer]) -> Iterator[bool]:
    """Say which peer needed far more than on a quiet machine."""
    for peer in there:
        for part, needed in zip(("big", "c4"), peer.needed, strict=True):
            spent = median(costs[peer.name, part])
            if spent > TOO_MUCH * needed:
                print(f"VOID     {peer.name}, {part}: CPU {spent:.2f}, on a quiet machine {needed}")
            yield spent <= TOO_MUCH * needed


def verdict(found: Found, costs: Found, memory: int, there: Sequence[peers.Peer]) -> bool:
    """Every target, met or not; and whether the run counts."""
    return all([*beside_peers(found), *by_itself(found, costs, memory), *quiet_enough(costs, there)])


def describe(there: Sequence[peers.Peer]) -> None:
    """The machine, and every peer's configuration."""
    sha = "yes" if " sha_ni" in Path("/proc/cpuinfo").read_text() else "no"
    print(f"SHA instructions: {sha}; cores: {os.cpu_count()}; load: {os.getloadavg()}")
    for peer in peers.ALL:
        if peer not in there:
            print(f"{peer.name}: not on this machine ({peer.program})")
            continue
        command = " ".join(peer.configure.__doc__.split()) if peer.configure.__doc__ else ""
        print(f"--- {peer.name}: {command}\n{peer.says}", end="")


def main() -> None:
    """All rounds, ours first in each; then the memory, then the verdict."""
    there = [each for each in peers.ALL if (not ONLY or each.name in ONLY) and each.is_there]
    describe(there)
    whole = Path(tempfile.mkdtemp(prefix="sekisho-bench-"))
    found: Found = defaultdict(list)
    costs: Found = defaultdict(list)
    try:
        work = Work(whole)
        for number in range(ROUNDS):
            found["disk", DURABLE].append(clients.what_the_disk_takes(whole, Random(number).randbytes(1 << 20)))
            round_of_ours(work, whole / f"ours-{number}", found, costs)
            shutil.rmtree(whole / f"ours-{number}")
            for peer in there:
                place = whole / f"peer-{number}"
                place.mkdir()
                round_of(peer, work, place, found, costs)
                shutil.rmtree(place)
        with open_lane(whole / "arriving") as house:
            memory = arriving(house)
        sys.exit(0 if verdict(found, costs, memory, there) else 1)
    finally:
        shutil.rmtree(whole, ignore_errors=True)


if __name__ == "__main__":
    main()
