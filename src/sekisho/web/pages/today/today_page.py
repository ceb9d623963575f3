"""S-001 今日の関所, as facts ready to be shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from sekisho.adapters.database.queries_rows import ParcelRow, PermitRow, Waiting
from sekisho.kernel import EntryKind
from sekisho.web.components.dates import clock, in_office_time
from sekisho.web.components.facts import Said, Task
from sekisho.web.pages.council.permit_page import PermitLine, is_altered, permit_line
from sekisho.web.pages.deliberation.tasks import council_task
from sekisho.web.pages.gate.crossing_page import STOPPED_STATES
from sekisho.web.pages.gate.crossing_rows import CrossingLine, crossing_line
from sekisho.web.words import Words

_OPENS: Final = 8
_CLOSES: Final = 18
_SHOWN: Final = 8
_CROSSED: Final = frozenset({str(EntryKind.DELIVERED), str(EntryKind.ERASING), str(EntryKind.ERASED)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One large number of the day."""

    name: Words
    icon: str
    tone: str
    count: int
    more: Words
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Banner:
    """Something everybody must see."""

    tone: str
    icon: str
    title: Words
    text: Words
    url: str = ""
    act: Said = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What the day is made of: its parcels, the permits, and the counts of what waits."""

    parcels: Sequence[ParcelRow]
    permits: Sequence[PermitRow]
    overdue: int
    proposals: int
    documents: int
    waiting: Sequence[Waiting] = ()
    news: tuple[Banner, ...] = ()
    chores: tuple[Task, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayPage:
    """Everything on S-001."""

    now: str
    banners: tuple[Banner, ...]
    figures: tuple[Figure, ...]
    rows: tuple[CrossingLine, ...]
    hours: SafeString
    tasks: tuple[Task, ...]
    permits: tuple[PermitLine, ...]
    may_send: bool


_FIGURES: Final = (
    ("check", "good", "delivered", Words("通過", "Crossed"), Words("今日、相手に渡ったもの", "handed over today")),
    (
        "clock",
        "wait",
        "received",
        Words("検査中", "In the gate"),
        Words("関所の中にあるもの", "being examined or leaving"),
    ),
    (
        "cross",
        "stop",
        "refused",
        Words("止めました", "Stopped"),
        Words("理由と次の手を見る", "see why, and what to do"),
    ),
    ("erase", "key", "erased", Words("今日の削除", "Erased"), Words("証明つきで消したもの", "erased with proof")),
)


def _figures(parcels: Sequence[ParcelRow]) -> tuple[Figure, ...]:
    """The four numbers of the day."""
    states = [row.state for row in parcels]
    crossed = sum(state in _CROSSED for state in states)
    stopped = sum(state in STOPPED_STATES for state in states)
    counts = (crossed, len(states) - crossed - stopped, stopped, states.count(EntryKind.ERASED))
    address = reverse("crossings")
    return tuple(
        Figure(name=name, icon=icon, tone=tone, count=count, more=more, url=f"{address}?state={state}")
        for (icon, tone, state, name, more), count in zip(_FIGURES, counts, strict=True)
    )


def _bar(left: int, counted: tuple[int, int], highest: int) -> str:
    """One column: crossed below, stopped above, the sum on top."""
    crossed, stopped = counted
    low, high = 110 * crossed / highest, 110 * stopped / highest
    top = 140 - low - high
    parts = [f'<rect class="bar-crossed" x="{left}" y="{140 - low:.1f}" width="36" height="{low:.1f}"/>']
    if stopped:
        parts.append(f'<rect class="bar-stopped" x="{left + 1}" y="{top:.1f}" width="34" height="{high:.1f}"/>')
    parts.append(f'<text x="{left + 18}" y="{top - 6:.1f}">{crossed + stopped or ""}</text>')
    return "".join(parts)


def _bars(counts: Mapping[int, tuple[int, int]], hours: range) -> str:
    """One column for each hour."""
    highest = max([sum(pair) for pair in counts.values()] + [1])
    parts = []
    for index, hour in enumerate(hours):
        left = 16 + index * 60
        parts.append(_bar(left, counts.get(hour, (0, 0)), highest))
        parts.append(f'<text x="{left + 18}" y="158">{Words(f"{hour}時", f"{hour}:00")}</text>')
    return "".join(parts)


def _counted_by_hour(parcels: Sequence[ParcelRow]) -> dict[int, tuple[int, int]]:
    """How many crossed and how many were stopped in each hour."""
    counts: dict[int, tuple[int, int]] = {}
    for row in parcels:
        hour, halted = in_office_time(row.at).hour, row.state in STOPPED_STATES
        crossed, stopped = counts.get(hour, (0, 0))
        counts[hour] = (crossed + (not halted), stopped + halted)
    return counts


def hours_chart(parcels: Sequence[ParcelRow]) -> SafeString:
    """Crossings by the hour as a small drawing; its title says the numbers."""
    counts = _counted_by_hour(parcels)
    hours = range(min([_OPENS, *counts]), max([_CLOSES, *(hour + 1 for hour in counts)]))
    listed = ", ".join(f"{hour}:00 {sum(pair)}" for hour, pair in sorted(counts.items()))
    title = Words(f"時間帯ごとの件数。{listed}", f"Crossings by the hour. {listed}")
    width = 10 + 60 * len(hours)
    drawing = (
        f'<svg class="hours" viewBox="0 0 {width} 166" role="img" aria-labelledby="hours-title">'
        f'<title id="hours-title">{title}</title>{_bars(counts, hours)}'
        f'<path class="base" d="M6 140.5H{width - 6}"/></svg>'
    )
    return mark_safe(drawing)  # noqa: S308 - made of numbers and of our own words


def _overdue(count: int) -> Banner:
    """Copies that should be gone by now."""
    return Banner(
        tone="stop",
        icon="warning",
        title=Words(f"削除の期限を過ぎた写しが{count}件あります", f"{count} past their erasure date"),
        text=Words("消えるまで、新しい受入れは自動で止まります。", "Until they are gone, nothing new is taken in."),
        url=reverse("keeping"),
        act=Words("期限を過ぎた写しを見る", "See what is late"),
    )


def _altered(row: PermitRow) -> Banner:
    """A permit that was changed after its approval."""
    number = row.permit.permit
    return Banner(
        tone="stop",
        icon="warning",
        title=Words(f"通行証 {number} の登録内容が、承認と一致しません", f"Permit {number} differs from its approval"),
        text=Words("この通行証では何も通りません。", "Nothing crosses under this permit."),
        url=reverse("permit", args=[number]),
        act=Words("通行証を見る", "See the permit"),
    )


def _alarms(alarmed: Sequence[ParcelRow]) -> Banner:
    """The two opinions on crossings were not one: somebody has to find out why; the newest is shown."""
    count = len(alarmed)
    return Banner(
        tone="stop",
        icon="warning",
        title=Words(f"二つの判断が一致しなかったものが{count}件あります", f"Two decisions were not one: {count}"),
        text=Words("安全のため止めました。原因を調べてください。", "Refused to be safe. Find out why."),
        url=reverse("crossing", args=[alarmed[0].parcel]),
        act=Words("記録を見る", "See the records"),
    )


def _volumes(beyond: Sequence[ParcelRow]) -> Banner:
    """More came than was declared to the council: somebody has to find out why; the newest is shown."""
    count = len(beyond)
    return Banner(
        tone="wait",
        icon="warning",
        title=Words(f"申告した量を超えたものが{count}件あります", f"More than was declared: {count}"),
        text=Words("通していません。送り手に理由を確かめてください。", "Nothing crossed. Ask the sender why."),
        url=reverse("crossing", args=[beyond[0].parcel]),
        act=Words("記録を見る", "See the records"),
    )


def _banners(day: Day) -> tuple[Banner, ...]:
    """Overdue erasure, decisions that were not one, and altered permits are everybody's business."""
    overdue = (_overdue(day.overdue),) if day.overdue else ()
    alarmed = [row for row in day.parcels if row.alarmed]
    alarms = (_alarms(alarmed),) if alarmed else ()
    beyond = [row for row in day.parcels if row.beyond]
    volumes = (_volumes(beyond),) if beyond else ()
    return (*day.news, *overdue, *alarms, *volumes, *(_altered(row) for row in day.permits if is_altered(row)))


