"""The checks that a person runs with `dev.py check` are tests too, so that CI has one command."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.conftest import ROOT

sys.path.insert(0, str(ROOT))
import dev


@pytest.mark.parametrize("claim", sorted(dev.CHECKS))
@pytest.mark.timeout(600)
def test_the_house_is_in_order(claim: str) -> None:
    command = dev.CHECKS[claim]
    done = subprocess.run(
        [str(Path(sys.executable).parent / command[0]), *command[1:]],
        cwd=ROOT,
        env=dev.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]


def test_ci_runs_what_a_person_runs() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    commands = [line for line in lines if line and not line.startswith("#")]
    assert commands == ["set -eu", 'cd "$(dirname "$0")/.."', "exec python3 dev.py test"]


def test_make_only_calls_dev() -> None:
    recipes = [line for line in (ROOT / "Makefile").read_text(encoding="utf-8").splitlines() if line.startswith("\t")]
    assert recipes
    assert all(line.startswith("\t@python3 dev.py") for line in recipes)


def test_every_exception_from_the_rules_of_style_says_why() -> None:
    rules = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    section = rules.split("[tool.ruff.lint]")[1].split("[tool.ruff.lint.flake8-self]")[0]
    codes = [line for line in section.splitlines() if line.strip().startswith('"') and line.rstrip()[-1] != "["]
    assert codes
    assert [line for line in codes if "#" not in line] == []


def test_an_older_python_gets_a_clear_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 0))
    with pytest.raises(SystemExit, match=r"needs Python 3\.11 or newer"):
        dev.main(["check"])


def test_an_unknown_command_is_answered_with_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["fly"]) == 2
    assert "usage: python3 dev.py" in capsys.readouterr().out
