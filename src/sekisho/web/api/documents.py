"""The documents that the screens give, as data: letters, reports, minutes and sheets as PDF, every list as workbook."""

import base64
import hashlib
from collections.abc import Callable
from typing import Final, Protocol

from django.http import Http404, HttpRequest
from django.utils import timezone

from sekisho.adapters.assessments import shipped_form
from sekisho.adapters.database.queries_desk import record_export
from sekisho.adapters.database.queries_internal_papers import internal_on_file
from sekisho.adapters.database.queries_letters import letter_on_file
from sekisho.adapters.database.queries_minutes import published_pdf
from sekisho.adapters.documents import assessment_pdf
from sekisho.adapters.documents.spreadsheet import CONTENT_TYPE
from sekisho.web.access import EVERYBODY
from sekisho.web.api import bodies
from sekisho.web.api.doors import offer
from sekisho.web.api.lists import put_list
from sekisho.web.api.shown_more import DocumentShown
from sekisho.web.components.listing import list_workbook
from sekisho.web.office import office_in
from sekisho.web.pages.assessments.reading import file_for as assessment_for
from sekisho.web.pages.deliberation.reading import file_for
from sekisho.web.pages.lists.columns import LISTS, Listed
from sekisho.web.pages.questions.reading import readable_questions
from sekisho.web.pages.questions.sheet import question_sheet
from sekisho.web.words import Words

_PDF: Final = "application/pdf"


def _document(body: bytes, name: str, kind: str = _PDF) -> dict[str, str]:
    """A document as data."""
    digest = hashlib.sha256(body).hexdigest()
    return {"name": name, "kind": kind, "sha256": digest, "base64": base64.b64encode(body).decode("ascii")}


class _Paper(Protocol):
    """A paper on file that can be made a document."""

    def pdf(self) -> bytes:
        """The document as PDF."""


def _of_matter(
    request: HttpRequest, matter: str, on_file: Callable[[str, str], _Paper | None], what: str
) -> dict[str, str]:
    """A paper of a matter that this office may read; that it was taken out is written into the ledger."""
    office = office_in(request)
    file_for(office, matter)
    found = on_file(office.tenant, matter)
    if found is None:
        raise Http404
    body = found.pdf()
    record_export(office.tenant, office.standing, timezone.now(), what=f"{what} {matter}")
    return _document(body, f"{what.replace(' ', '-')}-{matter}.pdf")


@offer(
    "GET",
    "/matters/{matter}/letter/pdf",
    EVERYBODY,
    operation_id="letter_pdf",
    tags=["matter"],
    response={200: DocumentShown, **dict.fromkeys((401, 403, 404, 409, 422), bodies.WhyNot)},
)
def letter(request: HttpRequest, matter: str) -> dict[str, str]:
    """The decision letter; one that is not signed by both says so on its first line. It is written into the ledger."""
    return _of_matter(request, matter, letter_on_file, "letter")


@offer(
    "GET",
    "/matters/{matter}/internal-decision/pdf",
    EVERYBODY,
    operation_id="internal_decision_pdf",
    tags=["matter"],
    response={200: DocumentShown, **dict.fromkeys((401, 403, 404, 409, 422), bodies.WhyNot)},
)
def internal_decision(request: HttpRequest, matter: str) -> dict[str, str]:
    """The agency's own decision; one that still lacks a signature says so on its first line. It is in the ledger."""
    return _of_matter(request, matter, internal_on_file, "internal decision")


@put_list("/assessments/{assessment}/versions/{version}/pdf", "assessment_pdf", DocumentShown)
def assessment(request: HttpRequest, assessment: str, version: int) -> dict[str, str]:
    """The report of one version, with its table of changes."""
    view = assessment_for(office_in(request), assessment).at(version)
    if view is None:
        raise Http404
    body = assessment_pdf(shipped_form(), view.report, changes=view.changes if version > 1 else None)
    return _document(body, f"assessment-{assessment}-{version}.pdf")


@put_list("/minutes/{minutes}/versions/{version}/pdf", "minutes_pdf", DocumentShown, tag="minutes")
def minutes(request: HttpRequest, minutes: str, version: int) -> dict[str, str]:
    """A published version of minutes, as it went out."""
    body = published_pdf(office_in(request).tenant, minutes, version)
    if body is None:
        raise Http404
    return _document(body, f"minutes-{minutes}-{version}.pdf")


@put_list("/question-sheet", "question_sheet", DocumentShown, tag="question")
def sheet(request: HttpRequest) -> dict[str, str]:
    """The questions and answers that this person may read, on A4. It is written into the ledger."""
    office, now = office_in(request), timezone.now()
    body = question_sheet(readable_questions(office), Words(office.tenant_ja, office.tenant_en), now)
    record_export(office.tenant, office.standing, now, what="question_sheet")
    return _document(body, f"questions-{now:%Y%m%d-%H%M%S}.pdf")


def _put_workbook(name: str, listed: Listed) -> None:
    """Put one list at its address as a workbook."""

    def view(request: HttpRequest) -> dict[str, str]:
        office, now = office_in(request), timezone.now()
        body = list_workbook(listed.title, listed.columns, listed.rows(office))
        record_export(office.tenant, office.standing, now, what=name)
        return _document(body, f"{name}-{now:%Y%m%d-%H%M%S}.xlsx", CONTENT_TYPE)

    view.__doc__ = f"{listed.title.en} as a workbook, this reader's own rows. It is written into the ledger."
    put_list(f"/workbooks/{name}", f"{name}_workbook", DocumentShown, listed.roles, tag="list")(view)


for _name, _listed in LISTS.items():
    _put_workbook(_name, _listed)
