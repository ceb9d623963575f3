"""Loading layouts and the vocabulary from YAML, strictly: nothing unknown, nothing twice, every value of its kind."""

import re
from datetime import date
from typing import Any, Final

from sekisho.records.errors import RecordsError
from sekisho.records.layout import (
    CheckKind,
    Confidence,
    DataClass,
    Field,
    FieldType,
    Golden,
    Layout,
    LayoutCheck,
    NumberForm,
    Quoting,
    When,
)
from sekisho.records.strict_yaml import Kinds, as_pairs, as_table, as_texts, load_yaml, told, twice

_ENCODINGS: Final = frozenset({"cp932", "cp932-jis0208", "utf-8", "utf-8-bom"})
_NEWLINES: Final = frozenset({"crlf", "lf"})
_TEXTS: Final = ("name", "item", "layout", "version", "ja", "en", "source", "encoding", "newline", "pattern", "form")
_KINDS: Final[Kinds] = {
    **dict.fromkeys((*_TEXTS, "note", "filename"), str),
    **dict.fromkeys(("no", "max", "min", "at_least", "at_most", "repeat", "from"), int),
    **dict.fromkeys(("required", "blank", "pad_last"), bool),
    "effective_from": date,
    "effective_until": (date, type(None)),
    "grace_until": (date, str, type(None)),
}
_WIDTHS: Final = {
    CheckKind.AT_LEAST: (2, 2),
    CheckKind.AT_MOST: (2, 2),
    CheckKind.SUM: (2, 200),
    CheckKind.TOGETHER: (2, 200),
    CheckKind.ANY_OF: (2, 200),
    CheckKind.DAY: (3, 3),
    CheckKind.ERA_DAY: (4, 4),
}
_MOST_REPEATS: Final = 99


def _pattern(text: str, place: str) -> None:
    """Is it a regular expression?

    Raises:
        RecordsError: It is none.

    """
    try:
        re.compile(text)
    except re.error as fault:
        message = f"{place}: 正規表現として読めません / not a regular expression ({fault})"
        raise RecordsError(message) from fault


def _field(data: Any, layout: str) -> Field:
    """One field, with nothing unknown in it.

    Raises:
        RecordsError: With the layout and the field.

    """
    values = dict(as_table(data, f"layout {layout}, a field", _KINDS))
    place = f"layout {layout}, field {values.get('name')}"
    try:
        values["header"] = str(values["header"])
        values["type"] = FieldType(values["type"])
        values["data_class"] = DataClass(values.pop("class", "none"))
        values["number"] = NumberForm(values["number"]) if "number" in values else None
        values["codes"] = as_texts(values.get("codes", []), f"{place}: codes")
        values["aliases"] = as_texts(values.get("aliases", []), f"{place}: aliases")
        field = Field(**values)
    except (TypeError, ValueError, KeyError) as fault:
        message = f"{place}: {told(fault)}"
        raise RecordsError(message) from fault
    if not 0 <= field.min <= field.max or (field.type is FieldType.CODE) != bool(field.codes):
        message = f"{place}: min・max・codes の値が型に合いません / min, max or codes do not fit"
        raise RecordsError(message)
    if field.pattern and not field.form:
        message = f"{place}: pattern には言葉での説明 form が要ります / a pattern needs its form in words"
        raise RecordsError(message)
    _pattern(field.pattern, place)
    return field


def _numbered(data: Any, number: int) -> Any:
    """The same data with {n} filled in."""
    if isinstance(data, dict):
        return {key: _numbered(value, number) for key, value in data.items()}
    if isinstance(data, list):
        return [_numbered(value, number) for value in data]
    return data.replace("{n}", str(number)) if isinstance(data, str) else data


def _spread_group(group: dict[str, Any], layout: str) -> tuple[list[Any], list[Any]]:
    """A group of fields that repeats: all its fields and checks, numbered.

    Raises:
        RecordsError: The group holds something unknown, or nothing.

    """
    place = f"layout {layout}, a group that repeats"
    table = as_table(group, place, _KINDS)
    times, fields, checks = table["repeat"], table.get("fields"), table.get("checks", [])
    strangers = set(table) - {"repeat", "no", "from", "fields", "checks"}
    if strangers or not isinstance(fields, list) or not isinstance(checks, list) or not 1 <= times <= _MOST_REPEATS:
        message = (
            f"{place}: repeat・fields・checks が合いません"
            f" / repeat, fields or checks do not fit {', '.join(sorted(strangers))}"
        )
        raise RecordsError(message)
    first = table.get("from", 1)  # the first of a group may stand before it, because only that one is required
    numbers = range(first, first + times)
    spread = [_numbered(field, number) for number in numbers for field in fields]
    if "no" in table:
        spread = [{**each, "no": table["no"] + place} for place, each in enumerate(spread)]
    return spread, [_numbered(check, number) for number in numbers for check in checks]


def _spread(rows: Any, layout: str) -> tuple[list[Any], list[Any]]:
    """Every field in order, and the checks of the groups among them."""
    fields: list[Any] = []
    checks: list[Any] = []
    for row in rows if isinstance(rows, list) else []:
        if isinstance(row, dict) and "repeat" in row:
            more, its = _spread_group(row, layout)
            fields, checks = fields + more, checks + its
        else:
            fields.append(row)
    return fields, checks


