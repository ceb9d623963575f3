"""S-300 登記通知取込: the diff of each parcel of notices; accept, reject or hold line by line; withdraw."""

from types import SimpleNamespace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sekisho.adapters.database.queries_property import batch_rows
from sekisho.web.access import Role, open_to
from sekisho.web.components.screen import screen
from sekisho.web.office import office_in
from sekisho.web.words import Words

LIST = screen("S-300", Words("登記通知の取込み", "Registry notices"))


@require_GET
@open_to(Role.OPERATOR, Role.HEAD)
def batches(request: HttpRequest) -> HttpResponse:
    """Every parcel of notices with its counts."""
    rows = batch_rows(office_in(request).tenant)
    return render(request, "registry_notices/batches.html", {"screen": LIST, "page": SimpleNamespace(rows=rows)})


@require_GET
@open_to(Role.OPERATOR, Role.HEAD)
def batch(request: HttpRequest, batch: str) -> HttpResponse:
    """The diff."""
    raise Http404


confirm = decide = withdraw = batch
