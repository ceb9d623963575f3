"""Gathering the answers (質疑の取りまとめ): who answers a question until when, and how the member takes the answer."""

from datetime import date

from sekisho.adapters.database.council_deeds import Bench, Deed, bench, text_digest
from sekisho.adapters.database.council_questions import (
    OWED_IN,
    Asked,
    check_member,
    find_question,
    may_ask,
    put_question,
    question_of,
)
from sekisho.adapters.database.models import Person, QuestionRow
from sekisho.adapters.database.office_time import office_day
from sekisho.kernel import EntryKind, ReasonCode, Refused, because
from sekisho.kernel.council import QUESTION_TABLE, Act, Role, advance_state


def able_answerers(tenant: str, department: str) -> tuple[str, ...]:
    """Who of a department can answer for it."""
    people = Person.objects.filter(tenant_id=tenant, department=department, is_active=True).order_by("username")
    return tuple(each.username for each in people if each.has_role(Role.DRAFTER))


def assign_answer(deed: Deed, matter: str, question: str, answerer: str, answer_by: date) -> None:
    """The secretariat names who answers a question, and until when; naming somebody else later is the same act.

    Raises:
        Refused: Answered already, nobody of the department that consults, a day that is past, or not by this person.

    """
    with bench(deed, matter) as work:
        work.allow(Act.GATHER_QUESTIONS)
        work.must_be(*OWED_IN)
        asked = find_question(work, question)
        state, reasons = question_of(asked).state, []
        if state != QUESTION_TABLE.first:
            reasons.append(because(ReasonCode.NOT_IN_THIS_STATE, what=question, state=state))
        if answerer not in able_answerers(deed.tenant, work.row.department):
            reasons.append(because(ReasonCode.NOT_FOUND, what=f"{answerer} ({Role.DRAFTER}, {work.row.department})"))
        if answer_by < office_day(deed.at):
            reasons.append(because(ReasonCode.FIELD_NOT_UNDERSTOOD, where="answer_by", what=answer_by.isoformat()))
        if reasons:
            raise Refused(reasons)
        asked.answerer, asked.answer_by = answerer, answer_by
        asked.save(update_fields=["answerer", "answer_by"])
        facts = {"answerer": answerer, "answer_by": answer_by.isoformat()}
        work.note(EntryKind.QUESTION_ASSIGNED, question=question, **facts)


def _own(work: Bench, question: str) -> QuestionRow:
    """A question of whoever acts: nobody takes the answer to another's question.

    Raises:
        Refused: It is another's, or there is none.

    """
    asked = find_question(work, question)
    if asked.asked_by != work.deed.person:
        raise Refused([because(ReasonCode.NOT_ALLOWED, action=f"take the answer to {question}")])
    return asked


def _settle(work: Bench, asked: QuestionRow, step: str) -> None:
    """Take a step of the question's table; the answer as it stands now is what was taken."""
    asked.settled = advance_state(QUESTION_TABLE, asked.question, question_of(asked).state, step, work.roles)
    asked.save(update_fields=["settled"])


def accept_answer(deed: Deed, matter: str, question: str) -> None:
    """The member who asked accepts the answer; from then on it is not worded anew.

    Raises:
        Refused: Not answered, taken already, another's question, or the member takes no part in the matter.

    """
    with bench(deed, matter) as work:
        work.allow(Act.ASK)
        check_member(work)
        work.must_be(*OWED_IN)
        asked = _own(work, question)
        _settle(work, asked, "accept")
        work.note(EntryKind.ANSWER_ACCEPTED, question=question, text=text_digest(asked.answer))


def follow_up(deed: Deed, matter: str, question: str, text: str) -> str:
    """The member who asked is not content and asks again about the same field; answers the new question's id.

    Raises:
        Refused: Not answered, taken already, another's question, nothing is asked, or not now.

    """
    with bench(deed, matter) as work:
        may_ask(work)
        asked = _own(work, question)
        _settle(work, asked, "follow_up")
        again = put_question(work, Asked(about=asked.about, text=text, blocking=asked.blocking), follows=question)
        work.note(EntryKind.QUESTION_FOLLOWED_UP, question=question, by_question=again)
        return again
