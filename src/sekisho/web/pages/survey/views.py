"""S-250 接続の調査: the list of what was found, and one finding with everything that can be done about it."""

from types import SimpleNamespace
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from sekisho.adapters.database.queries_council import names_of, people_with
from sekisho.adapters.database.queries_survey import (
    campaign_views,
    department_names,
    finding_view,
    finding_views,
    list_views,
    log_views,
)
from sekisho.kernel.council import Role
from sekisho.web.access import EVERYBODY, open_to
from sekisho.web.components.act_forms import DATE, ActForm, FormField
from sekisho.web.components.dates import short_moment
from sekisho.web.components.facts import Fact
from sekisho.web.components.screen import Crumb, screen
from sekisho.web.office import Office, office_in
from sekisho.web.pages.survey.page import campaign_part, finding_facts, finding_forms, finding_line, log_line
from sekisho.web.pages.survey.words import finding_chip, where_of
from sekisho.web.words import Words

_TITLE: Final = Words("接続の調査（諮られていない接続）", "Survey (connections never consulted)")
SCREEN: Final = screen("S-250", _TITLE)
_LISTS: Final = {
    "networks": Words("庁内ネットワークの一覧", "Our networks"),
    "technical": Words("確認済みの技術的な宛先", "Reviewed technical hosts"),
}


def _lists(tenant: str) -> tuple[Fact, ...]:
    """The lists that a survey uses."""
    return tuple(
        Fact(
            name=_LISTS[each.kind],
            value=Words(f"{each.rows}件", f"{each.rows} rows") if each.kept_at else Words("未登録", "Not kept yet"),
            more=f"{short_moment(each.kept_at)} {each.kept_by}" if each.kept_at else "",
        )
        for each in list_views(tenant)
    )


def _begin_form() -> ActForm:
    """How a campaign is begun."""
    fields = (
        FormField(name="label", words=Words("調査の名称", "Title")),
        FormField(name="due", words=Words("回答期限", "Answers due"), kind=DATE),
    )
    url = reverse("survey_act", args=["open_campaign"])
    return ActForm(key="open-campaign", url=url, words=Words("全所属に照会する", "Ask every department"), fields=fields)


def _uploads(office: Office) -> tuple[SimpleNamespace, ...]:
    """The files that this person may hand in."""
    if not {Role.SECRETARIAT, Role.INFORMATION_SYSTEMS} & set(office.roles):
        return ()
    log = Words("通信記録を調べる", "Survey a log")
    said = {
        "take_log": (log, Words("出口の通信記録", "Egress log")),
        "keep_networks": (
            Words("一覧を登録する", "Keep the list"),
            Words("庁内ネットワークの一覧（CSV）", "Our networks (CSV)"),
        ),
        "keep_technical": (
            Words("宛先を登録する", "Keep the hosts"),
            Words("技術的な宛先（CSV）", "Technical hosts (CSV)"),
        ),
    }
    return tuple(
        SimpleNamespace(key=act, url=reverse("survey_act", args=[act]), words=words, label=label)
        for act, (words, label) in said.items()
    )


@require_GET
@open_to(*EVERYBODY)
def survey(request: HttpRequest) -> HttpResponse:
    """Everything that was found, the logs and the campaigns."""
    office = office_in(request)
    tenant, names = office.tenant, names_of(office.tenant)
    places = department_names(tenant)
    lines = tuple(finding_line(each, places) for each in finding_views(tenant))
    page = SimpleNamespace(
        lines=lines,
        logs=tuple(map(log_line, log_views(tenant))),
        campaigns=tuple(campaign_part(each, office, names, places) for each in campaign_views(tenant)),
        lists=_lists(tenant),
        uploads=_uploads(office),
        begin=_begin_form() if Role.SECRETARIAT in office.roles else None,
    )
    return render(request, "survey/survey.html", {"screen": SCREEN, "page": page})


@require_GET
@open_to(*EVERYBODY)
def finding(request: HttpRequest, finding: str) -> HttpResponse:
    """One finding."""
    office = office_in(request)
    view = finding_view(office.tenant, finding)
    if view is None:
        raise Http404
    names = names_of(office.tenant)
    able = people_with(office.tenant, Role.DRAFTER, Role.HEAD)
    owners = tuple((each, Words(*names.get(each, (each, each)))) for each in able if each != office.person)
    page = SimpleNamespace(
        title=f"{view.finding}　{where_of(view)}",
        chip=finding_chip(view.state),
        facts=tuple(finding_facts(view, names, department_names(office.tenant))),
        forms=finding_forms(view, office, owners),
    )
    here = screen("S-250", _TITLE, view.finding, Crumb(title=_TITLE, url=reverse("survey")))
    return render(request, "survey/finding.html", {"screen": here, "page": page})
