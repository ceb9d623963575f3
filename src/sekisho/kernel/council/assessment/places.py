"""Places in a report (項目の番号): `Ⅱ.4.委託[2].③` is item Ⅱ.4.委託.③ of the second contract about the first file."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sekisho.kernel.council.assessment.form import FormItem, ReportForm

_STEP: Final = re.compile(r"(?P<name>[^.\[\]]+)(?:\[(?P<number>[1-9][0-9]{0,3})\])?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An item, and for which of each repeated part it is meant."""

    item: str
    numbers: Mapping[str, int]


def find_place(form: ReportForm, key: str) -> Place | None:
    """The place that a key names; nothing if the form has no such place or the key is not written as it should be."""
    path, numbers = "", {}
    for step in key.split("."):
        match = _STEP.fullmatch(step)
        if match is None:
            return None
        path = f"{path}.{match['name']}" if path else match["name"]
        group = form.groups.get(path)
        written = match["number"]
        if group is None and written is not None:
            return None
        if group is not None:
            numbers[path] = int(written or 1)
            if (written is None) != (group.first_unwritten and numbers[path] == 1):
                return None
    return Place(item=path, numbers=numbers) if path in form.items else None


def key_at(form: ReportForm, item: str, numbers: Mapping[str, int]) -> str:
    """The key of an item for these numbers of the repeated parts; a part that shares its number may lend it."""
    path, steps = "", []
    for name in item.split("."):
        path = f"{path}.{name}" if path else name
        group = form.groups.get(path)
        if group is None:
            steps.append(name)
            continue
        number = next((numbers[each] for each in (path, *_kin(form, path)) if each in numbers), 1)
        steps.append(name if group.first_unwritten and number == 1 else f"{name}[{number}]")
    return ".".join(steps)


def _kin(form: ReportForm, group: str) -> tuple[str, ...]:
    """The parts that are counted together with this one."""
    head = form.groups[group].same_as or group
    return tuple(each.group for each in form.groups.values() if head in (each.group, each.same_as))


def groups_of(form: ReportForm, item: str) -> tuple[str, ...]:
    """The repeated parts in which an item stands, the outermost first."""
    return tuple(each for each in form.groups if item == each or item.startswith(f"{each}."))


def label_at(form: ReportForm, item: FormItem) -> str:
    """The words of an item with those of the part it stands in."""
    heads = [ja for head, ja in form.headings.items() if item.item.startswith(f"{head}.")]
    return " ".join([*heads[1:], item.ja])
