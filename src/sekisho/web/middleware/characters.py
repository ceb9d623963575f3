"""A NUL character (U+0000) in what somebody sends is refused before anything is asked of the database.

PostgreSQL has no text with a NUL in it and breaks off where one is asked for; no name, address or number holds one.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final
from urllib.parse import unquote

from django.http import HttpRequest, HttpResponse

from sekisho.kernel import Reason, ReasonCode, because
from sekisho.web.access import refuse
from sekisho.web.api.refusing import asks_for_data, say_why_not

_NUL: Final = "\x00"
_ESCAPED: Final = b"\\u0000"
_FORMS: Final = ("application/x-www-form-urlencoded", "multipart/form-data")
_WHAT: Final = "制御文字 U+0000 が入っています。消して、もう一度送ってください / take the control character U+0000 out"


def _names_with_nul(fields: Iterable[tuple[str, Sequence[object]]]) -> list[str]:
    """The fields of a form in whose name or value a NUL stands."""
    return [
        name.replace(_NUL, "?")[:60]
        for name, values in fields
        if _NUL in name or any(isinstance(each, str) and _NUL in each for each in values)
    ]


def _places(request: HttpRequest) -> list[str]:
    """Where in a request a NUL stands: the address, a field of the form, the body of a program."""
    found = ["address"] if _NUL in request.path + unquote(request.META.get("QUERY_STRING", "")) else []
    if request.method in {"GET", "HEAD"}:
        return found
    if request.content_type in _FORMS:
        return found + _names_with_nul(request.POST.lists())
    if request.content_type == "application/json" and _ESCAPED in request.body:
        return [*found, "body"]
    return found


class NoNul:
    """Says where it stands, and answers 400 to a person and 422 to a program."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        """What comes after."""
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """A request on its way."""
        return self._answer(request)

    @staticmethod
    def process_view(request: HttpRequest, _view: object, _args: Any, _names: Any) -> HttpResponse | None:
        """After the form was read and its origin checked, and before any page sees it."""
        if not (places := _places(request)):
            return None
        reasons: list[Reason] = [
            because(ReasonCode.INPUT_NOT_UNDERSTOOD, where=place, what=_WHAT) for place in places[:5]
        ]
        if asks_for_data(request):
            return say_why_not(422, *reasons)  # as whatever else of a body is not understood
        return refuse(request, *reasons, status=400)
