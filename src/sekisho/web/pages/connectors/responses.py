"""S-357 対応履歴を送る: one answer to a donor, typed here, checked at the gate, and kept nowhere in the house."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from sekisho.adapters.database.office_time import OFFICE_TIME
from sekisho.bootstrap.responses import Response, response_choices, send_response
from sekisho.kernel import Refused, SekishoError
from sekisho.records import RecordsError
from sekisho.web.access import Role, open_to
from sekisho.web.components.act_forms import AREA, SELECT, TEXT, ActForm, FormField, pick
from sekisho.web.components.facts import Said
from sekisho.web.components.portals import PORTAL_WORDS
from sekisho.web.components.screen import Crumb, screen
from sekisho.web.office import office_in
from sekisho.web.words import Words

_BACK: Final = Crumb(title=Words("寄附の取込み口", "Ways in for donations"), url="/connectors/")
SCREEN: Final = screen("S-357", Words("対応履歴を送る", "Send a response history"), "", _BACK)


def _words(values: tuple[str, ...]) -> list[tuple[str, Said]]:
    """The layout's own words, which go into the record as they are."""
    return [(each, each) for each in values]


def _fields(typed: Mapping[str, str]) -> tuple[FormField, ...]:
    """What is typed; it stays if something is wrong with it."""

    def choice(name: str, words: Words, options: list[tuple[str, Said]]) -> FormField:
        return FormField(name=name, words=words, kind=SELECT, choices=pick(*options, chosen=typed.get(name, "")))

    def field(name: str, words: Words, kind: str = TEXT, hint: Said = "") -> FormField:
        return FormField(name=name, words=words, kind=kind, hint=hint, value=typed.get(name, ""))

    words = response_choices()
    hint = Words("400字まで。個人番号は書かないでください。", "Up to 400 characters; no Individual Number.")
    closed: list[tuple[str, Said]] = [("済", Words("済", "Yes")), ("継続", Words("継続", "No"))]
    return (
        choice("portal", Words("ポータル", "Portal"), list(PORTAL_WORDS.items())),
        field("order", Words("申込番号", "Order number")),
        field("at", Words("対応日時", "Answered at"), "datetime-local"),
        choice("channel", Words("対応の方法", "How"), _words(words["channel"])),
        choice("subject", Words("対応の区分", "About what"), _words(words["subject"])),
        field("answer", Words("対応内容", "The answer"), AREA, hint),
        choice("closed", Words("対応の完了", "Closed"), closed),
    )


def _form(typed: Mapping[str, str]) -> ActForm:
    """The form, with what was typed."""
    words = Words("関所を通してS1へ送る", "Send it to S1 through the gate")
    return ActForm(key="response", url=reverse("response_send"), words=words, fields=_fields(typed), main=True)


def _read(form: QueryDict) -> Response:
    """What was typed.

    Raises:
        RecordsError: The moment is none.

    """
    try:
        at = datetime.fromisoformat(form.get("at", "")).replace(tzinfo=OFFICE_TIME)
    except ValueError as fault:
        message = "対応日時を読み取れません / the moment cannot be read"
        raise RecordsError(message) from fault
    return Response(
        portal=form.get("portal", ""),
        order_number=form.get("order", ""),
        answered_at=at,
        channel=form.get("channel", ""),
        subject=form.get("subject", ""),
        answer=form.get("answer", ""),
        closed=form.get("closed") == "済",
    )


def _shown(
    request: HttpRequest, typed: Mapping[str, str], status: int = 200, faults: tuple[Said, ...] = ()
) -> HttpResponse:
    """The page with the form, and what is wrong with what was typed."""
    facts = {"screen": SCREEN, "form": _form(typed), "faults": faults}
    return render(request, "connectors/response.html", facts, status=status)


@require_http_methods(["GET", "POST"])
@open_to(Role.OPERATOR, Role.HEAD)
def send(request: HttpRequest) -> HttpResponse:
    """Show the form, or bring what was typed to the gate."""
    office = office_in(request)
    if request.method == "GET":
        return _shown(request, {"at": f"{timezone.now().astimezone(OFFICE_TIME):%Y-%m-%dT%H:%M}"})
    try:
        parcel = send_response(office.tenant, (office.terminal, office.person), _read(request.POST))
    except Refused as refused:
        faults = tuple(Words(f"{each.ja} {each.next_ja}", f"{each.en} {each.next_en}") for each in refused.reasons)
        return _shown(request, request.POST.dict(), 409, faults)
    except (RecordsError, SekishoError) as fault:
        return _shown(request, request.POST.dict(), 400, (str(fault),))
    messages.success(request, str(Words("受け付けました。", "Received.")))
    return redirect("crossing", parcel=parcel)
