"""The stage of the demonstration: the stand-in of the Legal Affairs Bureau and our own processes, all real ones."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sekisho.kernel import SekishoError


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A process that said it is ready, and what it said (for instance its ports)."""

    process: subprocess.Popen[str]
    ready: Mapping[str, str]


def _read_ready_line(name: str, process: subprocess.Popen[str], log: Path) -> Mapping[str, str]:
    """Wait for the line that begins with `ready`, and read its name=value pairs."""
    if process.stdout is None:
        message = f"{name}: no output"
        raise SekishoError(message)
    for line in process.stdout:
        if line.startswith("ready"):
            return dict(pair.split("=", 1) for pair in line.split()[1:] if "=" in pair)
    message = f"{name} ended before it was ready; its log is {log.name}"
    raise SekishoError(message)


def _end(process: subprocess.Popen[str]) -> None:
    """Ask it to end, and insist after ten seconds."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(timeout=10)
    if process.stdout is not None:
        process.stdout.close()


def interrupt_on_signals() -> None:
    """From here on, Ctrl-C and whoever ends this process make a KeyboardInterrupt.

    Polars puts a handler of its own before Python's and lets waiting go on; so Python's is put back.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)


def wait_for(process: subprocess.Popen[str]) -> None:
    """Wait until a process ends, or until somebody presses Ctrl-C or ends this one, which is a KeyboardInterrupt."""
    interrupt_on_signals()
    process.wait()


@contextmanager
def running(
    name: str, module: str, arguments: Sequence[str], log: Path, environment: Mapping[str, str] | None = None
) -> Iterator[Running]:
    """Start `python -m module` and end it afterwards; its complaints go to a log of its own."""
    with log.open("a", encoding="utf-8") as complaints:
        process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            stdout=subprocess.PIPE,
            stderr=complaints,
            text=True,
            env={**os.environ, **(environment or {})},
        )
        try:
            yield Running(process=process, ready=_read_ready_line(name, process, log))
        finally:
            _end(process)
