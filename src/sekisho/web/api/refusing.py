"""Why not, for a program: every reason with its code and facts, in both languages, and never anything personal."""

from typing import Final

from django.http import HttpRequest, JsonResponse

from sekisho.kernel import Reason, ReasonCode, Refused

ROOT: Final = "/api/"
_STATUS: Final = {
    ReasonCode.NOT_IDENTIFIED: 401,
    ReasonCode.NOT_FOUND: 404,
    ReasonCode.INPUT_NOT_UNDERSTOOD: 422,
    ReasonCode.FIELD_NOT_UNDERSTOOD: 422,
}
REFUSED: Final = 409


def asks_for_data(request: HttpRequest) -> bool:
    """Does a program ask, which cannot read a page?"""
    return request.path.startswith(ROOT)


def reason_as_answer(reason: Reason) -> dict[str, object]:
    """One reason with its code, its facts and both languages."""
    return {
        **reason.as_data(),
        "ja": reason.ja,
        "en": reason.en,
        "next_ja": reason.next_ja,
        "next_en": reason.next_en,
    }


def say_why_not(status: int, *reasons: Reason) -> JsonResponse:
    """All the reasons, as data."""
    return JsonResponse({"reasons": [reason_as_answer(each) for each in reasons]}, status=status)


def status_of(refused: Refused) -> int:
    """What kind of no it is: nobody there, no such thing, not understood, or refused by the office."""
    kinds = {_STATUS.get(each.code, REFUSED) for each in refused.reasons}
    return kinds.pop() if len(kinds) == 1 else REFUSED
