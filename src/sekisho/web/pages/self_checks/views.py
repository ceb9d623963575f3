"""S-225 年次点検の自己点検, S-226 one of them."""

from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from sekisho.adapters.database.queries_authority import connection_labels
from sekisho.adapters.database.queries_council import names_of
from sekisho.adapters.database.queries_self_checks import CalendarView, RoundFile, calendar_views, round_file
from sekisho.adapters.database.self_check_standing import check_rule_of
from sekisho.kernel.council import CheckRule, is_check_open
from sekisho.web.access import EVERYBODY, Role, open_to
from sekisho.web.components.act_forms import NUMBER, SELECT, ActForm, FormField, pick
from sekisho.web.components.chips import Chip
from sekisho.web.components.dates import in_office_time, long_day
from sekisho.web.components.screen import Crumb, screen
from sekisho.web.office import Office, office_in
from sekisho.web.pages.deliberation.words import number_of
from sekisho.web.pages.self_checks.gate_words import Names, known_arrows
from sekisho.web.pages.self_checks.page import consequences, may_take, question_groups, step_forms
from sekisho.web.pages.self_checks.words import OVERDUE, check_chip, days_left
from sekisho.web.words import Words

LIST = screen("S-225", Words("年次の自己点検", "Yearly self-checks"))
_NOT_ASKED = Chip(words=Words("次の期限まで", "Not due"), icon="clock", tone="quiet")
_ELSEWHERE = Words("別の団体が承認した通行証です。そちらで点検します。", "Another house approved it, and checks it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarLine:
    """One consultation of S-225."""

    number: Words
    title: Words
    department: Words
    permits: tuple[str, ...]
    due: str
    left: Words
    chip: Chip
    url: str
    checked: str
    hint: Words | str
    form: ActForm | None


def _call_form(each: CalendarView, office: Office) -> ActForm | None:
    """Asking before the day comes; only the secretariat."""
    if Role.SECRETARIAT not in office.roles or each.asked or not each.answerable:
        return None
    url = reverse("self_check_call", args=[each.consultation])
    return ActForm(key=f"call-{each.consultation}", url=url, words=Words("期限の前に点検を求める", "Ask for it now"))


def _line(each: CalendarView, office: Office, today: date) -> CalendarLine:
    """One consultation."""
    last = each.last
    shown = last is not None and (each.asked or last.state == "verified")
    return CalendarLine(
        number=number_of(each.consultation),
        title=Words(each.label_ja, each.label_en),
        department=Words(each.department_ja, each.department_en),
        permits=each.permits,
        due=long_day(each.due),
        left=days_left(each.due, today),
        chip=check_chip(last.state, overdue=last.overdue) if last is not None and shown else _NOT_ASKED,
        url=reverse("self_check", args=[last.number]) if last is not None else "",
        checked=long_day(last.verified_on) if last is not None and last.verified_on else "",
        hint="" if each.answerable else _ELSEWHERE,
        form=_call_form(each, office),
    )


def _rule_form(rule: CheckRule) -> ActForm:
    """The council's rule, for its chair."""
    means = pick(*((str(each), words) for each, words in OVERDUE.items()), chosen=str(rule.on_overdue))
    return ActForm(
        key="rule",
        url=reverse("self_check_rule"),
        words=Words("この決まりにする", "Set this rule"),
        fields=(
            FormField(
                name="years", words=Words("何年ごとか", "Every how many years"), kind=NUMBER, value=str(rule.years)
            ),
            FormField(
                name="notice_days",
                words=Words("何日前から求めるか", "Asked how many days before"),
                kind=NUMBER,
                value=str(rule.notice_days),
            ),
            FormField(
                name="on_overdue", words=Words("期限を過ぎたとき", "When it is late"), kind=SELECT, choices=means
            ),
        ),
    )


@require_GET
@open_to(*EVERYBODY)
def self_checks(request: HttpRequest) -> HttpResponse:
    """Every consultation in force, the nearest day first, and the council's rule."""
    office, today = office_in(request), in_office_time(timezone.now()).date()
    rule = check_rule_of(office.tenant)
    page = SimpleNamespace(
        lines=tuple(_line(each, office, today) for each in calendar_views(office.tenant, today)),
        rule=rule,
        means=OVERDUE[rule.on_overdue],
        form=_rule_form(rule) if Role.CHAIR in office.roles else None,
    )
    return render(request, "self_checks/self_checks.html", {"screen": LIST, "page": page})


def _people(who: tuple[str, ...], names: Names) -> tuple[Words, ...]:
    """People by their names."""
    return tuple(Words(*names.get(each, (each, each))) for each in who if each)


def _progress(file: RoundFile, names: Names, today: date) -> dict[str, object]:
    """Where a round stands: until when, who did what in it, how much is missing."""
    view = file.view
    return {
        "view": view,
        "chip": check_chip(view.state, overdue=view.overdue),
        "left": days_left(view.due, today) if is_check_open(view.state) else "",
        "answered": _people(view.answered_by, names),
        "submitted": _people(view.submitted_by, names),
        "verified": _people((view.verified_by,), names),
        "lacking": len({key for key, _ in file.lacking}),
        "asked": len(file.questions),
    }


@require_GET
@open_to(*EVERYBODY)
def self_check(request: HttpRequest, self_check: str) -> HttpResponse:
    """One self-check: what is asked, what the gate knows, what was answered, what follows."""
    office, now = office_in(request), timezone.now()
    file = round_file(office.tenant, self_check, now)
    if file is None:
        raise Http404
    view, labels, names = file.view, connection_labels(office.tenant), names_of(office.tenant)
    answering = may_take(file, office, "answer")
    page = SimpleNamespace(
        number=number_of(view.consultation),
        title=Words(view.label_ja, view.label_en),
        department=Words(view.department_ja, view.department_en),
        facts=file.facts,
        since=date.fromisoformat(file.facts.since),
        until=date.fromisoformat(file.facts.until),
        arrows=known_arrows(file, labels),
        groups=question_groups(file, labels, names),
        follow=tuple(consequences(file, office)),
        forms=tuple(step_forms(file, office)),
        answer_url=reverse("self_check_act", args=[view.number, "answer"]) if answering else "",
        **_progress(file, names, in_office_time(now).date()),
    )
    shown = screen("S-226", LIST.title, self_check, Crumb(title=LIST.title, url=reverse("self_checks")))
    return render(request, "self_checks/self_check.html", {"screen": shown, "page": page})
