"""Functions fit in a hand, files on a desk; and the check that says so sees what is too big."""

from pathlib import Path

import pytest

from tools import check_docstrings, check_shape

LONG = "def much() -> None:\n" + "    print()\n" * 30
WIDE = "def wide(a, b, c, d, e, f):\n    print(a)\n"
WIDE_BY_NAME = "def wide(a, b, *, c, d, e, f, g, h):\n    print(a)\n"
DEEP = "def deep(a):\n" + "".join("    " * depth + "if a:\n" for depth in range(1, 5)) + "    " * 5 + "a()\n"
FORKED = "def forked(a):\n" + "".join(f"    if a == {number}:\n        a()\n" for number in range(9))
BIG_CLASS = "class Big:\n" + "    a = 1\n" * 120
LONG_FILE = "a = 1\n" * 301

PLANTS = {
    "31 lines": LONG,
    "6 arguments, at most": WIDE,
    "wide has 6 arguments": WIDE_BY_NAME,
    "nested 4 deep": DEEP,
    "9 branches": FORKED,
    "class Big has 121 lines": BIG_CLASS,
    "the file has 301 lines": LONG_FILE,
}


def faults(tmp_path: Path, source: str) -> list[str]:
    """Say what the check finds in a planted file."""
    path = tmp_path / "planted.py"
    path.write_text(source, encoding="utf-8")
    return [fault for _, fault in check_shape.faults_of_file(path, check_shape.PRODUCT)]


@pytest.mark.parametrize("expected", sorted(PLANTS))
def test_what_is_too_big_is_reported(tmp_path: Path, expected: str) -> None:
    assert any(expected in fault for fault in faults(tmp_path, PLANTS[expected]))


def test_what_is_just_small_enough_is_not(tmp_path: Path) -> None:
    fitting = "def just() -> None:\n" + "    print()\n" * 29
    named = "def named(self, a, b, c, *, d, e, f, g):\n    print(a)\n"
    chain = "def chain(a):\n    if a:\n        a()\n" + "    elif a:\n        a()\n" * 3
    assert faults(tmp_path, fitting + named + chain) == []


def test_the_names_of_an_enumeration_do_not_count_and_its_code_does(tmp_path: Path) -> None:
    names = "class Kind(StrEnum):\n" + "".join(f"    K{number} = 'k{number}'\n" for number in range(150))
    code = "".join(f"    def f{number}(self):\n        pass\n" for number in range(60))
    assert faults(tmp_path, names) == []
    assert faults(tmp_path, names + code) == ["class Kind has 121 lines, at most 120"]


def test_an_unexplained_name_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "planted.py"
    path.write_text(
        '"""A module that is explained."""\nclass Thing:\n    def act(self):\n        pass\n', encoding="utf-8"
    )
    assert [fault for _, fault in check_docstrings.faults_of_file(path)] == [
        "Thing does not say what it is for",
        "Thing.act does not say what it is for",
    ]
