"""One door to this repository: makes the environment, then runs demo, test, check, fix, bench or fuzz.

Standard library only. `python3 dev.py` lists the commands; `make demo`, `make test` and so on only call it.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "made-from"
FUZZER = "atheris>=3,<4"
PEERS = ROOT / ".venv-bench"
PEERS_LOCK = ROOT / "requirements-bench.lock"
OLDEST = (3, 11)
SEED = 422011
APT = threading.Lock()

# What a command needs beside Python: Debian's package, how its presence is seen, and what stays undone without it.
SYSTEM_PARTS = {
    "chromium": (["chromium"], "the browser tests of the screens are skipped"),
    "chromium-headless-shell": (["chromium-headless-shell"], "the browser tests take twice the processor time"),
    "fonts-noto-cjk": (["/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"], "screenshots show boxes for kanji"),
    "postgresql": (["/usr/lib/postgresql/*/bin/initdb", "initdb"], "the tests run on SQLite alone"),
    "golang-go": (["go"], "the ledger is not verified by an implementation that is not ours"),
    "golang-golang-x-mod-dev": (["/usr/share/gocode/src/golang.org/x/mod"], "the same"),
    "bubblewrap": (["bwrap"], "no document is rebuilt: the tests of the sandbox are skipped"),
    "clamav-daemon": (["/usr/sbin/clamd"], "the virus scanner is not asked"),
    "nginx-light": (["/usr/sbin/nginx"], "the lane is not tried behind nginx"),
    "openssh-sftp-server": (["/usr/lib/openssh/sftp-server"], "the SFTP carrier meets no server that is not ours"),
    "squid": (["/usr/sbin/squid"], "the way out to the internet is not tried through a proxy that is not ours"),
    "nbdkit": (["nbdkit"], "no power is cut: what lies on the disk afterwards is not looked at"),
    "libnbd-bin": (["nbdfuse"], "the same"),
    "age": (["age"], "sealed parcels are not opened by a program that is not ours"),
}

PLACES = ("src", "tests", "tools", "benchmarks", "dev.py")
CHECKS = {
    "the code is formatted": ["ruff", "format", "--check", "--quiet", "."],
    "the rules of style hold": ["ruff", "check", "--quiet", "."],
    "the types hold": ["mypy", "--no-error-summary", *(place for place in PLACES if (ROOT / place).exists())],
    "imports point down": ["lint-imports", "--no-logo"],
    "functions and files are small": ["python", "tools/check_shape.py"],
    "every public name is explained": ["python", "tools/check_docstrings.py"],
    "the reference is what the code says": ["python", "tools/make_reference.py", "--check"],
    "the documents are true": ["python", "tools/check_docs.py"],
}


def say(sentence: str) -> None:
    """Tell the person at the terminal what happens now; the answer itself has standard output for itself."""
    print(f"dev.py: {sentence}", file=sys.stderr, flush=True)


def environment() -> dict[str, str]:
    """Give child processes our own environment and keep uv from fetching another Python.

    Every process of ours would compile our modules anew, a second each, where bytecode may not be kept beside them.
    """
    without = {"VIRTUAL_ENV", "PYTHONHOME", "PYTHONDONTWRITEBYTECODE"}
    kept = {name: value for name, value in os.environ.items() if name not in without}
    path = os.pathsep.join([str(VENV / "bin"), kept.get("PATH", os.defpath)])
    return {**kept, "PATH": path, "UV_PYTHON_DOWNLOADS": "never", "PYTHONUTF8": "1"}


def run(command: list[str], **more: str) -> int:
    """Run a command in the repository and give back its exit status."""
    return subprocess.run(command, cwd=ROOT, env={**environment(), **more}, check=False).returncode


def must(command: list[str], advice: str) -> None:
    """Run a command that everything later stands on; without it, end with advice."""
    if run(command) != 0:
        sys.exit(f"dev.py: {command[0]} {command[1]} failed. {advice}")


def is_debian_root() -> bool:
    """May this run install Debian packages?"""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def install_debian_packages(packages: list[str]) -> bool:
    """Install packages with apt-get, which does one thing at a time, and say whether that worked."""
    with APT:
        return install_alone(packages)


def install_alone(packages: list[str]) -> bool:
    """Install packages while nobody else of ours does."""
    say(f"installing {', '.join(packages)} with apt-get")
    command = ["apt-get", "install", "--yes", "--no-install-recommends", "--quiet", *packages]
    return run(["apt-get", "update", "--quiet"]) == 0 and run(["env", "DEBIAN_FRONTEND=noninteractive", *command]) == 0


def present(marks: list[str]) -> bool:
    """Is one of these programs or paths on the machine?"""
    return any(
        any(Path("/").glob(mark[1:])) if mark.startswith("/") else shutil.which(mark) is not None for mark in marks
    )


def provide_system_parts() -> None:
    """Install what the tests need where that is allowed; elsewhere say what is missing and what is skipped for it."""
    missing = [package for package, (marks, _) in SYSTEM_PARTS.items() if not present(marks)]
    if missing and is_debian_root() and not install_debian_packages(missing):
        say("apt-get could not install everything at once; one by one, so that one package keeps out no other")
        for package in missing:
            install_debian_packages([package])
    for package in missing:
        marks, loss = SYSTEM_PARTS[package]
        if not present(marks):
            say(f"{package} is missing: {loss}")


def fingerprint(lock: Path) -> str:
    """Say in one word what an environment is made from: its lock, the package's own table, this place, this Python."""
    made_from = [lock.read_bytes(), (ROOT / "pyproject.toml").read_bytes(), bytes(ROOT), sys.version.encode()]
    return hashlib.sha256(b"\0".join(made_from)).hexdigest()


