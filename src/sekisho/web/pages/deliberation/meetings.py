"""S-230 会議: calling the council, who is in the room, opening and closing."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, time
from types import MappingProxyType, SimpleNamespace
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from sekisho.adapters.database.council_acting_chairs import acts_for_chair
from sekisho.adapters.database.council_reports import MeetingReport, report_due, reports_of
from sekisho.adapters.database.queries_council import names_of
from sekisho.adapters.database.queries_meetings import MeetingRow, meeting_rows
from sekisho.bootstrap import council
from sekisho.kernel import ReasonCode, Refused, because
from sekisho.kernel.council import MEETING_TABLE, CouncilRule
from sekisho.web.access import EVERYBODY, Role, open_to, refuse
from sekisho.web.components.act_forms import DATE, SELECT, ActForm, FormField, pick, words_pair
from sekisho.web.components.dates import OFFICE_TIME, in_office_time, long_day, long_moment, read_day
from sekisho.web.components.screen import screen
from sekisho.web.office import Office, office_in
from sekisho.web.pages.deliberation.words import condition_chip, meeting_chip, number_of
from sekisho.web.pages.survey.words import finding_line
from sekisho.web.words import Words

SCREEN = screen("S-230", Words("会議", "Meetings"))
NEW = "new"
_OPENS_AT: Final = time(10, 0)


def _invitation(said: QueryDict) -> council.Invitation:
    """A meeting as it was typed.

    Raises:
        Refused: The day is none.

    """
    day = read_day(said.get("day", ""))
    if day is None:
        raise Refused([because(ReasonCode.FIELD_NOT_UNDERSTOOD, where="day", what=said.get("day", ""))])
    return council.Invitation(
        label_ja=said.get("label_ja", ""),
        label_en=said.get("label_en", ""),
        place=said.get("place", ""),
        due_on=datetime.combine(day, _OPENS_AT, OFFICE_TIME),
        rule=said.get("rule", ""),
    )


_ACTS: Final[Mapping[str, Callable[[council.Deed, str, QueryDict], object]]] = MappingProxyType(
    {
        "call": lambda deed, _, said: council.call_meeting(deed, _invitation(said)),
        "arrive": lambda deed, meeting, said: council.arrive(deed, meeting, said.get("person", "")),
        "leave": lambda deed, meeting, said: council.leave(deed, meeting, said.get("person", "")),
        "open": lambda deed, meeting, _: council.open_meeting(deed, meeting),
        "name_acting_chair": lambda deed, meeting, said: council.name_acting_chair_of_meeting(
            deed, meeting, said.get("person", "")
        ),
        "close": lambda deed, meeting, _: council.close_meeting(deed, meeting),
        "cancel": lambda deed, meeting, _: council.cancel_meeting(deed, meeting),
    }
)


_QUESTIONS: Final = Words("質問をExcelで出力（記録に残ります）", "Export the questions to Excel (recorded)")


def _rule_words(rule: CouncilRule) -> Words:
    """A rule with the article it stands in, and from when until when it holds."""
    held = f"　{rule.legal_basis}　{rule.holds_from}～{rule.holds_until}" if rule.holds_from else ""
    return Words(f"{rule.ja}{held}", f"{rule.en}{held}")


def _call_form(rules: tuple[CouncilRule, ...]) -> ActForm:
    """Calling a meeting; the usual rule is chosen already."""
    usual = rules[0].rule if rules else ""
    choices = pick(*((each.rule, _rule_words(each)) for each in rules), chosen=usual)
    return ActForm(
        key="call",
        url=reverse("meeting_act", args=[NEW, "call"]),
        words=Words("会議を招集する", "Call a meeting"),
        main=True,
        fields=(
            FormField(name="label_ja", words=Words("会議の名前", "Name (Japanese)")),
            FormField(name="label_en", words=Words("会議の名前（英語）", "Name (English)")),
            FormField(name="place", words=Words("場所", "Place")),
            FormField(name="day", words=Words("開催日（10時から）", "Day (from 10:00)"), kind=DATE),
            FormField(name="rule", words=Words("議事の規則", "Rule of sitting"), kind=SELECT, choices=choices),
        ),
    )


def _forms(row: MeetingRow, office: Office, names: Mapping[str, tuple[str, str]]) -> Iterator[ActForm]:
    """What this person can do about a meeting now."""
    roles = set(office.roles)
    if row.state not in MEETING_TABLE.ends() and Role.SECRETARIAT in roles:
        absent = [each for each in row.members if each not in row.present]
        for act, people, words in (
            ("name_acting_chair", [] if row.chair in row.present else sorted(row.present), ACTING),
            ("arrive", absent, Words("出席を記録する", "Record an arrival")),
            ("leave", sorted(row.present), Words("退席を記録する", "Record a departure")),
        ):
            options = pick(*((each, Words(*names.get(each, (each, each)))) for each in people))
            field = FormField(name="person", words=Words("委員", "Member"), kind=SELECT, choices=options)
            if people:
                url = reverse("meeting_act", args=[row.meeting, act])
                yield ActForm(key=f"{act}-{row.meeting}", url=url, words=words, fields=(field,))
    steps = MEETING_TABLE.steps_from(row.state)
    if steps and acts_for_chair(office.tenant, row.meeting, office.person, timezone.now()):
        roles |= {str(Role.CHAIR)}
    for step in steps:
        if step.roles & roles:
            words = words_pair(MEETING_TABLE.acts[step.act])
            url = reverse("meeting_act", args=[row.meeting, step.act])
            yield ActForm(key=f"{step.act}-{row.meeting}", url=url, words=words, main=step.act == "open")


ACTING: Final = Words("会長の職務代理を記録する", "Record who acts for the chair")


def _report_lines(report: MeetingReport) -> Iterator[str]:
    """What a meeting hears beside its agenda, one line each; the overdue first."""
    for each in report.conditions:
        state = condition_chip(each.state, stops=False).words
        late = Words("（期限を過ぎています）", " (overdue)") if each.overdue else ""
        due = long_day(date.fromisoformat(each.due))
        yield f"{number_of(each.consultation)}　{Words('条件', 'condition')} {each.condition}　{state}　{due}{late}"
    for check in report.checks:
        due = long_day(date.fromisoformat(check.due))
        late = Words(
            f"年次の自己点検 {check.number}（期限 {due} を過ぎています）", f"self-check {check.number} was due {due}"
        )
        yield f"{number_of(check.consultation)}　{late}"
    for change in report.changes:
        said = Words(
            f"軽微な変更（第{change.version}版、{change.fields}か所）",
            f"minor change (version {change.version}, {change.fields} fields)",
        )
        yield f"{number_of(change.consultation)}　{said}"
    for finding in report.findings:
        yield finding_line(finding)


def _reports(tenant: str, rows: Iterable[MeetingRow]) -> dict[str, tuple[str, ...]]:
    """What each meeting heard, and what the next one will hear."""
    found = {meeting: tuple(_report_lines(report)) for meeting, report in reports_of(tenant).items()}
    coming = [row for row in rows if row.state == MEETING_TABLE.first]
    if coming:
        following = min(coming, key=lambda row: row.due_on)
        found[following.meeting] = tuple(_report_lines(report_due(tenant, in_office_time(timezone.now()).date())))
    return found


@require_GET
@open_to(*EVERYBODY)
def meetings(request: HttpRequest) -> HttpResponse:
    """Every meeting, the newest first."""
    office = office_in(request)
    names, held = names_of(office.tenant), meeting_rows(office.tenant, timezone.now())
    reports = _reports(office.tenant, held)
    rows = [
        SimpleNamespace(
            label=Words(row.label_ja, row.label_en),
            chip=meeting_chip(row.state),
            when=long_moment(row.due_on),
            place=row.place,
            rule=Words(row.rule.ja, row.rule.en),
            basis=row.rule.legal_basis,
            present=[Words(*names.get(each, (each, each))) for each in sorted(row.present)],
            members=len(row.members),
            report=reports.get(row.meeting, ()),
            questions_url=f"{reverse('questions')}?meeting={row.meeting}",
            letters_url=f"{reverse('letters')}?meeting={row.meeting}",
            forms=tuple(_forms(row, office, names)),
        )
        for row in held
    ]
    rules = council.rules_for(office.tenant, timezone.now())
    form = _call_form(rules) if Role.SECRETARIAT in office.roles else None
    page = SimpleNamespace(rows=rows, form=form, questions=_QUESTIONS)
    return render(request, "deliberation/meetings.html", {"screen": SCREEN, "page": page})


@require_POST
@open_to(*EVERYBODY)
def act(request: HttpRequest, meeting: str, act: str) -> HttpResponse:
    """Do it, or say why not."""
    office = office_in(request)
    known = {row.meeting for row in meeting_rows(office.tenant, timezone.now())}
    if act not in _ACTS or (meeting not in known and (meeting, act) != (NEW, "call")):
        raise Http404
    try:
        _ACTS[act](council.act_as(office.tenant, office.person), meeting, request.POST)
    except Refused as refused:
        return refuse(request, *refused.reasons, status=409)
    messages.success(request, str(Words("処理しました。記録に残りました。", "Done, and recorded.")))
    return redirect("meetings")
