"""What one line of an egress log says: somebody reached for something, nothing of traffic, or nothing readable."""

from dataclasses import dataclass
from datetime import timedelta, timezone
from enum import StrEnum
from typing import Final, NamedTuple

from sekisho.business.connection_survey.hosts import Destination

OFFICE: Final = timezone(timedelta(hours=9))
"""The days of a survey are the office's."""


class Unread(StrEnum):
    """Why a line could not be read."""

    TOO_LONG = "too_long"
    CHARACTERS = "characters"
    SHAPE = "shape"
    TIME = "time"
    SOURCE = "source"
    DESTINATION = "destination"
    NUMBER = "number"


class NoTraffic(StrEnum):
    """Why a line says nothing of traffic, though it is a good line."""

    NO_REQUEST = "no_request"
    HEADING = "heading"
    REMARK = "remark"


class Seen(NamedTuple):
    """One line of traffic. Up is what left us, down what came in; -1 where the log does not say."""

    second: int
    source: str
    destination: Destination
    up: int
    down: int
    refused: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where traffic came from, as far as our inventory of networks knows: a department, the gate, or nobody's."""

    name: str
    department: str = ""
    gate: bool = False
