"""Where each field of a dossier comes from: a turn of the minutes, the agenda, the result or the law; else assumed."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sekisho.kernel import ReasonCode, Refused, because

_SOURCE: Final = re.compile(r"(質疑|審議)([0-9]{1,3})|議題|審議結果|法令")
_PARTS: Final = {"質疑": "questions", "審議": "deliberation"}
_BRACKET: Final = re.compile(r".*\[([^\]]*)\]\.\w+")
# Ids, English labels and drawing marks say nothing of their own: they are no facts that somebody could have assumed.
_FORM: Final = re.compile(
    r".*\.(label_en|badge|connection|consultation|source|target|via\[.*\])|annex\.notes\[.*\.kind|"
    r"(title_en|tenant|agency|department)|chart\..*\.items\[.*",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """The source of each field that has one, and the paths of those that were assumed."""

    said: Mapping[str, str]
    assumed: tuple[str, ...]


def _is_form(path: str, value: object) -> bool:
    """Is it an id or a mark rather than a fact?"""
    bracket = _BRACKET.fullmatch(path)
    return bool(_FORM.fullmatch(path)) or (bracket is not None and bracket[1] == value)


def _matching(pattern: str, paths: Iterable[str]) -> list[str]:
    """The paths that a pattern names; `*` stands for anything between two dots."""
    wanted = re.compile(re.escape(pattern).replace(r"\*", "[^.]*"))
    return [path for path in paths if wanted.fullmatch(path)]


def _check_source(source: str, turns: list[Mapping[str, Any]]) -> None:
    """Is there such a turn, or is it another kind of source?

    Raises:
        ValueError: There is not.

    """
    found = _SOURCE.fullmatch(source)
    count = sum(each["part"] == _PARTS[found[1]] for each in turns) if found and found[1] else 0
    if found is None or (found[2] and not 1 <= int(found[2]) <= count):
        message = f"no such source: {source}"
        raise ValueError(message)


def read_sources(
    data: Mapping[str, str], facts: Mapping[str, str | int | bool], turns: Iterable[Mapping[str, Any]]
) -> Sources:
    """Which minute says which field; every other field is assumed.

    Raises:
        Refused: A line names no field.
        ValueError: A line names a turn that was never taken.

    """
    held, said = list(turns), dict[str, str]()
    for pattern, source in data.items():
        _check_source(source, held)
        matching = _matching(pattern, facts)
        if not matching:
            raise Refused([because(ReasonCode.NOT_FOUND, what=pattern)])
        said |= dict.fromkeys(matching, source)
    assumed = tuple(path for path, value in facts.items() if path not in said and not _is_form(path, value))
    return Sources(said=said, assumed=assumed)
