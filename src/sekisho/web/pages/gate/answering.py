"""What an officer answers to a stopped parcel: send it again without a column, have it examined again, or refuse it."""

from collections.abc import Sequence
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from sekisho.adapters.database.held import examine_again, refuse_held
from sekisho.adapters.database.queries_authority import permit_row
from sekisho.adapters.database.queries_gate import crossing_row, entries_of_parcel
from sekisho.adapters.database.queries_rows import EntryRow, ParcelRow, PermitRow
from sekisho.kernel import EntryKind, PermitStatus, ReasonCode, Refused, because
from sekisho.web.access import Role, open_to, refuse
from sekisho.web.components.screen import Crumb, screen
from sekisho.web.components.vocabulary import short_parcel
from sekisho.web.office import Office, office_in
from sekisho.web.pages.gate.custody import found_items, reasons_of
from sekisho.web.pages.gate.sending import upload_page
from sekisho.web.words import Words

SENDERS: Final = (Role.OPERATOR, Role.HEAD)
ANSWERERS: Final = (Role.HEAD, Role.INFORMATION_SYSTEMS)
_AGAIN: Final = Words("項目を除いて、もう一度送る", "Send it again without the items")


_LEFT_OUT: Final = frozenset({str(ReasonCode.ITEM_NOT_APPROVED), str(ReasonCode.NUMBER_COLUMN_NOT_APPROVED)})
"""Reasons that are gone with the item."""


def items_to_leave_out(entries: Sequence[EntryRow], permit: PermitRow | None) -> tuple[str, ...]:
    """The unapproved items, if nothing but they stopped the parcel."""
    reasons = reasons_of(entries)
    codes = {reason.code for reason in reasons}
    if permit is None or str(ReasonCode.ITEM_NOT_APPROVED) not in codes or not codes <= _LEFT_OUT:
        return ()
    approved = {*permit.specification.items, *permit.specification.masked_items}
    if any(reason.item in approved for reason in reasons):
        return ()  # a column of Individual Numbers whose item was approved as something else goes along
    return tuple(item for item in found_items(entries) if item not in approved)


def may_be_sent_again(office: Office, permit: PermitRow | None) -> bool:
    """Is it a permit of this department that is in force?"""
    return (
        permit is not None
        and permit.permit.status == PermitStatus.ACTIVE
        and permit.specification.department == office.department
    )


def _found(request: HttpRequest, parcel: str) -> tuple[ParcelRow, list[EntryRow]]:
    """A parcel of this office with its entries; nobody else's is ever found."""
    office = office_in(request)
    row = crossing_row(office.tenant, parcel)
    if row is None:
        raise Http404
    return row, list(entries_of_parcel(office.tenant, parcel))


@require_POST
@open_to(*SENDERS)
def send_without(request: HttpRequest, parcel: str) -> HttpResponse:
    """Hand out a ticket under which the unapproved items are taken out, and show the form for the same file."""
    row, entries = _found(request, parcel)
    office = office_in(request)
    permit = permit_row(office.tenant, row.permit) if row.permit else None
    leave_out = items_to_leave_out(entries, permit)
    if not office.terminal:
        return refuse(request, because(ReasonCode.NOT_IDENTIFIED))
    if permit is None or not leave_out or not may_be_sent_again(office, permit):
        return refuse(request, because(ReasonCode.NOT_IN_THIS_STATE, what=parcel, state=row.state), status=409)
    back = Crumb(title=Words("関所で止めました", "Stopped at the gate"), url=reverse("crossing", args=[parcel]))
    shown = screen("S-105", _AGAIN, short_parcel(parcel), back)
    page = upload_page(request, permit, leave_out)
    return render(request, "gate/upload.html", {"screen": shown, "page": page})


@require_POST
@open_to(*ANSWERERS)
def answer_held(request: HttpRequest, parcel: str) -> HttpResponse:
    """Have a held parcel examined once more, or refuse it; either is an entry."""
    office = office_in(request)
    _found(request, parcel)
    acts = {"again": examine_again, "refuse": refuse_held}
    act = acts.get(request.POST.get("answer", ""))
    if act is None:
        what = "again / refuse"
        return refuse(request, because(ReasonCode.INPUT_NOT_UNDERSTOOD, where="answer", what=what), status=422)
    try:
        act(office.tenant, parcel, office.standing, timezone.now())
    except Refused as refusal:
        return refuse(request, *refusal.reasons, status=409)
    return redirect("crossing", parcel=parcel)


def is_held(entries: Sequence[EntryRow]) -> bool:
    """Does the last word on the parcel say that somebody has to answer?"""
    said = [each.kind for each in entries if each.kind in {EntryKind.HELD, EntryKind.EXAMINED_AGAIN, EntryKind.REFUSED}]
    return bool(said) and said[-1] == EntryKind.HELD
