"""S-260 委員ポータル: what a member needs on a tablet, in large type, and not one piece of personal data."""

from collections.abc import Iterator
from types import SimpleNamespace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from sekisho.adapters.database.queries_council import MatterFile, MatterRow, matter_rows, names_of
from sekisho.bootstrap import council
from sekisho.kernel import Reason, Refused
from sekisho.kernel.council import CONSULTATION_TABLE, WrittenOpinion
from sekisho.web.access import Role, open_to
from sekisho.web.components.act_forms import AREA, SELECT, ActForm, FormField, pick
from sekisho.web.components.dates import long_moment
from sekisho.web.components.screen import Crumb, screen
from sekisho.web.office import Office, office_in
from sekisho.web.pages.deliberation.matter_page import draw_map
from sekisho.web.pages.deliberation.offers import act_url, ask_form
from sekisho.web.pages.deliberation.question_rows import question_rows
from sekisho.web.pages.deliberation.reading import file_for, may_read
from sekisho.web.pages.deliberation.taking import taking_forms
from sekisho.web.pages.deliberation.words import VOTES, matter_chip, number_of
from sekisho.web.words import Words

TITLE = Words("委員ポータル", "Member's desk")
BACK = "portal_matter"
MEMBERS = (Role.COUNCIL_MEMBER, Role.CHAIR)


def _called(row: MatterRow, office: Office) -> bool:
    """Is this member called to the meeting that takes the matter up?"""
    return row.meeting is not None and office.person in row.meeting.members and may_read(row, office)


@require_GET
@open_to(*MEMBERS)
def portal(request: HttpRequest) -> HttpResponse:
    """The agenda of this member, meeting by meeting."""
    office = office_in(request)
    rows = [
        SimpleNamespace(
            url=reverse("portal_matter", args=[row.matter]),
            number=number_of(row.consultation),
            title=Words(row.label_ja, row.label_en),
            chip=matter_chip(row.state),
            meeting=Words(row.meeting.label_ja, row.meeting.label_en) if row.meeting else "",
            when=long_moment(row.meeting.due_on) if row.meeting else "",
            place=row.meeting.place if row.meeting else "",
        )
        for row in matter_rows(office.tenant, timezone.now())
        if _called(row, office)
    ]
    shown = screen("S-260", TITLE)
    return render(request, "deliberation/portal.html", {"screen": shown, "page": SimpleNamespace(rows=rows)})


def _opinions(office: Office, matter: str) -> tuple[tuple[WrittenOpinion, ...], tuple[Reason, ...]]:
    """The opinions that this member may read now, or why not."""
    try:
        return council.read_opinions(council.act_as(office.tenant, office.person), matter), ()
    except Refused as refused:
        return (), refused.reasons


def _forms(file: MatterFile, office: Office) -> Iterator[ActForm]:
    """What this member can do now."""
    row = file.row
    if office.person in file.recused:
        return
    if row.state == "circulated" and row.opinions_until and timezone.now() < row.opinions_until:
        hint = Words("全員がそろうか締切が来るまで、ほかの委員には見えません。", "Nobody else sees it before its time.")
        words = Words("意見を出し直す", "Give another opinion") if office.person in file.opined else None
        yield ActForm(
            key="opinion",
            url=act_url(row.matter, "give_opinion"),
            words=words or Words("意見を出す", "Give your opinion"),
            back=BACK,
            main=True,
            fields=(FormField(name="text", words=Words("書面の意見", "Written opinion"), kind=AREA, hint=hint),),
        )
    if row.state in {"circulated", "in_session"}:
        yield ask_form(file, BACK)
        reason = FormField(name="reason", words=Words("除斥の理由", "Why you take no part"), kind=AREA)
        words = Words("この議題に加わらない（除斥）", "Take no part in this item")
        yield ActForm(key="recuse", url=act_url(row.matter, "recuse"), words=words, back=BACK, fields=(reason,))
    yield from _vote(file, office)


def _takings(file: MatterFile, office: Office) -> dict[str, tuple[ActForm, ...]]:
    """How this member takes each answer to a question of theirs."""
    return {each.question: tuple(taking_forms(file.row, each, office, file.recused, BACK)) for each in file.questions}


def _vote(file: MatterFile, office: Office) -> Iterator[ActForm]:
    """The ballot, while a motion is put and this member has not voted."""
    row = file.row
    if row.state != "deliberating" or not row.motion or row.meeting is None:
        return
    presides = office.person == row.presider and not row.meeting.rule.chair_votes
    if presides or office.person in file.voted:
        return
    motion = Words(*CONSULTATION_TABLE.states[row.motion])
    words = Words(f"「{motion.ja}」とすることについて", f"On the motion: {motion.en}")
    choice = FormField(
        name="choice", words=words, kind=SELECT, choices=pick(("", Words("（選ぶ）", "(choose)")), *VOTES.items())
    )
    yield ActForm(
        key="vote",
        url=act_url(row.matter, "vote"),
        words=Words("投票する", "Vote"),
        back=BACK,
        fields=(choice,),
        main=True,
    )


@require_GET
@open_to(*MEMBERS)
def desk(request: HttpRequest, matter: str) -> HttpResponse:
    """One matter on the member's desk."""
    office = office_in(request)
    file = file_for(office, matter)
    if not _called(file.row, office):
        raise Http404
    names = names_of(office.tenant)
    opinions, sealed = _opinions(office, matter)
    page = SimpleNamespace(
        number=number_of(file.row.consultation),
        title=Words(file.row.label_ja, file.row.label_en),
        chip=matter_chip(file.row.state),
        map=draw_map(file.paper.dossier),
        dossier=file.paper.dossier,
        url=reverse("matter", args=[matter]),
        decision_url=reverse("matter_decision", args=[matter]),
        changes=f"{reverse('matter_changes', args=[matter])}?before={file.row.version - 1}&after={file.row.version}"
        if file.row.version > 1
        else "",
        own=question_rows((each for each in file.questions if each.asked_by == office.person), _takings(file, office)),
        others=sum(each.asked_by != office.person for each in file.questions),
        opinions=tuple(SimpleNamespace(who=Words(*names[each.person]), said=each) for each in opinions),
        sealed=sealed,
        voted=office.person in file.voted,
        recused=office.person in file.recused,
        forms=tuple(_forms(file, office)),
    )
    crumb = Crumb(title=TITLE, url=reverse("portal"))
    shown = screen("S-260", TITLE, page.number, crumb)
    return render(request, "deliberation/portal_matter.html", {"screen": shown, "page": page})
