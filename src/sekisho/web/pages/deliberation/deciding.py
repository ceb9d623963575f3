"""S-215 決裁: verdicts, conditions, vote and decision, and the letter with its two signatures."""

from collections.abc import Iterator
from types import SimpleNamespace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from sekisho.adapters.database.office_time import office_day
from sekisho.adapters.database.queries_council import MatterFile, letter_text, names_of
from sekisho.adapters.database.queries_letters import letter_on_file
from sekisho.kernel.council import CONSULTATION_TABLE, REGIMES, Role, possible_results
from sekisho.web.access import EVERYBODY, open_to
from sekisho.web.components.act_forms import SELECT, ActForm, FormField, pick
from sekisho.web.components.facts import Fact
from sekisho.web.office import Office, office_in
from sekisho.web.pages.council.whole_paper import term_sections
from sekisho.web.pages.deliberation.agency_part import agency_part
from sekisho.web.pages.deliberation.condition_forms import propose_form
from sekisho.web.pages.deliberation.condition_lines import condition_lines
from sekisho.web.pages.deliberation.decision_parts import (
    decision_facts,
    signing_forms,
    stamp_rows,
    verdict_rows,
)
from sekisho.web.pages.deliberation.matters import screen_of
from sekisho.web.pages.deliberation.offers import act_url
from sekisho.web.pages.deliberation.reading import file_for
from sekisho.web.pages.deliberation.trade_offs import weigh_form, weighed_rows
from sekisho.web.pages.deliberation.words import VOTES, matter_chip, number_of
from sekisho.web.words import Words

TITLE = Words("決裁・答申書", "Decision and letter")
BACK = "matter_decision"


def _of_chair(file: MatterFile) -> Iterator[ActForm]:
    """What the chair does while it is deliberated."""
    matter, regime = file.row.matter, REGIMES.get(file.paper.dossier.regime)
    today = office_day(timezone.now()).isoformat()
    possible = possible_results(file.paper.dossier, regime, today) if regime else ()
    results = tuple((each, Words(*CONSULTATION_TABLE.states[each])) for each in possible)
    yield ActForm(
        key="motion",
        url=act_url(matter, "put_to_vote"),
        words=Words("採決にかける", "Put to the vote"),
        back=BACK,
        fields=(FormField(name="result", words=Words("結果の案", "Result"), kind=SELECT, choices=pick(*results)),),
    )
    if file.row.motion:
        options = pick(("", Words("（可否同数でない）", "(no tie)")), *VOTES.items())
        casting = FormField(
            name="casting",
            words=Words("可否同数のときの裁決", "Casting vote"),
            kind=SELECT,
            choices=options,
            required=False,
        )
        words = Words("数えて決定を告げる", "Count and announce")
        back = Words("案を取り下げる（投票は無効）", "Take the motion back (ballots are void)")
        yield ActForm(key="withdraw_motion", url=act_url(matter, "withdraw_motion"), words=back, back=BACK)
        yield ActForm(key="decide", url=act_url(matter, "decide"), words=words, back=BACK, fields=(casting,), main=True)


def is_voting(file: MatterFile) -> bool:
    """Is a motion put to the vote, and not decided yet?"""
    return file.row.state == "deliberating" and bool(file.row.motion)


def decision_forms(file: MatterFile, office: Office) -> Iterator[ActForm]:
    """What this person can do on the way to a decision."""
    row, roles = file.row, set(office.roles)
    member = Role.COUNCIL_MEMBER in roles and not is_voting(file)  # what is voted on does not change
    if row.state in {"in_session", "deliberating"} and member:
        yield propose_form(file, office, BACK)
    if row.state == "deliberating" and member:
        yield weigh_form(file, BACK)
    if row.state == "deliberating" and office.person == row.presider:
        yield from _of_chair(file)
    yield from _naming(file, office)
    yield from signing_forms(file, office, BACK)


def _naming(file: MatterFile, office: Office) -> Iterator[ActForm]:
    """Naming who acts for a chair who is recused or away."""
    row, meeting = file.row, file.row.meeting
    if row.state not in {"circulated", "in_session", "deliberating"} or meeting is None or meeting.state != "open":
        return
    sits = sorted(meeting.present - file.recused)
    if meeting.chair in sits or not (Role.SECRETARIAT in office.roles or office.person == meeting.chair):
        return
    names = names_of(office.tenant)
    members = pick(*((each, Words(*names.get(each, (each, each)))) for each in sits))
    field = FormField(name="person", words=Words("職務代理", "Acting chair"), kind=SELECT, choices=members)
    words = Words("会長の職務代理を指名する", "Name who acts for the chair")
    yield ActForm(key="acting", url=act_url(row.matter, "name_acting_chair"), words=words, back=BACK, fields=(field,))


def _facts_shown(file: MatterFile) -> tuple[Fact, ...]:
    """What was decided; the permits once they are issued."""
    issued = file.row.state == "in_force"
    return tuple(each for each in decision_facts(file.decision) if issued or not each.url) if file.decision else ()


@require_GET
@open_to(*EVERYBODY)
def decision(request: HttpRequest, matter: str) -> HttpResponse:
    """The decision on a matter, and the letter that says so."""
    office = office_in(request)
    file = file_for(office, matter)
    view, names = file.decision, names_of(office.tenant)
    judging = file.row.state == "deliberating" and not is_voting(file) and Role.COUNCIL_MEMBER in office.roles
    page = SimpleNamespace(
        number=number_of(file.row.consultation),
        title=Words(file.row.label_ja, file.row.label_en),
        chip=matter_chip(file.row.state),
        motion=Words(*CONSULTATION_TABLE.states[file.row.motion]) if file.row.motion else "",
        voted=len(file.voted),
        verdicts=tuple(verdict_rows(file)),
        verdict_url=act_url(matter, "record_verdicts") if judging else "",
        weighed=weighed_rows(file.trade_offs, file.paper.dossier),
        conditions=condition_lines(file.conditions, office, names),
        forms=tuple(decision_forms(file, office)),
        facts=_facts_shown(file),
        stamps=stamp_rows(view, names),
        agency=agency_part(file, office, names, BACK),
        digest=view.digest if view else "",
        letter=letter_text(office.tenant, matter),
        back=BACK,
        terms=term_sections(file.paper, office.tenant),
        pdf_url=reverse("letter_pdf", args=[matter]) if letter_on_file(office.tenant, matter) else "",
        matter_url=reverse("matter", args=[matter]),
        letter_url=reverse("matter_letter", args=[matter]) if view else "",
    )
    return render(request, "deliberation/decision.html", {"screen": screen_of("S-215", file, TITLE), "page": page})
