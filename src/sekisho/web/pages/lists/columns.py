"""The columns of each list that leaves, and the lists by their names."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from sekisho.adapters.database.queries_authority import permit_rows
from sekisho.adapters.database.queries_council import MatterRow
from sekisho.adapters.database.queries_people import people_of
from sekisho.adapters.database.queries_rows import PermitRow
from sekisho.adapters.database.queries_survey import FindingView, finding_views
from sekisho.kernel.council import topic_of
from sekisho.web.access import EVERYBODY, Role
from sekisho.web.components.dates import in_office_time
from sekisho.web.components.listing import Column
from sekisho.web.components.vocabulary import DIRECTIONS, words_of
from sekisho.web.office import Office
from sekisho.web.pages.council.permit_page import limits_of, permit_chip
from sekisho.web.pages.deliberation.conditions import READERS
from sekisho.web.pages.deliberation.words import (
    CONDITION_KINDS,
    PROOFS,
    condition_chip,
    matter_chip,
    meeting_chip,
    number_of,
)
from sekisho.web.pages.lists import rows
from sekisho.web.pages.lists.paper_columns import ASSESSMENTS, MINUTES, PEOPLE
from sekisho.web.pages.questions.words import TOPICS, question_chip
from sekisho.web.pages.survey.words import finding_chip, triage_words, why_words
from sekisho.web.words import Words

_NUMBER, _TITLE, _STATE = Words("諮問", "Consultation"), Words("件名", "Subject"), Words("状態", "State")
YES_OR_NO: Final = {True: Words("はい", "yes"), False: Words("いいえ", "no")}


def _state_of(item: rows.AgendaItem) -> Words | str:
    """Where the item of an agenda stands."""
    return matter_chip(item.matter.state).words if item.matter else ""


def _department_of(matter: MatterRow) -> Words:
    """The department that consults."""
    return Words(matter.department_ja, matter.department_en)


CONSULTATIONS: Final[tuple[Column[rows.Consulted], ...]] = (
    Column(words=_NUMBER, value=lambda row: row.number),
    Column(words=_TITLE, value=lambda row: row.title),
    Column(words=Words("所属", "Department"), value=lambda row: row.department),
    Column(words=Words("状態・結果", "State, result"), value=lambda row: row.state),
    Column(words=Words("会議", "Meeting"), value=lambda row: row.meeting),
    Column(words=Words("開催日", "Held"), value=lambda row: row.held, days=True),
    Column(words=Words("決定日", "Decided"), value=lambda row: row.decided, days=True),
    Column(words=Words("通行証", "Permits"), value=lambda row: row.permits),
)
CONDITIONS: Final[tuple[Column[rows.Owed], ...]] = (
    Column(words=Words("条件番号", "Condition"), value=lambda row: row.view.condition.condition),
    Column(words=_NUMBER, value=lambda row: number_of(row.view.condition.consultation)),
    Column(words=Words("かかる矢印", "On which arrow"), value=lambda row: row.view.condition.hangs_on),
    Column(words=Words("条件", "Text"), value=lambda row: row.view.condition.text),
    Column(words=Words("区分", "Kind"), value=lambda row: CONDITION_KINDS[row.view.condition.kind]),
    Column(words=Words("証拠", "Proof"), value=lambda row: PROOFS[row.view.condition.proof]),
    Column(words=Words("負う人", "Owner"), value=lambda row: row.owner),
    Column(words=Words("確かめる人", "Verifier"), value=lambda row: row.verifier),
    Column(words=Words("期限", "Due"), value=lambda row: row.view.condition.due, days=True),
    Column(words=_STATE, value=lambda row: condition_chip(row.view.condition.state, stops=False).words),
    Column(words=Words("期限切れ", "Overdue"), value=lambda row: YES_OR_NO[row.overdue]),
    Column(words=Words("通行証を止めている", "Keeps a permit closed"), value=lambda row: YES_OR_NO[row.stops]),
    Column(words=Words("出された証拠", "What was handed in"), value=lambda row: row.view.proof_text),
    Column(words=Words("出された証拠の種類", "Its kind"), value=lambda row: PROOFS.get(row.view.proof_kind, "")),
    Column(words=Words("証拠のSHA-256", "SHA-256 of the proof"), value=lambda row: row.view.proof_paper),
    Column(words=Words("認めない理由", "Why it was not accepted"), value=lambda row: row.view.remark),
)
MEETINGS: Final[tuple[Column[rows.AgendaItem], ...]] = (
    Column(words=Words("会議", "Meeting"), value=lambda row: Words(row.meeting.label_ja, row.meeting.label_en)),
    Column(words=Words("日時", "When"), value=lambda row: rows.moment_in(row.meeting), days=True),
    Column(words=Words("場所", "Place"), value=lambda row: row.meeting.place),
    Column(words=_STATE, value=lambda row: meeting_chip(row.meeting.state).words),
    Column(words=Words("委員の数", "Members"), value=lambda row: len(row.meeting.members)),
    Column(words=Words("出席している数", "Present"), value=lambda row: len(row.meeting.present)),
    Column(words=_NUMBER, value=lambda row: number_of(row.matter.consultation) if row.matter else ""),
    Column(words=_TITLE, value=lambda row: Words(row.matter.label_ja, row.matter.label_en) if row.matter else ""),
    Column(words=Words("議題の状態", "State of the item"), value=_state_of),
)
QUESTIONS: Final[tuple[Column[rows.AskedOf], ...]] = (
    Column(words=Words("質問番号", "Question"), value=lambda row: row.row.question.question),
    Column(words=_NUMBER, value=lambda row: number_of(row.row.matter.consultation)),
    Column(words=_TITLE, value=lambda row: Words(row.row.matter.label_ja, row.row.matter.label_en)),
    Column(words=Words("版", "Version"), value=lambda row: row.row.question.version),
    Column(words=Words("どの記載について", "About which field"), value=lambda row: row.row.question.about),
    Column(words=Words("質問した委員", "Asked by"), value=lambda row: row.asked_by),
    Column(words=Words("質問", "Question"), value=lambda row: row.row.question.text),
    Column(words=Words("回答", "Answer"), value=lambda row: row.row.question.answer),
    Column(words=Words("根拠となる記載", "The field that says so"), value=lambda row: row.row.question.cites),
    Column(words=Words("改めた版", "Amended in"), value=lambda row: row.row.question.amended_in or None),
    Column(words=Words("回答済み", "Answered"), value=lambda row: YES_OR_NO[row.row.question.answered]),
    Column(words=_STATE, value=lambda row: question_chip(row.row).words),
    Column(words=Words("事項", "Topic"), value=lambda row: TOPICS[topic_of(row.row.question.about)]),
    Column(words=Words("答える人", "Who must answer"), value=lambda row: row.answerer),
    Column(words=Words("所属", "Department"), value=lambda row: _department_of(row.row.matter)),
    Column(words=Words("回答の期限", "To be answered by"), value=lambda row: row.row.question.answer_by, days=True),
    Column(words=Words("期限超過", "Overdue"), value=lambda row: YES_OR_NO[row.row.late and row.row.owed]),
    Column(words=Words("待っている日数", "Days waiting"), value=lambda row: row.row.waiting if row.row.owed else None),
    Column(words=Words("質問した日", "Asked"), value=lambda row: row.row.question.asked_at, days=True),
    Column(words=Words("回答した日", "Answered"), value=lambda row: row.row.question.answered_at, days=True),
)
PERMITS: Final[tuple[Column[PermitRow], ...]] = (
    Column(words=Words("通行証番号", "Permit"), value=lambda row: row.permit.permit),
    Column(words=_STATE, value=lambda row: permit_chip(row).words),
    Column(words=_NUMBER, value=lambda row: number_of(row.consultation)),
    Column(words=Words("接続", "Connection"), value=lambda row: Words(row.label_ja, row.label_en)),
    Column(words=Words("向き", "Direction"), value=lambda row: words_of(DIRECTIONS, row.specification.direction)),
    Column(words=Words("相手先", "Counterpart"), value=lambda row: _named(row, row.specification.counterpart)),
    Column(words=Words("経路", "Route"), value=lambda row: _named(row, *row.specification.route)),
    Column(words=Words("承認された項目", "Approved items"), value=lambda row: _named(row, *row.specification.items)),
    Column(
        words=Words("伏せて渡す項目", "Items handed over masked"),
        value=lambda row: _named(row, *row.specification.masked_items),
    ),
    Column(words=Words("操作者", "Operators"), value=lambda row: _named(row, *row.specification.persons)),
    Column(words=Words("端末", "Terminals"), value=lambda row: _named(row, *row.specification.terminals)),
    Column(words=Words("大きさ・件数", "Size, records"), value=lambda row: limits_of(row.specification)),
    Column(words=Words("初日", "From"), value=lambda row: in_office_time(row.specification.not_before), days=True),
    Column(words=Words("満了", "Until"), value=lambda row: in_office_time(row.specification.not_after), days=True),
    Column(words=Words("発行", "Issued"), value=lambda row: in_office_time(row.permit.issued_at), days=True),
    Column(words=Words("根拠", "Legal basis"), value=lambda row: row.specification.legal_basis),
)


def _named(row: PermitRow, *ids: str) -> str:
    """Ids by the names that the dossier gives them."""
    return "、".join(str(Words(*row.names.get(each, (each, each)))) for each in ids)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A list that leaves: its title, its columns, where its rows come from, and who may take it along."""

    title: Words
    columns: Sequence[Column[Any]]
    rows: Callable[[Office], Iterable[Any]]
    roles: tuple[Role, ...] = EVERYBODY


