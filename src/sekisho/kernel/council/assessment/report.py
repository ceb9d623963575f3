"""An assessment report (評価書): one version of the answers to a form, each at its place. Read strictly.

Answers that nobody vouches for yet stand apart, as assumed, so that no reader takes them for said.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from sekisho.kernel.council.assessment.form import FormItem, ItemKind, ReportForm, Stage
from sekisho.kernel.council.assessment.places import find_place
from sekisho.kernel.council.assessment.threshold import Depth
from sekisho.kernel.errors import Reason, ReasonCode, Refused, because

Answer = str | int | tuple[str, ...]
_FRONT: Final = frozenset({"report", "version", "form", "depth", "stage", "changed_on"})
_TABLES: Final = frozenset({"values", "assumed"})
_LONGEST: Final = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentReport:
    """One version of a report: by which form, how deep, how far in the procedure, and its answers by place."""

    report: str
    version: int
    form: str
    depth: Depth
    stage: Stage
    changed_on: date
    values: Mapping[str, Answer]
    assumed: frozenset[str]


def _wrong(where: str, what: str) -> Reason:
    """One thing in a report that cannot be used."""
    return because(ReasonCode.FIELD_NOT_UNDERSTOOD, where=where, what=what)


def _one_choice(item: FormItem, value: Any) -> str | None:
    """An answer of the scale of its item."""
    return value if isinstance(value, str) and value in item.choices else None


def _many_choices(item: FormItem, value: Any) -> tuple[str, ...] | None:
    """Several answers of the scale, in the order of the form; none twice, at least one."""
    if not isinstance(value, list) or not value or len(set(map(str, value))) != len(value):
        return None
    return tuple(each for each in item.choices if each in value) if set(value) <= set(item.choices) else None


def _day(value: Any) -> str | None:
    """A day, as it is written in files."""
    try:
        return value.isoformat() if type(value) is date else date.fromisoformat(value).isoformat()
    except (TypeError, ValueError):
        return None


def _answer(item: FormItem, value: Any) -> Answer | None:
    """The answer, if it is one of its kind."""
    match item.kind:
        case ItemKind.CHOICE:
            return _one_choice(item, value)
        case ItemKind.CHOICES:
            return _many_choices(item, value)
        case ItemKind.COUNT:
            return value if type(value) is int and 0 <= value <= _LONGEST else None
        case ItemKind.DATE:
            return _day(value)
        case ItemKind.TEXT:
            return value.strip() if isinstance(value, str) and 0 < len(value.strip()) <= _LONGEST else None


def _answers(form: ReportForm, table: Mapping[Any, Any]) -> Iterator[tuple[str, Answer | Reason]]:
    """Every answer by its place, or why it is none."""
    for key, value in table.items():
        place = find_place(form, str(key))
        if place is None:
            yield str(key), _wrong(str(key), "様式にない項目です / the form has no such item")
            continue
        item = form.items[place.item]
        found = _answer(item, value)
        kind = "・".join(item.choices) or str(item.kind)
        yield str(key), found if found is not None else _wrong(str(key), f"書けるのは / it takes: {kind}")


def _word_faults(data: Mapping[Any, Any]) -> list[Reason]:
    """Version, day, depth and stage."""
    reasons = []
    if type(data["version"]) is not int or data["version"] < 1 or _day(data["changed_on"]) is None:
        reasons.append(_wrong("version, changed_on", "1以上の数と日付 / a number from 1, and a date"))
    for name, words in (("depth", _words(Depth)), ("stage", _words(Stage))):
        if str(data[name]) not in words:
            reasons.append(_wrong(name, f"{data[name]} ({', '.join(words)})"))
    return reasons


def _table_faults(data: Mapping[Any, Any]) -> list[Reason]:
    """The two tables of answers: what is said is not assumed as well."""
    said, assumed = (data.get(each, {}) for each in ("values", "assumed"))
    if not isinstance(said, Mapping) or not isinstance(assumed, Mapping):
        return [_wrong("values, assumed", "表ではありません / not tables")]
    return [_wrong(str(key), "両方にあります / both said and assumed") for key in said if key in assumed]


def _front_faults(form: ReportForm, data: Any) -> list[Reason]:
    """What is wrong before the answers."""
    if not isinstance(data, Mapping) or not _FRONT <= set(data) <= _FRONT | _TABLES:
        return [_wrong("report", ", ".join(sorted(_FRONT | _TABLES)))]
    named = f"{form.form} {form.version}"
    reasons = [] if data["form"] == named else [_wrong("form", f"{data['form']} ≠ {named}")]
    return [*reasons, *_word_faults(data), *_table_faults(data)]


def _words(kind: type[Depth] | type[Stage]) -> tuple[str, ...]:
    """The words of files for a depth or a stage."""
    return tuple(each.word for each in kind)


def report_from_data(form: ReportForm, data: Any) -> AssessmentReport:
    """Read one version of a report. What is not written is no fault here; that is asked by `missing_answers`.

    Raises:
        Refused: Something is no item of the form or no answer to it; with every place.

    """
    if reasons := _front_faults(form, data):
        raise Refused(reasons)
    assumed = data.get("assumed", {})
    found = dict(_answers(form, {**data.get("values", {}), **assumed}))
    if wrong := [each for each in found.values() if isinstance(each, Reason)]:
        raise Refused(wrong)
    values = {key: value for key, value in found.items() if not isinstance(value, Reason)}
    return AssessmentReport(
        report=str(data["report"]),
        version=data["version"],
        form=data["form"],
        depth=Depth[str(data["depth"]).upper()],
        stage=Stage[str(data["stage"]).upper()],
        changed_on=date.fromisoformat(str(data["changed_on"])),
        values=MappingProxyType(values),
        assumed=frozenset(map(str, assumed)),
    )
