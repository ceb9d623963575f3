"""S-600 寄附者のページ: by the code on the receipt and something that only the donor knows, for half an hour.

What a donor has typed comes back with the answer that refuses it and is never shown again; name, address and number
neither: who holds a code and an answer sees how far the application is, can apply and correct, and learns no more.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from sekisho.adapters.database.models import Tenant
from sekisho.adapters.donations.one_stop_online import (
    DeficientFormError,
    DonorCase,
    apply_online,
    change_online,
    donor_view,
    enter_case,
)
from sekisho.business.hometown_donations.one_stop import CHANGEABLE, DEFICIENCIES, FORM_FIELDS, ONE_STOP_TABLE
from sekisho.kernel import Refused
from sekisho.records import write_wareki
from sekisho.web.components.act_forms import ActForm, FormField
from sekisho.web.components.screen import screen
from sekisho.web.donation_manager.pages.one_stop.fields import deficiency_words, form_fields, state_chip
from sekisho.web.words import Words

SCREEN: Final = screen("S-600", Words("ワンストップ特例の申請", "One-stop application"))
STAY: Final = timedelta(minutes=30)
_KEY: Final = "donor_case"
_ASKED: Final = tuple(name for name in FORM_FIELDS if name not in {"amount", "donated_on"})


def _entrance(request: HttpRequest, tenant: Tenant, code: str = "", faults: tuple[Words, ...] = ()) -> HttpResponse:
    """The two questions; a code that was typed stays, the answer never."""
    hint = Words("受領証明書・申請書にある12文字", "the 12 letters on the receipt or form")
    asked = Words(
        "寄附の申込みのときの電話番号、またはメールアドレス", "the telephone number or mail address given when donating"
    )
    fields = (
        FormField(name="code", words=Words("確認コード", "Code"), value=code, hint=hint, focus=True),
        FormField(name="answer", words=asked),
    )
    form = ActForm(key="enter", url=request.path, words=Words("進む", "Go on"), fields=fields, main=True)
    page = SimpleNamespace(office=Words(tenant.label_ja, tenant.label_en), form=form, faults=faults, case=None)
    return render(
        request, "donation_manager/donor_own.html", {"screen": SCREEN, "page": page}, status=422 if faults else 200
    )


def _tenant(area: str) -> Tenant:
    """The municipality whose area it is.

    Raises:
        Http404: There is none.

    """
    found = Tenant.objects.filter(code=area).first()
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, area: str) -> HttpResponse:
    """Who comes by the code, and answers the question, sees the case."""
    tenant = _tenant(area)
    if request.method != "POST":
        return _entrance(request, tenant)
    now, code = timezone.now(), request.POST.get("code", "")[:40]
    try:
        case = enter_case(area, code, request.POST.get("answer", "")[:120], now)
    except Refused as refused:
        words = Words("確認コードか、答えが違います。", "The code or the answer is wrong.")
        closed = [Words(each.ja, each.en) for each in refused.reasons if each.code == "too_many_tries"]
        return _entrance(request, tenant, code, tuple(closed) or (words,))
    request.session.cycle_key()
    request.session[_KEY] = {"area": area, "case": case, "until": (now + STAY).isoformat()}
    return redirect("donor_case", area=area)


def _case_in(request: HttpRequest, area: str) -> str:
    """The case that this session has opened and may still see; nothing otherwise."""
    kept = request.session.get(_KEY)
    if not isinstance(kept, dict) or kept.get("area") != area:
        return ""
    return str(kept["case"]) if timezone.now() < datetime.fromisoformat(str(kept["until"])) else ""


def _forms(request: HttpRequest, found: DonorCase, typed: Mapping[str, str]) -> tuple[ActForm, ...]:
    """What the donor can do now: apply, or change."""
    acts = {step.act for step in ONE_STOP_TABLE.steps_from(found.state)}
    if "apply_online" in acts:
        fields = form_fields({**typed, "individual_number": ""}, names=_ASKED)
        return (ActForm(key="apply", url=request.path, words=Words("申請する", "Apply"), fields=fields, main=True),)
    if "change_online" in acts:
        fields = form_fields(typed, names=tuple(each for each in CHANGEABLE if each != "individual_number"))
        words = Words("変更を届け出る", "Send the change")
        return (ActForm(key="change", url=request.path, words=words, fields=fields, main=True),)
    return ()


def _page(
    request: HttpRequest, area: str, case: str, faults: tuple[Words, ...] = (), typed: Mapping[str, str] | None = None
) -> HttpResponse:
    """How far the application is, and what can be done."""
    found, tenant = donor_view(area, case), _tenant(area)
    page = SimpleNamespace(
        office=Words(tenant.label_ja, tenant.label_en),
        case=found,
        chip=state_chip(found.state),
        amount=f"{found.amount:,}",
        donated_on=write_wareki(datetime.fromisoformat(found.donated_on).date()),
        missing=deficiency_words(found.deficiencies),
        forms=_forms(request, found, typed or {}),
        faults=faults,
    )
    return render(
        request, "donation_manager/donor_own.html", {"screen": SCREEN, "page": page}, status=422 if faults else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
def case(request: HttpRequest, area: str) -> HttpResponse:
    """See, apply, correct."""
    opened = _case_in(request, area)
    if not opened:
        return redirect("donor_enter", area=area)
    if request.method != "POST":
        return _page(request, area, opened)
    typed = {name: str(value) for name, value in request.POST.items()}
    try:
        if "apply_online" in {step.act for step in ONE_STOP_TABLE.steps_from(donor_view(area, opened).state)}:
            apply_online(area, opened, {name: typed.get(name, "") for name in _ASKED}, timezone.now())
        else:
            after = {name: typed[name] for name in CHANGEABLE if typed.get(name)}
            change_online(area, opened, after, timezone.now())
    except DeficientFormError as deficient:
        faults = tuple(Words(DEFICIENCIES[each][0], DEFICIENCIES[each][1]) for each in deficient.found)
        return _page(request, area, opened, faults, typed)
    except Refused as refused:
        return _page(request, area, opened, tuple(Words(each.ja, each.en) for each in refused.reasons), typed)
    messages.success(request, str(Words("受け付けました。", "It was taken.")))
    return redirect("donor_case", area=area)
