"""The fields of S-207: of a network, a computer or an arrow, filled in as typed, each with what is wrong with it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from sekisho.kernel import Chart
from sekisho.web.components.act_forms import SELECT, FormField, pick
from sekisho.web.components.facts import Said
from sekisho.web.components.vocabulary import DIRECTIONS, ITEMS, ZONES
from sekisho.web.pages.charting.values import ITEM_FIELDS, NEW, Values, hops_in, rows_in
from sekisho.web.pages.charting.words import CARRIAGES, CLOSED_WORDS, YES_NO, ZONES_IN_ORDER, name_of
from sekisho.web.words import Words

Options = Iterable[tuple[str, Said]]
Faults = Mapping[str, Words]
_NONE: Final = ("", Words("（選ぶ）", "(choose)"))
_UNKNOWN_HINT: Final = Words("分からないときは「不明」と書きます。", 'Write "unknown" where nobody knows.')
_ID_WORDS: Final = Words("記号", "Id")
_ID_HINT: Final = Words(
    "半角の英小文字・数字・「-」「_」。空欄なら自動で付きます。",
    "Small letters, digits, - and _. One is given if left empty.",
)
_NAMES: Final = (("label_ja", Words("名称", "Name (Japanese)")), ("label_en", Words("名称（英語）", "Name (English)")))
_WHO: Final = (
    ("owner", Words("所有者", "Owner")),
    ("installer", Words("設置者", "Set up by")),
    ("operator", Words("管理・運用者", "Run by")),
)
_LINES: Final = (("fee_payer", Words("費用の負担者", "Who pays")), ("carrier", Words("回線の事業者", "Carrier")))
ITEM_WORDS: Final = (
    Words("記号", "Id"),
    Words("項目の名称", "Item"),
    Words("名称（英語）", "Item (English)"),
    Words("使い道", "Use"),
    Words("様式での記号", "Written as"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemCell:
    """One cell of the table of data items."""

    name: str
    value: str
    words: Said
    fault: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class ThingForm:
    """The form of one thing on the chart: its fields, and for an arrow its data items row by row."""

    fields: tuple[FormField, ...]
    rows: tuple[tuple[ItemCell, ...], ...] = ()
    columns: tuple[Words, ...] = ()
    known_items: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    """What is typed, and what is wrong with it."""

    values: Values
    faults: Faults

    def text(self, name: str, words: Said, hint: Said = "", *, required: bool = False) -> FormField:
        """A field to write in."""
        value, fault = self.values.get(name, ""), self.faults.get(name, "")
        return FormField(name=name, words=words, value=value, hint=hint, required=required, fault=fault)

    def choice(self, name: str, words: Said, options: Options, hint: Said = "", *, required: bool = True) -> FormField:
        """A field to choose in."""
        choices = pick(*options, chosen=self.values.get(name, ""))
        return FormField(
            name=name,
            words=words,
            kind=SELECT,
            choices=choices,
            hint=hint,
            required=required,
            fault=self.faults.get(name, ""),
        )

    def names(self, known: str, id_field: str) -> Iterator[FormField]:
        """What it is called; its id only while it is new, since everything else hangs on it."""
        for name, words in _NAMES:
            yield self.text(name, words, required=name == "label_ja")
        if known == NEW:
            yield self.text(id_field, _ID_WORDS, _ID_HINT)

    def people(self, *more: tuple[str, Words]) -> Iterator[FormField]:
        """Who answers for it; nobody can be left blank for ever, but nobody has to know."""
        for name, words in (*_WHO, *more):
            yield self.text(name, words, _UNKNOWN_HINT)


def _network(sheet: _Sheet, known: str) -> Iterator[FormField]:
    """The fields of a network."""
    yield from sheet.names(known, "network")
    zones = (_NONE, *((each, ZONES[each]) for each in ZONES_IN_ORDER))
    yield sheet.choice("zone", Words("区分", "Zone"), zones)
    yield from sheet.people(*_LINES)
    now = sheet.values.get("closed", "")
    # What an earlier dossier says in its own words stays a choice, so that saving something else does not lose it.
    own = ((now, now),) if now and now not in CLOSED_WORDS else ()
    yield sheet.choice("closed", Words("閉域か", "Closed?"), (_NONE, *CLOSED_WORDS.items(), *own), required=False)


def _computer(sheet: _Sheet, known: str, chart: Chart) -> Iterator[FormField]:
    """The fields of a computer."""
    yield from sheet.names(known, "computer")
    networks = ((each.network, name_of(each)) for each in chart.networks)
    yield sheet.choice("network", Words("置かれているネットワーク", "Network it stands in"), (_NONE, *networks))
    yield sheet.choice("ours", Words("市のものか", "The city's own?"), (_NONE, *YES_NO.items()))
    yield from sheet.people(("place", Words("設置場所", "Place")))


def _arrow(sheet: _Sheet, known: str, chart: Chart) -> Iterator[FormField]:
    """The fields of an arrow."""
    yield from sheet.names(known, "connection")
    yield sheet.text(
        "badge", Words("図の記号（文字）", "Letter on the map"), Words("空欄なら次の文字", "Next letter if empty")
    )
    computers = [(each.computer, name_of(each)) for each in chart.computers]
    yield sheet.choice("source", Words("送り元", "From"), (_NONE, *computers))
    yield from _way(sheet, chart)
    yield sheet.choice("target", Words("送り先", "To"), (_NONE, *computers))
    by_ends = ("", Words("（両端から決める）", "(by its ends)"))
    yield sheet.choice("direction", Words("向き", "Direction"), (by_ends, *DIRECTIONS.items()), required=False)
    yield sheet.choice("carriage", Words("運ぶもの", "What travels"), (_NONE, *CARRIAGES.items()))
    yield sheet.choice("under_review", Words("審議の対象か", "Under review?"), (_NONE, *YES_NO.items()))
    yield sheet.text("legal_basis", Words("法令の根拠", "Legal ground"))


def _way(sheet: _Sheet, chart: Chart) -> Iterator[FormField]:
    """The hops between the two networks at the ends."""
    straight = ("", Words("（なし）", "(none)"))
    networks = [(each.network, name_of(each)) for each in chart.networks]
    for number in range(1, hops_in(chart, sheet.values) + 1):
        words = Words(f"経由するネットワーク {number}", f"By network {number}")
        yield sheet.choice(f"via.{number}", words, (straight, *networks), required=False)


def _rows(sheet: _Sheet) -> Iterator[tuple[ItemCell, ...]]:
    """The data items row by row, with empty rows for more."""
    for number in range(1, rows_in(sheet.values) + 1):
        yield tuple(
            ItemCell(
                name=name,
                value=sheet.values.get(name, ""),
                words=Words(f"項目{number}：{words.ja}", f"Item {number}: {words.en}"),
                fault=sheet.faults.get(name, ""),
            )
            for words, name in (
                (words, f"item.{number}.{part}") for words, part in zip(ITEM_WORDS, ITEM_FIELDS, strict=True)
            )
        )


def thing_form(sort: str, chart: Chart, known: str, values: Values, faults: Faults) -> ThingForm:
    """The form of a thing of this sort, with what is typed in it."""
    sheet = _Sheet(values=values, faults=faults)
    if sort == "networks":
        return ThingForm(fields=tuple(_network(sheet, known)))
    if sort == "computers":
        return ThingForm(fields=tuple(_computer(sheet, known, chart)))
    return ThingForm(
        fields=tuple(_arrow(sheet, known, chart)),
        rows=tuple(_rows(sheet)),
        columns=ITEM_WORDS,
        known_items=tuple((item, words.ja) for item, words in ITEMS.items()),
    )
