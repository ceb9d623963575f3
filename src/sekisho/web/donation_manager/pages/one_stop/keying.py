"""S-351 申請書の入力, S-352 照合: typed from paper without a mouse, by two persons, the second one blind."""

import unicodedata
from collections.abc import Mapping
from datetime import date
from types import SimpleNamespace
from typing import Final

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from sekisho.adapters.database.office_time import office_day
from sekisho.adapters.donations.notice_queries import next_to_verify
from sekisho.adapters.donations.one_stop_desk import Typing, key_in, verify
from sekisho.adapters.donations.one_stop_numbers import keep_image
from sekisho.adapters.donations.one_stop_papers import case_on_picture
from sekisho.adapters.donations.one_stop_stacks import StackResult
from sekisho.business.hometown_donations.one_stop import FORM_FIELDS, ApplicationRoute
from sekisho.kernel import ReasonCode, Refused, SekishoError, because
from sekisho.web.access import open_to, refuse
from sekisho.web.components.dates import read_day
from sekisho.web.components.screen import Crumb, Screen, screen
from sekisho.web.donation_manager.pages.one_stop.fields import (
    IDENTITY_CODES,
    form_fields,
    head_fields,
    identity_field,
)
from sekisho.web.donation_manager.pages.one_stop.terminals import at_terminals, deed_of
from sekisho.web.donation_manager.words import OFFICERS
from sekisho.web.office import Office, office_in
from sekisho.web.words import Words

LIST: Final = Words("ワンストップ特例", "One-Stop Special Exception")
IMAGE_DAYS: Final = 90
_LARGEST: Final = 8 << 20
_SHORT: Final = 6


def _screen(number: str, title: Words) -> Screen:
    """A screen below the list."""
    return screen(number, title, "", Crumb(title=LIST, url=reverse("one_stop")))


def full_number(typed: str, today: date) -> str:
    """A reception number as it is kept: 123, or １２３, is that of the year whose forms come in now."""
    text = unicodedata.normalize("NFKC", typed).strip()
    if text.isascii() and text.isdecimal() and len(text) <= _SHORT:
        year = today.year if today.month > 1 else today.year - 1
        return f"{year}-{int(text):06d}"
    return text


def _words_of(refused: Refused) -> Words:
    """Every reason in one line."""
    return Words("　".join(each.ja for each in refused.reasons), " ".join(each.en for each in refused.reasons))


def _key_page(request: HttpRequest, typed: Mapping[str, str], faults: Mapping[str, Words], status: int) -> HttpResponse:
    """The keying page with what was typed."""
    fields = (*head_fields(typed, faults), *form_fields(typed, faults), identity_field(typed, faults))
    page = SimpleNamespace(fields=fields, faults=tuple(faults.values()), verify=False)
    shown = _screen("S-351", Words("申請書の入力", "Key in a form"))
    return render(request, "donation_manager/one_stop_key.html", {"screen": shown, "page": page}, status=status)


def _key(request: HttpRequest, office: Office, typed: Mapping[str, str]) -> dict[str, Words]:
    """Keep what was typed; answers what is wrong with it."""
    received, identity = read_day(typed.get("received_on", "")), IDENTITY_CODES.get(typed.get("identity", "").strip())
    faults = dict[str, Words]()
    if received is None or received > office_day(timezone.now()):
        faults["received_on"] = Words("受付日を読めないか、先の日付です。", "It cannot be read, or is still to come.")
    if identity is None:
        faults["identity"] = Words("1、2、または空欄です。", "1, 2 or empty.")
    if faults or received is None or identity is None:
        return faults
    case = full_number(typed.get("case", ""), office_day(timezone.now()))
    route = ApplicationRoute.SCANNED if typed.get("scanned") else ApplicationRoute.KEYED
    typing = Typing(values=typed, received_on=received, route=route, identity=identity)
    try:
        key_in(deed_of(office, case, timezone.now()), typing)
    except Refused as refused:
        return {"case": _words_of(refused)}
    messages.success(
        request, str(Words(f"{case} を入力しました。別の職員が照合します。", f"{case} is keyed, to be verified."))
    )
    return {}


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*OFFICERS)
@at_terminals
def key(request: HttpRequest) -> HttpResponse:
    """入力: one form after the other; Enter saves and the next one begins."""
    office = office_in(request)
    if request.method != "POST":
        today = office_day(timezone.now()).isoformat()
        return _key_page(request, {"received_on": today, "case": request.GET.get("case", "")[:20]}, {}, 200)
    typed = {name: str(value) for name, value in request.POST.items()}
    faults = _key(request, office, typed)
    return _key_page(request, typed, faults, 422) if faults else redirect("one_stop_key")


