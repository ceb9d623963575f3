"""Write docs/reference and docs/legal from the code, so that they cannot say something else.

Usage: python tools/make_reference.py [--check]; with --check nothing is written, and a stale page is exit status 1.
"""

import ast
import importlib
import inspect
import json
import os
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import fields
from functools import cache
from pathlib import Path

import click
import yaml

from sekisho import kernel
from sekisho.business.hometown_donations.one_stop import ONE_STOP_TABLE
from sekisho.cli import main as desk

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = ROOT / "tools" / "settings.yaml"
ARTICLES = ROOT / "tools" / "articles.yaml"
SETTING = re.compile(r"SEKISHO_[A-Z][A-Z_]*[A-Z]")
HEAD = "<!-- Written by tools/make_reference.py from the code: change the code, then run `python3 dev.py fix`. -->\n"


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Lay out a table in Markdown."""
    lines = [list(heads)]
    lines.append(["---"] * len(lines[0]))
    lines.extend([cell.replace("|", "\\|").replace("\n", " ") for cell in row] for row in rows)
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def first_line(thing: object) -> str:
    """Say what a thing is for, in the first paragraph of its own words."""
    return " ".join((inspect.getdoc(thing) or "").split("\n\n")[0].split())


def sources(*folders: str) -> list[Path]:
    """List the Python files below these folders."""
    return sorted(
        path for folder in folders for path in (ROOT / folder).rglob("*.py") if "__pycache__" not in path.parts
    )


def reasons_page() -> str:
    """List every reason why something does not cross."""
    sentences = importlib.import_module("sekisho.kernel.errors.sentences").SENTENCES
    actions = importlib.import_module("sekisho.kernel.errors.actions")
    rows = []
    for code in kernel.ReasonCode:
        japanese, english = sentences[code]
        todo_ja, todo_en = actions.next_action(code)
        rows.append([f"`{code}`", f"{japanese} {todo_ja}", f"{english} {todo_en}"])
    intro = "Every refusal names all its reasons at once. A code is never renamed and never used for something else.\n"
    return "# Reasons (理由)\n\n" + intro + "\n" + table(["code", "日本語", "English"], rows)


def caveats_page() -> str:
    """List every caveat a permit can carry, by its permanent tag."""
    kinds: list[type[kernel.Caveat]] = list(kernel.Caveat.__subclasses__())
    for kind in kinds:
        kinds.extend(kind.__subclasses__())
    # A dataclass with slots is made twice, and Python remembers both: one of a tag is enough.
    by_tag = {kind.tag: kind for kind in kinds if kind.tag}
    rows = [
        [str(kind.tag), f"`{kind.__name__}`", ", ".join(f"`{one.name}`" for one in fields(kind)), first_line(kind)]
        for _, kind in sorted(by_tag.items())
    ]
    intro = (
        "A caveat is one sentence of the approval that a machine decides. It is stored as a list: its tag, then its\n"
        "fields in this order. A tag is never renamed or reused; a tag that is not known refuses everything.\n"
    )
    return "# Caveats (制限)\n\n" + intro + "\n" + table(["tag", "caveat", "fields", "meaning"], rows)


def entries_page() -> str:
    """List the kinds of entries in the ledger."""
    rows = [[f"`{kind}`"] for kind in kernel.EntryKind]
    intro = (
        f"{first_line(kernel.EntryKind)}\n\nAn entry is canonical JSON (UTF-8, keys sorted, no spaces, at most 65,535\n"
        "bytes) of ids, codes, counts, digests and times. It never holds personal data.\n"
    )
    return "# Entries of the ledger (記録)\n\n" + intro + "\n" + table(["kind"], rows)


def states_page() -> str:
    """Draw every state table, and list who takes which step."""
    council = importlib.import_module("sekisho.kernel.council")
    parts = []
    tables = (
        council.CONSULTATION_TABLE,
        council.MEETING_TABLE,
        council.PERMIT_TABLE,
        council.CONDITION_TABLE,
        council.QUESTION_TABLE,
    )
    papers = (council.ASSESSMENT_TABLE, council.MINUTES_TABLE, council.SELF_CHECK_TABLE)
    survey = (council.FINDING_TABLE, council.CAMPAIGN_TABLE, council.RETURN_TABLE)
    for one in (*tables, *papers, *survey, ONE_STOP_TABLE):
        rows = [
            [
                f"{one.states[step.before][0]} `{step.before}`",
                f"{one.acts[step.act][0]} `{step.act}`",
                f"{one.states[step.after][0]} `{step.after}`",
                ", ".join(f"`{role}`" for role in sorted(step.roles)) or "*clock or gate*",
            ]
            for step in one.steps
        ]
        heading = f"## {one.en} ({one.ja})\n\n```mermaid\n{council.diagram_of(one)}\n```\n\n"
        parts.append(heading + table(["in state", "act", "then", "who"], rows))
    intro = (
        "Whatever is not in a table is refused. The diagrams, these lists and the code are one and the same table.\n"
    )
    return "# States (状態)\n\n" + intro + "\n" + "\n".join(parts)


def utterances_page() -> str:
    """List the 65 utterances of the members in November 2019 with what answers each."""
    sys.path.insert(0, str(ROOT))
    heading, intro, head, cells = importlib.import_module("tools.utterances_page").parts()
    return f"{heading}\n\n{intro}\n\n{table(head, cells)}"


def help_of(command: click.Command, name: str, parent: click.Context | None = None) -> list[str]:
    """Write down the help of a command and of all below it."""
    context = click.Context(command, info_name=name, parent=parent, terminal_width=100)
    path = context.command_path
    pages = [f"## {path}\n\n```text\n{command.get_help(context).rstrip()}\n```\n"]
    if isinstance(command, click.Group):
        for below in command.list_commands(context):
            found = command.get_command(context, below)
            if found is not None:
                pages.extend(help_of(found, below, context))
    return pages


def commands_page() -> str:
    """Show the help of every command."""
    intro = "Exit status: 0 yes or done, 1 the answer is no, 2 could not answer. `--json` answers machines.\n"
    return "# Commands\n\n" + intro + "\n" + "\n".join(help_of(desk, "sekisho"))


def settings_in_code() -> dict[str, set[str]]:
    """Find every environment variable of ours and the files that read it."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in sources("src"):
        for name in SETTING.findall(path.read_text(encoding="utf-8")):
            found[name].add(str(path.relative_to(ROOT)))
    return found


