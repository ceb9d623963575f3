"""The papers on S-210: every field of the dossier and its annex, with its source, or marked as assumed (想定)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sekisho.adapters.assessments import shipped_form
from sekisho.adapters.dossiers.papers import Papers
from sekisho.adapters.dossiers.sources import Sources
from sekisho.kernel import Chart
from sekisho.kernel.council import ASSESSMENT_CHECK, entrusted_answers
from sekisho.web.pages.council.papers_words import ENTRUSTED_WORDS, FIELD_WORDS, SECTION_WORDS, VALUE_WORDS
from sekisho.web.words import Words

_LISTED = re.compile(r"(?:chart|annex)?\.?([a-z_]+)\[([^\]]*)\]\.(.*)")
_INNER = re.compile(r"([a-z_]+)(?:\[([^\]]*)\])?(?:\.([a-z_]+)(?:\[[^\]]*\])?)?")
# What members asked about most lies open; the long sheets open with a click, and all of them on paper.
_OPENED = frozenset({"front", "terms", "notes", "conditions", "trade_offs", "assessment"})
# Shown elsewhere on the page (labels, the matrix of items), or an id that says nothing to a reader.
_NOT_SHOWN = re.compile(
    r".*\.(label_en|badge|zone|source|target|via\[.*\]|item)|chart\..*\.items\[.*|"
    r"(title_ja|title_en|tenant|agency|department)|.*\.(retention\[[^\]]*\]\.place|safeguards\[[^\]]*\]\.safeguard)|"
    r".*\.safeguards\[[^\]]*\]\.kind|annex\.conditions\[[^\]]*\]\.consultation",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperLine:
    """One field: its path, name and value, and the turn that says it; without one it is assumed."""

    path: str
    name: Words
    value: str
    source: str
    assumed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperSection:
    """The fields of one thing: the front page, a network, a sheet, a contractor, a note."""

    title: Words
    lines: tuple[PaperLine, ...]
    opened: bool
    assumed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PutToCouncil:
    """Fields by their paths, what ids are called, where fields come from, and which stand elsewhere on the page."""

    facts: Mapping[str, str | int | bool]
    labels: Mapping[str, Words]
    sources: Sources
    hidden: re.Pattern[str]


def chart_labels(chart: Chart) -> Mapping[str, Words]:
    """What the ids of the chart are called."""
    found = {each.network: Words(each.label_ja, each.label_en) for each in chart.networks}
    found |= {each.computer: Words(each.label_ja, each.label_en) for each in chart.computers}
    arrows = chart.connections
    found |= {
        each.connection: Words(f"{each.badge} {each.label_ja}", f"{each.badge} {each.label_en}") for each in arrows
    }
    return found | {item.item: Words(item.ja, item.en) for arrow in arrows for item in arrow.items}


def _place(path: str) -> tuple[str, str, str]:
    """Section, thing and field of a path: `annex.networks[lgwan].carrier` is (networks, lgwan, carrier)."""
    listed = _LISTED.fullmatch(path)
    return (listed[1], listed[2], listed[3]) if listed else ("front", "", path.rpartition(".")[2])


def _name(section: str, field: str, labels: Mapping[str, Words]) -> Words:
    """What a field is called; the field of something inside a sheet names that too."""
    found = _INNER.fullmatch(field)
    if found is None:
        return Words(field, field)
    named = found[3] or found[1]
    words = FIELD_WORDS.get(f"{section}.{named}") or FIELD_WORDS.get(named, Words(field, field))
    if found[2] is None or found[3] is None:
        return words
    inner = labels.get(found[2])
    return Words(f"{inner.ja}: {words.ja}", f"{inner.en}: {words.en}") if inner else words


def _value(field: str, value: object, labels: Mapping[str, Words]) -> str:
    """A value as it is read: codes and ids in words, hours as days where they are many."""
    name = field.rpartition(".")[2].partition("[")[0]
    if (name, str(value)) in VALUE_WORDS:
        return str(VALUE_WORDS[name, str(value)])
    return str(labels.get(str(value), value))


def _title(section: str, thing: str, labels: Mapping[str, Words]) -> Words:
    """The heading of a section."""
    kind, label = SECTION_WORDS[section], labels.get(thing, Words(thing, thing))
    return Words(f"{kind.ja} {label.ja}".strip(), f"{kind.en} {label.en}".strip())


def _kind_of(lines: Iterable[PaperLine]) -> str:
    """Which kind of note or condition these lines are; nothing for everything else."""
    return next((line.value for line in lines if line.path.endswith("].kind")), "")


def _lines(put: PutToCouncil) -> Iterable[tuple[tuple[str, str], PaperLine]]:
    """Every field that is shown, under its section and thing."""
    assumed = frozenset(put.sources.assumed)
    for path, value in put.facts.items():
        section, thing, field = _place(path)
        plain = field.endswith(".individual_number") and not value
        if plain or put.hidden.fullmatch(path) or str(value) in {thing, "", "0"}:
            continue
        yield (
            (section, thing),
            PaperLine(
                path=path,
                name=_name(section, field, put.labels),
                value=_value(field, value, put.labels),
                source=put.sources.said.get(path, ""),
                assumed=path in assumed,
            ),
        )


def _entrusted(papers: Papers) -> Iterable[PaperLine]:
    """Section Ⅱ.4 of the assessment report, where that is put to the council; each answer has its field's source."""
    if papers.dossier.regime != ASSESSMENT_CHECK.regime:
        return
    assumed = frozenset(papers.sources.assumed)
    reviewed = [each.connection for each in papers.dossier.chart.under_review()]
    for place, answer in entrusted_answers(shipped_form(), papers.dossier, reviewed).items():
        words = ENTRUSTED_WORDS[answer.asks]
        number = "".join(re.findall(r"\[\d+\]", place))
        source = papers.sources.said.get(answer.follows_from, "")
        yield PaperLine(
            path=f"assessment.{place}",
            name=Words(f"{place} {words.ja}", f"II.4{number} {words.en}"),
            value=answer.value,
            source=source,
            assumed=answer.follows_from in assumed or not source,
        )


def sections_of(put: PutToCouncil, *more: tuple[tuple[str, str], PaperLine]) -> tuple[PaperSection, ...]:
    """Every field that is shown, thing by thing, in the order of SECTION_WORDS."""
    found = dict[tuple[str, str], list[PaperLine]]()
    for place, line in (*_lines(put), *more):
        found.setdefault(place, []).append(line)
    order = list(SECTION_WORDS)
    return tuple(
        PaperSection(
            title=_title(section, _kind_of(lines) or thing, put.labels),
            lines=tuple(lines),
            opened=section in _OPENED,
            assumed=sum(line.assumed for line in lines),
        )
        for (section, thing), lines in sorted(found.items(), key=lambda each: order.index(each[0][0]))
    )


def paper_sections(papers: Papers) -> tuple[PaperSection, ...]:
    """Everything that was put to the council in a consultation whose minutes are published."""
    people = {who: Words(*names) for who, names in papers.people.items()}
    put = PutToCouncil(
        facts=papers.facts(),
        labels={**chart_labels(papers.dossier.chart), **people},
        sources=papers.sources,
        hidden=_NOT_SHOWN,
    )
    return sections_of(put, *((("assessment", ""), line) for line in _entrusted(papers)))
