"""What anybody may read: the register of a municipality, its minutes as page and PDF, its decision letters."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from sekisho.adapters.assessments import shipped_form
from sekisho.adapters.database.office_time import office_day
from sekisho.adapters.database.queries_assessments import AssessmentLine, assessment_file, assessment_lines
from sekisho.adapters.database.queries_council import MatterFile, MatterRow, decided_on, matter_file, matter_rows
from sekisho.adapters.database.queries_internal_papers import InternalOnFile, internal_on_file
from sekisho.adapters.database.queries_letters import letter_on_file
from sekisho.adapters.database.queries_minutes import (
    minutes_file,
    municipality_name,
    published_minutes,
    published_pdf,
)
from sekisho.adapters.database.queries_register import decided_titles
from sekisho.adapters.documents import assessment_pdf
from sekisho.bootstrap.residents import OpenDraft, open_drafts
from sekisho.kernel import Refused
from sekisho.kernel.council import Dossier, ItemVerdict
from sekisho.web.access import refuse
from sekisho.web.components.dates import long_day, long_moment
from sekisho.web.components.screen import Crumb, screen
from sekisho.web.components.vocabulary import item_words
from sekisho.web.pages.assessments.words import DEPTHS, state_chip
from sekisho.web.pages.deliberation.words import VERDICTS, matter_chip, number_of
from sekisho.web.pages.gate.exports import attachment
from sekisho.web.pages.minutes.views import version_part
from sekisho.web.words import Words

TITLE: Final = Words("公表資料", "Public register")
_ANSWERED: Final = frozenset(
    {"answered", "agency_decided", "agency_declined", "in_force", "amendment_pending", "expired", "revoked"}
    | {"superseded"},
)


def _municipality(tenant: str) -> Words:
    """What the municipality is called.

    Raises:
        Http404: It is not entered here.

    """
    found = municipality_name(tenant)
    if found is None:
        raise Http404
    return Words(*found)


def _home(tenant: str) -> Crumb:
    """The way back to the register."""
    return Crumb(title=TITLE, url=reverse("public_register", args=[tenant]))


def _decision_line(tenant: str, row: MatterRow, titles: Mapping[str, tuple[str, str]]) -> SimpleNamespace:
    """A consultation that was answered, by the title that was decided on."""
    return SimpleNamespace(
        url=reverse("public_decision", args=[tenant, row.matter]),
        number=number_of(row.consultation),
        title=Words(*titles.get(row.matter, (row.label_ja, row.label_en))),
        department=Words(row.department_ja, row.department_en),
        chip=matter_chip(row.state),
    )


def _assessment_line(tenant: str, line: AssessmentLine) -> SimpleNamespace:
    """An assessment that is in force."""
    return SimpleNamespace(
        title=Words(line.label_ja, line.label_en),
        depth=DEPTHS[line.judgement.depth] if line.judgement else "",
        version=line.in_force,
        chip=state_chip(line.state),
        pdf=reverse("public_assessment", args=[tenant, line.assessment]),
    )


def _draft_line(tenant: str, draft: OpenDraft) -> SimpleNamespace:
    """A draft that the public is or was asked about."""
    return SimpleNamespace(
        url=reverse("public_comments", args=[tenant, draft.assessment]),
        title=Words(draft.label_ja, draft.label_en),
        until=long_day(draft.closes_on),
        is_open=draft.is_open,
    )


@require_GET
def register(request: HttpRequest, tenant: str) -> HttpResponse:
    """Everything that a municipality has published: minutes, decision letters, assessments."""
    name, now, titles = _municipality(tenant), timezone.now(), decided_titles(tenant)
    assessments = [each for each in assessment_lines(tenant, office_day(now)) if each.in_force]
    page = SimpleNamespace(
        municipality=name,
        permits=reverse("register", args=[tenant]),
        minutes=[
            SimpleNamespace(
                url=reverse("public_minutes", args=[tenant, each.minutes, each.version]),
                pdf=reverse("public_minutes_pdf", args=[tenant, each.minutes, each.version]),
                title=each.title,
                version=each.version,
                at=long_moment(each.published_at),
            )
            for each in published_minutes(tenant)
        ],
        decisions=[
            _decision_line(tenant, each, titles) for each in matter_rows(tenant, now) if each.state in _ANSWERED
        ],
        assessments=[_assessment_line(tenant, each) for each in assessments],
        comments=[_draft_line(tenant, each) for each in open_drafts(tenant, now)],
    )
    return render(request, "public/register.html", {"screen": screen("S-700", TITLE), "page": page})


@require_GET
def minutes(request: HttpRequest, tenant: str, minutes: str, version: int) -> HttpResponse:
    """One published version of minutes, with the way to the others."""
    _municipality(tenant)
    file = minutes_file(tenant, minutes)
    found = [each for each in file.published if each.version == version] if file is not None else []
    if file is None or not found:
        raise Http404
    newest = file.published[0].version
    page = SimpleNamespace(
        version=version_part(tenant, found[0]),
        others=[version_part(tenant, each) for each in file.published if each.version != version],
        newer=newest if newest > version else 0,
        newer_url=reverse("public_minutes", args=[tenant, minutes, newest]),
    )
    shown = screen("S-702", Words("会議録", "Minutes"), found[0].title, _home(tenant))
    return render(request, "public/minutes.html", {"screen": shown, "page": page})


@require_GET
def minutes_pdf(_request: HttpRequest, tenant: str, minutes: str, version: int) -> HttpResponse:
    """The PDF of a published version, as it went out."""
    body = published_pdf(tenant, minutes, version)
    if body is None:
        raise Http404
    return attachment(body, "application/pdf", f"minutes-{minutes}-{version}.pdf")


@require_GET
def assessment_report(_request: HttpRequest, tenant: str, assessment: str) -> HttpResponse:
    """The report in force of an assessment, as PDF with its table of changes."""
    file = assessment_file(tenant, assessment, office_day(timezone.now()))
    view = file.at(file.line.in_force) if file is not None else None
    if view is None:
        raise Http404
    body = assessment_pdf(shipped_form(), view.report, changes=view.changes if view.version > 1 else None)
    return attachment(body, "application/pdf", f"assessment-{assessment}-{view.version}.pdf")


def _decided_arrows(dossier: Dossier, given: tuple[ItemVerdict, ...]) -> list[SimpleNamespace]:
    """Each arrow under review with the verdict on each of its items."""
    verdicts = {(each.connection, each.item): each.verdict for each in given}
    return [
        SimpleNamespace(
            badge=arrow.badge,
            label=Words(arrow.label_ja, arrow.label_en),
            ground=arrow.legal_basis,
            items=[
                SimpleNamespace(words=item_words(item.item), verdict=VERDICTS[verdicts[arrow.connection, item.item]])
                for item in arrow.items
                if (arrow.connection, item.item) in verdicts
            ],
        )
        for arrow in dossier.chart.under_review()
    ]


def _decision_page(tenant: str, file: MatterFile) -> SimpleNamespace | None:
    """A decision as the public reads it: what was decided on which item, and conditions; no person is named."""
    if file.decision is None:
        return None
    decision = file.decision.decision
    # What is being rewritten since, or was withdrawn, is nobody's business yet: only what the letter is about.
    paper, verdicts = decided_on(tenant, file.row.matter, decision.version)
    dossier = paper.dossier
    adopted = set(decision.conditions)
    return SimpleNamespace(
        number=number_of(file.row.consultation),
        title=Words(dossier.title_ja, dossier.title_en),
        chip=matter_chip(decision.result),
        decided=long_moment(file.decision.decided_at),
        arrows=_decided_arrows(dossier, verdicts),
        conditions=[
            SimpleNamespace(text=each.condition.text, due=long_day(each.condition.due))
            for each in file.conditions
            if each.condition.condition in adopted
        ],
        digest=file.decision.digest,
        pdf=reverse("public_decision_pdf", args=[tenant, file.row.matter]),
        internal=reverse("public_internal_pdf", args=[tenant, file.row.matter]) if _settled(tenant, file) else "",
        signed=len(file.decision.stamps),
    )


@require_GET
def decision(request: HttpRequest, tenant: str, matter: str) -> HttpResponse:
    """A decision letter that both have signed, without the names of persons."""
    _municipality(tenant)
    file = matter_file(tenant, matter, timezone.now())
    page = _decision_page(tenant, file) if file is not None and file.row.state in _ANSWERED else None
    if page is None:
        raise Http404
    shown = screen("S-704", Words("答申", "Decision"), page.number, _home(tenant))
    return render(request, "public/decision.html", {"screen": shown, "page": page})


@require_GET
def decision_pdf(request: HttpRequest, tenant: str, matter: str) -> HttpResponse:
    """The signed decision letter as PDF, without the names of persons; one that names somebody does not go out."""
    _municipality(tenant)
    file = matter_file(tenant, matter, timezone.now())
    found = letter_on_file(tenant, matter) if file is not None and file.row.state in _ANSWERED else None
    if found is None or found.draft:
        raise Http404
    try:
        body = found.public_pdf()
    except Refused as refused:
        return refuse(request, *refused.reasons, status=409)
    return attachment(body, "application/pdf", f"decision-{matter}.pdf")


def _settled(tenant: str, file: MatterFile) -> InternalOnFile | None:
    """The agency's decision on a matter that was answered, once all have signed that it needs."""
    found = internal_on_file(tenant, file.row.matter) if file.row.state in _ANSWERED else None
    return None if found is None or found.draft else found


@require_GET
def internal_pdf(request: HttpRequest, tenant: str, matter: str) -> HttpResponse:
    """The agency's signed decision as PDF, without the names of persons; one that names somebody does not go out."""
    _municipality(tenant)
    file = matter_file(tenant, matter, timezone.now())
    found = _settled(tenant, file) if file is not None else None
    if found is None:
        raise Http404
    try:
        body = found.public_pdf()
    except Refused as refused:
        return refuse(request, *refused.reasons, status=409)
    return attachment(body, "application/pdf", f"internal-decision-{matter}.pdf")