def settings_page() -> str:
    """List every setting with what it does."""
    explained: dict[str, str] = yaml.safe_load(SETTINGS.read_text(encoding="utf-8"))
    found = settings_in_code()
    differing = set(found) ^ set(explained)
    if differing:
        sys.exit(f"tools/settings.yaml and the code differ about: {', '.join(sorted(differing))}")
    rows = [
        [f"`{name}`", explained[name], ", ".join(f"`{file}`" for file in sorted(found[name]))] for name in sorted(found)
    ]
    intro = "Sekisho is set by environment variables. None is needed for the demo.\n"
    return "# Settings\n\n" + intro + "\n" + table(["variable", "meaning", "read in"], rows)


def files_naming(article: str) -> list[Path]:
    """Find the modules that name an article, written with or without 第."""
    wanted = article.replace("第", "")
    return [path for path in sources("src") if wanted in path.read_text(encoding="utf-8").replace("第", "")]


def names_made(path: Path) -> set[str]:
    """List the public names that a module makes."""
    body = ast.parse(path.read_text(encoding="utf-8")).body
    return {node.name for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name[0] != "_"}


@cache
def names_taken(path: Path) -> set[str]:
    """List the names that a test takes from the product."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    imports = [node for node in nodes if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sekisho")]
    return {one.name for node in imports for one in node.names}


def tests_of(modules: list[Path]) -> list[Path]:
    """Find the tests that use what these modules make."""
    made = set().union(*(names_made(path) for path in modules))
    return [path for path in sources("tests") if path.name.startswith("test_") and names_taken(path) & made]


def as_cell(paths: list[Path]) -> str:
    """Write paths one below the other."""
    return "<br>".join(f"`{path.relative_to(ROOT)}`" for path in paths)


def legal_page() -> str:
    """Lay article, module and test side by side, so that an auditor can start from the law."""
    articles: dict[str, str] = yaml.safe_load(ARTICLES.read_text(encoding="utf-8"))
    modules = {article: files_naming(article) for article in articles}
    rows = [
        [article, meaning, as_cell(modules[article]), as_cell(tests_of(modules[article]))]
        for article, meaning in articles.items()
    ]
    unused = [row[0] for row in rows if not row[2]]
    if unused:
        sys.exit(f"tools/articles.yaml names articles that no module names: {', '.join(unused)}")
    intro = (
        "Each article or specification with the modules that carry it out and the tests that hold them to it. The\n"
        "wording of the law is not repeated here; the municipality's own legal office has the last word.\n"
    )
    return (
        "# From the law to the code (根拠条文)\n\n"
        + intro
        + "\n"
        + table(["article", "what it asks", "modules", "tests"], rows)
    )


def modules_page() -> str:
    """List every module with its own first sentence."""
    rows = []
    for path in sources("src"):
        sentence = (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").split("\n\n")[0]
        if "migrations" not in path.parts:
            rows.append([f"`{path.relative_to(ROOT / 'src')}`", " ".join(sentence.split())])
    return "# Modules\n\nWhat every file is for, in its own words.\n\n" + table(["file", "what it is for"], rows)


PAGES: dict[str, Callable[[], str]] = {
    "docs/reference/reasons.md": reasons_page,
    "docs/reference/caveats.md": caveats_page,
    "docs/reference/ledger-entries.md": entries_page,
    "docs/reference/commands.md": commands_page,
    "docs/reference/settings.md": settings_page,
    "docs/reference/states.md": states_page,
    "docs/reference/utterances.md": utterances_page,
    "docs/reference/modules.md": modules_page,
    "docs/legal/README.md": legal_page,
}


def api_document() -> str:
    """Write down the document of the API as it is served; JSON has no place for a remark above it."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "sekisho.web.settings"  # the gate's, whoever asks and whatever they served
    importlib.import_module("django").setup()
    told = importlib.import_module("sekisho.web.api.addresses").document()
    return json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def stale_pages() -> dict[Path, str]:
    """Find the pages that do not say what the code says, with what they should say."""
    wanted = {ROOT / name: HEAD + page() for name, page in PAGES.items()}
    wanted[ROOT / "docs/reference/openapi.json"] = api_document()
    wanted |= {ROOT / name: HEAD + text for name, text in layout_pages().items()}
    return {
        path: text for path, text in wanted.items() if not path.exists() or path.read_text(encoding="utf-8") != text
    }


def layout_pages() -> dict[str, str]:
    """Write the pages of the layouts; as a script this file stands alone on the path, so its neighbour is sought."""
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    pages: dict[str, str] = importlib.import_module("tools.layout_pages").pages()
    return pages


def left_over_pages() -> list[Path]:
    """Find the pages of layouts that there are no more."""
    wanted = {ROOT / name for name in layout_pages()}
    return sorted(path for path in (ROOT / "docs/reference/layouts").glob("*.md") if path not in wanted)


def main(arguments: list[str]) -> int:
    """Write the stale pages, or only name them."""
    stale = stale_pages()
    for path, text in stale.items():
        print(f"{path.relative_to(ROOT)} {'is stale' if '--check' in arguments else 'is written anew'}")
        if "--check" not in arguments:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    left_over = left_over_pages()
    for path in left_over:
        print(f"{path.relative_to(ROOT)} {'is left over' if '--check' in arguments else 'is taken away'}")
        if "--check" not in arguments:
            path.unlink()
    return 1 if (stale or left_over) and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
