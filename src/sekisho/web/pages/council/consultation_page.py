"""S-210 諮問: the map, the arrows, the data items, the minutes and the approval, as facts ready to be shown."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from sekisho.adapters.database.queries_rows import ConsultationRow, MinuteRow
from sekisho.kernel import Chart, Connection
from sekisho.kernel.council import Dossier
from sekisho.web.components.chips import APPROVED, IN_SCOPE, OUT_OF_SCOPE, Chip
from sekisho.web.components.dates import long_day
from sekisho.web.components.facts import Fact
from sekisho.web.components.vocabulary import (
    CHECKED_PARTS,
    DIRECTIONS,
    SAFEGUARDS,
    SPEAKERS,
    item_words,
    words_of,
)
from sekisho.web.flowmap import draw
from sekisho.web.pages.charting.words import CARRIAGES
from sekisho.web.pages.council.papers_part import PaperSection, paper_sections
from sekisho.web.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrowLine:
    """One arrow of the map in words."""

    badge: str
    label: Words
    route: str
    direction: Words
    carriage: Words
    number: bool
    ground: str
    chip: Chip
    permits: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeLine:
    """A network or a computer, and who answers for it."""

    label: Words
    owner: str
    installer: str
    operator: str
    place: str
    lines: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemLine:
    """A data item, with a mark for each arrow under review that carries it."""

    words: Words
    marks: tuple[bool, ...]
    use: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkLine:
    """One utterance."""

    role: str
    speaker: Words
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """Questions or deliberation."""

    title: Words
    lines: tuple[TalkLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StageDone:
    """A finished stage of the procedure."""

    name: Words
    more: Words | str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationPage:
    """Everything on S-210."""

    number: Words
    title: Words
    meeting: str
    steps: tuple[StageDone, ...]
    reconstructed: str
    map: SafeString
    arrows: tuple[ArrowLine, ...]
    nodes: tuple[NodeLine, ...]
    columns: tuple[Words, ...]
    matrix: tuple[ItemLine, ...]
    talks: tuple[Talk, ...]
    source: str
    result: Words
    approval: tuple[Fact, ...]
    safeguards: tuple[Fact, ...]
    papers: tuple[PaperSection, ...]


def route_in_words(chart: Chart, arrow: Connection) -> str:
    """The way of an arrow in words."""
    computers = {each.computer: Words(each.label_ja, each.label_en) for each in chart.computers}
    networks = {each.network: Words(each.label_ja, each.label_en) for each in chart.networks}
    stops = (computers[arrow.source], *(networks[each] for each in arrow.via), computers[arrow.target])
    return " → ".join(str(each) for each in stops)


def _carry_numbers(dossier: Dossier | None) -> frozenset[str]:
    """The arrows on which an Individual Number travels."""
    sheets = dossier.sheets if dossier else ()
    return frozenset(each.connection for each in sheets if any(use.individual_number for use in each.items))


def arrow_lines(chart: Chart, dossier: Dossier | None, issued: Iterable[tuple[str, str]] = ()) -> tuple[ArrowLine, ...]:
    """Every arrow; those under review first, as the council reads them."""
    ordered = sorted(chart.connections, key=lambda each: (not each.under_review, each.badge))
    permits, numbered = tuple(issued), _carry_numbers(dossier)
    return tuple(
        ArrowLine(
            badge=arrow.badge,
            label=Words(arrow.label_ja, arrow.label_en),
            route=route_in_words(chart, arrow),
            direction=words_of(DIRECTIONS, arrow.direction),
            carriage=words_of(CARRIAGES, arrow.carriage),
            number=arrow.connection in numbered,
            ground=arrow.legal_basis,
            chip=IN_SCOPE if arrow.under_review else OUT_OF_SCOPE,
            permits=tuple(_permit_fact(permit) for connection, permit in permits if connection == arrow.connection),
        )
        for arrow in ordered
    )


def _permit_fact(permit: str) -> Fact:
    """A permit by its number, with the way to it."""
    return Fact(name=Words("通行証", "Permit"), value=permit, url=reverse("permit", args=[permit]))


def node_lines(chart: Chart) -> Iterable[NodeLine]:
    """Networks first, then computers."""
    for network in chart.networks:
        yield NodeLine(
            label=Words(network.label_ja, network.label_en),
            owner=network.owner,
            installer=network.installer,
            operator=network.operator,
            place=network.closed,
            lines="、".join(filter(None, (network.fee_payer, network.carrier))),
        )
    for computer in chart.computers:
        yield NodeLine(
            label=Words(computer.label_ja, computer.label_en),
            owner=computer.owner,
            installer=computer.installer,
            operator=computer.operator,
            place=computer.place,
            lines="",
        )


def _matrix(arrows: tuple[Connection, ...]) -> tuple[ItemLine, ...]:
    """Every approved item in the order in which the dossier names it."""
    uses = {item.item: item.use for arrow in reversed(arrows) for item in reversed(arrow.items)}
    order = dict.fromkeys(item.item for arrow in arrows for item in arrow.items)
    carried = [{item.item for item in arrow.items} for arrow in arrows]
    return tuple(
        ItemLine(words=item_words(item), marks=tuple(item in each for each in carried), use=uses.get(item, ""))
        for item in order
    )


def _talks(minutes: tuple[MinuteRow, ...]) -> tuple[Talk, ...]:
    """Questions, then deliberation, as published."""
    titles = {"questions": Words("質疑", "Questions and answers"), "deliberation": Words("審議", "Deliberation")}
    talks = []
    for part, title in titles.items():
        lines = tuple(
            TalkLine(role=line.role, speaker=words_of(SPEAKERS, line.role), said=line.ja)
            for line in minutes
            if line.part == part
        )
        if lines:
            talks.append(Talk(title=title, lines=lines))
    return tuple(talks)


def _steps(row: ConsultationRow) -> tuple[StageDone, ...]:
    """The stages that lie behind."""
    questions = sum(line.part == "questions" and line.role == "member" for line in row.minutes)
    held = long_day(date.fromisoformat(row.held))
    return (
        StageDone(name=Words("起案", "Drafted"), more=Words(row.department_ja, row.department_en)),
        StageDone(name=Words("質疑", "Questions"), more=Words(f"{questions}問", f"{questions} asked")),
        StageDone(name=Words("審議", "Deliberated"), more=held),
        StageDone(name=Words("答申", "Report"), more=Words(row.result_ja, row.result_en)),
        StageDone(name=Words("通行証", "Permits"), more=Words(f"{len(row.permits)}枚", f"{len(row.permits)} issued")),
    )


def _approval(row: ConsultationRow) -> tuple[Fact, ...]:
    """When it was approved, and what came of it."""
    facts = [Fact(name=Words("答申", "Decided"), value=long_day(date.fromisoformat(row.decided)))]
    arrows = {each.connection: each for each in row.chart.connections}
    for connection, permit in row.permits:
        arrow = arrows[connection]
        name = Words(f"通行証（{arrow.badge}）", f"Permit ({arrow.badge})")
        facts.append(replace(_permit_fact(permit), name=name))
    return tuple(facts)


def consultation_page(row: ConsultationRow) -> ConsultationPage:
    """S-210 from the dossier."""
    reviewed = tuple(sorted(row.chart.under_review(), key=lambda each: each.badge))
    title = str(Words(f"{row.number} 接続の概要図", f"Consultation {row.consultation}: map of the connections"))
    meeting = Words(f"{row.meeting_ja}　{row.department_ja}", f"{row.meeting_en}, {row.department_en}")
    return ConsultationPage(
        number=Words(row.number, f"Consultation {row.consultation}"),
        title=Words(row.title_ja, row.title_en),
        meeting=f"{meeting}　{long_day(date.fromisoformat(row.held))}　{row.place}",
        steps=_steps(row),
        reconstructed=str(Words("、", ", ")).join(str(words_of(CHECKED_PARTS, part)) for part in row.reconstructed),
        map=mark_safe(draw(row.chart, title)),  # noqa: S308 - every text in the drawing is escaped where it is written
        arrows=arrow_lines(row.chart, row.papers.dossier if row.papers else None, row.permits),
        nodes=tuple(node_lines(row.chart)),
        columns=tuple(
            Words(f"{DIRECTIONS[each.direction].ja}（{each.badge}）", f"{DIRECTIONS[each.direction].en} ({each.badge})")
            for each in reviewed
        ),
        matrix=_matrix(reviewed),
        talks=_talks(row.minutes),
        source=row.source,
        result=Words(f"審議結果：{row.result_ja}", f"Outcome: {row.result_en}"),
        approval=_approval(row),
        safeguards=tuple(
            Fact(name=words_of(SAFEGUARDS, each.kind), value=Words(each.ja, each.en)) for each in row.safeguards
        ),
        papers=paper_sections(row.papers) if row.papers else (),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationLine:
    """A consultation in the list."""

    number: Words
    url: str
    title: Words
    meeting: Words
    chip: Chip


def consultation_line(row: ConsultationRow) -> ConsultationLine:
    """S-200: one line."""
    chip = APPROVED if row.permits else Chip(words=Words(row.result_ja, row.result_en), icon="info", tone="quiet")
    return ConsultationLine(
        number=Words(row.number, f"Consultation {row.consultation}"),
        url=reverse("consultation", args=[row.consultation]),
        title=Words(row.title_ja, row.title_en),
        meeting=Words(row.meeting_ja, row.meeting_en),
        chip=chip,
    )
