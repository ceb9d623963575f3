"""S-300 登記通知取込: the diff of each document of notices; 入力 → 確認 → 完了, line by line, reversible.

Whoever looks must be a named recipient of the document, and the look is an entry before anything is shown.
"""

from types import SimpleNamespace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from sekisho.adapters.database.property_decisions import Decision, decide_lines
from sekisho.adapters.database.queries_documents import document_row
from sekisho.adapters.database.queries_property import batch_row, batch_rows, proposal_views, record_view
from sekisho.adapters.database.queries_rows import BatchRow
from sekisho.kernel import ReasonCode, Refused, SekishoError, because
from sekisho.web.access import Role, open_to, refuse
from sekisho.web.components.facts import Said, choices
from sekisho.web.components.screen import Crumb, Screen, screen
from sekisho.web.components.vocabulary import short_parcel
from sekisho.web.office import Office, office_in
from sekisho.web.pages.gate.crossings_page import page_number, pages_of
from sekisho.web.pages.registry_notices.notice_page import (
    PAGE,
    STATES,
    BatchPage,
    Ticked,
    batch_line,
    confirm_lines,
    proposal_line,
    read_ticks,
)
from sekisho.web.words import Words

LIST = screen("S-300", Words("登記通知の取込み", "Registry notices"))
_OFFICERS = (Role.OPERATOR, Role.HEAD)
_STATES: dict[str, Said] = {str(state): chip.words for state, chip in STATES.items()}


@require_GET
@open_to(*_OFFICERS)
def batches(request: HttpRequest) -> HttpResponse:
    """Every document of notices with its counts; no name and no address."""
    rows = tuple(batch_line(row) for row in batch_rows(office_in(request).tenant))
    return render(request, "registry_notices/batches.html", {"screen": LIST, "page": SimpleNamespace(rows=rows)})


def _found(office: Office, batch: str) -> BatchRow:
    """The proposals of a document that is addressed to this person.

    Raises:
        Refused: It is addressed to others.

    """
    row, document = batch_row(office.tenant, batch), document_row(office.tenant, batch)
    if row is None or document is None:
        raise Http404
    if office.person not in document.recipients:
        raise Refused([because(ReasonCode.NOT_A_RECIPIENT, document=batch)])
    return row


def _screen(row: BatchRow) -> Screen:
    """The diff's own screen."""
    title = Words("登記通知の異動案", "Proposed changes")
    return screen("S-305", title, short_parcel(row.parcel), Crumb(title=LIST.title, url=reverse("notice_batches")))


def _page(request: HttpRequest, row: BatchRow, faults: tuple[Words, ...] = ()) -> BatchPage:
    """One page of the diff, opened after its entry is written."""
    office, asked = office_in(request), request.GET.dict()
    state = asked.get("state", "") if asked.get("state", "") in STATES else ""
    number = page_number(asked.get("page", ""))
    record_view(office.tenant, office.standing, row.batch, timezone.now())
    total, views = proposal_views(office.tenant, row.batch, state, first=(number - 1) * PAGE, count=PAGE)
    return BatchPage(
        batch=row.batch,
        parcel=row.parcel,
        counts=row,
        proposals=tuple(proposal_line(view) for view in views),
        states=choices(_STATES, state),
        pages=pages_of(number, total, {"state": state}, PAGE),
        faults=faults,
    )


def _shown(request: HttpRequest, batch: str, faults: tuple[Words, ...] = ()) -> HttpResponse:
    """The diff, or why it cannot be shown."""
    try:
        row = _found(office_in(request), batch)
        page = _page(request, row, faults)
    except Refused as refused:
        return refuse(request, *refused.reasons)
    except SekishoError:
        # The key of the document is gone, and with it what it proposed.
        return refuse(request, because(ReasonCode.NOT_IN_THIS_STATE, what=batch, state="erased"))
    status = 422 if faults else 200
    return render(request, "registry_notices/batch.html", {"screen": _screen(row), "page": page}, status=status)


@require_GET
@open_to(*_OFFICERS)
def batch(request: HttpRequest, batch: str) -> HttpResponse:
    """入力: the diff, with a choice for each line."""
    return _shown(request, batch)


def _typed(request: HttpRequest) -> dict[str, str]:
    """What was ticked; with "all that wait", every open line of the page that has no tick of its own."""
    typed = {name: value for name, value in request.POST.items() if isinstance(value, str) and value}
    every = request.POST.get("every", "")
    return dict.fromkeys(request.POST.getlist("open"), every) | typed if every else typed


@require_POST
@open_to(*_OFFICERS)
def confirm(request: HttpRequest, batch: str) -> HttpResponse:
    """確認: what was ticked, in words, before anything is done."""
    ticks = read_ticks(_typed(request))
    if not ticks:
        return _shown(request, batch, (Words("一つ以上の行を選んでください。", "Choose at least one line."),))
    try:
        row = _found(office_in(request), batch)
    except Refused as refused:
        return refuse(request, *refused.reasons)
    page = SimpleNamespace(batch=batch, lines=confirm_lines(ticks), count=sum(len(each.fields) for each in ticks))
    return render(request, "registry_notices/confirm.html", {"screen": _screen(row), "page": page})


def _carry_out(office: Office, ticks: tuple[Ticked, ...]) -> int:
    """Carry out every decision in the order of the notices; answers how many lines changed.

    Raises:
        Refused: One of them cannot be done now; those before it stand.

    """
    now = timezone.now()
    return sum(
        decide_lines(
            Decision(
                tenant=office.tenant,
                proposal=each.proposal,
                act=each.act,
                person=office.person,
                at=now,
                fields=each.fields,
            )
        )
        for each in ticks
    )


@require_POST
@open_to(*_OFFICERS)
def decide(request: HttpRequest, batch: str) -> HttpResponse:
    """完了: carry out what was confirmed; the same form sent twice changes nothing more."""
    office, ticks = office_in(request), read_ticks(request.POST.dict())
    try:
        _found(office, batch)
        strangers = [each.proposal for each in ticks if not each.proposal.startswith(f"{batch}-")]
        if strangers:
            return refuse(request, because(ReasonCode.NOT_FOUND, what=strangers[0]), status=404)
        done = _carry_out(office, ticks)
    except Refused as refused:
        return refuse(request, *refused.reasons, status=409)
    messages.success(
        request, str(Words(f"{done}行を処理しました。記録に残りました。", f"{done} lines done and recorded."))
    )
    return redirect("notice_batch", batch=batch)
