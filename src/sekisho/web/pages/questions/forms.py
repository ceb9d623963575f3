"""What this person can do with one question now: name who answers, answer, take the answer, ask again."""

from collections.abc import Iterator

from django.utils import timezone

from sekisho.adapters.database.council_gathering import able_answerers
from sekisho.adapters.database.queries_council import MatterFile, names_of
from sekisho.adapters.database.queries_questions import GatheredQuestion
from sekisho.kernel.council import QUESTION_TABLE, Role
from sekisho.web.components.act_forms import DATE, SELECT, ActForm, FormField, pick
from sekisho.web.components.dates import in_office_time
from sekisho.web.office import Office
from sekisho.web.pages.deliberation.offers import act_url, answer_form, owes_answers
from sekisho.web.pages.deliberation.taking import taking_forms, which
from sekisho.web.words import Words

BACK = "matter_questions"


def may_answer(row: GatheredQuestion, file: MatterFile, office: Office) -> bool:
    """Is it this person's to answer: of the department, and nobody else was named?"""
    open_still = any(each.act == "answer" for each in QUESTION_TABLE.steps_from(row.question.state))
    return open_still and owes_answers(file, office) and row.question.answerer in {"", office.person}


def _assign_form(row: GatheredQuestion, office: Office) -> ActForm:
    """Naming who answers, and until when: at the latest the day of the meeting."""
    names = names_of(office.tenant)
    people = ((each, Words(*names[each])) for each in able_answerers(office.tenant, row.matter.department))
    meeting = row.matter.meeting
    day = row.question.answer_by or (in_office_time(meeting.due_on).date() if meeting else None)
    today = in_office_time(timezone.now()).date()
    return ActForm(
        key=f"assign-{row.question.question}",
        url=act_url(row.matter.matter, "assign_answer"),
        words=Words("回答者を決める", "Name who answers"),
        back=BACK,
        fields=(
            which(row.question),
            FormField(
                name="answerer",
                words=Words("回答者", "Who answers"),
                kind=SELECT,
                choices=pick(*people, chosen=row.question.answerer),
            ),
            FormField(
                name="answer_by",
                words=Words("回答の期限", "To be answered by"),
                kind=DATE,
                value=max(day, today).isoformat() if day else "",
            ),
        ),
    )


def forms_for(row: GatheredQuestion, file: MatterFile, office: Office, text: str) -> Iterator[ActForm]:
    """Every form of this person for this question; an answer may begin from the words of an earlier one."""
    if Role.SECRETARIAT in office.roles and row.owed:
        yield _assign_form(row, office)
    if may_answer(row, file, office):
        yield answer_form(file, row.question, text=text or row.question.answer, back=BACK)
    yield from taking_forms(row.matter, row.question, office, row.recused, BACK)