def _check(data: Any, layout: str) -> LayoutCheck:
    """One check over several fields.

    Raises:
        RecordsError: With the layout.

    """
    place = f"layout {layout}, a check"
    values = dict(as_table(data, place, _KINDS))
    try:
        values["check"] = CheckKind(values["check"])
        values["fields"] = as_texts(values["fields"], f"{place}: fields")
        if "when" in values:
            when = dict(as_table(values["when"], f"{place}: when", {"field": str}))
            when["codes"] = as_texts(when.get("codes", []), f"{place}: when: codes")
            values["when"] = When(**when)
        check = LayoutCheck(**values)
    except (TypeError, ValueError, KeyError) as fault:
        message = f"{place}: {told(fault)}"
        raise RecordsError(message) from fault
    least, most = _WIDTHS.get(check.check, (1, 200))
    conditional = check.check in {CheckKind.REQUIRED_IF, CheckKind.BLANK_IF}
    if not least <= len(check.fields) <= most or (conditional and check.when is None):
        message = (
            f"{place}: {check.check} に要る項目か条件がありません / it lacks the fields or the condition that it needs"
        )
        raise RecordsError(message)
    return check


def _golden(rows: Any, layout: str) -> tuple[Golden, ...]:
    """The golden records: each as it is, or as a change of the first.

    Raises:
        RecordsError: With the layout.

    """
    place, golden = f"layout {layout}, golden", []
    first: dict[str, str] = {}
    for row in rows if isinstance(rows, list) else [None]:
        table = as_table(row, place, {})
        strangers = set(table) - {"values", "change", "faults"}
        if strangers or ("values" in table) == ("change" in table):
            message = (
                f"{place}: 見本には values か change の一方と faults を書きます"
                " / a record has either values or a change, and faults"
            )
            raise RecordsError(message)
        values = {**({} if "values" in table else first), **dict(as_pairs(table.get("values", {}), place))}
        values |= dict(as_pairs(table.get("change", {}), place))
        first = first or values
        faults = as_pairs(table.get("faults", {}), place)
        golden.append(Golden(values=tuple(values.items()), faults=faults))
    return tuple(golden)


def _check_positions(layout: Layout) -> None:
    """A layout that binds by position numbers its fields without a gap; one that binds by heading does not.

    Raises:
        RecordsError: With the first field out of place.

    """
    for place, field in enumerate(layout.fields, start=1):
        if field.no != (0 if layout.header else place):
            message = (
                f"layout {layout.layout}: {place}番目の項目 {field.name} の番号が {field.no} です"
                f" / field {field.name} has number {field.no} at place {place}"
            )
            raise RecordsError(message)


def _check_names(layout: Layout) -> None:
    """Names and headings stand for one column each; checks and golden records name fields that exist.

    Raises:
        RecordsError: With what is wrong.

    """
    names = [each.name for each in layout.fields]
    headings = [name for each in layout.fields for name in (each.header, *each.aliases)]
    if doubled := twice(names) or twice(headings):
        message = f"layout {layout.layout}: {', '.join(doubled)} が2回あります / stands twice"
        raise RecordsError(message)
    asked = {name for each in layout.checks for name in (*each.fields, *([each.when.field] if each.when else []))}
    asked |= {name for each in layout.golden for name, _ in (*each.values, *each.faults) if name}
    if strangers := sorted(asked - set(names)):
        message = f"layout {layout.layout}: 項目 {', '.join(strangers)} がありません / there is no field of this name"
        raise RecordsError(message)


def _check_frame(layout: Layout) -> None:
    """The frame holds known words, in an order that makes sense.

    Raises:
        RecordsError: With what is wrong.

    """
    if layout.encoding not in _ENCODINGS or layout.newline not in _NEWLINES or not layout.fields:
        message = (
            f"layout {layout.layout}: encoding・newline・fields が既知のものではありません"
            " / encoding, newline or fields are not known ones"
        )
        raise RecordsError(message)
    until = layout.effective_until
    if until is not None and until < layout.effective_from:
        message = f"layout {layout.layout}: 適用の終わりが始まりより前です / it ends before it begins"
        raise RecordsError(message)
    if layout.grace_until is not None and (until is None or layout.grace_until <= until):
        message = f"layout {layout.layout}: 猶予は適用の終わりより後の日です / grace follows the day on which it ends"
        raise RecordsError(message)
    _pattern(layout.filename, f"layout {layout.layout}, filename")


def _grace(value: Any) -> date | None:
    """Until when the version is still taken: a day, `open` for as long as nobody ends it, or not at all.

    Raises:
        ValueError: It is another word.

    """
    if isinstance(value, str) and value != "open":
        message = f"grace_until は日付・null・open のどれかです / grace_until is a day, null or open, not {value}"
        raise ValueError(message)
    return date.max if isinstance(value, str) else value


def parse_layout(text: str, origin: str = "shipped") -> Layout:
    """Read a layout; unknown keys, doubled names, unknown words and values of another kind are refused.

    `origin` says where it comes from: shipped with the product, or a municipality's own folder.

    Raises:
        RecordsError: With the place.

    """
    data = as_table(load_yaml(text, "layout"), "layout", {**_KINDS, "header": bool})
    name = str(data.get("layout", "?"))
    try:
        fields, checks = _spread(data["fields"], name)
        values = {
            **data,
            "confidence": Confidence(data["confidence"]),
            "fields": tuple(_field(each, name) for each in fields),
            "checks": tuple(_check(each, name) for each in (*checks, *(data.get("checks") or []))),
            "quoting": Quoting(data.get("quoting", "any")),
            "golden": _golden(data.get("golden") or [], name),
            "grace_until": _grace(data.get("grace_until")),
            "origin": origin,
        }
        layout = Layout(**values)
    except (TypeError, ValueError, KeyError) as fault:
        message = f"layout {name}: {told(fault)}"
        raise RecordsError(message) from fault
    for check in (_check_frame, _check_positions, _check_names):
        check(layout)
    return layout