def make_with_uv(place: Path) -> list[str]:
    """Make an empty environment with uv, which takes seconds; answers how to install into it."""
    python = place / "bin" / "python"
    if not python.exists():
        must(["uv", "venv", "--quiet", "--python", sys.executable, str(place)], f"Remove {place.name} and try again.")
    return ["uv", "pip", "install", "--quiet", "--python", str(python)]


def make_with_pip(place: Path) -> list[str]:
    """Make an empty environment with venv and pip, which takes a minute; answers how to install into it."""
    advice = "Debian and Ubuntu keep it in a package of its own: sudo apt install python3-venv"
    if not (place / "bin" / "pip").exists():
        if is_debian_root() and run([sys.executable, "-c", "import ensurepip"]) != 0:
            install_debian_packages(["python3-venv"])
        must([sys.executable, "-m", "venv", "--clear", str(place)], advice)
    return [str(place / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]


def provide_environment(place: Path, lock: Path) -> None:
    """Make an environment from its lock, and install the tree itself into our own; do nothing if it is made already."""
    wanted, stamp = fingerprint(lock), place / "made-from"
    if stamp.exists() and stamp.read_text(encoding="ascii") == wanted:
        return
    say(f"making the environment in {place.name} from {lock.name}")
    started = time.monotonic()
    install = make_with_uv(place) if shutil.which("uv") else make_with_pip(place)
    must([*install, "--require-hashes", "-r", str(lock)], "Is the package index within reach?")
    if place == VENV:
        must([*install, "--no-deps", "--no-build-isolation", "-e", str(ROOT)], "Is pyproject.toml in order?")
    stamp.write_text(wanted, encoding="ascii")
    say(f"the environment is ready ({time.monotonic() - started:.0f} s)")


def demo(arguments: list[str]) -> NoReturn:
    """Send real files through the gate and serve the screens; --once ends after the crossings, --json prints data."""
    os.chdir(ROOT)
    # This process becomes the demo, so that whoever ends it ends all that it started.
    os.execvpe("sekisho", ["sekisho", "demo", *arguments], environment())  # noqa: S606 - a list of ours, no shell


def test(arguments: list[str]) -> int:
    """Run everything that CI runs: the checks are tests too.

    The tests are mixed, always in the same way, so that a run can be repeated; --randomly-seed=N mixes them otherwise.
    """
    many = (os.cpu_count() or 1) + 1  # one waits for a browser, a disk or a process; the others work meanwhile
    say(f"running the tests, {many} at a time")
    command = ["python", "-m", "pytest", "-n", str(many), "--dist", "loadfile", "--no-loadscope-reorder"]
    with tempfile.TemporaryDirectory(prefix="sekisho-test-") as home:
        return run([*command, f"--randomly-seed={SEED}", *arguments], SEKISHO_HOME=home)


def check(arguments: list[str]) -> int:
    """Hold the house rules against the tree; name a check by a part of its sentence to run only that one."""
    broken = []
    for claim, command in CHECKS.items():
        if arguments and not any(word in claim for word in arguments):
            continue
        say(claim)
        if run(command) != 0:
            broken.append(claim)
    for claim in broken:
        say(f"NOT TRUE: {claim}")
    return 1 if broken else 0


def fix(arguments: list[str]) -> int:
    """Put right what machines can put right: format, order of imports, the generated reference."""
    places = arguments or ["."]
    run(["ruff", "check", "--fix", "--quiet", *places])
    run(["ruff", "format", "--quiet", *places])
    return run(["python", "tools/make_reference.py"])


def bench(arguments: list[str]) -> int:
    """Run the benchmarks, one file a claim; name a part of the file to run only that one.

    A benchmark that names BENCH_PEERS gets the Python of the peers there, from an environment that is not ours.
    """
    files = sorted((ROOT / "benchmarks").glob("[!_]*.py"))
    chosen = [file for file in files if not arguments or any(word in file.stem for word in arguments)]
    if any("BENCH_PEERS" in file.read_text(encoding="utf-8") for file in chosen):
        provide_environment(PEERS, PEERS_LOCK)
    statuses = []
    for file in chosen:
        say(file.stem.replace("_", " "))
        command = ["python", "-m", f"benchmarks.{file.stem}"]
        statuses.append(run(command, BENCH_PEERS=str(PEERS / "bin" / "python")))
    return max(statuses, default=0)


def provide_fuzzer() -> Path:
    """Install atheris in a folder of its own, so that the environment stays what the lock says."""
    packages = ROOT / "var" / "fuzz" / "packages"
    if not (packages / "atheris").exists():
        installer = ["uv", "pip", "install", "--python", str(PYTHON)]
        if not shutil.which("uv"):
            installer = [sys.executable, "-m", "pip", "install", "--disable-pip-version-check"]
        must([*installer, "--quiet", "--target", str(packages), FUZZER], "Fuzzing needs atheris; nothing else does.")
    return packages


def fuzz(arguments: list[str]) -> int:
    """Fuzz the parsers, a minute each; name some, and a number of seconds, to choose."""
    parsers = [word for word in arguments if not word.isdecimal()] or [
        "reader",
        "block",
        "wareki",
        "address",
        "minutes",
    ]
    seconds = next((word for word in arguments if word.isdecimal()), "60")
    path = os.pathsep.join([str(provide_fuzzer()), str(ROOT / "src"), str(ROOT)])
    statuses = []
    for parser in parsers:
        say(f"fuzzing {parser} for {seconds} s")
        statuses.append(run(["python", "-m", "tests.fuzz.run", parser, seconds], PYTHONPATH=path))
    return max(statuses, default=0)


FUZZED = ("reader", "block", "wareki", "address", "minutes")
COMMANDS = {"demo": demo, "test": test, "check": check, "fix": fix, "bench": bench, "fuzz": fuzz}


def usage() -> str:
    """List the commands with what each does."""
    lines = [f"  {name:6} {(command.__doc__ or '').strip()}" for name, command in COMMANDS.items()]
    return "\n".join(["usage: python3 dev.py COMMAND [ARGUMENT ...]", "", *lines])


def main(arguments: list[str]) -> int:
    """Check the Python, make the environment, hand over to the command."""
    if sys.version_info < OLDEST:
        sys.exit(f"dev.py: Sekisho needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    if not arguments or arguments[0] not in COMMANDS:
        print(usage())
        return 0 if arguments in ([], ["--help"], ["-h"], ["help"]) else 2
    # Debian's packages and the environment come from different places: neither waits for the other.
    parts = threading.Thread(target=provide_system_parts)
    if arguments[0] == "test":
        parts.start()
    provide_environment(VENV, LOCK)
    if parts.is_alive():
        parts.join()
    try:
        return COMMANDS[arguments[0]](arguments[1:])
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
