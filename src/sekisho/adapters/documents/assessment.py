"""An assessment report as a document: the form (様式4, or its shorter ones) and the table of changes (別添3)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from sekisho.adapters.documents.spreadsheet import workbook
from sekisho.adapters.documents.typesetting import typeset
from sekisho.kernel.council import (
    Answer,
    AssessmentReport,
    Depth,
    FormItem,
    ItemKind,
    ReportChange,
    ReportForm,
    find_place,
)
from sekisho.records import write_wareki

TITLE: Final = "表紙.評価書名"
HEADER: Final = ("変更日", "項目", "変更前", "変更後", "提出時期", "提出時期に係る説明")
_NAMES: Final[Mapping[Depth, str]] = {
    Depth.BASIC: "特定個人情報保護評価書(基礎項目評価書)",
    Depth.KEY: "特定個人情報保護評価書(重点項目評価書)",
    Depth.ALL_ITEMS: "特定個人情報保護評価書(全項目評価書)",
}
_ASSUMED: Final = "(想定)と記した箇所は、公表された会議録にない、説明のための想定です。"
_DEEPEST_HEADING: Final = 3


def _lines(item: FormItem, value: Answer) -> list[str]:
    """An answer as it is read on the page."""
    if item.kind is ItemKind.DATE:
        return [write_wareki(date.fromisoformat(str(value)))]
    if isinstance(value, tuple):
        return [f"・{each}" for each in value]
    return str(value).splitlines() if isinstance(value, str) else [f"{value:,}"]


def _row(report: AssessmentReport, item: FormItem, key: str) -> dict[str, Any]:
    """One row of the form."""
    numbered = item.choices if item.kind is ItemKind.CHOICE else ()
    return {
        "number": key,
        "label": item.ja,
        "marked": item.material,
        "lines": _lines(item, report.values[key]),
        "choices": [f"{number}) {each}" for number, each in enumerate(numbered, 1)],
        "assumed": key in report.assumed,
    }


def _order(form: ReportForm, key: str) -> tuple[Any, ...]:
    """Where an answer stands on the page: by part, then by system, file or contract, then by item."""
    place = find_place(form, key)
    if place is None:
        return ()
    items = list(form.items)
    steps: list[tuple[int, int]] = []
    path = ""
    for name in place.item.split("."):
        path = f"{path}.{name}" if path else name
        if path in form.headings:
            first = next(number for number, item in enumerate(items) if f"{item}.".startswith(f"{path}."))
            steps.append((first, place.numbers.get(path, 1)))
    return (*steps, (items.index(place.item), 0))


def _headings_of(form: ReportForm, key: str) -> Iterator[tuple[str, str]]:
    """The headings above an answer, with the number of the part if it is one of several."""
    path, written = "", ""
    for step in key.split("."):
        name = step.partition("[")[0]
        path, written = (f"{path}.{name}", f"{written}.{step}") if path else (name, step)
        if path in form.headings:
            number = step.partition("[")[2].rstrip("]")
            label = path if path not in form.groups else name
            yield written, f"{label}  {form.headings[path]}{f' {number}' if number else ''}"


def _parts(form: ReportForm, report: AssessmentReport, depth: Depth) -> Iterator[dict[str, Any]]:
    """The parts of the form, each with its rows, headings before their first row."""
    shown: set[str] = set()
    for key in sorted(report.values, key=lambda each: _order(form, each)):
        place = find_place(form, key)
        if place is None or form.items[place.item].depth > depth:
            continue
        for level, (heading, title) in enumerate(_headings_of(form, key), 1):
            if heading not in shown:
                shown.add(heading)
                yield {"level": min(level, _DEEPEST_HEADING), "title": title, "rows": []}
        yield {"level": 0, "title": "", "rows": [_row(report, form.items[place.item], key)]}


def _joined(parts: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows that follow each other under one heading, as one table."""
    joined: list[dict[str, Any]] = []
    for part in parts:
        if part["level"] == 0 and joined:
            joined[-1]["rows"].extend(part["rows"])
        else:
            joined.append(part)
    return joined


def report_parts(form: ReportForm, report: AssessmentReport) -> list[dict[str, Any]]:
    """The parts of a report as every reader sees them: a heading with its level, and rows of answers."""
    return _joined(_parts(form, report, report.depth))


def shown_answer(form: ReportForm, key: str, value: Answer | None) -> str:
    """A value in the table of changes."""
    place = find_place(form, key)
    if value is None or place is None:
        return "(なし)"
    return "\n".join(_lines(form.items[place.item], value))


def change_rows(form: ReportForm, changes: Iterable[ReportChange]) -> list[list[str]]:
    """The rows of 別添3 as texts."""
    return [
        [
            write_wareki(date.fromisoformat(each.changed_on)),
            f"{each.place} {each.label}",
            shown_answer(form, each.place, each.before),
            shown_answer(form, each.place, each.after),
            str(each.filed),
            each.explanation,
        ]
        for each in changes
    ]


def _ended(report: AssessmentReport, ended_on: date) -> AssessmentReport:
    """The report with the day of its end after its name."""
    title = f"{report.values.get(TITLE, report.report)}【{write_wareki(ended_on)}終了】"
    return replace(report, values={**report.values, TITLE: title})


def assessment_pdf(
    form: ReportForm,
    report: AssessmentReport,
    *,
    depth: Depth | None = None,
    changes: Iterable[ReportChange] | None = None,
    ended_on: date | None = None,
) -> bytes:
    """The report as PDF, as deep as it is or less deep, with the table of changes if there is an older version.

    After the affair has ended its name is followed by the day (指針: published at least three more years).
    """
    deep = report.depth if depth is None else min(depth, report.depth)
    marked = report if ended_on is None else _ended(report, ended_on)
    agency, title = (str(marked.values.get(key, "")) for key in ("表紙.評価実施機関名", TITLE))
    table = (
        None if changes is None else {"title": "別添3  変更箇所", "header": HEADER, "rows": change_rows(form, changes)}
    )
    data = {
        "title": title or report.report,
        "author": agency,
        "footer": f"{title or report.report} 第{report.version}版",
        "form": _NAMES.get(deep, form.ja),
        "version": f"{form.source}({form.version})",
        "assumed_note": _ASSUMED if report.assumed else "",
        "parts": _joined(_parts(form, marked, deep)),
        "changes": table,
    }
    return typeset("assessment", data, report.changed_on)


def changes_workbook(form: ReportForm, changes: Iterable[ReportChange]) -> bytes:
    """The table of changes as a workbook (.xlsx)."""
    return workbook("変更箇所", HEADER, change_rows(form, changes))
