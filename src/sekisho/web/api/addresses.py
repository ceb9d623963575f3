"""The addresses of the API, each with the roles that its operations name, and the document that lists them all."""

import json
from typing import Any, Final

from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_GET

from sekisho.web.api import (
    account_acts,
    acts,
    assessment_acts,
    decisions,
    documents,
    gathering,
    lists,
    minutes_acts,
    reading,
    self_check_acts,
    survey_acts,
)
from sekisho.web.api.doors import API, Desk
from sekisho.web.api.refusing import ROOT

_PAPERS: Final = (assessment_acts, minutes_acts, self_check_acts, survey_acts, documents)
ROOMS: Final = (acts, decisions, lists, gathering, account_acts, reading, *_PAPERS)
"""The modules that put operations at addresses when they are read."""


def document() -> dict[str, Any]:
    """The OpenAPI document of everything that can be asked and done."""
    told: dict[str, Any] = json.loads(json.dumps(API.get_openapi_schema(path_prefix=ROOT)))
    return told


@require_GET
def openapi(request: HttpRequest) -> JsonResponse:
    """The document itself; it names addresses and roles, and nobody's data."""
    del request
    return JsonResponse(document(), json_dumps_params={"ensure_ascii": False})


def _roles_at(name: str) -> frozenset[str]:
    """The roles that the operations at an address name; an address is called after its first operation."""
    views = (view for _, router in API._routers for view in router.path_operations.values())  # noqa: SLF001 - ninja has no public list
    here = [view for view in views if any(each.url_name == name for each in view.operations)]
    desks = (desk for view in here for each in view.operations for desk in each.auth_callbacks)
    return frozenset(str(role) for desk in desks if isinstance(desk, Desk) for role in desk.roles)


def addresses() -> list[URLPattern]:
    """Every address, with its roles where the test that walks through every address reads them."""
    patterns = [each for each in API.urls[0] if isinstance(each, URLPattern) and each.name != "api-root"]
    for each in patterns:
        each.callback.roles = tuple(sorted(_roles_at(str(each.name))))  # type: ignore[attr-defined]  # read by that test
    return [path("openapi.json", openapi, name="api_document"), *patterns]
