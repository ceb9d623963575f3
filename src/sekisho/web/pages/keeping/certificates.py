"""S-115 削除証明書: the certificate that a copy is gone, on screen, as PDF, and as the signed text itself."""

from datetime import datetime
from types import SimpleNamespace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from sekisho.adapters.database.queries_desk import record_export
from sekisho.adapters.database.queries_gate import crossing_row
from sekisho.adapters.documents import erasure_pdf
from sekisho.adapters.documents.erasure import LABELS, VALUES
from sekisho.bootstrap import erasure
from sekisho.kernel import Refused
from sekisho.web.access import EVERYBODY, open_to, refuse
from sekisho.web.components.dates import long_moment
from sekisho.web.components.facts import Fact
from sekisho.web.components.screen import Crumb, screen
from sekisho.web.components.vocabulary import short_parcel
from sekisho.web.office import office_in
from sekisho.web.pages.gate.exports import attachment
from sekisho.web.words import Words

TITLE = Words("削除証明書", "Certificate of erasure")
KINDS = {"pdf": "application/pdf", "txt": "text/plain; charset=utf-8"}


def _fact(name: str, value: str) -> Fact:
    """A fact of the certificate in words."""
    if name == "erased-at":
        return Fact(name=Words(*LABELS[name]), value=long_moment(datetime.fromisoformat(value)))
    return Fact(name=Words(*LABELS.get(name, (name, name))), value=Words(*VALUES.get(value, (value, value))))


@require_GET
@open_to(*EVERYBODY)
def certificate(request: HttpRequest, parcel: str) -> HttpResponse:
    """The certificate on screen, or why there is none."""
    office = office_in(request)
    if crossing_row(office.tenant, parcel) is None:
        raise Http404
    try:
        found = erasure.certificate_of(office.tenant, parcel)
    except Refused as refused:
        return refuse(request, *refused.reasons, status=409)
    back = Crumb(title=Words("通過の記録", "Crossing"), url=reverse("crossing", args=[parcel]))
    page = SimpleNamespace(
        parcel=parcel,
        facts=[_fact(name, value) for name, value in found.facts],
        signature=found.note.rstrip("\n").rpartition("\n")[2],
        key=found.key,
    )
    shown = screen("S-115", TITLE, short_parcel(parcel), back)
    return render(request, "keeping/certificate.html", {"screen": shown, "page": page})


@require_POST
@open_to(*EVERYBODY)
def certificate_file(request: HttpRequest, parcel: str, kind: str) -> HttpResponse:
    """The certificate to keep: a page to file, or the signed text that can be checked without us."""
    office = office_in(request)
    if kind not in KINDS or crossing_row(office.tenant, parcel) is None:
        raise Http404
    try:
        found = erasure.certificate_of(office.tenant, parcel)
    except Refused as refused:
        return refuse(request, *refused.reasons, status=409)
    record_export(office.tenant, office.standing, timezone.now(), what="certificate", parcel=parcel)
    body = found.note.encode()
    if kind == "pdf":
        body = erasure_pdf(found.facts, found.note, found.key, office.tenant_ja)
    return attachment(body, KINDS[kind], f"erasure-{parcel}.{kind}")
