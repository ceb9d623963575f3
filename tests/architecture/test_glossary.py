"""One word for each thing: every public class of the kernel and of business has its row in the glossary."""

import ast
import re
from pathlib import Path

from tests.architecture.conftest import ROOT, Copy

ROW = re.compile(r"^\|[^|]+\| `(\w+)` \|", re.MULTILINE)


def words() -> list[str]:
    """Read the identifiers of the glossary."""
    return ROW.findall((ROOT / "docs" / "glossary.md").read_text(encoding="utf-8"))


def public_classes(source: Path) -> set[str]:
    """List the classes that others may name."""
    trees = [
        ast.parse(path.read_text(encoding="utf-8"))
        for storey in ("kernel", "business")
        for path in sorted((source / storey).rglob("*.py"))
    ]
    classes = [node for tree in trees for node in tree.body if isinstance(node, ast.ClassDef)]
    return {node.name for node in classes if not node.name.startswith("_")}


def test_every_public_class_has_its_row() -> None:
    assert public_classes(ROOT / "src" / "sekisho") - set(words()) == set()


def test_no_word_has_two_rows() -> None:
    assert sorted(words()) == sorted(set(words()))


def test_a_class_without_a_row_is_found(copy: Copy) -> None:
    copy.plant("src/sekisho/kernel/gate/planted.py", "class Teleporter:\n    pass\n")
    assert "Teleporter" in public_classes(copy.root / "src" / "sekisho") - set(words())
