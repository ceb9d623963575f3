"""The sandbox: a throw-away room in which documents are opened, by bubblewrap. No network, nothing of ours to read.

Each parcel has a room of its own that is made for it and gone with it; its only folder to write in is in memory. What
comes in is handed over as an open file without a name, and so is what comes out: two parcels share nothing.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

import sekisho
from sekisho.adapters.scanners.limits import LIMITS, MIB, Limits
from sekisho.adapters.scanners.syscalls import make_filter

NOBODY: Final = 65_534
_MOST_OUT: Final = 256 * MIB
_LINKS: Final = (("usr/lib", "/lib"), ("usr/lib64", "/lib64"), ("usr/bin", "/bin"), ("usr/sbin", "/sbin"))
_HEAD: Final = 4


class SandboxFault(Exception):
    """The work in the sandbox was not finished; `too_heavy` says that it took too long or too much memory."""

    def __init__(self, *, too_heavy: bool) -> None:
        super().__init__("too heavy" if too_heavy else "failed")
        self.too_heavy = too_heavy


@cache
def find_bubblewrap() -> str:
    """Where bubblewrap is on this machine; empty if it is not there or may not make a room."""
    found = shutil.which("bwrap")
    if found is None or shutil.which("prlimit") is None or not make_filter():
        return ""
    trial = subprocess.run([found, *_walls(()), "true"], capture_output=True, check=False, stdin=subprocess.DEVNULL)
    return found if trial.returncode == 0 else ""


def _walls(shown: Sequence[str], rules: int = -1) -> list[str]:
    """What the room is made of: the system's programs and these folders to read, a folder in memory, nothing else.

    `rules` is the open file with what may not be asked of the kernel. There is no process table in it: where we run as
    root, the settings of the kernel in it could be written from inside.
    """
    refusing = [] if rules < 0 else ["--seccomp", str(rules)]
    links = [word for target, place in _LINKS for word in ("--symlink", target, place)]
    folders = [word for place in shown for word in ("--ro-bind", place, place)]
    return [
        "--unshare-all", "--uid", str(NOBODY), "--gid", str(NOBODY), "--hostname", "room", "--cap-drop", "ALL",
        "--ro-bind", "/usr", "/usr", *links, "--dev", "/dev", "--size", str(16 * MIB),
        "--tmpfs", "/tmp", *folders, "--remount-ro", "/", "--chdir", "/tmp", "--clearenv", "--setenv", "PATH",  # noqa: S108
        "/usr/bin", "--setenv", "LANG", "C.UTF-8", "--die-with-parent", "--new-session", *refusing, "--",
    ]  # fmt: skip


@cache
def _python_folders() -> tuple[str, ...]:
    """The folders in which Python, its libraries and this product lie."""
    package = Path(sekisho.__file__).parent
    places = (Path(sys.base_prefix), Path(sys.prefix), package)
    return tuple(sorted({str(each.resolve()) for each in places} | {str(each) for each in places}))


def _in_memory(data: bytes = b"") -> int:
    """A file without a name, in memory only, that holds these bytes."""
    descriptor = os.memfd_create("sekisho", os.MFD_CLOEXEC)
    with os.fdopen(os.dup(descriptor), "wb") as file:
        file.write(data)
    os.lseek(descriptor, 0, os.SEEK_SET)
    return descriptor


def _caps(limits: Limits, seconds: int) -> list[str]:
    """What the work may use."""
    most = {"as": limits.memory, "cpu": seconds, "nproc": 1, "fsize": _MOST_OUT, "core": 0, "nofile": 64}
    return ["prlimit", *(f"--{name}={value}" for name, value in most.items())]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came out of the sandbox: facts, and the rebuilt bytes if there are any."""

    facts: Mapping[str, Any] = field(default_factory=dict)
    rebuilt: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sandbox:
    """Makes a room for one piece of work, hands the bytes in, and takes the answer out."""

    program: str
    limits: Limits = LIMITS

    def run(self, words: Sequence[str], data: bytes) -> bytes:
        """Run a program in a room of its own; what it wrote.

        Raises:
            SandboxFault: It did not end well, or not in time.

        """
        seconds = self.limits.seconds + int(self.limits.seconds_a_page * self.limits.pages * min(1, len(data) / MIB))
        inside, outside, rules = _in_memory(data), _in_memory(), _in_memory(make_filter())
        command = [self.program, *_walls(_python_folders(), rules), *_caps(self.limits, seconds), *words]
        try:
            ended = subprocess.run(
                command, stdin=inside, stdout=outside, stderr=subprocess.DEVNULL, check=False, timeout=seconds * 2,
                pass_fds=(rules,),
            )  # fmt: skip
            if ended.returncode:
                raise SandboxFault(too_heavy=ended.returncode != 1)
            os.lseek(outside, 0, os.SEEK_SET)
            with os.fdopen(os.dup(outside), "rb") as file:
                return file.read()
        except subprocess.TimeoutExpired:
            raise SandboxFault(too_heavy=True) from None
        finally:
            for descriptor in (inside, outside, rules):
                os.close(descriptor)

    def open_document(self, kind: str, data: bytes, *, rebuild: bool) -> Answer:
        """Open a document of this kind, read its text, and rebuild it if asked to.

        Raises:
            SandboxFault: It could not be opened in the time and memory allowed.

        """
        wanted = {"kind": kind, "rebuild": rebuild, "pages": self.limits.pages, "pixels": self.limits.pixels,
                  "text": self.limits.text}  # fmt: skip
        words = [sys.executable, "-I", "-m", "sekisho.adapters.rebuilding", json.dumps(wanted)]
        answer = self.run(words, data)
        length = int.from_bytes(answer[:_HEAD], "big")
        try:
            facts = json.loads(answer[_HEAD : _HEAD + length])
        except ValueError:
            raise SandboxFault(too_heavy=False) from None
        return Answer(facts=facts, rebuilt=answer[_HEAD + length :])


def find_sandbox() -> Sandbox | None:
    """The sandbox of this machine, if it has one."""
    program = find_bubblewrap()
    return Sandbox(program=program) if program else None
