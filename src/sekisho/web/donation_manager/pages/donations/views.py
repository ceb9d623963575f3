"""S-341 寄附を探す, S-342 寄附, S-343 寄附者: whoever looks at a person is written down before anything is shown."""

from types import SimpleNamespace
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sekisho.adapters.documents.spreadsheet import CONTENT_TYPE
from sekisho.adapters.donations.acts import enter_answer, opt_out, record_export, record_view
from sekisho.adapters.donations.link_questions import links_of_donor
from sekisho.adapters.donations.reading import donation_of, donor_of, find_donations
from sekisho.kernel import ReasonCode, Refused, because
from sekisho.web.access import open_to, refuse
from sekisho.web.components.facts import choices
from sekisho.web.components.listing import list_workbook
from sekisho.web.components.screen import Crumb, screen
from sekisho.web.donation_manager.pages.donations.page import (
    COLUMNS,
    answer_form,
    answer_line,
    donation_line,
    donation_view,
)
from sekisho.web.donation_manager.pages.linkage.page import WHYS, fields_said
from sekisho.web.donation_manager.words import KIND_WORDS, OFFICERS, act_of
from sekisho.web.office import office_in
from sekisho.web.pages.gate.crossings_page import page_number, pages_of
from sekisho.web.pages.gate.exports import attachment
from sekisho.web.words import Words

LIST = screen("S-341", Words("寄附を探す", "Find donations"))
PAGE: Final = 25
LINKS_SHOWN: Final = 20
_MOST: Final = 100_000
_NOTHING_TYPED: Final = Words("探す言葉を入れてください。例 見本太郎、090-0000-0000", "Type what to look for.")


def _search(request: HttpRequest) -> tuple[str, str]:
    """What was typed, and as what. It names a person, so it travels in the body and stands in no address and no log."""
    kind = request.POST.get("kind", "")
    return request.POST.get("q", "").strip()[:200], kind if kind in KIND_WORDS else ""


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*OFFICERS)
def donations(request: HttpRequest) -> HttpResponse:
    """The donations that an officer looks for; before anything is typed, nobody's."""
    office, (typed, kind) = office_in(request), _search(request)
    number, asked = page_number(request.POST.get("page", "")), request.method == "POST"
    if typed:  # the ledger knows that somebody searched, and never for whom
        record_view(act_of(office, timezone.now()), f"donations by {kind or 'anything'}")
    total, found = find_donations(office.tenant, typed, kind, first=(number - 1) * PAGE, count=PAGE)
    page = SimpleNamespace(
        typed=typed,
        kind=kind,
        kinds=choices(KIND_WORDS, kind),
        total=total,
        rows=[donation_line(each) for each in found],
        pages=pages_of(number, total, {}, PAGE),
        faults=(_NOTHING_TYPED,) if asked and not typed else (),
    )
    context, status = {"screen": LIST, "page": page}, 422 if page.faults else 200
    return render(request, "donation_manager/donations.html", context, status=status)


@require_POST
@open_to(*OFFICERS)
def donations_export(request: HttpRequest) -> HttpResponse:
    """What was found as a workbook; written down before it leaves."""
    office, (typed, kind), now = office_in(request), _search(request), timezone.now()
    total, found = find_donations(office.tenant, typed, kind, count=_MOST)
    if not total:
        return refuse(request, because(ReasonCode.NOT_FOUND, what=str(LIST.title)), status=409)
    record_export(act_of(office, now), "donations", total)
    body = list_workbook(LIST.title, COLUMNS, found)
    return attachment(body, CONTENT_TYPE, f"donations-{now:%Y%m%d-%H%M%S}.xlsx")


def _shown(request: HttpRequest, number: int, status: int = 200, **more: object) -> HttpResponse:
    """One donation's page."""
    office = office_in(request)
    found = donation_of(office.tenant, number)
    if found is None:
        raise Http404
    record_view(act_of(office, timezone.now()), f"donation {number}")
    donor = donor_of(office.tenant, found.donor)
    answers = [answer_line(each) for each in donor.answers if each.donation == number] if donor else []
    shown = screen("S-342", Words("寄附", "Donation"), str(number), Crumb(title=LIST.title, url=reverse("donations")))
    page = SimpleNamespace(donation=donation_view(found), answers=answers, form=answer_form(number, request), **more)
    return render(request, "donation_manager/donation.html", {"screen": shown, "page": page}, status=status)


@require_GET
@open_to(*OFFICERS)
def donation(request: HttpRequest, number: int) -> HttpResponse:
    """One donation."""
    return _shown(request, number)


@require_POST
@open_to(*OFFICERS)
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """Write down what was answered; what was typed stays if something is wrong with it."""
    office = office_in(request)
    if donation_of(office.tenant, number) is None:
        raise Http404
    try:
        enter_answer(act_of(office, timezone.now()), number, request.POST.dict())
    except Refused as refused:
        faults = tuple(Words(each.ja, each.en) for each in refused.reasons)
        return _shown(request, number, 422, faults=faults)
    messages.success(request, str(Words("対応を記録しました。", "The answer is recorded.")))
    return redirect("donation", number=number)


@require_GET
@open_to(*OFFICERS)
def donor(request: HttpRequest, donor: int) -> HttpResponse:
    """One donor with all donations and everything that was answered."""
    office = office_in(request)
    found = donor_of(office.tenant, donor)
    if found is None:
        raise Http404
    record_view(act_of(office, timezone.now()), f"donor {donor}")
    shown = screen("S-343", Words("寄附者", "Donor"), str(donor), Crumb(title=LIST.title, url=reverse("donations")))
    newest = next((each for each in found.donations if each.erased_at is None), None)
    page = SimpleNamespace(
        donor=donor,
        newest=donation_view(newest) if newest else None,
        rows=[donation_line(each) for each in found.donations],
        total=sum(each.amount for each in found.donations if each.year is not None),
        answers=[answer_line(each) for each in found.answers],
        links=[(each, fields_said(each)) for each in links_of_donor(office.tenant, donor, LINKS_SHOWN)],
        whys=WHYS,
        opted_out_at=found.opted_out_at,
        invite_until=max((each.invite_until for each in found.donations if each.invite_until), default=None),
    )
    return render(request, "donation_manager/donor.html", {"screen": shown, "page": page})


@require_POST
@open_to(*OFFICERS)
def invitations(request: HttpRequest, donor: int) -> HttpResponse:
    """A donor wants no more invitations, or wants them again."""
    office = office_in(request)
    if donor_of(office.tenant, donor) is None:
        raise Http404
    try:
        opt_out(act_of(office, timezone.now()), donor, wants_none=request.POST.get("wants") != "yes")
    except Refused as refused:
        return refuse(request, *refused.reasons, status=409)
    messages.success(request, str(Words("希望を記録しました。", "Their wish is recorded.")))
    return redirect("donor", donor=donor)
