"""Writing a report (評価書の記載): one way to write it down, its digest, and answers typed at a desk.

What the procedure itself brings (days of comment, check and publication) is written by the procedure, not by hand.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from sekisho.kernel.council.assessment.consistency import CLOSED, OPENED, SHORTENED
from sekisho.kernel.council.assessment.course import PublicComment, ThirdPartyCheck
from sekisho.kernel.council.assessment.form import ItemKind, ReportForm, Stage
from sekisho.kernel.council.assessment.places import find_place
from sekisho.kernel.council.assessment.report import Answer, AssessmentReport, report_from_data
from sekisho.kernel.evidence import canonical_bytes

CHECKED_ON: Final = "Ⅵ.3.①"
CHECK_RESULT: Final = "Ⅵ.3.③"
PUBLISHED_ON: Final = "表紙.公表日"


def report_to_data(report: AssessmentReport) -> Mapping[str, Any]:
    """The report as plain data; what is assumed stands apart from what is said."""
    plain = {key: list(value) if isinstance(value, tuple) else value for key, value in report.values.items()}
    return {
        "report": report.report,
        "version": report.version,
        "form": report.form,
        "depth": report.depth.word,
        "stage": report.stage.word,
        "changed_on": report.changed_on.isoformat(),
        "values": {key: value for key, value in plain.items() if key not in report.assumed},
        "assumed": {key: value for key, value in plain.items() if key in report.assumed},
    }


def canonical_report(report: AssessmentReport) -> bytes:
    """The bytes that are frozen when a report is laid before somebody."""
    return canonical_bytes(report_to_data(report))


def digest_of_report(report: AssessmentReport) -> str:
    """SHA-256 of the frozen bytes, in hexadecimal."""
    return hashlib.sha256(canonical_report(report)).hexdigest()


def _typed(form: ReportForm, key: str, text: str) -> object:
    """What was typed, as data of the kind of its item; several choices stand on lines of their own."""
    place = find_place(form, key)
    kind = None if place is None else form.items[place.item].kind
    if kind is ItemKind.CHOICES:
        return [line.strip() for line in text.splitlines() if line.strip()]
    if kind is ItemKind.COUNT:
        return int(text) if text.strip().isdecimal() else text
    return text.strip()


def rewrite_report(
    form: ReportForm, report: AssessmentReport, typed: Mapping[str, str], changed_on: date
) -> AssessmentReport:
    """The report with these answers, typed at a desk; an empty one takes the answer away. What is typed is said.

    Raises:
        Refused: One is no item of the form, or no answer to it; with every place.

    """
    data = dict(report_to_data(report))
    said, assumed = dict(data["values"]), dict(data["assumed"])
    for key, text in typed.items():
        assumed.pop(key, None)
        said.pop(key, None)
        if text.strip():
            said[key] = _typed(form, key, text)
    fresh = {**data, "values": said, "assumed": assumed, "changed_on": changed_on.isoformat()}
    return report_from_data(form, fresh)


def _with(form: ReportForm, report: AssessmentReport, facts: Mapping[str, Answer], stage: Stage) -> AssessmentReport:
    """The report at this stage with what the procedure brought, as far as its form asks for it."""
    asked = {key: value for key, value in facts.items() if value != "" and find_place(form, key) is not None}
    return replace(
        report,
        stage=max(stage, report.stage),
        values=MappingProxyType({**report.values, **asked}),
        assumed=report.assumed - {key for key in asked if report.values.get(key) != asked[key]},
    )


def write_comment(form: ReportForm, report: AssessmentReport, comment: PublicComment) -> AssessmentReport:
    """The report with the days of its public comment, and why they are fewer than thirty if they are."""
    facts = {OPENED: comment.opens_on.isoformat(), CLOSED: comment.closes_on.isoformat()}
    return _with(form, report, {**facts, SHORTENED: comment.shortened_because.strip()}, Stage.COMMENTED)


def write_check(form: ReportForm, report: AssessmentReport, check: ThirdPartyCheck) -> AssessmentReport:
    """The report with the day of its third-party check, and the opinion."""
    facts = {CHECKED_ON: check.held_on.isoformat(), CHECK_RESULT: check.opinion.strip()}
    return _with(form, report, facts, Stage.CHECKED)


def write_publication(form: ReportForm, report: AssessmentReport, day: date) -> AssessmentReport:
    """The report with the day on which it is published."""
    return _with(form, report, {PUBLISHED_ON: day.isoformat()}, Stage.PUBLISHED)


def next_report(report: AssessmentReport, changed_on: date) -> AssessmentReport:
    """The next version, to be written: the same answers, but that its procedure lies ahead."""
    return replace(report, version=report.version + 1, stage=Stage.DRAFTED, changed_on=changed_on)
