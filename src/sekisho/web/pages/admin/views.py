"""Language, the reports of the strict policy, a sign of life, and the addresses that are closed on purpose."""

import json
import logging
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

LOG: Final = logging.getLogger("sekisho.web.policy")
_LONGEST_REPORT: Final = 16 * 1024


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Switch between Japanese and English, and go back to the same page."""
    chosen = request.POST.get("language", "")
    there = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(there, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    answer = HttpResponseRedirect(there if safe else "/")
    if chosen in dict(settings.LANGUAGES):
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=365 * 24 * 3600,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return answer


# A browser sends these by itself, without our token; nothing is stored, one line is logged.
@csrf_exempt
@require_POST
def csp_report(request: HttpRequest) -> HttpResponse:
    """Take a browser's report that a page broke the strict policy; tests fail on any."""
    if int(request.headers.get("Content-Length") or 0) > _LONGEST_REPORT:
        return HttpResponse(status=413)
    try:
        report = json.loads(request.body).get("csp-report", {})
        directive = str(report.get("violated-directive", ""))[:40]
    except (ValueError, AttributeError):
        return HttpResponse(status=400)
    LOG.error("policy violated: %s", json.dumps(directive))
    return HttpResponse(status=204)


@require_GET
def alive(request: HttpRequest) -> HttpResponse:
    """Say ok, for whoever started the process."""
    del request
    return HttpResponse("ok", content_type="text/plain")


def closed(_request: HttpRequest) -> HttpResponse:
    """Addresses that allauth knows and this office does not have: signing up, mail, password reset."""
    raise Http404
