"""What work in the sandbox may not ask of the kernel, as a filter in the kernel's own form (classic BPF, seccomp)."""

import platform
import struct
from collections.abc import Mapping
from typing import Final

_STEP: Final = struct.Struct("<HBBI")
_LOAD, _IS, _AT_LEAST, _ANSWER = 0x20, 0x15, 0x35, 0x06
_NUMBER, _MACHINE = 0, 4  # where both stand in what the kernel shows the filter
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050001, 0x80000000
_FOREIGN: Final = 0x40000000  # the same machine under another numbering

# fork, vfork, clone, clone3; socket; ptrace, process_vm_readv; unshare, setns, mount; keyctl, bpf, io_uring_setup,
# userfaultfd, perf_event_open; kill and its kin are harmless in a room of one process.
_NUMBERS: Final[Mapping[str, tuple[int, tuple[int, ...]]]] = {
    "x86_64": (0xC000003E, (57, 58, 56, 435, 41, 53, 101, 310, 272, 308, 165, 250, 321, 425, 323, 298)),
    "aarch64": (0xC00000B7, (220, 435, 198, 199, 117, 270, 97, 268, 40, 219, 280, 425, 282, 241)),
}


def _step(code: int, value: int, if_so: int = 0, if_not: int = 0) -> bytes:
    """One step of the filter."""
    return _STEP.pack(code, if_so, if_not, value)


def make_filter(machine: str = "") -> bytes:
    """The filter for this machine; empty if its numbers are not known, and then there is no sandbox either."""
    known = _NUMBERS.get(machine or platform.machine())
    if known is None:
        return b""
    architecture, refused = known
    steps = [_step(_LOAD, _MACHINE), _step(_IS, architecture, 1, 0), _step(_ANSWER, _KILL), _step(_LOAD, _NUMBER)]
    steps += [_step(_AT_LEAST, _FOREIGN, 0, 1), _step(_ANSWER, _KILL)]
    for number in refused:
        steps += [_step(_IS, number, 0, 1), _step(_ANSWER, _REFUSE)]
    return b"".join([*steps, _step(_ANSWER, _ALLOW)])
