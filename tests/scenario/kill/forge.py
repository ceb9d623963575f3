"""A forge for processes that will be killed: it has loaded the product once, and each child is a fork of it.

A fork is a process of its own, with its own memory, files and threads, and dies like any other; only the seconds in
which Python reads the same modules again are saved. Run as a program it takes orders, one a line, as JSON: `start`
(module, arguments, failpoint, files for its words) answers with the process's number, `poll` with how it ended.
"""

import importlib
import json
import os
import runpy
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

GATE = (
    "sekisho.adapters.database.sweeping",
    "sekisho.lane.server",
    "sekisho.worker.days",
    "sekisho.worker.rounds",
    "sekisho.worker.sequencer",
)


class Forged:
    """A child of the forge, as `subprocess` would give it."""

    def __init__(self, forge: "Forge", pid: int, words: int) -> None:
        """Its number, and the pipe that it says its words into."""
        self._forge, self.pid, self._ended = forge, pid, None
        self.stdout = os.fdopen(words, encoding="utf-8")

    def poll(self) -> int | None:
        """How it ended: less than 0 for a signal; nothing while it runs."""
        if self._ended is None:
            self._ended = self._forge.ask(order="poll", pid=self.pid)["ended"]
        return self._ended

    def wait(self, patience: float = 60.0) -> int:
        """Wait for its end.

        Raises:
            TimeoutExpired: It runs longer than that.

        """
        until = time.monotonic() + patience
        while (ended := self.poll()) is None:
            if time.monotonic() > until:
                raise subprocess.TimeoutExpired(str(self.pid), patience)
            time.sleep(0.005)
        return ended

    def send_signal(self, number: int) -> None:
        """Send it a signal, from outside."""
        if self.poll() is None:
            os.kill(self.pid, number)


class Forge:
    """The forge of one house; it ends with its pipe."""

    def __init__(self, environment: Mapping[str, str], folder: Path, modules: Sequence[str] = GATE) -> None:
        """Load the product that this environment names: these modules of it."""
        self._folder, self._one, self._count = folder, threading.Lock(), 0
        self._process = subprocess.Popen(
            [sys.executable, __file__, *modules],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=dict(environment),
        )

    def ask(self, **order: object) -> dict[str, Any]:
        """Give an order and hear the answer."""
        with self._one:
            assert self._process.stdin is not None
            assert self._process.stdout is not None
            self._process.stdin.write(json.dumps(order) + "\n")
            self._process.stdin.flush()
            answer: dict[str, Any] = json.loads(self._process.stdout.readline())
            return answer

    def start(self, module: str, arguments: tuple[str, ...], log: Path, failpoint: str = "") -> Forged:
        """Start a child that runs this module."""
        self._count += 1
        words = self._folder / f"words-{self._count}"
        os.mkfifo(words)
        reading = os.open(words, os.O_RDONLY | os.O_NONBLOCK)
        order = {"module": module, "arguments": arguments, "log": str(log), "words": str(words)}
        pid = self.ask(order="start", failpoint=failpoint, **order)["pid"]
        os.set_blocking(reading, True)
        words.unlink()
        return Forged(self, pid, reading)

    def close(self) -> None:
        """No more children."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(30)
        self._process.stdout.close()


def load_product(modules: Sequence[str]) -> None:
    """Everything that the children load."""
    import django

    django.setup()
    for each in modules:
        importlib.import_module(each)


def become(order: Mapping[str, Any], words: int, log: int) -> None:
    """In the child: nothing of the forge is left but what it has loaded."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    for source, target in ((nothing, 0), (words, 1), (log, 2)):
        os.dup2(source, target)
    sys.stdin, sys.stdout, sys.stderr = (os.fdopen(each, mode) for each, mode in ((0, "r"), (1, "w"), (2, "w")))
    os.environ["SEKISHO_FAILPOINT"] = order["failpoint"]
    sys.argv = [order["module"], *order["arguments"]]
    runpy.run_module(order["module"], run_name="__main__", alter_sys=True)


def start(order: Mapping[str, Any]) -> dict[str, Any]:
    """Fork."""
    assert threading.active_count() == 1, "a fork takes one thread along, and loses the others"
    words = os.open(order["words"], os.O_WRONLY)
    log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            become(order, words, log)
            status = 0
        finally:
            os._exit(status)
    os.close(words)
    os.close(log)
    return {"pid": pid}


def poll(order: Mapping[str, Any]) -> dict[str, Any]:
    """Has a child ended, and how?"""
    pid, status = os.waitpid(order["pid"], os.WNOHANG)
    return {"ended": os.waitstatus_to_exitcode(status) if pid else None}


def main() -> None:
    """Take orders until the pipe closes; children that still run end with it."""
    load_product(sys.argv[1:])
    children: set[int] = set()
    for line in sys.stdin:
        order = json.loads(line)
        answer = start(order) if order["order"] == "start" else poll(order)
        if "pid" in answer:
            children.add(answer["pid"])
        elif answer["ended"] is not None:
            children.discard(order["pid"])
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()
    for pid in children:
        os.kill(pid, signal.SIGKILL)


if __name__ == "__main__":
    main()
