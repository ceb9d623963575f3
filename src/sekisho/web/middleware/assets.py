"""Our own stylesheets, scripts and those of installed packages, served by this process: no CDN, no second server."""

import mimetypes
from collections.abc import Callable
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotFound

_KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


def own_assets(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Answer requests for assets; everything else goes on."""

    def with_assets(request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith("/static/"):
            return answer(request)
        found = finders.find(request.path.removeprefix("/static/"))
        if not isinstance(found, str) or request.method not in ("GET", "HEAD"):
            return HttpResponseNotFound()
        file = Path(found)
        kind = _KINDS.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        response = FileResponse(file.open("rb"), content_type=kind)
        response.headers["Cache-Control"] = "public, max-age=3600"
        return response

    return with_assets
