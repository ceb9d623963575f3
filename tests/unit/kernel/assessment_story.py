"""The assessment of resident tax, complete in every item, for the tests of reports; and ways to change one answer."""

from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

from sekisho.adapters.assessments import shipped_form, shipped_report, shipped_text
from sekisho.kernel.council import Answer, AssessmentReport, FormItem, ItemKind, ReportForm
from sekisho.records.strict_yaml import load_yaml

FORM: ReportForm = shipped_form()
BEFORE: AssessmentReport = shipped_report("resident_tax_1")
AFTER: AssessmentReport = shipped_report("resident_tax_2")
NEXT_YEAR = date(2020, 12, 1)


def form_data() -> Any:
    """The form as plain data, to be spoilt."""
    return load_yaml(shipped_text("form_4"), "form_4")


def report_data() -> Any:
    """The second version as plain data, to be spoilt."""
    return load_yaml(shipped_text("resident_tax_2"), "resident_tax_2")


def without(report: AssessmentReport, *keys: str) -> AssessmentReport:
    """The report without these answers."""
    return replace(report, values=MappingProxyType({k: v for k, v in report.values.items() if k not in keys}))


def answering(report: AssessmentReport, values: dict[str, Answer]) -> AssessmentReport:
    """The report with these answers."""
    return replace(report, values=MappingProxyType({**report.values, **values}))


def next_version(report: AssessmentReport, values: dict[str, Answer]) -> AssessmentReport:
    """The next version, in which these answers are others."""
    return replace(answering(report, values), version=report.version + 1, changed_on=NEXT_YEAR)


def another(item: FormItem, value: Answer) -> Answer:
    """Another answer to an item."""
    match item.kind:
        case ItemKind.CHOICE:
            return next(each for each in item.choices if each != value)
        case ItemKind.CHOICES:
            return item.choices if value != item.choices else item.choices[:1]
        case ItemKind.COUNT:
            return int(str(value)) + 1
        case ItemKind.DATE:
            return "1999-12-31"
        case ItemKind.TEXT:
            return f"{value} 改める"
