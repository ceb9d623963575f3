"""The strict policy of every answer: nothing loaded from elsewhere, nothing personal kept by a browser."""

from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]
REPORTS: Final = "/csp-report/"


def origin_of(address: str) -> str:
    """Scheme, host and port of an address."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def content_policy() -> str:
    """What a page may load and where its forms may go: only here, and files to the lane."""
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            f"form-action 'self' {origin_of(settings.SEKISHO_LANE_URL)}",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            f"report-uri {REPORTS}",
        )
    )


def strict_policy(answer: Answer) -> Answer:
    """Put the policy on every answer."""

    def with_policy(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        response.headers["Content-Security-Policy"] = content_policy()
        response.headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=(), usb=()"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        response.headers["X-Frame-Options"] = "DENY"
        kept = response.headers.get("Cache-Control", "").startswith("public, ")  # hash tiles: they tell of nobody
        if not kept and not request.path.startswith("/static/"):
            # Japanese offices share desks: what was on a screen must not be in the browser's cache afterwards.
            response.headers["Cache-Control"] = "no-store"
        return response

    return with_policy
