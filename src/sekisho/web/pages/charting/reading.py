"""What was typed about a thing on the chart, understood or not; every field that is not says so in a sentence."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import count
from typing import Any, Final, TypeVar

from sekisho.kernel import (
    Carriage,
    Chart,
    Computer,
    Connection,
    DataItem,
    Direction,
    Network,
    Thing,
    Zone,
    direction_between,
    thing_named,
)
from sekisho.web.components.vocabulary import ITEMS
from sekisho.web.pages.charting.values import Values, rows_in
from sekisho.web.pages.charting.words import SORTS, UNKNOWN
from sekisho.web.words import Words

_ID: Final = re.compile(r"[a-z][a-z0-9_-]{0,59}")
_LONGEST: Final = 200
NOT_AN_ID: Final = Words(
    "半角の英小文字で始め、英小文字・数字・「-」「_」だけで60字まで書いてください。空欄なら自動で付きます。",
    "Begin with a small letter; small letters, digits, - and _ only, at most 60. Left empty, one is given.",
)
TAKEN: Final = Words(
    "この記号は、概要図のほかのものに使われています。", "This id stands for something else on the chart."
)
TOO_LONG: Final = Words("200字までにしてください。", "At most 200 characters.")
NOT_TEXT: Final = Words(
    "印字できない文字が入っています。書き直してください。", "There are characters that cannot be printed."
)
MUST: Final = Words("書いてください。", "Please write it.")
CHOOSE: Final = Words("一覧から選んでください。", "Please choose from the list.")
ITSELF: Final = Words("送り元と送り先が同じです。別の電子計算機を選んでください。", "Both ends are the same computer.")
TWICE: Final = Words("同じ項目が2回あります。", "The same item stands here twice.")
TWICE_ON_THE_WAY: Final = Words("同じネットワークを続けて通っています。", "The same network follows itself.")
Closed = TypeVar("Closed", bound=StrEnum)


def _numbered(prefix: str) -> Iterator[str]:
    """Ids that the office gives: the prefix with a number."""
    return (f"{prefix}-{number}" for number in count(1))


@dataclass(slots=True, kw_only=True)
class Reading:
    """A form being read against a chart; faults gather by field."""

    chart: Chart
    values: Values
    known: str
    faults: dict[str, Words] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """A text in one line; blanks at its ends and doubled ones are taken out."""
        found = " ".join(self.values.get(name, "").split())
        if found.lower() == "unknown":
            return UNKNOWN
        if len(found) > _LONGEST:
            self.faults[name] = TOO_LONG
        elif not found.isprintable():
            self.faults[name] = NOT_TEXT
        return found

    def must(self, name: str) -> str:
        """A text that has to be there even in a draft: by it the thing is known on the map."""
        found = self.text(name)
        if not found:
            self.faults[name] = MUST
        return found

    def texts(self, *names: str) -> dict[str, Any]:
        """Several texts by their names."""
        return {name: self.text(name) for name in names}

    def one_of(self, name: str, kind: type[Closed], otherwise: Closed) -> Closed:
        """A word of a closed list."""
        said = self.values.get(name, "")
        if said not in set(kind):
            self.faults[name] = CHOOSE
            return otherwise
        return kind(said)

    def yes(self, name: str) -> bool:
        """Yes or no, as it was chosen."""
        if self.values.get(name) not in {"yes", "no"}:
            self.faults[name] = CHOOSE
        return self.values.get(name) == "yes"

    def among(self, name: str, known: set[str]) -> str:
        """The id of something on the chart."""
        said = self.values.get(name, "")
        if said not in known:
            self.faults[name] = CHOOSE
        return said

    def id(self, name: str, prefix: str) -> str:
        """The id of the thing: as it was, as it was typed, or the next one that is free."""
        if self.known:
            return self.known
        typed = self.values.get(name, "").strip()
        if not typed:
            return next(each for each in _numbered(prefix) if thing_named(self.chart, each) is None)
        if not _ID.fullmatch(typed) or typed == "new":
            self.faults[name] = NOT_AN_ID
        elif thing_named(self.chart, typed) is not None:
            self.faults[name] = TAKEN
        return typed


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What a form says: a thing for the chart, or what is wrong, field by field."""

    thing: Thing | None
    faults: Mapping[str, Words]


