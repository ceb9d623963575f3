"""An unattended screen locks itself: half an hour without an act of its reader ends the session (security.md I11).

A page that refreshes itself is not an act; so the dashboard, left open, locks as well.
"""

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from sekisho.kernel import ReasonCode, because
from sekisho.web.api.refusing import asks_for_data, say_why_not

LAST_ACT: Final = "last_act"
REFRESHES: Final = ("/today/rows/",)
PARTS: Final = 60
"""Acts closer together than this part of the allowed time are not noted one by one, because each note is a write."""


def _is_over(request: HttpRequest, now: float) -> bool:
    """Has nothing been done for longer than allowed?"""
    last = request.session.get(LAST_ACT)
    return last is not None and now - float(last) > settings.SESSION_COOKIE_AGE


def _is_to_be_noted(request: HttpRequest, now: float) -> bool:
    """Is this an act that would otherwise be forgotten?"""
    last = request.session.get(LAST_ACT)
    if last is None:
        return True
    return request.path not in REFRESHES and now - float(last) >= settings.SESSION_COOKIE_AGE / PARTS


def _locked(request: HttpRequest) -> HttpResponse:
    """Back to the way in; a page that refreshes a part of itself is sent there as a whole, a program is told."""
    if asks_for_data(request):
        return say_why_not(401, because(ReasonCode.NOT_IDENTIFIED))
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": "/accounts/login/"})
    return redirect("account_login")


def idle_lock(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """End sessions in which nothing has been done for too long."""

    def with_lock(request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return answer(request)
        now = timezone.now().timestamp()
        if _is_over(request, now):
            logout(request)
            return _locked(request)
        if _is_to_be_noted(request, now):
            request.session[LAST_ACT] = now
        return answer(request)

    return with_lock
