"""The API's doors: who may come in, as at the screens (session, second factor, office, role), and how a no is said."""

from collections.abc import Callable, Iterable
from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security.apikey import APIKeyCookie
from ninja.utils import check_csrf

from sekisho.kernel import ReasonCode, Refused, because
from sekisho.web.access import Role, office_of
from sekisho.web.api.refusing import say_why_not, status_of
from sekisho.web.office import Office
from sekisho.web.words import Words

Handler = Callable[..., object]
_NAME: Final = Words("関所", "Sekisho")
_ABOUT: Final = Words(
    "審議会のすべての行為と一覧です。画面と同じ役割・同じ職務分離・同じ理由で答えます。",
    "Every act and every list of the council, with the roles, the separation of duties and the refusals of the "
    "screens. A no is `reasons`: code, facts, both languages, what to do next; ids only, never personal data.",
)
API: Final = NinjaAPI(
    title=f"{_NAME.ja} {_NAME.en}",
    version="1",
    description=f"{_ABOUT.ja}\n\n{_ABOUT.en}",
    docs_url=None,  # its page would load scripts from elsewhere
    openapi_url=None,  # served by a view of our own, which names its exemption
    urls_namespace="api",
)


class NotForThem(Exception):
    """Somebody is signed in and this is not for their roles."""


class Desk(APIKeyCookie):
    """A signed-in person of an office who holds one of these roles; what changes something carries the CSRF token."""

    def __init__(self, roles: Iterable[Role]) -> None:
        """Remember for whom it is."""
        self.param_name = settings.SESSION_COOKIE_NAME
        super().__init__(csrf=False)
        self.roles = frozenset(roles)

    def authenticate(self, request: HttpRequest, key: str | None) -> Office | None:
        """Who stands here, if they may.

        Raises:
            NotForThem: The role, or the CSRF token, is missing.

        """
        del key
        office = office_of(request)
        if not request.user.is_authenticated:
            return None
        if office is None or not self.roles & set(office.roles) or check_csrf(request):
            raise NotForThem
        return office


def offer(verb: str, path: str, roles: Iterable[Role], **told: Any) -> Callable[[Handler], Handler]:
    """Put a handler at an address, for these roles; the document names them (`x-roles`) and the act (`x-act`)."""
    wanted, act = tuple(roles), told.pop("act", "")
    marks = {"x-roles": sorted(wanted), **({"x-act": act} if act else {})}
    told.setdefault("url_name", f"api_{told['operation_id']}")
    put: Callable[[Handler], Handler] = API.api_operation(
        [verb], path, auth=Desk(wanted), openapi_extra=marks, by_alias=True, **told
    )
    return put


@API.exception_handler(Refused)
def _refused(_: HttpRequest, refused: Refused) -> HttpResponse:
    """The office said no."""
    return say_why_not(status_of(refused), *refused.reasons)


@API.exception_handler(Http404)
def _not_found(request: HttpRequest, _: Http404) -> HttpResponse:
    """There is no such thing here; another municipality's is not here either."""
    names = request.resolver_match.kwargs if request.resolver_match else {}
    return say_why_not(404, because(ReasonCode.NOT_FOUND, what="/".join(map(str, names.values()))))


@API.exception_handler(AuthenticationError)
def _nobody(_: HttpRequest, __: AuthenticationError) -> HttpResponse:
    """Nobody is signed in."""
    return say_why_not(401, because(ReasonCode.NOT_IDENTIFIED))


@API.exception_handler(NotForThem)
def _not_for_them(request: HttpRequest, _: NotForThem) -> HttpResponse:
    """Somebody without the role, or without the token."""
    return say_why_not(403, because(ReasonCode.NOT_ALLOWED, action=f"{request.method} {request.path}"))


@API.exception_handler(ValidationError)
def _not_understood(_: HttpRequest, fault: ValidationError) -> HttpResponse:
    """The body or a parameter is not of the kind that the document says: where, and what kind was wanted."""
    reasons = (
        because(
            ReasonCode.INPUT_NOT_UNDERSTOOD, where=".".join(str(part) for part in each["loc"]), what=str(each["type"])
        )
        for each in fault.errors
    )
    return say_why_not(422, *reasons)


@API.exception_handler(HttpError)
def _not_read(_: HttpRequest, __: HttpError) -> HttpResponse:
    """The body is no JSON."""
    return say_why_not(422, because(ReasonCode.INPUT_NOT_UNDERSTOOD, where="body", what="JSON"))
