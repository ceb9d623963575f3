"""Questions and answers, recusal, and written opinions that stay sealed until their time."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Final

from sekisho.adapters.database.council_deeds import Bench, Deed, bench, find_matter, roles_of, text_digest
from sekisho.adapters.database.council_papers import read_paper
from sekisho.adapters.database.models import Matter, OpinionRow, QuestionRow, RecusalRow
from sekisho.adapters.database.office_time import OFFICE_TIME
from sekisho.adapters.database.sealing import Seals
from sekisho.kernel import EntryKind, ReasonCode, Refused, because
from sekisho.kernel.council import (
    QUESTION_TABLE,
    Act,
    BlindPhase,
    Question,
    WrittenOpinion,
    advance_state,
    check_duties,
    differences_between,
    flatten_dossier,
    readable_opinions,
)

OWED_IN: Final = ("agenda", "circulated", "in_session", "deliberating")
"""Where a matter stands while answers are owed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a member wants to know about which field, and whether nothing is decided before the answer."""

    about: str
    text: str
    blocking: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer: it cites a field of the dossier, or names the version that changed one."""

    text: str
    cites: str = ""
    amended_in: int = 0


def check_member(work: Bench) -> None:
    """Is this somebody who is called to the meeting of the matter, and not recused?

    Raises:
        Refused: They are not.

    """
    if work.row.meeting is None or work.deed.person not in work.row.meeting.members:
        raise Refused([because(ReasonCode.NOT_ALLOWED, action="take part")])
    if RecusalRow.objects.filter(matter=work.row, person=work.deed.person).exists():
        raise Refused([because(ReasonCode.RECUSED, person=work.deed.person, item=work.row.consultation)])


def ask(deed: Deed, matter: str, asked: Asked) -> str:
    """Ask about a field of what was circulated; answers the question's id.

    Raises:
        Refused: There is no such field, the question is empty, or this is not for this person.

    """
    with bench(deed, matter) as work:
        may_ask(work)
        return put_question(work, asked)


def may_ask(work: Bench) -> None:
    """Is this the time to ask, and a member who takes part?

    Raises:
        Refused: It is not, or they do not.

    """
    work.allow(Act.ASK)
    check_member(work)
    work.must_be("circulated", "in_session")


def put_question(work: Bench, asked: Asked, follows: str = "") -> str:
    """Write a question down; answers its id.

    Raises:
        Refused: There is no such field, or the question is empty.

    """
    _check_field(work.row, asked.about)
    if not asked.text.strip():
        raise Refused([because(ReasonCode.DOSSIER_INCOMPLETE, place="question", what="text")])
    count = QuestionRow.objects.filter(matter=work.row).count()
    question = f"{work.row.consultation}-q{count + 1}"
    QuestionRow.objects.create(
        matter=work.row,
        question=question,
        asked_by=work.deed.person,
        version=work.row.version,
        about=asked.about,
        text=asked.text,
        blocking=asked.blocking,
        follows=follows,
        asked_at=work.deed.at,
    )
    work.note(EntryKind.QUESTION_ASKED, question=question, about=asked.about, text=text_digest(asked.text))
    return question


def _check_field(row: Matter, path: str) -> None:
    """Is this a field of the present version?

    Raises:
        Refused: It is not.

    """
    if path not in flatten_dossier(read_paper(row).dossier):
        raise Refused([because(ReasonCode.NOT_FOUND, what=path)])


def _check_reply(work: Bench, asked: QuestionRow, reply: Reply) -> None:
    """An answer points to what the dossier says, or to what was changed in it since the question.

    Raises:
        Refused: It does neither.

    """
    if not reply.text.strip() or bool(reply.cites) == bool(reply.amended_in):
        raise Refused([because(ReasonCode.DOSSIER_INCOMPLETE, place=asked.question, what="cites, amended_in")])
    if reply.cites:
        _check_field(work.row, reply.cites)
        return
    if not asked.version < reply.amended_in <= work.row.version:
        raise Refused([because(ReasonCode.NOT_FOUND, what=f"{work.row.matter}/{reply.amended_in}")])
    before, after = (read_paper(work.row, each).dossier for each in (asked.version, reply.amended_in))
    if not differences_between(before, after):
        raise Refused([because(ReasonCode.NOT_FOUND, what=f"{work.row.matter}/{reply.amended_in} = {asked.version}")])


def answer(deed: Deed, matter: str, question: str, reply: Reply) -> None:
    """Answer a question.

    Raises:
        Refused: The answer neither cites nor amends, there is no such question, or this is not for this person.

    """
    with bench(deed, matter) as work:
        work.allow(Act.ANSWER)
        asked = find_question(work, question)
        work.must_be(*OWED_IN)
        advance_state(QUESTION_TABLE, question, question_of(asked).state, "answer", work.roles)
        if asked.answerer not in {"", deed.person}:
            raise Refused([because(ReasonCode.ANSWER_IS_ANOTHERS, question=question, person=asked.answerer)])
        _check_reply(work, asked, reply)
        asked.answer, asked.answered_by, asked.answered_at = reply.text, deed.person, deed.at
        asked.cites, asked.amended_in = reply.cites, reply.amended_in
        asked.save()
        facts = {"cites": reply.cites, "amended_in": reply.amended_in, "text": text_digest(reply.text)}
        work.note(EntryKind.QUESTION_ANSWERED, question=question, **facts)


