"""Hold the documents against the tree: every link leads somewhere, every path that is named exists, every command too.

Usage: python tools/check_docs.py
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

ROOT = Path(__file__).resolve().parent.parent
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#{1,6} +(.+?)\s*$", re.MULTILINE)
NAMED_PATH = re.compile(r"`((?:src|tests|docs|tools|benchmarks|\.ci)/[^`\s*<>{}]*)`")
COMMAND = re.compile(r"(?:^|[`$ ])sekisho ([a-z]+)", re.MULTILINE)
DEV_COMMAND = re.compile(r"dev\.py ([a-z]+)")
FENCE = re.compile(r"```[a-z]*\n(.*?)```", re.DOTALL)
SPAN = re.compile(r"`([^`\n]+)`")


def documents() -> list[Path]:
    """List the documents: all of docs and those at the door."""
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def anchor(heading: str) -> str:
    """Make the anchor of a heading, as web hosts do: lower case, no marks, hyphens for spaces."""
    kept = re.sub(r"[^\w\- ]", "", heading.replace("`", "").lower())
    return kept.replace(" ", "-")


def broken_links(path: Path, text: str) -> Iterator[str]:
    """Find links to files or headings that are not there."""
    for target in LINK.findall(text):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, mark = unquote(target).partition("#")
        destination = (path.parent / file).resolve() if file else path
        if not destination.exists():
            yield f"link to {target} leads nowhere"
        elif mark and destination.suffix == ".md":
            marks = {anchor(heading) for heading in HEADING.findall(destination.read_text(encoding="utf-8"))}
            if mark not in marks:
                yield f"link to {target}: no such heading"


def missing_paths(text: str) -> Iterator[str]:
    """Find paths of the repository that are named and do not exist."""
    for name in NAMED_PATH.findall(text):
        if not (ROOT / name.split("::")[0]).exists():
            yield f"names {name}, which does not exist"


def code_in(text: str) -> str:
    """Take the passages that a reader would type."""
    return "\n".join([*FENCE.findall(text), *SPAN.findall(text)])


def unknown_commands(text: str, known: set[str], known_of_dev: set[str]) -> Iterator[str]:
    """Find commands that a reader would type in vain."""
    code = code_in(text)
    yield from (f"`sekisho {name}` is no command" for name in COMMAND.findall(code) if name not in known)
    yield from (f"`dev.py {name}` is no command" for name in DEV_COMMAND.findall(code) if name not in known_of_dev)


def known_commands() -> tuple[set[str], set[str]]:
    """Read the commands from the code itself."""
    sys.path.insert(0, str(ROOT))
    import dev  # noqa: PLC0415 - stands at the door of the repository, not on the path
    from sekisho.cli import COMMANDS  # noqa: PLC0415 - the links are checked even where the package is broken

    return set(COMMANDS), set(dev.COMMANDS)


def faults_of(path: Path, known: tuple[set[str], set[str]]) -> list[str]:
    """Say everything in a document that is not true."""
    text = path.read_text(encoding="utf-8")
    return [*broken_links(path, text), *missing_paths(text), *unknown_commands(text, *known)]


def main() -> int:
    """Print every fault; exit status 1 if there is one."""
    known = known_commands()
    faults = [f"{path.relative_to(ROOT)}: {fault}" for path in documents() for fault in faults_of(path, known)]
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
