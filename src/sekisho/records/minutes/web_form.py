"""A minutes page as HTML, and the words of an HTML page as everybody can dig them out again."""

import html
from html.parser import HTMLParser
from typing import Final

from sekisho.records.minutes.page import MinutesPage
from sekisho.records.minutes.writing import ATTENDANCE, CONTACT, write_minutes

_LABELS: Final = frozenset({"担当所属名", "会議名", "日時", "場所", ATTENDANCE, "議題", "審議結果", CONTACT})


def _tag_of(block: str, headings: frozenset[str], phases: frozenset[str]) -> str:
    """Which element a block of the page becomes."""
    if block in _LABELS or block in headings:
        return "h2"
    return "h3" if block[1:-1] in phases else "p"


def write_web_minutes(page: MinutesPage) -> str:
    """The page as an HTML article: the same words in the same order as its text."""
    headings = frozenset(part.heading for part in page.discussions)
    phases = frozenset(part.phase for part in page.discussions)
    blocks = [block.strip("\n") for block in write_minutes(page).split("\n\n")]
    lines = []
    for number, block in enumerate(blocks):
        tag = "h1" if number == 1 else _tag_of(block, headings, phases)
        lines.append(f"<{tag}>{html.escape(block).replace(chr(10), '<br>' + chr(10))}</{tag}>")
    return '<article lang="ja">\n' + "\n".join(lines) + "\n</article>\n"


class _Words(HTMLParser):
    """Everything that a page holds: what is shown, what hides in attributes, comments and scripts."""

    def __init__(self) -> None:
        """Nothing read yet; entities are resolved."""
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A new block begins on a line of its own; attributes are words too."""
        hidden = [value for _, value in attrs if value]
        if hidden and tag != "article":
            self.words.append("\n" + "\n".join(hidden) + "\n")
        elif tag in {"p", "h1", "h2", "h3", "br"}:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        """What is shown."""
        self.words.append(data)

    def handle_comment(self, data: str) -> None:
        """What is not shown and is there all the same."""
        self.words.append(f"\n{data}\n")


def read_web_words(page: str) -> str:
    """Every word of an HTML page, also those that a browser does not show; inline elements do not part a word."""
    reader = _Words()
    reader.feed(page)
    reader.close()
    return "".join(reader.words)
