"""S-701 公開の入口 and S-710 通行証の公開台帳: readable by anybody, without signing in, and as a workbook or data."""

from types import SimpleNamespace

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from sekisho.adapters.database.queries_register import Municipality, municipalities, register_rows
from sekisho.adapters.documents.spreadsheet import CONTENT_TYPE
from sekisho.web.components.listing import list_workbook
from sekisho.web.components.screen import Crumb, screen
from sekisho.web.pages.gate.exports import attachment
from sekisho.web.pages.register.register_page import COLUMNS, RegisterLine, line_as_data, register_line
from sekisho.web.words import Words

INDEX = screen("S-701", Words("公開している台帳", "Public registers"))
TITLE = Words("通行証の公開台帳", "Public register of permits")


def _named(tenant: str) -> Municipality:
    """The municipality of this code that keeps a register here.

    Raises:
        Http404: There is none.

    """
    for each in municipalities():
        if each.tenant == tenant:
            return each
    raise Http404


def _lines(tenant: str) -> tuple[RegisterLine, ...]:
    """The register, the permits that are open first."""
    lines = [register_line(row) for row in register_rows(tenant)]
    return tuple(sorted(lines, key=lambda line: (line.chip.tone != "good", line.permit)))


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Which municipalities keep a register here."""
    rows = [
        SimpleNamespace(
            url=reverse("register", args=[each.tenant]),
            published=reverse("public_register", args=[each.tenant]),
            label=Words(each.label_ja, each.label_en),
        )
        for each in municipalities()
    ]
    return render(request, "register/index.html", {"screen": INDEX, "page": SimpleNamespace(rows=rows)})


@require_GET
def register(request: HttpRequest, tenant: str) -> HttpResponse:
    """Every permit of a municipality with what happened under it."""
    found, lines = _named(tenant), _lines(tenant)
    page = SimpleNamespace(
        lines=lines,
        now=timezone.now(),
        municipality=Words(found.label_ja, found.label_en),
        crossed=sum(line.crossed for line in lines),
        refused=sum(line.refused for line in lines),
        records=sum(line.records for line in lines),
        workbook=reverse("register_workbook", args=[tenant]),
        data=reverse("register_data", args=[tenant]),
    )
    shown = screen("S-710", TITLE, TITLE, Crumb(title=INDEX.title, url=reverse("register_index")))
    return render(request, "register/register.html", {"screen": shown, "page": page})


@require_GET
def workbook(request: HttpRequest, tenant: str) -> HttpResponse:
    """The register as a workbook."""
    del request
    _named(tenant)
    return attachment(list_workbook(TITLE, COLUMNS, _lines(tenant)), CONTENT_TYPE, f"permits-{tenant}.xlsx")


@require_GET
def data(request: HttpRequest, tenant: str) -> HttpResponse:
    """The register for machines."""
    del request
    found = _named(tenant)
    told = {
        "municipality": {"code": tenant, "ja": found.label_ja, "en": found.label_en},
        "at": timezone.now().isoformat(timespec="seconds"),
        "permits": [line_as_data(line) for line in _lines(tenant)],
    }
    answer = JsonResponse(told, json_dumps_params={"ensure_ascii": False})
    answer.headers["Content-Disposition"] = f'attachment; filename="permits-{tenant}.json"'
    return answer
