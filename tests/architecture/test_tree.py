"""What may not lie in the repository: hosts of registries, places of one machine, two decisions of one number."""

import re
import subprocess
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from tests.architecture.conftest import ROOT

# written in parts, so that this file does not hold what it looks for
REGISTRIES = [".".join(parts) for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"))]
MACHINE_PLACES = ["/" + place for place in ("work/main", "work/shared", "tmp/sek", "root/.cache", "home/runner")]
OTHER_TEXT = {".png", ".ico", ".pdf", ".woff2", ".mo", ".zip", ".xlsx"}


def tracked_files() -> list[Path]:
    """List what is in the repository; in an unpacked archive, everything that is not made by tools."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False, encoding="utf-8"
    )
    if listed.returncode == 0:
        files = [ROOT / name for name in listed.stdout.split("\0") if name]
    else:
        files = [
            path
            for path in ROOT.rglob("*")
            if not {".venv", ".venv-bench", "var", ".git"} & set(path.relative_to(ROOT).parts)
        ]
    return [path for path in files if path.is_file() and path.suffix not in OTHER_TEXT]


def places_of(words: list[str], text: str) -> list[str]:
    """Find which of these words a text holds."""
    return [word for word in words if word in text]


@pytest.mark.parametrize("words", [REGISTRIES, MACHINE_PLACES], ids=["registries", "machine places"])
def test_no_file_names_a_registry_or_a_place_of_this_machine(words: list[str]) -> None:
    found = {
        str(path.relative_to(ROOT)): places
        for path in tracked_files()
        if (places := places_of(words, path.read_text(encoding="utf-8", errors="replace")))
    }
    assert found == {}


def test_a_planted_registry_is_found() -> None:
    planted = f"--index-url https://{REGISTRIES[0]}/simple"
    assert places_of(REGISTRIES, planted) == [REGISTRIES[0]]


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-bench.lock"])
def test_the_lock_holds_hashes_for_everything_and_no_address(name: str) -> None:
    lock = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in lock
    entries = re.split(r"\n(?=\S)", lock.strip())
    assert len(entries) > 1
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_what_pyproject_asks_for_is_in_the_lock() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    locked = set(re.findall(r"^([a-z0-9-]+)==", lock, flags=re.MULTILINE))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    assert {re.split(r"[^a-z0-9-]", line)[0] for line in asked} - locked == set()


def test_the_peers_are_in_a_lock_of_their_own_and_not_in_the_products() -> None:
    peers = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]["bench"]
    names = {re.split(r"[^a-z0-9-]", line)[0] for line in peers}
    ours, theirs = (
        set(re.findall(r"^([a-z0-9-]+)==", (ROOT / lock).read_text(encoding="utf-8"), flags=re.MULTILINE))
        for lock in ("requirements.lock", "requirements-bench.lock")
    )
    assert names - theirs == set()
    # django-ninja reads the bodies of the API with pydantic; no record of a parcel is read by it. Our SFTP speaks by
    # asyncssh, whose own server is a peer of the lane.
    assert names & ours == {"pydantic", "asyncssh"}


def decision_numbers() -> list[str]:
    """List the numbers of the decisions."""
    return [path.name[:4] for path in (ROOT / "docs" / "adr").glob("[0-9]*.md")]


def test_no_two_decisions_carry_one_number() -> None:
    numbers = Counter(decision_numbers())
    assert [number for number, times in numbers.items() if times > 1] == []
    assert sorted(numbers) == [f"{number:04}" for number in range(1, len(numbers) + 1)]


@pytest.mark.parametrize("heading", ["Context", "Decision", "Options", "Consequences", "Compliance"])
def test_every_decision_says_why_and_how_its_breach_would_be_noticed(heading: str) -> None:
    for path in sorted((ROOT / "docs" / "adr").glob("[0-9]*.md")):
        assert f"\n## {heading}\n" in path.read_text(encoding="utf-8"), path.name
