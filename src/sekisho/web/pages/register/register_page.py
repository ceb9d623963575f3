"""S-710 通行証の公開台帳: each permit as anybody may read it. No person, no terminal, no proof is in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import takewhile

from sekisho.adapters.database.queries_register import Ground, RegisterRow
from sekisho.kernel import Chart, Connection
from sekisho.kernel.council import Condition
from sekisho.web.components.chips import Chip
from sekisho.web.components.dates import in_office_time
from sekisho.web.components.listing import Column
from sekisho.web.components.vocabulary import DIRECTIONS, words_of
from sekisho.web.pages.council.permit_page import permit_chip
from sekisho.web.pages.deliberation.words import condition_chip, number_of
from sekisho.web.words import Words

_UNKNOWN = Words("記載なし", "Not on file")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionSaid:
    """A condition of the council and where it stands."""

    text: str
    due: date
    chip: Chip


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterLine:
    """One permit of the register."""

    permit: str
    consultation: Words
    title: Words
    connection: Words
    direction: Words
    source: Words
    target: Words
    route: str
    purpose: str
    items: tuple[str, ...]
    masked: tuple[str, ...]
    decided_by: Words
    decided_on: date | None
    legal_basis: str
    valid_from: date
    valid_until: date
    conditions: tuple[ConditionSaid, ...]
    chip: Chip
    crossed: int
    refused: int
    records: int
    last: date | None


def _label(chart: Chart, thing: str) -> Words:
    """What a computer or a network of the chart is called."""
    labels = {each.network: Words(each.label_ja, each.label_en) for each in chart.networks}
    labels |= {each.computer: Words(each.label_ja, each.label_en) for each in chart.computers}
    return labels.get(thing, Words(thing, thing))


def _ends(ground: Ground, arrow: Connection) -> tuple[Words, Words, str]:
    """From where, to where, and by which networks."""
    chart = ground.chart
    via = " → ".join(str(_label(chart, each)) for each in arrow.via)
    return _label(chart, arrow.source), _label(chart, arrow.target), via


def _day(moment: str) -> date:
    """The day of a moment by the office's clock."""
    return in_office_time(datetime.fromisoformat(moment)).date()


def _conditions(ground: Ground, connection: str) -> tuple[ConditionSaid, ...]:
    """The conditions that hang on this arrow, or on no arrow in particular."""
    arrows = {each.connection for each in ground.chart.connections}
    own = (each for each in ground.conditions if _hangs_on(each, connection, arrows))
    return tuple(
        ConditionSaid(text=each.text, due=each.due, chip=condition_chip(each.state, stops=False)) for each in own
    )


def _hangs_on(condition: Condition, connection: str, arrows: set[str]) -> bool:
    """Does it hang on this arrow, or on no single arrow? `arrow/item` hangs on its arrow."""
    named = "".join(takewhile(lambda letter: letter != "/", condition.hangs_on))
    return named == connection or named not in arrows


def _called(names: Mapping[str, tuple[str, str]], items: Iterable[str]) -> tuple[str, ...]:
    """Data items by the names that the dossier gives them."""
    return tuple(str(Words(*names.get(each, (each, each)))) for each in items)


