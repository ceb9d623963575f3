"""The sandbox: what a document that takes over its reader can do there, and that two parcels share nothing."""

import os
import sys
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from sekisho.adapters.scanners import Tools, inspect_document, tools_in_use
from sekisho.adapters.scanners import sandbox as sandboxes
from sekisho.adapters.scanners.canaries import Canary
from sekisho.adapters.scanners.limits import LIMITS, MIB, Limits
from sekisho.adapters.scanners.sandbox import Sandbox, SandboxFault, find_bubblewrap
from sekisho.adapters.scanners.syscalls import make_filter
from sekisho.kernel import MarkCode
from tests.integration.scanners.conftest import pack
from tests.integration.scanners.test_malformed import office

ROUNDS = int(os.environ.get("SEKISHO_TEST_MIX_ROUNDS", "1"))
AT_ONCE = int(os.environ.get("SEKISHO_TEST_MIX_PARCELS", "6"))


@pytest.fixture(scope="module")
def sandbox() -> Sandbox:
    """The sandbox of this machine, with little time."""
    if not find_bubblewrap():
        pytest.skip("the sandbox is missing; Debian's bubblewrap brings it")
    return Sandbox(program=find_bubblewrap(), limits=Limits(seconds=2, pages=0))


def taken_over(sandbox: Sandbox, code: str) -> str:
    """What a reader says that runs this instead of reading."""
    return sandbox.run([sys.executable, "-I", "-c", code], b"the document").decode()


ATTEMPTS = {
    "to talk": "import socket; socket.create_connection(('127.0.0.1', 9))",
    "to open a socket at all": "import socket; socket.socket(socket.AF_UNIX)",
    "to write to the system": "open('/usr/x', 'w')",
    "to write to the root": "open('/x', 'w')",
    "to write to the product": f"open({str(Path(sandboxes.__file__))!r}, 'a')",
    "to find the settings of the kernel": "import os; os.listdir('/proc/sys')",
    "to find the other processes": "import os; os.listdir('/proc/1')",
    "to take much memory": f"bytearray({LIMITS.memory + MIB})",
    "to start another process": "import os; os.fork()",
    "to start a thread": "import _thread; _thread.start_new_thread(print, ())",
    "to watch another process": "import ctypes; assert ctypes.CDLL(None).ptrace(16, 1, 0, 0) == 0",
    "to make a room of its own": "import ctypes; assert ctypes.CDLL(None).unshare(0x10000000) == 0",
    "to become root": "import os; os.setuid(0)",
    "to read passwords": "open('/etc/shadow')",
    "to fill the folder in memory": f"open('/tmp/x', 'wb').write(bytes({32 * MIB}))",
    "to run for ever": "while True: pass",
}


@pytest.mark.parametrize("name", ATTEMPTS)
def test_what_a_document_that_takes_over_its_reader_tries_is_denied(sandbox: Sandbox, name: str) -> None:
    with pytest.raises(SandboxFault):
        taken_over(sandbox, ATTEMPTS[name])


