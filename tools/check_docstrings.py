"""Hold the rule that every module, public class and public function says in one line what it is for.

Usage: python tools/check_docstrings.py [FOLDER ...]; without a folder: src, tools, benchmarks and dev.py.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLACES = ("src", "tools", "benchmarks", "dev.py")
SKIPPED = ("migrations", "__pycache__")
SHORTEST = 12

Named = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def is_overload(node: Named) -> bool:
    """Is this a second signature of a function that is explained below?"""
    return any("overload" in ast.unparse(decorator) for decorator in node.decorator_list)


def public_names(body: list[ast.stmt], owner: str = "") -> Iterator[tuple[str, Named]]:
    """Walk over what others may call: public classes, functions and methods, at any depth of classes."""
    for node in body:
        if not isinstance(node, Named) or node.name.startswith("_") or is_overload(node):
            continue
        # Django's inner tables (class Meta) are settings of their model, which is explained itself.
        if owner and node.name == "Meta":
            continue
        yield f"{owner}{node.name}", node
        if isinstance(node, ast.ClassDef):
            yield from public_names(node.body, f"{owner}{node.name}.")


def faults_of_file(path: Path) -> Iterator[tuple[int, str]]:
    """Say what in a file is not explained."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    if len(ast.get_docstring(tree) or "") < SHORTEST:
        yield 1, "the module does not say what it is for"
    for name, node in public_names(tree.body):
        if len(ast.get_docstring(node) or "") < SHORTEST:
            yield node.lineno, f"{name} does not say what it is for"


def main(places: list[str]) -> int:
    """Print every fault; exit status 1 if there is one."""
    count = 0
    for place in places or PLACES:
        start = ROOT / place
        files = [start] if start.is_file() else sorted(start.rglob("*.py"))
        for path in (file for file in files if not set(SKIPPED) & set(file.parts)):
            for line, fault in faults_of_file(path):
                print(f"{path.relative_to(ROOT) if path.is_relative_to(ROOT) else path}:{line}: {fault}")
                count += 1
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