def register_line(row: RegisterRow) -> RegisterLine:
    """One permit as anybody may read it."""
    approved, ground = row.permit.specification, row.ground
    arrow = ground.chart.connection_named(approved.connection) if ground else None
    source, target, route = _ends(ground, arrow) if ground and arrow else (_UNKNOWN, _UNKNOWN, "")
    sheet = ground.dossier.sheet_of(approved.connection) if ground else None
    return RegisterLine(
        permit=row.permit.permit.permit,
        consultation=number_of(row.permit.consultation),
        title=Words(ground.title_ja, ground.title_en) if ground else _UNKNOWN,
        connection=Words(row.permit.label_ja, row.permit.label_en),
        direction=words_of(DIRECTIONS, approved.direction),
        source=source,
        target=target,
        route=route,
        purpose=sheet.purpose if sheet else str(_UNKNOWN),
        items=_called(row.permit.names, approved.items),
        masked=_called(row.permit.names, approved.masked_items),
        decided_by=Words(ground.decided_by_ja, ground.decided_by_en) if ground else _UNKNOWN,
        decided_on=date.fromisoformat(ground.decided_on) if ground else None,
        legal_basis=approved.legal_basis,
        valid_from=_day(approved.not_before),
        valid_until=_day(approved.not_after),
        conditions=_conditions(ground, approved.connection) if ground else (),
        chip=permit_chip(row.permit),
        crossed=row.traffic.crossed,
        refused=row.traffic.refused,
        records=row.traffic.records,
        last=row.traffic.last,
    )


def _conditions_in_words(line: RegisterLine) -> str:
    """All conditions of a permit in one cell."""
    return "\n".join(f"{each.text}（{each.chip.words}）" for each in line.conditions)


COLUMNS: tuple[Column[RegisterLine], ...] = (
    Column(words=Words("通行証番号", "Permit"), value=lambda line: line.permit),
    Column(words=Words("状態", "State"), value=lambda line: line.chip.words),
    Column(words=Words("諮問", "Consultation"), value=lambda line: line.consultation),
    Column(words=Words("件名", "Title"), value=lambda line: line.title),
    Column(words=Words("接続", "Connection"), value=lambda line: line.connection),
    Column(words=Words("どこから", "From"), value=lambda line: line.source),
    Column(words=Words("どこへ", "To"), value=lambda line: line.target),
    Column(words=Words("経路", "By way of"), value=lambda line: line.route),
    Column(words=Words("目的", "Purpose"), value=lambda line: line.purpose),
    Column(words=Words("承認された項目", "Approved data items"), value=lambda line: "、".join(line.items)),
    Column(words=Words("伏せて渡す項目", "Items handed over masked"), value=lambda line: "、".join(line.masked)),
    Column(words=Words("決定した会議", "Decided by"), value=lambda line: line.decided_by),
    Column(words=Words("決定日", "Decided on"), value=lambda line: line.decided_on, days=True),
    Column(words=Words("根拠", "Legal basis"), value=lambda line: line.legal_basis),
    Column(words=Words("有効期間の初日", "Valid from"), value=lambda line: line.valid_from, days=True),
    Column(words=Words("有効期間の満了日", "Valid until"), value=lambda line: line.valid_until, days=True),
    Column(words=Words("条件", "Conditions"), value=_conditions_in_words),
    Column(words=Words("通過", "Crossed"), value=lambda line: line.crossed),
    Column(words=Words("止めた", "Stopped"), value=lambda line: line.refused),
    Column(words=Words("通過した記録の件数", "Records crossed"), value=lambda line: line.records),
    Column(words=Words("最後の通過", "Last crossing"), value=lambda line: line.last, days=True),
)


def line_as_data(line: RegisterLine) -> dict[str, object]:
    """One permit for machines, in both languages."""

    def both(words: Words) -> dict[str, str]:
        return {"ja": words.ja, "en": words.en}

    def iso(day: date | None) -> str | None:
        return day.isoformat() if day else None

    worded = ("consultation", "title", "connection", "direction", "source", "target", "decided_by")
    plain = ("permit", "route", "purpose", "legal_basis", "crossed", "refused", "records")
    days = ("decided_on", "valid_from", "valid_until", "last")
    return {
        **{name: getattr(line, name) for name in plain},
        **{name: both(getattr(line, name)) for name in worded},
        **{name: iso(getattr(line, name)) for name in days},
        "items": list(line.items),
        "masked": list(line.masked),
        "state": both(line.chip.words),
        "conditions": [
            {"text": each.text, "due": iso(each.due), "state": both(each.chip.words)} for each in line.conditions
        ],
    }
