"""Every field of a dossier on its way, and every term of its permits: nothing that the vote approves goes unread."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from typing import Any, Final

from sekisho.adapters.database.council_papers import Paper
from sekisho.adapters.database.queries_authority import all_labels
from sekisho.adapters.database.queries_council import names_of
from sekisho.adapters.dossiers.sources import Sources
from sekisho.kernel.council import PermitTerms, flatten_dossier
from sekisho.web.components.dates import long_moment
from sekisho.web.components.layouts import name_layout
from sekisho.web.pages.council.papers_part import PaperSection, PutToCouncil, chart_labels, sections_of
from sekisho.web.words import Words

# The table of arrows has the badge, both ends and the way of each; labels in the reader's language stand for names.
_ELSEWHERE: Final = re.compile(
    r"tenant|title_en|.*\.(label_en|badge|source|target|via\[.*\]|ja|en|item)|"
    r".*\.safeguards\[[^\]]*\]\.safeguard|.*\.retention\[[^\]]*\]\.place",
)
_MOMENTS: Final = frozenset({"not_before", "not_after"})


def _moment(text: str) -> str:
    """A moment as it is read; what a draft has instead stays as it was written."""
    try:
        return long_moment(text)
    except ValueError:
        return text


def _read(name: str, value: object) -> str | int | bool:
    """One term as it is read: numbers with commas, moments as days."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return f"{value:,}"
    return _moment(str(value)) if name in _MOMENTS and value else str(value)


def _terms(terms: PermitTerms) -> Iterator[tuple[str, str | int | bool]]:
    """Every term of one permit by its path."""
    for name, value in asdict(terms).items():
        path = f"terms[{terms.connection}].{name}"
        if isinstance(value, tuple):
            yield from ((f"{path}[{each}]", _read(name, each)) for each in value)
        else:
            yield path, _read(name, value)


def _labels(paper: Paper, tenant: str) -> Mapping[str, Words]:
    """What ids are called: those of this chart before those of older ones; people, terminals, layouts."""
    known: dict[str, Any] = {**all_labels(tenant), **names_of(tenant)}
    layouts = {each: name_layout(each) for terms in paper.terms for each in terms.layouts}
    named = {key: Words(f"{each.ja}{each.mark.ja}", f"{each.en}{each.mark.en}") for key, each in layouts.items()}
    return {**{key: Words(*each) for key, each in known.items()}, **named, **chart_labels(paper.dossier.chart)}


def term_sections(paper: Paper, tenant: str) -> tuple[PaperSection, ...]:
    """The terms of each permit, as the vote approves them."""
    facts = {path: value for each in paper.terms for path, value in _terms(each)}
    sources = Sources(said={}, assumed=())
    return sections_of(PutToCouncil(facts=facts, labels=_labels(paper, tenant), sources=sources, hidden=_ELSEWHERE))


def whole_paper(paper: Paper, tenant: str) -> tuple[PaperSection, ...]:
    """Every field of the dossier, and the terms of its permits."""
    facts = flatten_dossier(replace(paper.dossier, assumed=()))
    facts |= {path: value for each in paper.terms for path, value in _terms(each)}
    put = PutToCouncil(
        facts=facts,
        labels=_labels(paper, tenant),
        sources=Sources(said={}, assumed=paper.dossier.assumed),
        hidden=_ELSEWHERE,
    )
    return sections_of(put)
