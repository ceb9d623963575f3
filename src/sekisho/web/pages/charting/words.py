"""What stands on a chart, and the closed lists of its fields, as the drawing pages call them."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from sekisho.kernel import Carriage, Chart, Computer, Connection, Network, Thing, Zone
from sekisho.web.words import Words

UNKNOWN: Final = "不明"
CARRIAGES: Final[dict[str, Words]] = {
    Carriage.FILE: Words("ファイル", "File"),
    Carriage.RECORD: Words("記録（データ連携）", "Record"),
    Carriage.PIXELS: Words("画面だけ", "Pixels only"),
    Carriage.PAPER: Words("紙", "Paper"),
}
CLOSED: Final = ("閉域", "分離", "開放", UNKNOWN)
CLOSED_WORDS: Final[dict[str, Words]] = {
    "閉域": Words("閉域（決まった者だけがつながる）", "Closed (named parties only)"),
    "分離": Words("分離（ほかの網から切り離す）", "Separated"),
    "開放": Words("開放（だれでもつながる）", "Open to anybody"),
    UNKNOWN: Words("不明", "Unknown"),
}
YES_NO: Final[dict[str, Words]] = {"yes": Words("はい", "Yes"), "no": Words("いいえ", "No")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sort:
    """One sort of thing on a chart: how the address names it, what it is called, how its ids begin."""

    sort: str
    words: Words
    add: Words
    prefix: str


SORTS: Final = MappingProxyType(
    {
        each.sort: each
        for each in (
            Sort(
                sort="networks",
                words=Words("ネットワーク", "Network"),
                add=Words("ネットワークを加える", "Add a network"),
                prefix="network",
            ),
            Sort(
                sort="computers",
                words=Words("電子計算機", "Computer"),
                add=Words("電子計算機を加える", "Add a computer"),
                prefix="computer",
            ),
            Sort(
                sort="arrows",
                words=Words("矢印（接続）", "Arrow (connection)"),
                add=Words("矢印を加える", "Add an arrow"),
                prefix="arrow",
            ),
        )
    }
)
ZONES_IN_ORDER: Final = (Zone.OUTSIDE, Zone.LGWAN, Zone.INTERNET, Zone.MY_NUMBER)


def sort_of(thing: Thing) -> Sort:
    """Which sort a thing is of."""
    if isinstance(thing, Network):
        return SORTS["networks"]
    return SORTS["computers"] if isinstance(thing, Computer) else SORTS["arrows"]


def things_of(chart: Chart, sort: str) -> tuple[Thing, ...]:
    """Everything of one sort on a chart."""
    lists: dict[str, tuple[Thing, ...]] = {
        "networks": chart.networks,
        "computers": chart.computers,
        "arrows": chart.connections,
    }
    return lists[sort]


def name_of(thing: Thing) -> str:
    """What a thing is called; an arrow with its letter."""
    label = Words(thing.label_ja, thing.label_en or thing.label_ja)
    return f"{thing.badge}　{label}" if isinstance(thing, Connection) else str(label)