def questions_of(row: Matter) -> tuple[Question, ...]:
    """The questions of a matter, in the order in which they were asked."""
    return tuple(question_of(each) for each in QuestionRow.objects.filter(matter=row).order_by("id"))


def question_of(row: QuestionRow) -> Question:
    """A question as its row says."""
    return Question(**{each.name: getattr(row, each.name) for each in fields(Question)})


def find_question(work: Bench, question: str) -> QuestionRow:
    """A question of the matter on the bench.

    Raises:
        Refused: There is none.

    """
    found = QuestionRow.objects.filter(matter=work.row, question=question).first()
    if found is None:
        raise Refused([because(ReasonCode.NOT_FOUND, what=question)])
    return found


def recuse(deed: Deed, matter: str, reason: str) -> None:
    """Declare a conflict of interest: from now on this member takes no part in the matter.

    Raises:
        Refused: Not a member, too late, or no reason is given.

    """
    with bench(deed, matter) as work:
        check_member(work)
        work.must_be("agenda", "circulated", "in_session")
        if not reason.strip():
            raise Refused([because(ReasonCode.DOSSIER_INCOMPLETE, place="recusal", what="reason")])
        RecusalRow.objects.create(matter=work.row, person=deed.person, reason=reason)
        work.note(EntryKind.MEMBER_RECUSED)


def recused_from(row: Matter) -> frozenset[str]:
    """Who takes no part in a matter."""
    return frozenset(RecusalRow.objects.filter(matter=row).values_list("person", flat=True))


def blind_phase(row: Matter) -> BlindPhase:
    """Whose opinions are asked for, and until when.

    Raises:
        Refused: The matter was not circulated yet.

    """
    if row.meeting is None or row.opinions_until is None:
        raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=row.matter, state=row.state)])
    deadline = row.opinions_until.astimezone(OFFICE_TIME)
    members = frozenset(row.meeting.members) - recused_from(row)
    return BlindPhase(members=members, version=row.version, deadline=deadline)


def _subject(row: Matter) -> str:
    """Under whose key the opinions of a matter are sealed."""
    return f"opinions/{row.matter}"


def _place(row: Matter, version: int, person: str) -> str:
    """Where an opinion belongs; it opens nowhere else."""
    return f"opinion/{row.matter}/{version}/{person}"


def give_opinion(deed: Deed, matter: str, text: str) -> None:
    """Write an opinion on the version that was circulated; it is sealed, and only its writer reads it for now.

    Raises:
        Refused: The time is over, nothing is written, or this is not for this person.

    """
    seals = Seals(deed.tenant)
    seals.prepare([_subject(find_matter(deed.tenant, matter))])
    with bench(deed, matter) as work:
        work.allow(Act.GIVE_OPINION)
        check_member(work)
        work.must_be("circulated")
        phase = blind_phase(work.row)
        if deed.at >= phase.deadline:
            raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=matter, state="opinions_closed")])
        if not text.strip():
            raise Refused([because(ReasonCode.DOSSIER_INCOMPLETE, place="opinion", what="text")])
        place = _place(work.row, work.row.version, deed.person)
        sealed = seals.seal(_subject(work.row), place, {"text": text})
        OpinionRow.objects.update_or_create(
            matter=work.row,
            version=work.row.version,
            person=deed.person,
            defaults={"sealed": sealed, "given_at": deed.at},
        )
        # The digest is that of the sealed bytes: one of a short text could be guessed before its time.
        work.note(EntryKind.OPINION_SEALED, sealed=text_digest(sealed.hex()))


def read_opinions(deed: Deed, matter: str) -> tuple[WrittenOpinion, ...]:
    """What this reader may see of the written opinions now, of every version.

    Raises:
        Refused: They are sealed for this reader, who may be recused, or the matter was not circulated.

    """
    row, roles = find_matter(deed.tenant, matter), roles_of(deed)
    check_duties(deed.person, roles, Act.GIVE_OPINION, ())
    phase, seals = blind_phase(row), Seals(deed.tenant)
    if deed.person in recused_from(row):
        raise Refused([because(ReasonCode.RECUSED, person=deed.person, item=row.consultation)])
    stored = list(OpinionRow.objects.filter(matter=row).order_by("version", "person"))
    closed = [_closed(each) for each in stored]
    readable = {(each.version, each.person) for each in readable_opinions(phase, closed, deed.person, deed.at)}
    return tuple(_open(each, row, seals) for each in stored if (each.version, each.person) in readable)


def _closed(row: OpinionRow) -> WrittenOpinion:
    """That an opinion is there, without its words."""
    return WrittenOpinion(person=row.person, version=row.version, text="", given_at=row.given_at)


def _open(each: OpinionRow, row: Matter, seals: Seals) -> WrittenOpinion:
    """An opinion with its words."""
    words = seals.open(_subject(row), _place(row, each.version, each.person), bytes(each.sealed))
    at: datetime = each.given_at
    return WrittenOpinion(person=each.person, version=each.version, text=str(words["text"]), given_at=at)
