"""S-206, S-207, S-208 as facts ready to be shown: what stands on the chart, its map, what is missing, what is asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from sekisho.kernel import Chart, Computer, Connection, Network, Thing, hanging_on, id_of
from sekisho.kernel.council import Dossier, PermitTerms, lost_by
from sekisho.web.components.chips import IN_SCOPE, OUT_OF_SCOPE, Chip
from sekisho.web.components.facts import Said
from sekisho.web.components.vocabulary import DIRECTIONS, ZONES
from sekisho.web.flowmap import draw
from sekisho.web.pages.charting.gaps import Gap, gaps_of, thing_url
from sekisho.web.pages.charting.words import CARRIAGES, SORTS, YES_NO, Sort, name_of, things_of
from sekisho.web.pages.council.consultation_page import route_in_words
from sekisho.web.words import Words

MAP_TITLE = Words("接続の概要図", "Map of the connections")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One fact of a line: a text of the dossier, which may be missing or unknown, or words of ours."""

    said: Said
    is_text: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing on the chart as a line of its table."""

    label: str
    cells: tuple[Cell, ...]
    url: str
    remove_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The table of one sort of thing, and the way to add one."""

    title: Words
    heads: tuple[Words, ...]
    lines: tuple[Line, ...]
    add: Words
    add_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrowRow:
    """One arrow in words: what the map shows, for whoever cannot see it."""

    badge: str
    label: Words
    route: str
    direction: Words
    carriage: Words
    ground: str
    chip: Chip


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartPage:
    """Everything on S-206."""

    map: SafeString
    arrows: tuple[ArrowRow, ...]
    parts: tuple[Part, ...]
    gaps: tuple[Gap, ...]
    elsewhere: tuple[Gap, ...]
    back: str
    edit_url: str


def draw_whole(chart: Chart) -> SafeString:
    """The map with everything that stands on the chart, joined or not; nothing where nothing stands yet."""
    return _drawn(chart, str(MAP_TITLE)) if chart.networks else mark_safe("")


@lru_cache(maxsize=64)
def _drawn(chart: Chart, title: str) -> SafeString:
    """A map, kept for the next page that shows the same chart; the title says in which language."""
    drawn: SafeString = mark_safe(draw(chart, title, whole=True))  # noqa: S308 - the writer escapes every text
    return drawn


def arrow_rows(chart: Chart) -> tuple[ArrowRow, ...]:
    """Every arrow in words; those under review first."""
    return tuple(
        ArrowRow(
            badge=each.badge,
            label=Words(each.label_ja, each.label_en),
            route=route_in_words(chart, each),
            direction=DIRECTIONS[each.direction],
            carriage=CARRIAGES[each.carriage],
            ground=each.legal_basis,
            chip=IN_SCOPE if each.under_review else OUT_OF_SCOPE,
        )
        for each in sorted(chart.connections, key=lambda each: (not each.under_review, each.badge))
    )


_OWNERS = (Words("所有", "Owner"), Words("設置", "Set up by"), Words("管理・運用", "Run by"))
_HEADS = {
    "networks": (
        Words("区分", "Zone"),
        *_OWNERS,
        Words("費用の負担", "Who pays"),
        Words("回線の事業者", "Carrier"),
        Words("閉域か", "Closed?"),
    ),
    "computers": (
        Words("ネットワーク", "Network"),
        *_OWNERS,
        Words("場所", "Place"),
        Words("市のものか", "The city's own?"),
    ),
    "arrows": (
        Words("経路", "Route"),
        Words("向き", "Direction"),
        Words("運ぶもの", "What travels"),
        Words("項目の数", "Items"),
        Words("根拠", "Legal ground"),
        Words("審議の対象か", "Under review?"),
    ),
}


def _who(thing: Network | Computer) -> tuple[str, str, str]:
    """Who owns it, who set it up, who runs it."""
    return (thing.owner, thing.installer, thing.operator)


def _cells(chart: Chart, thing: Thing) -> tuple[Cell, ...]:
    """What stands about a thing in its line."""
    if isinstance(thing, Network):
        texts = (*_who(thing), thing.fee_payer, thing.carrier, thing.closed)
        return (Cell(said=ZONES[thing.zone], is_text=False), *(Cell(said=each) for each in texts))
    if isinstance(thing, Computer):
        inside = chart.network_named(thing.network)
        own = YES_NO["yes" if thing.ours else "no"]
        stands = Cell(said=name_of(inside) if inside else "", is_text=False)
        return (stands, *(Cell(said=each) for each in (*_who(thing), thing.place)), Cell(said=own, is_text=False))
    return (
        Cell(said=route_in_words(chart, thing), is_text=False),
        Cell(said=DIRECTIONS[thing.direction], is_text=False),
        Cell(said=CARRIAGES[thing.carriage], is_text=False),
        Cell(said=str(len(thing.items)), is_text=False),
        Cell(said=thing.legal_basis),
        Cell(said=YES_NO["yes" if thing.under_review else "no"], is_text=False),
    )


def _lines(matter: str, chart: Chart, sort: str) -> Iterator[Line]:
    """Every thing of one sort."""
    for each in things_of(chart, sort):
        remove = reverse("chart_remove", args=[matter, sort, id_of(each)])
        yield Line(label=name_of(each), cells=_cells(chart, each), url=thing_url(matter, each), remove_url=remove)


def _part(matter: str, chart: Chart, sort: Sort) -> Part:
    """The table of one sort."""
    return Part(
        title=sort.words,
        heads=_HEADS[sort.sort],
        lines=tuple(_lines(matter, chart, sort.sort)),
        add=sort.add,
        add_url=reverse("chart_thing", args=[matter, sort.sort, "new"]),
    )


def chart_page(matter: str, dossier: Dossier, terms: tuple[PermitTerms, ...]) -> ChartPage:
    """S-206 from a draft."""
    gaps = tuple(gaps_of(matter, dossier, terms))
    return ChartPage(
        map=draw_whole(dossier.chart),
        arrows=arrow_rows(dossier.chart),
        parts=tuple(_part(matter, dossier.chart, each) for each in SORTS.values()),
        gaps=tuple(each for each in gaps if each.drawn),
        elsewhere=tuple(each for each in gaps if not each.drawn),
        back=reverse("matter", args=[matter]),
        edit_url=reverse("matter_edit", args=[matter]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovalPage:
    """Everything on S-208: what would go, with what hangs on it, and what was written about that."""

    name: str
    sort: Words
    hanging: tuple[tuple[Words, str], ...]
    written: tuple[str, ...]
    back: str


def removal_page(
    matter: str, dossier: Dossier, terms: tuple[PermitTerms, ...], thing: Thing, after: Chart
) -> RemovalPage:
    """S-208 for one thing."""
    sorts = {Computer: SORTS["computers"].words, Connection: SORTS["arrows"].words, Network: SORTS["networks"].words}
    hanging = hanging_on(dossier.chart, id_of(thing)) if not isinstance(thing, Connection) else ()
    return RemovalPage(
        name=name_of(thing),
        sort=sorts[type(thing)],
        hanging=tuple((sorts[type(each)], name_of(each)) for each in hanging),
        written=tuple(name_of(each) for each in lost_by(dossier, terms, after)),
        back=reverse("matter_chart", args=[matter]),
    )
