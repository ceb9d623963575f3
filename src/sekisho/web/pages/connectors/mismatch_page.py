"""S-356 見出しの割当て: how a portal's file differs from the layout, and what an officer says each column is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.http import QueryDict

from sekisho.adapters.database.queries_connectors import WaitingRun
from sekisho.web.components.facts import Choice
from sekisho.web.components.portals import portal_words
from sekisho.web.words import Words

_FIELD: Final = "field-"


@dataclass(frozen=True, slots=True)
class Tried:
    """What an officer chose, and what is wrong with it."""

    mapping: Mapping[str, str]
    unused: Sequence[str]
    fault: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingLine:
    """A field for which the file has no column, and the new headings that it could be."""

    name: str
    heading: str
    required: bool
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MismatchPage:
    """Everything on S-356."""

    run: int
    connector: str
    portal: Words
    layout: str
    version: str
    fingerprint: str
    missing: tuple[MissingLine, ...]
    unknown: tuple[Choice, ...]
    surplus: tuple[str, ...]
    faults: tuple[str, ...]


def _choices(unknown: Sequence[str], fits: str) -> tuple[Choice, ...]:
    """The new headings, with the one chosen that fits."""
    nothing = Choice(value="", words=Words("選んでください", "Choose"), chosen=not fits)
    return (nothing, *(Choice(value=each, words=each, chosen=each == fits) for each in unknown))


def mismatch_page(run: WaitingRun, tried: Tried | None = None) -> MismatchPage:
    """S-356 from the difference that the run met, and from what was chosen if that did not fit."""
    detail = run.detail
    chosen, unknown = tried.mapping if tried else detail["guesses"], tuple(detail["unknown"])
    unused = tried.unused if tried else ()
    return MismatchPage(
        run=run.run,
        connector=run.connector,
        portal=portal_words(run.portal),
        layout=detail["layout"],
        version=detail["version"],
        fingerprint=detail["fingerprint"],
        missing=tuple(
            MissingLine(
                name=f"{_FIELD}{field}",
                heading=heading,
                required=bool(required),
                choices=_choices(unknown, chosen.get(field, "")),
            )
            for field, heading, required in detail["missing"]
        ),
        unknown=tuple(Choice(value=each, words=each, chosen=each in unused) for each in unknown),
        surplus=tuple(detail["surplus"]),
        faults=(tried.fault,) if tried else (),
    )


def read_mapping(form: QueryDict, detail: Mapping[str, Sequence[Sequence[str]]]) -> tuple[dict[str, str], list[str]]:
    """What the officer chose: field -> heading, and the new headings that nothing was mapped to."""
    chosen = {field: form.get(f"{_FIELD}{field}", "") for field, *_ in detail["missing"]}
    mapping = {field: heading for field, heading in chosen.items() if heading}
    unused = form.getlist("unused")
    return mapping, [str(each) for each in unused if each not in mapping.values()]