FINDINGS: Final[tuple[Column[FindingView], ...]] = (
    Column(words=Words("番号", "Finding"), value=lambda row: row.finding),
    Column(words=Words("送信元", "Source"), value=lambda row: row.source),
    Column(words=Words("所属", "Department"), value=lambda row: row.department),
    Column(words=Words("宛先（受け取ったまま）", "Destination, as received"), value=lambda row: row.received),
    Column(words=Words("宛先", "Destination"), value=lambda row: row.host),
    Column(words=Words("ポート", "Port"), value=lambda row: row.port),
    Column(words=Words("最初", "First"), value=lambda row: in_office_time(row.first_seen), days=True),
    Column(words=Words("最後", "Last"), value=lambda row: in_office_time(row.last_seen), days=True),
    Column(words=Words("回数", "Times"), value=lambda row: row.times),
    Column(words=Words("出口で遮断", "Refused"), value=lambda row: row.turned_away),
    Column(words=Words("出た量（バイト）", "Bytes sent"), value=lambda row: row.up if row.up >= 0 else None),
    Column(words=Words("入った量（バイト）", "Bytes received"), value=lambda row: row.down if row.down >= 0 else None),
    Column(words=Words("判定", "Judged"), value=lambda row: why_words(row.why)),
    Column(words=Words("通行証", "Permit"), value=lambda row: row.permit),
    Column(words=Words("矢印", "Arrow"), value=lambda row: row.connection),
    Column(words=Words("仕分け", "Triage"), value=lambda row: triage_words(row.triage)),
    Column(words=Words("回答期限", "Answer due"), value=lambda row: row.due, days=True),
    Column(words=_STATE, value=lambda row: finding_chip(row.state).words),
    Column(words=Words("起案した諮問", "Consultation"), value=lambda row: row.matter),
    Column(words=Words("停止の証拠", "Proof that it stopped"), value=lambda row: row.proof),
    Column(words=Words("報告した会議", "Reported to"), value=lambda row: row.reported_in),
)


