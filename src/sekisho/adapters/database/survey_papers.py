"""The beginning of a consultation that the survey found owing: what was seen, and the one arrow that it is about.

Who owns, installed and runs each end was seen by nobody: these answers are left blank, and it cannot be submitted
before they are given.
"""

from dataclasses import replace
from typing import Any, Final

from sekisho.adapters.database.council_papers import Paper
from sekisho.adapters.database.council_precedents import empty_paper
from sekisho.adapters.database.models import FindingRow
from sekisho.adapters.database.office_time import office_day
from sekisho.kernel import Carriage, Chart, Computer, Connection, Direction, Network, Zone, make_chart

_BLANK: Final[dict[str, Any]] = {"owner": "", "installer": "", "operator": ""}
_OURS: Final = "survey_network"
_OUTSIDE: Final = "survey_outside"


def _computer(computer: str, label: str, network: str, *, ours: bool) -> Computer:
    """One end of the arrow, of which only the name is known."""
    return Computer(computer=computer, label_ja=label, label_en=label, network=network, place="", ours=ours, **_BLANK)


def _network(network: str, ja: str, en: str, zone: Zone) -> Network:
    """A network, of which only the side is known."""
    return Network(network=network, label_ja=ja, label_en=en, zone=zone, closed="", **_BLANK)


def _chart_of(row: FindingRow) -> Chart:
    """Two ends and the arrow between them, under review."""
    there = f"{row.received}:{row.port}"
    arrow = Connection(
        connection=f"survey-{row.finding}",
        badge="A",
        label_ja=f"{there} への通信",
        label_en=f"Traffic to {there}",
        source="survey_source",
        target="survey_target",
        via=(),
        direction=Direction.OUTWARD,
        carriage=Carriage.RECORD,
        items=(),
        legal_basis=str(row.answer.get("basis", "")),
        under_review=True,
    )
    return make_chart(
        (
            _network(_OURS, "庁内のネットワーク", "Our network", Zone.INTERNET),
            _network(_OUTSIDE, "庁外のネットワーク", "Outside", Zone.OUTSIDE),
        ),
        (
            _computer("survey_source", row.source, _OURS, ours=True),
            _computer("survey_target", there, _OUTSIDE, ours=False),
        ),
        (arrow,),
    )


def paper_of_finding(row: FindingRow) -> Paper:
    """The beginning of a consultation: what was seen, since when, how much; the rest is left to the drafter."""
    since = str(row.answer.get("since", ""))
    sent = f"{row.up:,}バイト" if row.up >= 0 else "記録なし"
    there = f"{row.received}:{row.port}"
    first, last = office_day(row.first_seen), office_day(row.last_seen)
    seen = (
        f"接続の調査 {row.finding} で見つかった。{row.source} から {there} への通信が {first} から {last} までに "
        f"{row.times:,} 回(うち遮断 {row.turned_away:,} 回)、送信量 {sent}。"
    )
    return replace(
        empty_paper(),
        dossier=replace(
            empty_paper().dossier,
            title_ja=f"{there} との接続(調査 {row.finding})",
            title_en=f"Connection with {there} (survey {row.finding})",
            before=f"{seen}取り扱う情報: {row.answer.get('data', '')}",
            chart=_chart_of(row),
            already_in_use_since=f"{since}(調査 {row.finding}: {row.times:,} 回、送信量 {sent})",
        ),
    )
