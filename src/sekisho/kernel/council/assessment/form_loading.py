"""Reading a form from data, strictly: nothing unknown, nothing twice, nothing that points nowhere."""

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from sekisho.kernel.council.assessment.form import (
    AskedWhen,
    Aspect,
    CheckPoint,
    FormGroup,
    FormItem,
    ItemKind,
    Need,
    ReportForm,
    Stage,
)
from sekisho.kernel.council.assessment.threshold import Depth
from sekisho.kernel.errors import SekishoError

_FRONT: Final = frozenset({"form", "version", "holds_from", "ja", "en", "source"})
_PARTS: Final = frozenset({"scales", "headings", "items", "groups", "points"})
_ONE_OF: Final = frozenset({ItemKind.CHOICE, ItemKind.CHOICES})


def _choices(row: dict[str, Any], scales: Mapping[str, Any]) -> tuple[str, ...]:
    """The scale that an item names."""
    scale = row.pop("scale", None)
    return () if scale is None else tuple(str(each) for each in scales[scale])


def _item(data: Any, scales: Mapping[str, Any]) -> FormItem:
    """One item, with nothing unknown in it."""
    row = dict(data)
    choices = _choices(row, scales)
    when = row.pop("when", None)
    item = FormItem(
        item=row.pop("item"),
        ja=row.pop("ja"),
        depth=Depth[row.pop("depth").upper()],
        kind=ItemKind(row.pop("kind", "text")),
        choices=choices,
        material=row.pop("material", False),
        need=Need(row.pop("need", "always")),
        stage=Stage[row.pop("stage", "drafted").upper()],
        when=None if when is None else AskedWhen(item=when["item"], among=tuple(when["among"])),
    )
    if row or item.material not in (True, False) or (item.kind in _ONE_OF) != bool(choices):
        message = f"{item.item}: {', '.join(map(str, row)) or 'scale, material'}"
        raise ValueError(message)
    return item


def _by_name(rows: Iterable[tuple[str, Any]]) -> Mapping[str, Any]:
    """A table by name, in its order.

    Raises:
        ValueError: A name stands twice.

    """
    found: dict[str, Any] = {}
    for name, value in rows:
        if name in found:
            message = f"{name} stands twice"
            raise ValueError(message)
        found[name] = value
    return MappingProxyType(found)


def _pointing_nowhere(form: ReportForm) -> list[str]:
    """Names in the form that are no item, no group, or no choice of the item they speak of."""
    lost = [each.counted_by for each in form.groups.values() if each.counted_by and each.counted_by not in form.items]
    lost += [each.same_as for each in form.groups.values() if each.same_as and each.same_as not in form.groups]
    for item in form.items.values():
        if item.when is not None:
            asked = form.items.get(item.when.item)
            lost += [item.when.item] if asked is None else sorted(set(item.when.among) - set(asked.choices))
    lost += [
        each for each in form.groups if not any(item == each or item.startswith(f"{each}.") for item in form.items)
    ]
    return lost


def _read(data: Any) -> ReportForm:
    """A form from data."""
    if set(data) != _FRONT | _PARTS:
        message = ", ".join(sorted(map(str, set(data) ^ (_FRONT | _PARTS))))
        raise ValueError(message)
    texts = {name: str(data[name]) for name in sorted(_FRONT)}
    date.fromisoformat(texts["holds_from"])
    items = [_item(each, data["scales"]) for each in data["items"]]
    return ReportForm(
        **texts,
        headings=_by_name((each["heading"], each["ja"]) for each in data["headings"]),
        items=_by_name((each.item, each) for each in items),
        groups=_by_name((each["group"], FormGroup(**each)) for each in data["groups"]),
        points=tuple(
            _by_name(
                (each["point"], CheckPoint(point=each["point"], aspect=Aspect(each["aspect"]), ja=each["ja"]))
                for each in data["points"]
            ).values()
        ),
    )


def form_from_data(data: Any) -> ReportForm:
    """Read a form.

    Raises:
        SekishoError: Something is unknown, missing, twice, or points nowhere; with its name.

    """
    try:
        form = _read(data)
    except (KeyError, ValueError, TypeError, AttributeError) as fault:
        message = f"the form of the assessment report: {type(fault).__name__}: {fault}"
        raise SekishoError(message) from fault
    if lost := _pointing_nowhere(form):
        message = f"the form of the assessment report: nothing is called {', '.join(lost)}"
        raise SekishoError(message)
    return form