LISTS: Final = MappingProxyType(
    {
        "findings": Listed(
            title=Words("諮られていない接続の一覧", "Findings of the survey"),
            columns=FINDINGS,
            rows=lambda office: finding_views(office.tenant),
        ),
        "consultations": Listed(
            title=Words("諮問の一覧", "Consultations"), columns=CONSULTATIONS, rows=rows.consultations
        ),
        "conditions": Listed(
            title=Words("条件の一覧", "Conditions"), columns=CONDITIONS, rows=rows.conditions, roles=READERS
        ),
        "meetings": Listed(title=Words("会議と議題", "Meetings and agenda"), columns=MEETINGS, rows=rows.agenda),
        "questions": Listed(title=Words("質問の一覧", "Questions"), columns=QUESTIONS, rows=rows.questions),
        "permits": Listed(
            title=Words("通行証の一覧", "Permits"), columns=PERMITS, rows=lambda office: permit_rows(office.tenant)
        ),
        "assessments": Listed(title=Words("評価の一覧", "Assessments"), columns=ASSESSMENTS, rows=rows.assessments),
        "minutes": Listed(title=Words("会議録の一覧", "Minutes"), columns=MINUTES, rows=rows.all_minutes),
        "people": Listed(
            title=Words("職員と役割の一覧", "People and roles"),
            columns=PEOPLE,
            rows=lambda office: people_of(office.tenant),
            roles=(Role.ADMINISTRATOR,),
        ),
    }
)
