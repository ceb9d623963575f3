"""What can leave a room of the gate: an outcome that says why not, or a fault. Nothing else.

A refusal is an answer, not an accident: it carries every reason at once, each in Japanese and English, with the
next thing to do. Reasons hold ids, codes and counts; they never hold personal data.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from sekisho.kernel.errors.actions import next_action
from sekisho.kernel.errors.codes import ReasonCode
from sekisho.kernel.errors.sentences import SENTENCES

__all__ = [
    "Reason",
    "ReasonCode",
    "Refused",
    "SekishoError",
    "because",
    "reason_from_data",
]


class SekishoError(Exception):
    """Something is broken on our side or in the world; the parcel stays where it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One reason why something does not cross: a code and the facts that its sentence names."""

    code: ReasonCode
    facts: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Keep the facts from being changed afterwards, and fail at once if the sentence lacks one."""
        object.__setattr__(self, "facts", MappingProxyType(dict(self.facts)))
        SENTENCES[self.code][0].format(**self.facts)

    @property
    def ja(self) -> str:
        """The reason as an officer reads it."""
        return SENTENCES[self.code][0].format(**self.facts)

    @property
    def en(self) -> str:
        """The same in English."""
        return SENTENCES[self.code][1].format(**self.facts)

    @property
    def next_ja(self) -> str:
        """What to do next, in Japanese."""
        return next_action(self.code)[0]

    @property
    def next_en(self) -> str:
        """What to do next, in English."""
        return next_action(self.code)[1]

    def as_data(self) -> dict[str, object]:
        """The reason as it is written into the ledger: code and facts, no sentences."""
        return {"code": str(self.code), "facts": dict(self.facts)}


def because(code: ReasonCode, /, **facts: object) -> Reason:
    """Make a reason; every fact is an id, a label of an item, a count or a date."""
    return Reason(code=code, facts={name: str(value) for name, value in facts.items()})


def reason_from_data(data: Mapping[str, object]) -> Reason:
    """Read a reason back from a ledger entry.

    Raises:
        SekishoError: The entry names a code or facts that this version does not know.

    """
    facts = data.get("facts", {})
    if not isinstance(facts, Mapping):
        message = "a reason's facts are not a table"
        raise SekishoError(message)
    try:
        return because(ReasonCode(str(data["code"])), **facts)
    except (KeyError, ValueError) as fault:
        message = f"unknown reason in the ledger: {data.get('code')}"
        raise SekishoError(message) from fault


class Refused(Exception):
    """The answer is no, with every reason at once."""

    def __init__(self, reasons: Iterable[Reason]) -> None:
        """Keep all reasons, in the order in which they were found."""
        self.reasons: tuple[Reason, ...] = tuple(reasons)
        if not self.reasons:
            message = "a refusal needs a reason"
            raise SekishoError(message)
        super().__init__("; ".join(str(reason.code) for reason in self.reasons))
