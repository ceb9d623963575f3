"""S-357 対応履歴を送る: one answer to a donor, typed here, checked at the gate, and kept nowhere in the house."""

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
from sekisho.business.hometown_donations.donations import PORTALS
from sekisho.kernel import ReasonCode, Refused, SekishoError, because
from sekisho.records import RecordsError
from sekisho.web.access import Role, open_to, refuse
from sekisho.web.components.act_forms import AREA, SELECT, ActForm, FormField, pick
from sekisho.web.components.facts import Said
from sekisho.web.components.screen import Crumb, screen
from sekisho.web.office import office_in
from sekisho.web.words import Words

_BACK: Final = Crumb(title=Words("寄附の取込み口", "Ways in for donations"), url="/connectors/")
SCREEN: Final = screen("S-357", Words("対応履歴を送る", "Send a response history"), "", _BACK)
_WINDOW: Final = Words("窓口", "At the counter")


def _portals() -> list[tuple[str, Said]]:
    """Every portal by its name."""
    named: list[tuple[str, Said]] = [(each.portal, Words(each.ja, each.en)) for each in PORTALS.values()]
    return [*named, ("window", _WINDOW)]


def _words(values: tuple[str, ...]) -> list[tuple[str, Said]]:
    """The layout's own words, which go into the record as they are."""
    return [(each, each) for each in values]


def _choice(name: str, words: Words, options: list[tuple[str, Said]]) -> FormField:
    """A field with a choice."""
    return FormField(name=name, words=words, kind=SELECT, choices=pick(*options))


def _fields(moment: str) -> tuple[FormField, ...]:
    """What is typed."""
    words = response_choices()
    hint = Words("400字まで。個人番号は書かないでください。", "Up to 400 characters; no Individual Number.")
    closed: list[tuple[str, Said]] = [("済", Words("済", "Yes")), ("継続", Words("継続", "No"))]
    return (
        _choice("portal", Words("ポータル", "Portal"), _portals()),
        FormField(name="order", words=Words("申込番号", "Order number")),
        FormField(name="at", words=Words("対応日時", "Answered at"), kind="datetime-local", value=moment),
        _choice("channel", Words("対応の方法", "How"), _words(words["channel"])),
        _choice("subject", Words("対応の区分", "About what"), _words(words["subject"])),
        FormField(name="answer", words=Words("対応内容", "The answer"), kind=AREA, hint=hint),
        _choice("closed", Words("対応の完了", "Closed"), closed),
    )


def _form(at: datetime) -> ActForm:
    """The form, with the hour of now."""
    moment = f"{at.astimezone(OFFICE_TIME):%Y-%m-%dT%H:%M}"
    words = Words("関所を通してS1へ送る", "Send it to S1 through the gate")
    return ActForm(key="response", url=reverse("response_send"), words=words, fields=_fields(moment), main=True)


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


@require_http_methods(["GET", "POST"])
@open_to(Role.OPERATOR, Role.HEAD)
def send(request: HttpRequest) -> HttpResponse:
    """Show the form, or bring what was typed to the gate."""
    office = office_in(request)
    if request.method == "GET":
        return render(request, "connectors/response.html", {"screen": SCREEN, "form": _form(timezone.now())})
    try:
        parcel = send_response(office.tenant, (office.terminal, office.person), _read(request.POST))
    except Refused as refused:
        return refuse(request, *refused.reasons, status=409)
    except (RecordsError, SekishoError) as fault:
        what = str(fault)
        return refuse(request, because(ReasonCode.INPUT_NOT_UNDERSTOOD, where="response", what=what), status=400)
    messages.success(request, str(Words("受け付けました。", "Received.")))
    return redirect("crossing", parcel=parcel)
