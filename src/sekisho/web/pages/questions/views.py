"""S-235 質疑の取りまとめ: every question in one place, and the sheet of questions and answers for the meeting."""

from collections.abc import Mapping, Sequence
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from sekisho.adapters.database.queries_council import names_of
from sekisho.adapters.database.queries_desk import record_export
from sekisho.adapters.database.queries_questions import GatheredQuestion
from sekisho.web.access import EVERYBODY, open_to
from sekisho.web.components.screen import screen
from sekisho.web.office import Office, office_in
from sekisho.web.pages.deliberation.reading import file_for
from sekisho.web.pages.gate.exports import attachment
from sekisho.web.pages.questions.forms import forms_for
from sekisho.web.pages.questions.page import Opened, QuestionsPage, alike_lines, counts_of, groups_of
from sekisho.web.pages.questions.reading import readable_questions
from sekisho.web.pages.questions.search import filters_of, found_by, query_of, read_typed
from sekisho.web.pages.questions.sheet import question_sheet
from sekisho.web.words import Words

TITLE: Final = Words("質疑の取りまとめ", "Questions and answers")
SCREEN: Final = screen("S-235", TITLE)


def _forms(row: GatheredQuestion, known: Sequence[GatheredQuestion], office: Office, like: str) -> Opened:
    """A question with its forms; an answer that is taken over from an earlier one stands in the form."""
    taken = next((each.question.answer for each in known if each.question.question == like), "")
    forms = tuple(forms_for(row, file_for(office, row.matter.matter), office, taken))
    return Opened(question=row.question.question, forms=forms)


def _opened(
    rows: Sequence[GatheredQuestion], known: Sequence[GatheredQuestion], office: Office, asked: Mapping[str, str]
) -> Opened:
    """The question that was asked for; if none was, the first that waits for this reader."""
    wanted = asked.get("open", "")
    own = (row for row in rows if row.question.state == "answered" and row.question.asked_by == office.person)
    waiting = [*(row for row in rows if row.owed), *own]
    chosen = [row for row in rows if row.question.question == wanted] if wanted else waiting
    found = (_forms(row, known, office, asked.get("like", "")) for row in chosen)
    opened = next((each for each in found if each.forms or wanted), Opened())
    row = next((each for each in chosen if each.question.question == opened.question), None)
    if row is None:
        return opened
    lines = tuple(alike_lines(row, known, read_typed(asked)))
    return Opened(question=opened.question, forms=opened.forms, alike=lines)


def _questions(request: HttpRequest, asked: Mapping[str, str]) -> HttpResponse:
    """The page for what the filter asks."""
    office, typed = office_in(request), read_typed(asked)
    known, names = readable_questions(office), names_of(office.tenant)
    rows = found_by(known, typed)
    page = QuestionsPage(
        counts=counts_of(known),
        filters=filters_of(known, typed, names),
        groups=tuple(groups_of(rows, names, typed, _opened(rows, known, office, asked))),
        shown=len(rows),
        query=query_of(typed),
    )
    return render(request, "questions/questions.html", {"screen": SCREEN, "page": page})


@require_GET
@open_to(*EVERYBODY)
def questions(request: HttpRequest) -> HttpResponse:
    """Every question that this reader may read, filtered."""
    return _questions(request, request.GET.dict())


@require_GET
@open_to(*EVERYBODY)
def of_matter(request: HttpRequest, matter: str) -> HttpResponse:
    """The questions of one consultation."""
    file_for(office_in(request), matter)
    return _questions(request, {**request.GET.dict(), "matter": matter})


@require_POST
@open_to(*EVERYBODY)
def sheet(request: HttpRequest) -> HttpResponse:
    """質疑応答書: what the filter asks for, on A4, as an entry in the ledger first."""
    office, now = office_in(request), timezone.now()
    rows = found_by(readable_questions(office), read_typed(request.GET.dict()))
    body = question_sheet(rows, Words(office.tenant_ja, office.tenant_en), now)
    record_export(office.tenant, office.standing, now, what="question_sheet")
    return attachment(body, "application/pdf", f"questions-{now:%Y%m%d-%H%M%S}.pdf")
