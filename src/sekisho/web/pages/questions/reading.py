"""Which questions somebody reads: those of the matters that they may read, and none of a matter that they left."""

from django.http import Http404
from django.utils import timezone

from sekisho.adapters.database.queries_questions import GatheredQuestion, gathered_questions
from sekisho.web.office import Office
from sekisho.web.pages.deliberation.reading import may_read


def readable_questions(office: Office) -> tuple[GatheredQuestion, ...]:
    """The questions that this person may read; whoever is recused from a matter takes no part in its questions."""
    found = gathered_questions(office.tenant, timezone.now())
    return tuple(each for each in found if may_read(each.matter, office) and office.person not in each.recused)


def question_for(office: Office, question: str) -> GatheredQuestion:
    """One question that this person may read.

    Raises:
        Http404: There is none.

    """
    found = next((each for each in readable_questions(office) if each.question.question == question), None)
    if found is None:
        raise Http404
    return found
