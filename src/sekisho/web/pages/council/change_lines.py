"""A change field by field as an officer reads it: of what, which field, before and after, how heavy."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from sekisho.kernel import Chart
from sekisho.kernel.council import WeighedChange
from sekisho.web.components.chips import Chip
from sekisho.web.components.facts import Said
from sekisho.web.pages.charting.gaps import field_words
from sekisho.web.pages.charting.words import YES_NO, name_of
from sekisho.web.pages.council.papers_words import VALUE_WORDS
from sekisho.web.pages.deliberation.matters import WEIGHTS

_NAMED: Final = re.compile(r"\[([^\]]*)\]|^terms\.([^.]+)\.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLine:
    """One field that differs, in words and by its path."""

    said: str
    path: str
    before: Said | None
    after: Said | None
    chip: Chip


def _labels(*charts: Chart) -> dict[str, str]:
    """What the ids of both charts are called, data items too; the later chart names first."""
    found: dict[str, str] = {}
    for chart in charts:
        found |= {item.item: item.ja for arrow in chart.connections for item in arrow.items}
        found |= {each.network: name_of(each) for each in chart.networks}
        found |= {each.computer: name_of(each) for each in chart.computers}
        found |= {each.connection: name_of(each) for each in chart.connections}
    return found


def _said(path: str, labels: Mapping[str, str]) -> str:
    """A path in words: what it is about, and the field."""
    things = [labels.get(name, name) for pair in _NAMED.findall(path) for name in pair if name]
    field = re.sub(r"\[[^\]]*\]", "", path).rpartition(".")[2]
    return f"{'　'.join(things)}：{field_words(field)}" if things else str(field_words(field))


def _value(path: str, labels: Mapping[str, str], *, value: str | int | bool | None) -> Said | None:
    """A value as it is read."""
    name = path.rpartition(".")[2].partition("[")[0]
    if (name, str(value)) in VALUE_WORDS:
        return VALUE_WORDS[name, str(value)]
    if isinstance(value, bool):
        return YES_NO["yes" if value else "no"]
    return None if value is None else labels.get(str(value), str(value))


def change_lines(changes: tuple[WeighedChange, ...], before: Chart, after: Chart) -> Iterator[ChangeLine]:
    """Every field that differs."""
    labels = _labels(before, after)
    for each in changes:
        path = each.difference.path
        yield ChangeLine(
            said=_said(path, labels),
            path=path,
            before=_value(path, labels, value=each.difference.before),
            after=_value(path, labels, value=each.difference.after),
            chip=WEIGHTS[each.weight],
        )
