"""Each form of the corridor is made in exactly one place, so that no door can be gone round."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.architecture.conftest import ROOT, Copy

FORMS = {
    "Bearer",
    "Petition",
    "Admitted",
    "Landed",
    "Inspected",
    "Clearance",
    "Stopped",
    "Sealed",
    "Recorded",
    "Delivered",
    "Erased",
}
DOORS = ["identify", "present", "admit", "land", "inspect", "decide", "seal", "record", "deliver", "erase"]


def called_name(call: ast.Call) -> str:
    """Say what a call calls, by its last name; `replace` counts, since it makes a form too."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def functions_in(source: Path) -> Iterator[tuple[str, ast.AST]]:
    """Walk over all functions below a folder, each with its file's and its own name."""
    for path in sorted(source.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{path.stem}.{node.name}", node


@cache
def makers(source: Path) -> dict[str, set[str]]:
    """Find, for every form, the functions in which it is constructed."""
    found: dict[str, set[str]] = defaultdict(set)
    for name, function in functions_in(source):
        for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
            if called_name(call) in FORMS:
                found[called_name(call)].add(name)
    return found


@pytest.mark.parametrize("form", sorted(FORMS))
def test_each_form_has_one_maker(form: str) -> None:
    assert len(makers(ROOT / "src" / "sekisho")[form]) == 1


def test_a_second_maker_is_found(copy: Copy) -> None:
    copy.plant(
        "src/sekisho/worker/planted.py",
        "from sekisho import kernel\n\n\ndef forge(w, c, r):\n"
        "    return kernel.Recorded(waybill=w, cargo=c, counterpart='', direction='', receipt=r)\n",
    )
    assert "planted.forge" in makers(copy.root / "src" / "sekisho" / "worker")["Recorded"]


def test_no_form_is_altered_after_it_was_made() -> None:
    for path in sorted((ROOT / "src/sekisho/kernel/gate").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        altered = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and called_name(node) == "__setattr__"]
        assert altered == [], path.name


def test_every_door_is_one_public_function_of_the_gate() -> None:
    functions = {
        node.name
        for path in sorted((ROOT / "src/sekisho/kernel/gate").glob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
    }
    assert set(DOORS) <= functions
