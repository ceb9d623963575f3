"""Caveats (制限): one sentence of the approval each, decided by a machine, with a permanent tag.

A caveat is data that can say why not. Rules of compatibility: a tag is never renamed or reused; a field may only be
appended, with a default; a new meaning is a new class with a new tag. An unknown tag refuses everything.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import ClassVar, Final, TypeVar

from sekisho.kernel.authority.passage import Findings, Passage
from sekisho.kernel.errors import Reason, ReasonCode, SekishoError, because

CAVEATS: Final[dict[int, type["Caveat"]]] = {}
Kind = TypeVar("Kind", bound="Caveat")


@dataclass(frozen=True, slots=True, kw_only=True)
class Caveat(ABC):
    """One sentence of an approval. Subclasses say why not; silence is consent."""

    tag: ClassVar[int] = 0
    at_entrance: ClassVar[bool] = True

    @abstractmethod
    def objections(self, passage: Passage) -> tuple[Reason, ...]:
        """Every reason why this crossing must not happen."""


class EntranceCaveat(Caveat):
    """A caveat that can be decided before a byte is taken; it has at most one reason."""

    __slots__ = ()

    @abstractmethod
    def objection(self, passage: Passage) -> Reason | None:
        """Why this crossing must not happen, or nothing."""

    def objections(self, passage: Passage) -> tuple[Reason, ...]:
        """The one reason, if there is one."""
        reason = self.objection(passage)
        return () if reason is None else (reason,)


class ContentCaveat(Caveat):
    """A caveat about what is in the parcel. Before inspection it objects: what was not looked at does not cross."""

    __slots__ = ()
    at_entrance: ClassVar[bool] = False

    def objections(self, passage: Passage) -> tuple[Reason, ...]:
        """Every reason against what was found."""
        if passage.found is None:
            return (because(ReasonCode.NOT_INSPECTED),)
        return self.against(passage.found)

    @abstractmethod
    def against(self, found: Findings) -> tuple[Reason, ...]:
        """Every reason against these findings."""


def register(kind: type[Kind]) -> type[Kind]:
    """Enter a caveat under its permanent tag."""
    if kind.tag in CAVEATS:
        message = f"tag {kind.tag} is taken"
        raise SekishoError(message)
    CAVEATS[kind.tag] = kind
    return kind


def caveat_to_data(caveat: Caveat) -> list[object]:
    """A caveat as it is stored and signed: its tag, then its fields in order."""
    values = (getattr(caveat, each.name) for each in fields(caveat))
    return [
        caveat.tag,
        *(list(value) if isinstance(value, tuple) else value for value in values),
    ]


def caveat_from_data(data: object) -> Caveat:
    """Read a caveat back; fields may be missing at the end only if they have a default.

    Raises:
        SekishoError: The tag or the fields are unknown to this version.

    """
    if not isinstance(data, list) or not data or not isinstance(data[0], int):
        message = "a caveat is a list that begins with its tag"
        raise SekishoError(message)
    kind = CAVEATS.get(data[0])
    if kind is None:
        message = f"unknown caveat tag {data[0]}"
        raise SekishoError(message)
    names = [each.name for each in fields(kind)]
    if len(data) - 1 > len(names):
        message = f"caveat {data[0]} has fields that this version does not know"
        raise SekishoError(message)
    values: Mapping[str, object] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in zip(names, data[1:], strict=False)
    }
    try:
        return kind(**values)
    except TypeError as fault:
        message = f"caveat {data[0]} lacks a field"
        raise SekishoError(message) from fault
