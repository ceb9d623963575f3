"""Hold the size of functions, classes and files against the numbers of the house.

Usage: python tools/check_shape.py [FOLDER ...]; without a folder: src, tests, tools, benchmarks and dev.py.
"""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLACES = ("src", "tests", "tools", "benchmarks", "dev.py")
SKIPPED = ("migrations", "golden", "__pycache__")
ARGUMENTS_MOST = 5
KEYWORDS_FREE = 2
NESTING_MOST = 3
BRANCHES_MOST = 8

Function = ast.FunctionDef | ast.AsyncFunctionDef
BLOCKS = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith, ast.Try, ast.TryStar, ast.Match)
BRANCHES = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.match_case, ast.IfExp)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long things may be; tests may be a little longer than the product."""

    function: int
    file: int
    klass: int


PRODUCT = Limits(function=30, file=300, klass=120)
TESTS = Limits(function=40, file=300, klass=200)


def length(node: ast.stmt) -> int:
    """Count the lines from `def` or `class` to the last one."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def class_length(node: ast.ClassDef) -> int:
    """Count the lines of a class; the members of an enumeration do not count: a closed list is as long as its world."""
    if not any(ast.unparse(base).endswith("Enum") for base in node.bases):
        return length(node)
    return length(node) - sum(length(each) for each in node.body if isinstance(each, ast.Assign))


def nesting(node: ast.AST, depth: int = 0) -> int:
    """Count how deep the blocks stand in each other; `elif` is not deeper than `if`."""
    deepest = depth
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Function | ast.ClassDef):
            continue
        is_elif = isinstance(node, ast.If) and isinstance(child, ast.If) and node.orelse == [child]
        step = 1 if isinstance(child, BLOCKS) and not is_elif else 0
        deepest = max(deepest, nesting(child, depth + step))
    return deepest


def arguments(function: Function) -> int:
    """Count what a caller has to think of: two keyword-only arguments are free, `self` and `cls` do not count."""
    spec = function.args
    placed = [one for one in [*spec.posonlyargs, *spec.args] if one.arg not in {"self", "cls"}]
    return len(placed) + max(0, len(spec.kwonlyargs) - KEYWORDS_FREE)


def branches(function: Function) -> int:
    """Count the places where the function may go one way or the other."""
    return sum(isinstance(node, BRANCHES) for node in ast.walk(function))


def is_fixture(function: Function) -> bool:
    """Is this a test or a fixture, to which pytest hands what it names?"""
    return function.name.startswith("test_") or any("fixture" in ast.unparse(one) for one in function.decorator_list)


def faults_of_function(function: Function, limits: Limits) -> Iterator[str]:
    """Say each way in which a function is too big for the hand."""
    if length(function) > limits.function:
        yield f"{function.name} has {length(function)} lines, at most {limits.function}"
    if arguments(function) > ARGUMENTS_MOST and not (limits is TESTS and is_fixture(function)):
        yield f"{function.name} has {arguments(function)} arguments, at most {ARGUMENTS_MOST}"
    if nesting(function) > NESTING_MOST:
        yield f"{function.name} is nested {nesting(function)} deep, at most {NESTING_MOST}"
    if branches(function) > BRANCHES_MOST:
        yield f"{function.name} has {branches(function)} branches, at most {BRANCHES_MOST}"


def faults_of_file(path: Path, limits: Limits) -> Iterator[tuple[int, str]]:
    """Say each fault of a file with the line where it begins."""
    source = path.read_text(encoding="utf-8")
    lines = source.count("\n")
    if lines > limits.file:
        yield 1, f"the file has {lines} lines, at most {limits.file}"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, Function):
            yield from ((node.lineno, fault) for fault in faults_of_function(node, limits))
        elif isinstance(node, ast.ClassDef) and class_length(node) > limits.klass:
            yield node.lineno, f"class {node.name} has {class_length(node)} lines, at most {limits.klass}"


def files_in(places: list[Path]) -> Iterator[Path]:
    """Walk over the Python files that people wrote."""
    for place in places:
        found = [place] if place.is_file() else sorted(place.rglob("*.py"))
        yield from (file for file in found if not set(SKIPPED) & set(file.parts))


def main(places: list[str]) -> int:
    """Print every fault; exit status 1 if there is one."""
    count = 0
    for path in files_in([ROOT / place for place in places or PLACES]):
        limits = TESTS if "tests" in path.parts else PRODUCT
        for line, fault in sorted(faults_of_file(path, limits)):
            print(f"{path.relative_to(ROOT) if path.is_relative_to(ROOT) else path}:{line}: {fault}")
            count += 1
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
