"""S-355 寄附の取込み口, as facts ready to be shown."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from django.urls import reverse

from sekisho.adapters.database.queries_connectors import ConnectorView, CopyTotals, CopyView, RunView
from sekisho.business.hometown_donations.donations import portal_of_layout
from sekisho.web.components.chips import Chip
from sekisho.web.components.dates import long_moment
from sekisho.web.components.facts import Fact, Said
from sekisho.web.components.portals import portal_words
from sekisho.web.components.vocabulary import short_parcel
from sekisho.web.words import Words

MODES: Final[dict[str, Words]] = {
    "csv": Words("職員のCSV", "An officer's CSV"),
    "robot": Words("ロボット", "Robot"),
    "link": Words("自動連携(市を通りません)", "Automatic link (does not touch the city)"),
}
OUTCOMES: Final[dict[str, Chip]] = {
    "running": Chip(words=Words("実行中", "Running"), icon="clock", tone="key"),
    "done": Chip(words=Words("正常", "Healthy"), icon="check", tone="good"),
    "empty": Chip(words=Words("正常(0件)", "Healthy (nothing new)"), icon="check", tone="good"),
    "mismatch": Chip(words=Words("見出しが違う", "Headings differ"), icon="warning", tone="stop"),
    "away": Chip(words=Words("相手が応答しない", "Portal is away"), icon="clock", tone="wait"),
    "refused": Chip(words=Words("止めました", "Stopped"), icon="cross", tone="stop"),
    "cut": Chip(words=Words("途中で切れた(続きは自動)", "Cut off (goes on by itself)"), icon="clock", tone="wait"),
}
_NEVER: Final = Chip(words=Words("まだ実行していません", "Not run yet"), icon="info", tone="quiet")
_COPIES: Final[dict[str, Chip]] = {
    "landed": Chip(words=Words("届いた", "Landed"), icon="clock", tone="wait"),
    "sent": Chip(words=Words("S1へ送付中", "On its way to S1"), icon="clock", tone="key"),
    "verified": Chip(words=Words("S1で照合済み・削除待ち", "Verified at S1"), icon="check", tone="key"),
    "refused": Chip(words=Words("関所が拒否・S1に未着", "Refused at the gate, not at S1"), icon="cross", tone="stop"),
    "given_up": Chip(words=Words("送らずに消します", "To be erased unsent"), icon="erase", tone="wait"),
    "erased": Chip(words=Words("消しました", "Erased"), icon="erase", tone="good"),
}
WHYS: Final[dict[str, Words]] = {
    "fetched_again": Words("直したファイルを取り直す", "A corrected file is fetched"),
    "not_permitted": Words("通行証の対象ではない", "No permit covers it"),
    "mistaken": Words("誤って取得した", "It was fetched by mistake"),
}
_LATE: Final = Chip(words=Words("期限超過", "Overdue"), icon="warning", tone="stop")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectorLine:
    """One connector."""

    key: str
    title: Words
    chip: Chip
    facts: tuple[Fact, ...]
    run_url: str
    mismatch_url: str
    send_url: str
    check_url: str
    why: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyLine:
    """One internet-side copy."""

    parcel: str
    url: str
    portal: Words | str
    chip: Chip
    landed_at: datetime
    donations: str
    amount: str
    until: str
    certificate: str
    fault: str
    again_url: str
    erase_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectorsPage:
    """Everything on S-355."""

    connectors: tuple[ConnectorLine, ...]
    copies: tuple[CopyLine, ...]
    totals: tuple[Fact, ...]
    answer_url: str
    whys: tuple[tuple[str, Words], ...] = tuple(WHYS.items())


YEN: Final = Words("円", " yen")


def yen(amount: int) -> str:
    """Money, as it is written on paper."""
    return f"{amount:,}{YEN}"


def _period(run: RunView) -> str:
    """The period of a run."""
    return f"{run.first:%Y-%m-%d} 〜 {run.last:%Y-%m-%d}" if run.first and run.last else "—"


def _last_run(run: RunView | None) -> tuple[Fact, ...]:
    """What the last run did."""
    if run is None:
        return (Fact(name=Words("前回", "Last run"), value="—"),)
    counted = Words(f"{run.donations:,}件　{yen(run.amount)}", f"{run.donations:,} donations, {run.amount:,} yen")
    return (
        Fact(name=Words("前回", "Last run"), value=long_moment(run.started_at), more=_period(run)),
        Fact(name=Words("前回の件数・金額", "It brought"), value=counted),
    )


def why_of(run: RunView | None) -> Said:
    """Why the last run did not end well: a sentence without anybody's data."""
    if run is None:
        return ""
    if why := run.detail.get("why"):
        return str(why)
    reasons = run.detail.get("reasons") or ()
    return Words(*(" ／ ".join(str(each[language]) for each in reasons) for language in ("ja", "en")))


