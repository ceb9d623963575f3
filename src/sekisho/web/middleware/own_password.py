"""Nobody works with a first password, which somebody else has seen: it is changed before anything else."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from sekisho.kernel import ReasonCode, because
from sekisho.web.api.refusing import asks_for_data, say_why_not
from sekisho.web.middleware.second_factor import ENROLMENT


def own_password(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Send people with a first password to the page where they change it, whatever they asked for."""

    def with_own_password(request: HttpRequest) -> HttpResponse:
        first = getattr(request.user, "must_change_password", False)
        if first and not request.path.startswith(ENROLMENT):
            if asks_for_data(request):
                return say_why_not(403, because(ReasonCode.NOT_ALLOWED, action="first password"))
            return redirect("account_change_password")
        return answer(request)

    return with_own_password
