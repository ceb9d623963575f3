"""Open the office of whoever is signed in: their municipality, and the terminal they sit at."""

from collections.abc import Callable
from dataclasses import asdict
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from sekisho.adapters.database.queries_people import office_row
from sekisho.web.office import Office, OfficeRequest


def _fingerprint(request: HttpRequest) -> str:
    """The digest of the terminal's certificate, as the TLS proxy in front passes it on (only with HTTPS)."""
    return request.headers.get("X-Client-Fingerprint", "") if settings.SESSION_COOKIE_SECURE else ""


def open_office(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Find the office before any page runs; a page of an office never sees another municipality."""

    def in_office(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            row = office_row(
                request.user.get_username(),
                fingerprint=_fingerprint(request),
                declared=settings.SEKISHO_DEMO_TERMINAL,
            )
            if row is not None:
                cast("OfficeRequest", request).office = Office(**asdict(row))
        return answer(request)

    return in_office
