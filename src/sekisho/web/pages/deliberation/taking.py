"""How the member who asked takes an answer, on the member's desk and where questions are gathered."""

from collections.abc import Collection, Iterator
from typing import Final

from sekisho.adapters.database.council_questions import OWED_IN
from sekisho.adapters.database.queries_council import MatterRow
from sekisho.kernel.council import QUESTION_TABLE, Question, Role
from sekisho.web.components.act_forms import AREA, HIDDEN, ActForm, FormField, words_pair
from sekisho.web.office import Office
from sekisho.web.pages.deliberation.offers import act_url
from sekisho.web.words import Words

_ASKED_IN: Final = ("circulated", "in_session")


def which(question: Question) -> FormField:
    """Which question a form is about."""
    return FormField(name="question", words="", kind=HIDDEN, value=question.question)


def taking_forms(
    row: MatterRow, question: Question, office: Office, recused: Collection[str], back: str
) -> Iterator[ActForm]:
    """How the member who asked takes the answer: content, or with another question."""
    sits = {Role.COUNCIL_MEMBER, Role.CHAIR} & set(office.roles) and office.person not in recused
    own = sits and question.asked_by == office.person and question.state == "answered"
    if not own or row.state not in OWED_IN:
        return
    yield ActForm(
        key=f"accept-{question.question}",
        url=act_url(row.matter, "accept_answer"),
        words=words_pair(QUESTION_TABLE.acts["accept"]),
        fields=(which(question),),
        back=back,
        main=True,
    )
    if row.state in _ASKED_IN:
        again = FormField(name="text", words=Words("再質問", "What you ask again"), kind=AREA)
        yield ActForm(
            key=f"follow-{question.question}",
            url=act_url(row.matter, "follow_up"),
            words=words_pair(QUESTION_TABLE.acts["follow_up"]),
            fields=(which(question), again),
            back=back,
        )