def _proposals(count: int) -> Task:
    """Changes that an officer has to decide."""
    more = Words(f"確認待ち {count}件", f"{count} to decide")
    title, act = Words("登記通知の異動を確認", "Decide changes from the registry"), Words("確認する", "Decide")
    return Task(icon="house", title=title, more=more, url=reverse("notice_batches"), act=act)


def _documents(count: int) -> Task:
    """Documents that wait for this reader."""
    title, act = Words("あなた宛ての文書", "Documents addressed to you"), Words("見る", "See")
    return Task(icon="paper", title=title, more=Words(f"{count}件", str(count)), url=reverse("documents"), act=act)


def _stopped(row: ParcelRow) -> Task:
    """A parcel whose reasons somebody should read."""
    title, act = Words("止めた内容を確認", "See why it was stopped"), Words("内容を見る", "See")
    url, at = reverse("crossing", args=[row.parcel]), clock(row.at)[:5]
    more = Words(f"{at}　{row.label_ja}", f"{at} {row.label_en}")
    return Task(icon="cross", title=title, more=more, url=url, act=act)


def _tasks(day: Day) -> tuple[Task, ...]:
    """What waits for this reader."""
    stopped = [row for row in day.parcels if row.state in STOPPED_STATES][:3]
    proposals = (_proposals(day.proposals),) if day.proposals else ()
    documents = (_documents(day.documents),) if day.documents else ()
    council = (council_task(each) for each in day.waiting)
    return (*day.chores, *proposals, *documents, *council, *(_stopped(row) for row in stopped))


def today_page(day: Day, now: str, *, may_send: bool) -> TodayPage:
    """S-001 from the day's parcels."""
    return TodayPage(
        now=now,
        banners=_banners(day),
        figures=_figures(day.parcels),
        rows=tuple(crossing_line(row) for row in day.parcels[:_SHOWN]),
        hours=hours_chart(day.parcels),
        tasks=_tasks(day),
        permits=tuple(permit_line(row) for row in day.permits),
        may_send=may_send,
    )
