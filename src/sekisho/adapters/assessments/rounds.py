"""Assessments that are made anew every five years, as a file: whose, what they cover, their answers and steps."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from sekisho.adapters.assessments import shipped_form, shipped_text
from sekisho.kernel import ReasonCode, Refused, because
from sekisho.kernel.council import AssessmentReport, Role, report_from_data
from sekisho.records.strict_yaml import load_yaml

COUNTED_ON: Final = "しきい値.時点"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundStep:
    """One step of a round: what is done, in which role, how many days after the round begins."""

    act: str
    role: Role
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundsFile:
    """One assessment: its names, its people by their roles, its threshold, its answers, its first day, its steps."""

    assessment: str
    ja: str
    en: str
    connections: tuple[str, ...]
    subjects: int
    handlers: int
    serious_incident: bool
    begins_on: date
    people: Mapping[Role, str]
    answers: Mapping[str, Any]
    steps: tuple[RoundStep, ...]

    def report_on(self, day: date) -> AssessmentReport:
        """The report as it is handed in in the round that begins on a day; every answer is assumed.

        Raises:
            Refused: Something is no item of the form or no answer to it; with every place.

        """
        form = shipped_form()
        data = {
            "report": self.assessment,
            "version": 1,
            "form": f"{form.form} {form.version}",
            "depth": "basic",
            "stage": "drafted",
            "changed_on": day.isoformat(),
            "assumed": {**self.answers, COUNTED_ON: day.isoformat()},
        }
        return report_from_data(form, data)


def _rounds(data: Mapping[str, Any], row: Mapping[str, Any]) -> RoundsFile:
    """One assessment of the file, with the answers and the steps that it shares with the others."""
    return RoundsFile(
        **{
            **row,
            "connections": tuple(row["connections"]),
            "people": MappingProxyType({Role(role): person for role, person in row["people"].items()}),
            "answers": MappingProxyType({**data["answers"], **row["answers"]}),
            "steps": tuple(RoundStep(**{**each, "role": Role(each["role"])}) for each in data["steps"]),
        }
    )


def read_rounds(text: str, name: str) -> tuple[RoundsFile, ...]:
    """The assessments of a file.

    Raises:
        RecordsError: It is not YAML.
        Refused: A part is missing or unknown; with the place.

    """
    data = load_yaml(text, name)
    try:
        return tuple(_rounds(data, row) for row in data["assessments"])
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        what = f"{type(fault).__name__}: {fault}"
        raise Refused([because(ReasonCode.INPUT_NOT_UNDERSTOOD, where=name, what=what)]) from fault


def shipped_rounds() -> tuple[RoundsFile, ...]:
    """The assessments that consultations 57, 58 and 60 speak of; what they say is made up."""
    return read_rounds(shipped_text("courses_r1_3"), "courses_r1_3.yaml")
