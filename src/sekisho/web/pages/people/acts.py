"""Everything an administrator does about an account, through one door."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from sekisho.bootstrap import accounts, council
from sekisho.kernel import Refused
from sekisho.web.access import Role, open_to, refuse
from sekisho.web.components.screen import Crumb, screen
from sekisho.web.office import office_in
from sekisho.web.pages.people.people import SCREEN
from sekisho.web.sign_in import take_factors_away
from sekisho.web.words import Words

_SLIP: Final = Words("はじめのパスワード", "First password")
Act = Callable[[council.Deed, str, QueryDict], str | None]


def _enter(deed: council.Deed, _: str, said: QueryDict) -> str:
    """Enter somebody as they were typed."""
    newcomer = accounts.Newcomer(
        person=said.get("person", ""),
        label_ja=said.get("label_ja", ""),
        label_en=said.get("label_en", ""),
        department=said.get("department", ""),
        roles=tuple(said.getlist("roles")),
    )
    return accounts.enter_person(deed, newcomer)


def _assign(deed: council.Deed, person: str, said: QueryDict) -> None:
    """Give the roles that are ticked, instead of those held."""
    council.assign_roles(deed, person, accounts.as_roles(said.getlist("roles")))


def _remove(deed: council.Deed, person: str, _: QueryDict) -> None:
    """Take away what was lost."""
    accounts.remove_factors(deed, person, take_factors_away)


_ACTS: Final[Mapping[str, Act]] = MappingProxyType(
    {
        "enter": _enter,
        "assign": _assign,
        "close": lambda deed, person, _: accounts.close_account(deed, person),
        "open": lambda deed, person, _: accounts.open_account(deed, person),
        "give_password": lambda deed, person, _: accounts.give_password(deed, person),
        "remove_factors": _remove,
    }
)


@require_POST
@open_to(Role.ADMINISTRATOR)
def act(request: HttpRequest, person: str, act: str) -> HttpResponse:
    """Do it, or say why not. A first password is answered on a page of its own, once, to be printed."""
    office, said = office_in(request), request.POST
    if act not in _ACTS:
        raise Http404
    try:
        password = _ACTS[act](council.act_as(office.tenant, office.person), person, said)
    except Refused as refused:
        return refuse(request, *refused.reasons, status=409)
    if password is None:
        messages.success(request, str(Words("処理しました。記録に残りました。", "Done, and recorded.")))
        return redirect("people")
    shown = screen("S-451", _SLIP, _SLIP, Crumb(title=SCREEN.title, url="/people/"))
    whom = said.get("person", "") if act == "enter" else person
    return render(request, "people/slip.html", {"screen": shown, "person": whom, "password": password})
