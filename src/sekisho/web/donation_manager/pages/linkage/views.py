"""S-347 名寄せの確認: pairs that may be one person, decided by an officer. S-348: what linking was measured to be."""

from types import SimpleNamespace
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from sekisho.adapters.donations.acts import record_view
from sekisho.adapters.donations.link_evidence import evidence_of, question_to_data
from sekisho.adapters.donations.link_groups import LATER, NOT_SAME, OPEN, SAME, SETTLED
from sekisho.adapters.donations.link_questions import DECIDED, decide, doubt_link, is_asked, questions_in
from sekisho.adapters.linkage.measured import measured_linkage
from sekisho.kernel import Refused
from sekisho.web.access import EVERYBODY, open_to, refuse
from sekisho.web.components.screen import Crumb, screen
from sekisho.web.donation_manager.pages.linkage.page import (
    SOURCE_WORDS,
    STATE_WORDS,
    WHY_WORDS,
    WHYS,
    fields_said,
    lines_of,
    rules_of,
)
from sekisho.web.donation_manager.words import OFFICERS, act_of
from sekisho.web.office import office_in
from sekisho.web.words import Words

LIST = screen("S-347", Words("名寄せの確認", "The same donor?"))
MEASURED = screen(
    "S-348", Words("名寄せに必要な項目", "Which items linking needs"), "", Crumb(title=LIST.title, url="/linkage/")
)
SHOWN: Final = 50
LONGEST_NUMBER: Final = 18
_SAID: Final = {
    SAME: Words("同じ人として記録しました。", "Recorded as one person."),
    NOT_SAME: Words("別の人として記録しました。", "Recorded as two persons."),
    LATER: Words("後で確認することにしました。", "Put off."),
    "undo": Words("答えを取り消し、元の状態に戻しました。", "The answer is taken back; everything is as before."),
}


@require_GET
@open_to(*OFFICERS)
def questions(request: HttpRequest) -> HttpResponse:
    """The questions in one state; those that wait, unless another state is asked for."""
    area, state = office_in(request).tenant, request.GET.get("state", OPEN)
    state = state if state in STATE_WORDS else OPEN
    total, found = questions_in(area, state, SHOWN)
    page = SimpleNamespace(
        total=total,
        state=STATE_WORDS[state],
        states=[(each, words, each == state) for each, words in STATE_WORDS.items() if each != SETTLED],
        rows=[{**question_to_data(each), "source": SOURCE_WORDS[each.source]} for each in found],
    )
    return render(request, "donation_manager/linkage.html", {"screen": LIST, "page": page})


@require_GET
@open_to(*OFFICERS)
def question(request: HttpRequest, number: int) -> HttpResponse:
    """One question: both records side by side, what agrees, and what can be answered."""
    office = office_in(request)
    found = evidence_of(office.tenant, number)
    if found is None:
        raise Http404
    record_view(act_of(office, timezone.now()), f"donations {found.left.number} and {found.right.number}")
    shown = screen(
        "S-347", Words("同じ人ですか", "The same person?"), str(number), Crumb(title=LIST.title, url=reverse("linkage"))
    )
    page = SimpleNamespace(
        number=number,
        left=found.left,
        right=found.right,
        lines=lines_of(found),
        rules=rules_of(found),
        source=SOURCE_WORDS[found.question.source],
        percent=None if found.question.likelihood is None else f"{100 * found.question.likelihood:.1f}",
        weakest=found.weakest,
        why=WHY_WORDS.get(found.question.why, ""),
        whys=WHYS,
        weakest_fields=fields_said(found.weakest) if found.weakest else [],
        state=STATE_WORDS[found.question.state],
        decided=found.question.state in DECIDED,
        waits=found.question.state in {OPEN, LATER},
        log=[(each.at, each.by, STATE_WORDS[each.before], STATE_WORDS[each.after]) for each in found.log],
    )
    return render(request, "donation_manager/linkage_question.html", {"screen": shown, "page": page})


@require_POST
@open_to(*OFFICERS)
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """An officer answers; the next question that waits is shown, or after an undo the same one."""
    office, said = office_in(request), request.POST.get("answer", "")
    if not is_asked(office.tenant, number):
        raise Http404
    try:
        decide(act_of(office, timezone.now()), number, said)
    except Refused as refused:
        return refuse(request, *refused.reasons, status=409)
    messages.success(request, str(_SAID[said]))
    _, following = questions_in(office.tenant, OPEN, 1)
    if said == "undo":
        return redirect("linkage_question", number=number)
    return redirect("linkage_question", number=following[0].pk) if following else redirect("linkage")


@require_POST
@open_to(*OFFICERS)
def doubt(request: HttpRequest) -> HttpResponse:
    """An officer doubts a link that the rules made: it is asked, and everything stays as it is until the answer."""
    office, said = office_in(request), [request.POST.get(each, "") for each in ("left", "right")]
    if not all(each.isascii() and each.isdecimal() and len(each) < LONGEST_NUMBER for each in said):
        raise Http404
    left, right = map(int, said)
    try:
        number = doubt_link(act_of(office, timezone.now()), left, right, request.POST.get("why", ""))
    except Refused as refused:
        return refuse(request, *refused.reasons, status=409)
    said_so = Words(
        "確認待ちに加えました。答えるまで、つながりはそのままです。", "Asked; the link stays until it is answered."
    )
    messages.success(request, str(said_so))
    return redirect("linkage_question", number=number)


@require_GET
@open_to(*EVERYBODY)
def measured(request: HttpRequest) -> HttpResponse:
    """Which items are needed, and how right linking is, as it was measured."""
    found = measured_linkage()
    page = SimpleNamespace(
        records=f"{found.records:,}",
        seeds=found.seeds,
        wrong=found.wrong_at_most,
        gain=found.gain_by_sex,
        loss=found.loss_without_birth,
        tables=(
            (Words("自動で同じ寄附者とするもの", "What is linked by itself"), found.automatic),
            (Words("規則が見つけるもの（職員への確認を含む）", "What the rules find (with questions)"), found.rules),
            (Words("自動で結ぶもの：難しい場合ごと", "By itself, in hard cases"), found.strata),
        ),
    )
    return render(request, "donation_manager/linkage_measured.html", {"screen": MEASURED, "page": page})
