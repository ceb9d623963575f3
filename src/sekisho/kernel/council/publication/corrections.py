"""What a new version of minutes changes (訂正): the lines that are gone, and those that stand in their place."""

from dataclasses import dataclass
from difflib import SequenceMatcher

from sekisho.kernel.errors import ReasonCode, Refused, because


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedLines:
    """Lines of a published page that a newer version says otherwise; nothing before is new, nothing after is gone."""

    before: tuple[str, ...]
    after: tuple[str, ...]


def _lines(text: str) -> list[str]:
    """The lines of a page that say something."""
    return [line.strip() for line in text.split("\n") if line.strip()]


def changed_lines(before: str, after: str) -> tuple[ChangedLines, ...]:
    """Everything that a new version changes, in the order of the page.

    Raises:
        Refused: It changes nothing.

    """
    old, new = _lines(before), _lines(after)
    found = tuple(
        ChangedLines(before=tuple(old[first:last]), after=tuple(new[start:end]))
        for tag, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        if tag != "equal"
    )
    if not found:
        raise Refused([because(ReasonCode.NO_CHANGE, what="minutes")])
    return found
