"""Nobody works with a password alone: whoever has no second factor is sent to register one (security.md S1)."""

from collections.abc import Callable
from typing import Final

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from sekisho.kernel import ReasonCode, SignInFactor, because
from sekisho.web.api.refusing import asks_for_data, say_why_not

ENROLMENT: Final = ("/accounts/", "/language/", "/csp-report/", "/static/")
_STRONG: Final = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def has_second_factor(request: HttpRequest) -> bool:
    """Has this person registered an authenticator app or a passkey?"""
    return bool(is_mfa_enabled(request.user, types=_STRONG))


_BY_RECORD: Final[dict[tuple[str, str], SignInFactor]] = {
    ("password", ""): SignInFactor.PASSWORD,
    ("mfa", "totp"): SignInFactor.ONE_TIME_CODE,
    ("mfa", "webauthn"): SignInFactor.PASSKEY,
}


def factors_of(request: HttpRequest) -> tuple[str, ...]:
    """By which factors this person signed in for this session; recovery codes are none."""
    records = get_authentication_records(request, request.user)
    kinds = ((str(each.get("method", "")), str(each.get("type", ""))) for each in records)
    return tuple(sorted({str(_BY_RECORD[each]) for each in kinds if each in _BY_RECORD}))


def second_factor(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Send people without a second factor to the enrolment page, whatever they asked for."""

    def with_second_factor(request: HttpRequest) -> HttpResponse:
        exempt = request.path.startswith(ENROLMENT)
        if request.user.is_authenticated and not exempt and not has_second_factor(request):
            if asks_for_data(request):
                return say_why_not(403, because(ReasonCode.NOT_ALLOWED, action="second factor"))
            return redirect("mfa_index")
        return answer(request)

    return with_second_factor
