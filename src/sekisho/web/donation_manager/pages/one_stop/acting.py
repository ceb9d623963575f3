"""S-353 申請: one application, and every step that an officer takes with it."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from sekisho.adapters.database.office_time import office_day
from sekisho.adapters.donations import one_stop_desk as desk
from sekisho.adapters.donations.areas import writing_in
from sekisho.adapters.donations.notice_queries import case_view
from sekisho.adapters.donations.one_stop_cases import CaseDeed, note_deed
from sekisho.adapters.donations.one_stop_numbers import show_image, show_number
from sekisho.adapters.donations.one_stop_papers import letter_pdf, print_again
from sekisho.business.hometown_donations.one_stop import CHANGEABLE, FORM_FIELDS, ONE_STOP_TABLE
from sekisho.kernel import EntryKind, ReasonCode, Refused, SekishoError, because
from sekisho.web.access import open_to, refuse
from sekisho.web.components.dates import read_day
from sekisho.web.components.screen import Crumb, screen
from sekisho.web.donation_manager.pages.one_stop.case_page import Tried, case_page
from sekisho.web.donation_manager.pages.one_stop.fields import IDENTITY_CODES
from sekisho.web.donation_manager.pages.one_stop.keying import LIST
from sekisho.web.donation_manager.pages.one_stop.stationery import stationery_of
from sekisho.web.donation_manager.pages.one_stop.terminals import at_terminals, deed_of, terminal_objection
from sekisho.web.donation_manager.words import OFFICERS
from sekisho.web.office import Office, office_in
from sekisho.web.pages.gate.exports import attachment
from sekisho.web.words import Words

_NOTHING: Final = Tried()


def _shown(request: HttpRequest, case: str, number: str = "", tried: Tried = _NOTHING) -> HttpResponse:
    """One case; that somebody looked at it is written down before it is shown."""
    office, now = office_in(request), timezone.now()
    try:
        view = case_view(office.tenant, case)
    except Refused as refused:
        raise Http404 from refused
    with writing_in(office.tenant):
        note_deed(deed_of(office, case, now), EntryKind.VIEWED, what="application")
    shown = screen("S-353", Words("申請", "Application"), case, Crumb(title=LIST, url=reverse("one_stop")))
    context = {"screen": shown, "page": case_page(view, office, number, tried)}
    return render(request, "donation_manager/one_stop_case.html", context, status=422 if tried.faults else 200)


@require_GET
@open_to(*OFFICERS)
def case(request: HttpRequest, case: str) -> HttpResponse:
    """One application."""
    return _shown(request, case)


def _complete(deed: CaseDeed, typed: Mapping[str, str]) -> None:
    """Fill in what was missing; an empty field stays as it is, since an officer may not see the number.

    Raises:
        Refused: What stands for the documents is no such figure, or the case is not being checked.

    """
    values = {name: typed[name] for name in FORM_FIELDS if typed.get(name)}
    identity = IDENTITY_CODES.get(typed.get("identity", "").strip())
    if identity is None:
        where, what = Words("本人確認書類", "Identity documents"), Words("1、2、または空欄です", "1, 2 or empty")
        raise Refused([because(ReasonCode.FIELD_NOT_UNDERSTOOD, where=str(where), what=str(what))])
    desk.complete(deed, values, identity)


def _change(deed: CaseDeed, typed: Mapping[str, str]) -> None:
    """A change notice.

    Raises:
        Refused: The day it came cannot be read, or the change cannot be made.

    """
    received = read_day(typed.get("received_on", ""))
    if received is None:
        where, what = Words("届いた日", "Received on"), Words("読めない日付です", "not a date")
        raise Refused([because(ReasonCode.FIELD_NOT_UNDERSTOOD, where=str(where), what=str(what))])
    desk.change(deed, received, received, {name: typed[name] for name in CHANGEABLE if typed.get(name)})


def _amend(deed: CaseDeed, act: str, typed: Mapping[str, str]) -> None:
    """Put right what was notified, or what came back."""
    desk.amend(deed, act, {name: typed[name] for name in CHANGEABLE if typed.get(name)})


_ACTS: Final[Mapping[str, Callable[[CaseDeed, Mapping[str, str]], None]]] = MappingProxyType(
    {
        "accept": lambda deed, _: desk.accept(deed),
        "complete": _complete,
        "change": _change,
        "readdress": lambda deed, typed: _amend(deed, "readdress", typed),
        "correct": lambda deed, typed: _amend(deed, "correct", typed),
        **{
            name: lambda deed, _, name=name: desk.take_step(deed, name)  # type: ignore[misc]  # its own name
            for name in ("refuse_late", "withdraw", "void", "cancel")
        },
    }
)


def _letter(office: Office, case: str) -> HttpResponse:
    """The letter that asks the donor; it is asked only if the letter could be made."""
    now = timezone.now()
    with writing_in(office.tenant):
        found = desk.ask_donor(deed_of(office, case, now))
        pdf = letter_pdf(office.tenant, case, found, stationery_of(office), office_day(now))
    return attachment(pdf, "application/pdf", f"letter-{case}.pdf")


def _form_again(office: Office, case: str) -> HttpResponse:
    """The form with a new code."""
    pdf = print_again(deed_of(office, case, timezone.now()), stationery_of(office))
    return attachment(pdf, "application/pdf", f"one-stop-form-{case}.pdf")


_PAPERS: Final[Mapping[str, Callable[[Office, str], HttpResponse]]] = MappingProxyType(
    {"ask_donor": _letter, "print_again": _form_again}
)
_TYPED: Final = frozenset({"complete", "change", "correct", "readdress"})
"""Acts whose form takes an Individual Number."""


@require_POST
@open_to(*OFFICERS)
def act(request: HttpRequest, case: str, act: str) -> HttpResponse:
    """Take a step; what was refused is said on the case's own page, with what was typed."""
    office = office_in(request)
    if act not in _ACTS and act not in _PAPERS:
        raise Http404
    if act in _TYPED and (reason := terminal_objection(office)) is not None:
        return refuse(request, reason)
    try:
        if act in _PAPERS:
            return _PAPERS[act](office, case)
        _ACTS[act](deed_of(office, case, timezone.now()), request.POST.dict())
    except Refused as refused:
        faults = tuple(Words(each.ja, each.en) for each in refused.reasons)
        return _shown(request, case, tried=Tried(act=act, typed=request.POST.dict(), faults=faults))
    except SekishoError as fault:
        messages.error(request, str(fault))
        return redirect("one_stop_case", case=case)
    done = Words(
        f"{case}: {ONE_STOP_TABLE.acts[act][0]} を記録しました。", f"{case}: {ONE_STOP_TABLE.acts[act][1]}, recorded."
    )
    messages.success(request, str(done))
    return redirect("one_stop_case", case=case)


@require_POST
@open_to(*OFFICERS)
@at_terminals
def number(request: HttpRequest, case: str) -> HttpResponse:
    """Show the Individual Number, once, on this answer alone."""
    office = office_in(request)
    try:
        shown = show_number(deed_of(office, case, timezone.now()), request.POST.get("reason", ""))
    except Refused as refused:
        return refuse(request, *refused.reasons)
    except SekishoError as fault:
        messages.error(request, str(fault))
        return redirect("one_stop_case", case=case)
    return _shown(request, case, number=shown)


@require_GET
@open_to(*OFFICERS)
@at_terminals
def image(request: HttpRequest, case: str, image: str) -> HttpResponse:
    """A picture, after its entry."""
    office = office_in(request)
    try:
        media, picture = show_image(deed_of(office, case, timezone.now()), image)
    except Refused as refused:
        raise Http404 from refused
    except SekishoError as fault:
        messages.error(request, str(fault))
        return redirect("one_stop_case", case=case)
    return HttpResponse(picture, content_type=media)