def _verify_page(request: HttpRequest, case: str, typed: Mapping[str, str], differing: tuple[str, ...]) -> HttpResponse:
    """The blind form, with the fields that differ marked after comparing."""
    words = Words(
        "一人目の入力と違います。紙を見て確かめてください。", "It differs from the first keying; look at the paper."
    )
    faults = dict.fromkeys(differing, words)
    listed = tuple(
        Words(f"{FORM_FIELDS[each][0]}が違います。", f"{FORM_FIELDS[each][1]} differs.") for each in differing
    )
    page = SimpleNamespace(case=case, fields=form_fields(typed, faults), faults=listed, verify=True)
    shown = _screen("S-352", Words("申請書の照合", "Verify a form"))
    context = {"screen": shown, "page": page}
    return render(request, "donation_manager/one_stop_key.html", context, status=422 if differing else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*OFFICERS)
@at_terminals
def check(request: HttpRequest) -> HttpResponse:
    """照合: the same form typed again by another person, who does not see the first keying."""
    office = office_in(request)
    wanted = request.POST.get("case") or request.GET.get("case", "")
    case = wanted[:20] or next_to_verify(office.tenant, office.person)
    if request.method != "POST" or not case:
        return _verify_page(request, case, {}, ())
    typed = {name: str(value) for name, value in request.POST.items()}
    try:
        differing = verify(deed_of(office, case, timezone.now()), typed)
    except Refused as refused:
        return refuse(request, *refused.reasons, status=409)
    except SekishoError as fault:
        messages.error(request, str(fault))
        return redirect("one_stop")
    if differing:
        return _verify_page(request, case, typed, differing)
    messages.success(request, str(Words(f"{case} を照合しました。", f"{case} is verified.")))
    return redirect("one_stop_verify")


def take_picture(office: Office, upload: "UploadedFile[bytes]", number: int) -> StackResult:
    """One picture of a stack: kept sealed with its case, or why not."""
    now, name = timezone.now(), f"#{number}"
    if (upload.size or 0) > _LARGEST:
        return StackResult(case=name, reasons=(because(ReasonCode.TOO_LARGE, size=upload.size, limit=_LARGEST),))
    picture = upload.read()
    try:
        case = case_on_picture(office.tenant, picture)
        day = date.fromordinal(office_day(now).toordinal() + IMAGE_DAYS)
        keep_image(deed_of(office, case, now), "form", picture, day)
    except Refused as refused:
        return StackResult(case=name, reasons=tuple(refused.reasons))
    except SekishoError as fault:
        return StackResult(case=name, fault=str(fault))
    return StackResult(case=case)


@require_POST
@open_to(*OFFICERS)
@at_terminals
def scan(request: HttpRequest) -> HttpResponse:
    """A scanned form: its code finds the case, the picture is kept sealed, and keying begins with the number."""
    office, upload, now = office_in(request), request.FILES.get("picture"), timezone.now()
    if upload is not None and (upload.size or 0) > _LARGEST:
        return refuse(request, because(ReasonCode.TOO_LARGE, size=upload.size, limit=_LARGEST), status=422)
    picture = b"" if upload is None else upload.read()
    try:
        case = case_on_picture(office.tenant, picture)
        day = office_day(now)
        keep_image(deed_of(office, case, now), "form", picture, date.fromordinal(day.toordinal() + IMAGE_DAYS))
    except Refused as refused:
        return refuse(request, *refused.reasons, status=422)
    except SekishoError as fault:
        messages.error(request, str(fault))
        return redirect("one_stop")
    return redirect(f"{reverse('one_stop_key')}?case={case}")
