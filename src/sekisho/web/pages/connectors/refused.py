"""What an officer decides on S-355 about a copy whose donations the gate refused: send it again, or erase it."""

from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from sekisho.adapters.database.council_deeds import Deed
from sekisho.bootstrap.refused_copies import erase_unsent, send_again
from sekisho.kernel import Refused
from sekisho.web.access import Role, open_to, refuse
from sekisho.web.office import office_in
from sekisho.web.words import Words

OFFICERS: Final = (Role.OPERATOR, Role.HEAD)


def _deed(request: HttpRequest) -> Deed:
    """Who acts, and when."""
    office = office_in(request)
    return Deed(tenant=office.tenant, person=office.person, at=timezone.now())


@require_POST
@open_to(*OFFICERS)
def again(request: HttpRequest, parcel: str) -> HttpResponse:
    """Send its donations on once more; the gate asks everything again."""
    try:
        send_again(_deed(request), parcel)
    except Refused as refused:
        return refuse(request, *refused.reasons, status=409)
    said = Words(
        "もう一度送ります。関所がはじめから検査します。", "It is sent again; the gate examines it from the start."
    )
    messages.success(request, str(said))
    return redirect("connectors")


@require_POST
@open_to(*OFFICERS)
def erase(request: HttpRequest, parcel: str) -> HttpResponse:
    """Erase it unsent, with its certificate; why stands in the ledger."""
    try:
        number = erase_unsent(_deed(request), parcel, request.POST.get("why", ""))
    except Refused as refused:
        return refuse(request, *refused.reasons, status=409)
    said = Words(f"消しました（削除名簿 {number}）。証明書はこの表から開けます。", f"Erased by list {number}.")
    messages.success(request, str(said))
    return redirect("connectors")