def test_the_attempts_fail_for_their_own_reason_and_not_because_nothing_works(sandbox: Sandbox) -> None:
    assert taken_over(sandbox, "import sys; print(sys.stdin.read())") == "the document\n"
    assert taken_over(sandbox, "open('/tmp/x', 'w').write('y'); print(open('/tmp/x').read())") == "y\n"
    assert taken_over(sandbox, f"print(len(bytearray({LIMITS.memory // 4})))").strip() == str(LIMITS.memory // 4)
    assert taken_over(sandbox, "import os; print(os.getuid(), os.environ.get('HOME'))") == "65534 None\n"


def test_the_keys_and_the_parcels_of_the_installation_are_not_there(sandbox: Sandbox, tmp_path: Path) -> None:
    (tmp_path / "keys.sqlite3").write_text("a key")
    with pytest.raises(SandboxFault):
        taken_over(sandbox, f"open({str(tmp_path / 'keys.sqlite3')!r})")
    assert taken_over(sandbox, f"import os; print(os.path.exists({str(tmp_path)!r}))") == "False\n"


def test_too_long_and_too_much_are_told_apart_from_broken(sandbox: Sandbox) -> None:
    with pytest.raises(SandboxFault) as slow:
        taken_over(sandbox, "while True: pass")
    with pytest.raises(SandboxFault) as broken:
        taken_over(sandbox, "1 / 0")
    assert (slow.value.too_heavy, broken.value.too_heavy) == (True, False)


def test_a_machine_whose_kernel_calls_are_not_known_has_no_sandbox() -> None:
    assert make_filter("sparc") == b""
    assert len(make_filter("x86_64")) % 8 == 0
    assert make_filter("aarch64") != make_filter("x86_64")


def test_without_a_sandbox_documents_are_held_and_tables_are_not() -> None:
    tools = Tools(rules=tools_in_use().rules)
    found = inspect_document(office(), tools, rebuild=False)
    assert {mark.code for mark in found.marks} == {MarkCode.NO_SANDBOX}
    assert "sandbox" not in found.profile
    assert inspect_document(pack(("a.csv", b"1,2\r\n")), tools, rebuild=False).marks == ()


def foreigners(work: Callable[[bytes], bytes]) -> Counter[str]:
    """How often one parcel's mark turns up in what came out of another, over many at once and many rounds."""
    marks = [f"MARK-{number:04}-OF-THIS-PARCEL" for number in range(AT_ONCE)]
    seen: Counter[str] = Counter()
    for _ in range(ROUNDS):
        with ThreadPoolExecutor(AT_ONCE) as pool:
            came_out = list(pool.map(work, [mark.encode() for mark in marks]))
        for mark, out in zip(marks, came_out, strict=True):
            seen["own"] += mark.encode() in out
            seen["foreign"] += sum(other.encode() in out for other in marks if other != mark)
    return seen


MIX = "import sys, os, time; open('{place}', 'ab').write(sys.stdin.buffer.read()); time.sleep(0.3); \
sys.stdout.buffer.write(open('{place}', 'rb').read())"


def test_parcels_at_the_same_time_never_mix(sandbox: Sandbox) -> None:
    patient = Sandbox(program=sandbox.program, limits=Limits(seconds=30, pages=0))
    words = [sys.executable, "-I", "-c", MIX.format(place="/tmp/work")]
    assert foreigners(lambda data: patient.run(words, data)) == {"own": AT_ONCE * ROUNDS, "foreign": 0}


def test_the_test_would_see_a_folder_that_is_shared(
    sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    walls = sandboxes._walls

    def shared(shown: tuple[str, ...], rules: int = -1) -> list[str]:
        made = walls(shown, rules)
        return [*made[:-1], "--bind", str(tmp_path), "/tmp", made[-1]]

    monkeypatch.setattr(sandboxes, "_walls", shared)
    patient = Sandbox(program=sandbox.program, limits=Limits(seconds=30, pages=0))
    tmp_path.chmod(0o777)
    words = [sys.executable, "-I", "-c", MIX.format(place="/tmp/work")]
    assert foreigners(lambda data: patient.run(words, data))["foreign"] > 0


def canaries_of(number: int) -> list[str]:
    """Whose canaries are seen in a document that holds one, while many others are known."""
    known = [Canary(municipality=f"{other:06}", text=f"見張り{other:06}番") for other in range(number + 9)]
    body = f"<w:d xmlns:w='urn:w'><w:p>見張り{number:06}番</w:p></w:d>".encode()
    found = inspect_document(office(body=body), tools_in_use(known), rebuild=False)
    return [each.municipality for each in found.canaries]


def test_documents_inspected_at_the_same_time_show_their_own_canary_only(sandbox: Sandbox) -> None:
    assert sandbox.program
    with ThreadPoolExecutor(AT_ONCE) as pool:
        assert list(pool.map(canaries_of, range(AT_ONCE))) == [[f"{number:06}"] for number in range(AT_ONCE)]
