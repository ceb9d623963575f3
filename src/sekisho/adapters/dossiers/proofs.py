"""What was handed in for the conditions of a meeting, as a file: which condition, what proves it, and on which day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any

from sekisho.kernel import ReasonCode, Refused, because
from sekisho.records.strict_yaml import load_yaml


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedIn:
    """A proof: for which condition, in which words, on which day; that of a recurring condition has none."""

    condition: str
    text: str
    on: date | None = None


def _handed_in(row: Mapping[str, Any]) -> HandedIn:
    """One proof of the file; the day is one or is left out.

    Raises:
        ValueError: The day is none, or nothing is written.

    """
    proof = HandedIn(**row)
    if not proof.text or not (proof.on is None or isinstance(proof.on, date)):
        message = f"{proof.condition}: {proof.on}"
        raise ValueError(message)
    return proof


def read_proofs(text: str) -> tuple[HandedIn, ...]:
    """The proofs of a file, in their order.

    Raises:
        RecordsError: It is not YAML.
        Refused: A part is missing or unknown; with the place.

    """
    data = load_yaml(text, "proofs")
    try:
        return tuple(_handed_in(row) for row in data["proofs"])
    except (KeyError, TypeError, ValueError) as fault:
        what = f"{type(fault).__name__}: {fault}"
        raise Refused([because(ReasonCode.INPUT_NOT_UNDERSTOOD, where="proofs", what=what)]) from fault


def shipped_proofs() -> tuple[HandedIn, ...]:
    """What was handed in for the meeting of November 2019; all of it is made up."""
    return read_proofs(files(__package__).joinpath("proofs_r1_3.yaml").read_text(encoding="utf-8"))
