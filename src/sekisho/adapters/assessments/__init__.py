"""Assessment reports and their form as files, read strictly into the kernel's words."""

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from sekisho.kernel.council import AssessmentReport, ReportForm, form_from_data, report_from_data
from sekisho.records import RecordsError
from sekisho.records.strict_yaml import load_yaml

LARGEST_REPORT: Final = 4 << 20


def shipped_text(name: str) -> str:
    """The text of one shipped file."""
    return files(__package__).joinpath(f"{name}.yaml").read_text(encoding="utf-8")


@cache
def shipped_form() -> ReportForm:
    """The all-items form (様式4) as it ships with the product."""
    return form_from_data(load_yaml(shipped_text("form_4"), "form_4.yaml"))


def read_report(text: str, name: str, form: ReportForm | None = None) -> AssessmentReport:
    """One version of a report from its text.

    Raises:
        RecordsError: It is not YAML, or a key stands twice; with the name of the file.
        Refused: Something in it is no item of the form, or no answer to it; with every place.

    """
    try:
        data = load_yaml(text, name)
    except RecordsError as fault:
        message = f"{name}: {fault}"
        raise RecordsError(message) from fault
    return report_from_data(shipped_form() if form is None else form, data)


def read_report_file(file: Path) -> AssessmentReport:
    """One version of a report from a file.

    Raises:
        RecordsError: It is too large, not UTF-8 or not YAML; with the name of the file.
        Refused: Something in it is no item of the form, or no answer to it; with every place.

    """
    body = file.read_bytes()
    if len(body) > LARGEST_REPORT:
        message = f"{file.name}: 大きすぎます / larger than a report can be"
        raise RecordsError(message)
    try:
        return read_report(body.decode("utf-8-sig"), file.name)
    except UnicodeDecodeError as fault:
        message = f"{file.name}: UTF-8 ではありません({fault.start} バイト目) / not UTF-8 at byte {fault.start}"
        raise RecordsError(message) from fault


def shipped_report(name: str) -> AssessmentReport:
    """One version of a shipped report, such as `resident_tax_2`."""
    return read_report(shipped_text(name), f"{name}.yaml")
