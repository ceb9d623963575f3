"""The ledger for tools of others (C2SP tlog-tiles over HTTP), and our own desk as a witness of other ledgers.

Anybody may read checkpoints and hash tiles: they are hashes and signatures. Entries tell who acted when, so their
bundles are for those who may read the ledger on screen.
"""

import re
import time
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from sekisho.adapters.database.home import find_home
from sekisho.adapters.witnesses import open_book
from sekisho.adapters.witnesses.book import LARGEST_REQUEST
from sekisho.adapters.witnesses.serving import http_answer
from sekisho.kernel import SekishoError
from sekisho.web.access import Role, open_to
from sekisho.web.office import office_in

_TENANT: Final = re.compile(r"[0-9]{6}")
_TEXT: Final = re.compile(r"checkpoint|witnessed|policy")
_TILE: Final = re.compile(r"tile/[0-9]{1,2}/(x[0-9]{3}/){0,5}[0-9]{3}(\.p/[0-9]{1,3})?")
_BUNDLE: Final = re.compile(r"tile/entries/(x[0-9]{3}/){0,5}[0-9]{3}(\.p/[0-9]{1,3})?")
_FOR_EVER: Final = "max-age=31536000, immutable"


def _answer(tenant: str, name: str, *, entries: bool) -> HttpResponse:
    """One published file. A tile never changes under its name; a checkpoint is not kept by anybody on the way."""
    text, tile = _TEXT.fullmatch(name), _TILE.fullmatch(name) or (entries and _BUNDLE.fullmatch(name))
    path = find_home().ledgers / tenant / name
    if not _TENANT.fullmatch(tenant) or not (text or tile) or not path.is_file():
        raise Http404
    kind = "text/plain; charset=utf-8" if text else "application/octet-stream"
    kept = "no-store" if text or entries else f"public, {_FOR_EVER}"
    return HttpResponse(path.read_bytes(), content_type=kind, headers={"Cache-Control": kept})


@require_GET
def published_ledger(_request: HttpRequest, tenant: str, name: str) -> HttpResponse:
    """Checkpoint, policy and hash tiles, for anybody."""
    return _answer(tenant, name, entries=False)


@require_GET
@open_to(Role.AUDITOR, Role.INFORMATION_SYSTEMS, Role.HEAD, Role.SECRETARIAT)
def own_ledger(request: HttpRequest, name: str) -> HttpResponse:
    """The same with the entries, for those who may read them."""
    return _answer(office_in(request).tenant, name, entries=True)


@csrf_exempt
@require_POST
def add_checkpoint(request: HttpRequest) -> HttpResponse:
    """Another ledger asks us as its witness; where this installation is none, there is nothing here."""
    try:
        book = open_book(find_home().witness)
    except SekishoError:
        raise Http404 from None
    if int(request.headers.get("content-length") or LARGEST_REQUEST + 1) > LARGEST_REQUEST:
        return HttpResponse("content-length\n", status=400, content_type="text/plain")
    answer = book.answer(request.body.decode("utf-8", "replace"), int(time.time()))
    status, kind, text = http_answer(answer)
    return HttpResponse(text, status=status, content_type=kind, headers={"Cache-Control": "no-store"})