def _network(form: Reading) -> Network:
    """A network as it was typed; whatever is left empty is missing later, and is named then."""
    return Network(
        network=form.id("network", SORTS["networks"].prefix),
        label_ja=form.must("label_ja"),
        zone=form.one_of("zone", Zone, Zone.OUTSIDE),
        **form.texts("label_en", "owner", "installer", "operator", "closed", "fee_payer", "carrier"),
    )


def _computer(form: Reading) -> Computer:
    """A computer as it was typed."""
    return Computer(
        computer=form.id("computer", SORTS["computers"].prefix),
        label_ja=form.must("label_ja"),
        network=form.among("network", {each.network for each in form.chart.networks}),
        ours=form.yes("ours"),
        **form.texts("label_en", "owner", "installer", "operator", "place"),
    )


def _next_badge(chart: Chart) -> str:
    """The next letter that no arrow has."""
    taken = {each.badge for each in chart.connections}
    letters = [chr(code) for code in range(ord("a"), ord("z") + 1)]
    every = (*letters, *(first + second for first in letters for second in letters))
    return next((each for each in every if each not in taken), "")


def _direction(form: Reading, source: str, target: str) -> Direction:
    """Which way it points: as it was chosen, or by whose computers stand at its ends."""
    if form.values.get("direction"):
        return form.one_of("direction", Direction, Direction.BEYOND)
    return direction_between(form.chart, source, target)


def _arrow(form: Reading) -> Connection:
    """An arrow as it was typed."""
    computers = {each.computer for each in form.chart.computers}
    source, target = form.among("source", computers), form.among("target", computers)
    if source and source == target:
        form.faults["target"] = ITSELF
    return Connection(
        connection=form.id("connection", SORTS["arrows"].prefix),
        badge=form.text("badge") or _next_badge(form.chart),
        label_ja=form.must("label_ja"),
        label_en=form.text("label_en"),
        source=source,
        target=target,
        via=tuple(_way(form)),
        direction=_direction(form, source, target),
        carriage=form.one_of("carriage", Carriage, Carriage.FILE),
        items=tuple(_items(form)),
        legal_basis=form.text("legal_basis"),
        under_review=form.yes("under_review"),
    )


def _way(form: Reading) -> Iterator[str]:
    """The networks on the way, in their order; hops left empty are left out."""
    networks, before = {each.network for each in form.chart.networks}, ""
    for number in range(1, len(networks) + 1):
        name = f"via.{number}"
        if not form.values.get(name):
            continue
        here = form.among(name, networks)
        if here == before:
            form.faults[name] = TWICE_ON_THE_WAY
        before = here
        yield here


def _items(form: Reading) -> Iterator[DataItem]:
    """The data items, row by row; rows in which nothing stands are left out."""
    seen: set[str] = set()
    for number in range(1, rows_in(form.values) + 1):
        at = f"item.{number}"
        if not any(form.values.get(f"{at}.{each}", "").strip() for each in ("item", "ja", "en", "use", "written_as")):
            continue
        found = _item(form, at, seen)
        if found.item in seen:
            form.faults[f"{at}.ja"] = TWICE
        seen.add(found.item)
        yield found


def _item(form: Reading, at: str, seen: set[str]) -> DataItem:
    """One data item; what the vocabulary knows need not be typed twice."""
    typed, ja = form.values.get(f"{at}.item", "").strip(), form.text(f"{at}.ja")
    item = typed or next((name for name, words in ITEMS.items() if words.ja == ja), "")
    if item and not _ID.fullmatch(item):
        form.faults[f"{at}.item"] = NOT_AN_ID
    words = ITEMS.get(item, Words("", ""))
    if not (ja or words.ja):
        form.faults[f"{at}.ja"] = MUST
    written = re.split(r"[\s,、]+", form.values.get(f"{at}.written_as", "").strip())
    return DataItem(
        item=item or next(each for each in _numbered("item") if each not in seen),
        ja=ja or words.ja,
        en=form.text(f"{at}.en") or words.en or ja,
        use=form.text(f"{at}.use"),
        written_as=tuple(each for each in written if each),
    )


def read_thing(sort: str, chart: Chart, values: Values, known: str) -> Understood:
    """A thing of this sort as it was typed; `known` is its id if it stands on the chart already."""
    form = Reading(chart=chart, values=values, known=known)
    makers: Mapping[str, Callable[[Reading], Thing]] = {"networks": _network, "computers": _computer, "arrows": _arrow}
    thing = makers[sort](form)
    return Understood(thing=None if form.faults else thing, faults=form.faults)