def _totals(totals: CopyTotals) -> tuple[Fact, ...]:
    """All copies together, to be compared with what the portals and S1 say."""
    amount = Words(yen(totals.amount), f"{totals.amount:,} yen")
    return (
        Fact(name=Words("届いたファイル", "Files"), value=f"{totals.copies:,}"),
        Fact(name=Words("寄附の件数・金額", "Donations and amount"), value=f"{totals.donations:,}", more=amount),
        Fact(name=Words("証明つきで消したファイル", "Erased with proof"), value=f"{totals.erased:,}"),
        Fact(name=Words("期限を過ぎたファイル", "Overdue"), value=f"{totals.late:,}"),
    )


def _connector(view: ConnectorView, *, acts: bool) -> ConnectorLine:
    """One connector."""
    run = view.runs[0] if view.runs else None
    differs = acts and run is not None and run.outcome == "mismatch"
    every = Words(f"{view.every_hours}時間ごと", f"every {view.every_hours} h") if view.every_hours else "—"
    following = long_moment(view.next_run) if view.next_run else Words("予定なし", "Not scheduled")
    csv = acts and view.mode == "csv"
    return ConnectorLine(
        key=view.connector,
        title=portal_words(view.portal),
        chip=OUTCOMES[run.outcome] if run else _NEVER,
        facts=(
            Fact(name=Words("方法", "Mode"), value=MODES[view.mode]),
            Fact(name=Words("相手", "Host"), value=urlsplit(view.host).hostname or "—"),
            *_last_run(run),
            Fact(name=Words("次回", "Next run"), value=following, more=every),
            Fact(name=Words("担当", "For whom it runs"), value=view.person),
        ),
        run_url=reverse("connector_run", args=[view.connector]) if acts and view.mode == "robot" else "",
        mismatch_url=reverse("connector_mismatch", args=[run.run]) if run and differs else "",
        send_url=reverse("send") if csv else "",
        check_url=reverse("connector_check", args=[view.connector]) if csv else "",
        why=why_of(run),
    )


def _copy(view: CopyView, *, acts: bool) -> CopyLine:
    """One copy; somebody has to decide about one that goes no further by itself."""
    portal = portal_of_layout(view.layout)
    decides = acts and (view.state == "refused" or (view.state == "landed" and bool(view.fault)))
    return CopyLine(
        parcel=short_parcel(view.parcel),
        url=reverse("crossing", args=[view.parcel]),
        portal=portal_words(portal.portal) if portal else view.layout,
        chip=_LATE if view.late else _COPIES[view.state],
        landed_at=view.landed_at,
        donations=f"{view.donations:,}",
        amount=f"{view.amount:,}",
        until=long_moment(view.erased_at or view.erase_by),
        certificate=reverse("certificate", args=[view.parcel]) if view.erased_at else "",
        fault=view.fault,
        again_url=reverse("copy_again", args=[view.parcel]) if decides else "",
        erase_url=reverse("copy_erase", args=[view.parcel]) if decides else "",
    )


def connectors_page(
    connectors: tuple[ConnectorView, ...], copies: tuple[CopyView, ...], totals: CopyTotals, *, acts: bool
) -> ConnectorsPage:
    """S-355 from what is known."""
    return ConnectorsPage(
        connectors=tuple(_connector(each, acts=acts) for each in connectors),
        copies=tuple(_copy(each, acts=acts) for each in copies),
        totals=_totals(totals),
        answer_url=reverse("response_send") if acts else "",
    )
