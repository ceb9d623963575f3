"""S-270 特定個人情報保護評価 (the list), S-275 評価 (one of them), and its report as PDF."""

from types import SimpleNamespace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from sekisho.adapters.assessments import shipped_form
from sekisho.adapters.database.office_time import office_day
from sekisho.adapters.database.queries_assessments import AssessmentLine, assessment_lines
from sekisho.adapters.documents import assessment_pdf
from sekisho.bootstrap.residents import senders
from sekisho.kernel.council import Role
from sekisho.web.access import EVERYBODY, open_to
from sekisho.web.components.act_forms import ActForm, FormField
from sekisho.web.components.dates import long_day
from sekisho.web.components.screen import Crumb, screen
from sekisho.web.office import office_in
from sekisho.web.pages.assessments.offers import comment_forms, finding_form, offers
from sekisho.web.pages.assessments.page import assessment_page
from sekisho.web.pages.assessments.reading import file_for
from sekisho.web.pages.assessments.words import CLOCKS, DEPTHS, clock_chip, next_action, state_chip
from sekisho.web.pages.gate.exports import attachment
from sekisho.web.words import Words

TITLE = Words("特定個人情報保護評価", "Protection assessments")
SCREEN = screen("S-270", TITLE)


def _line(line: AssessmentLine) -> SimpleNamespace:
    """S-270: one assessment."""
    judged = line.judgement
    return SimpleNamespace(
        url=reverse("assessment", args=[line.assessment]),
        number=line.assessment,
        title=Words(line.label_ja, line.label_en),
        department=Words(line.department_ja, line.department_en),
        chip=state_chip(line.state),
        depth=DEPTHS[judged.depth] if judged else "",
        rule=Words(judged.rule.ja, judged.rule.en) if judged else "",
        in_force=line.in_force,
        version=line.newest,
        clocks=[
            SimpleNamespace(name=CLOCKS[each.clock], on=long_day(each.on), chip=clock_chip(each))
            for each in line.clocks
        ],
        next=next_action(line),
    )


def _plan_form() -> ActForm:
    """Planning an assessment."""
    return ActForm(
        key="plan",
        url=reverse("assessment_plan"),
        words=Words("評価を計画する", "Plan an assessment"),
        fields=(
            FormField(name="label_ja", words=Words("事務の名称", "Name of the affair (Japanese)")),
            FormField(
                name="label_en", words=Words("事務の名称（英語）", "Name of the affair (English)"), required=False
            ),
            FormField(
                name="name",
                words=Words("評価の名前（通行証が名乗る）", "Name by which permits call it"),
                hint=Words("空欄なら番号が付きます。", "Left empty, it gets a number."),
                required=False,
            ),
        ),
        main=True,
    )


@require_GET
@open_to(*EVERYBODY)
def assessments(request: HttpRequest) -> HttpResponse:
    """Every assessment, with its threshold, its clocks, and what comes next."""
    office = office_in(request)
    rows = [_line(each) for each in assessment_lines(office.tenant, office_day(timezone.now()))]
    form = _plan_form() if Role.DRAFTER in office.roles else None
    page = SimpleNamespace(rows=rows, form=form)
    return render(request, "assessments/assessments.html", {"screen": SCREEN, "page": page})


def _number(request: HttpRequest, name: str) -> int:
    """A version's number from the address."""
    text = request.GET.get(name, "")
    return int(text) if text.isdecimal() and text.isascii() else 0


@require_GET
@open_to(*EVERYBODY)
def assessment(request: HttpRequest, assessment: str) -> HttpResponse:
    """One assessment; the newest version, unless another is asked for."""
    office = office_in(request)
    file = file_for(office, assessment)
    view = file.at(_number(request, "version") or file.line.newest)
    if view is None:
        raise Http404
    forms = {
        "offers": tuple(offers(file, office)),
        "comments": comment_forms(file, office),
        "senders": senders(office.tenant, assessment),
        "finding": finding_form(file, office),
    }
    asked = (_number(request, "before"), _number(request, "after"))
    title = Words(file.line.label_ja, file.line.label_en)
    shown = screen("S-275", title, title, Crumb(title=TITLE, url=reverse("assessments")))
    page = assessment_page(file, view, asked, forms)
    return render(request, "assessments/assessment.html", {"screen": shown, "page": page})


@require_GET
@open_to(*EVERYBODY)
def pdf(request: HttpRequest, assessment: str, version: int) -> HttpResponse:
    """The report of one version as PDF, with its table of changes."""
    file = file_for(office_in(request), assessment)
    view = file.at(version)
    if view is None:
        raise Http404
    changes = view.changes if version > 1 else None
    body = assessment_pdf(shipped_form(), view.report, changes=changes)
    return attachment(body, "application/pdf", f"assessment-{assessment}-{version}.pdf")
