"""Where applications may be keyed and numbers shown: the terminals that consultation 60 approved, and no other."""

from datetime import datetime
from functools import wraps
from typing import Final, cast

from django.http import HttpRequest, HttpResponse

from sekisho.adapters.database.registers import Register
from sekisho.adapters.donations.one_stop_cases import CaseDeed
from sekisho.kernel import Reason, ReasonCode, because
from sekisho.web.access import Page, refuse
from sekisho.web.office import Office, office_in

_KEYING: Final = "one-stop-to-s2"


def terminal_objection(office: Office) -> Reason | None:
    """Is this not one of the terminals at which the council let applications be keyed?"""
    on_file = Register().permit_on_file(office.tenant, _KEYING)
    if on_file is None:
        return because(ReasonCode.NO_PERMIT, connection=_KEYING)
    if office.terminal in on_file.specification.terminals:
        return None
    return because(ReasonCode.TERMINAL_NOT_APPROVED, terminal=office.terminal or "-")


def at_terminals(page: Page) -> Page:
    """A page on which an Individual Number is typed or shown: it opens at those terminals only."""

    @wraps(page)
    def guarded(request: HttpRequest, *args: object, **names: object) -> HttpResponse:
        reason = terminal_objection(office_in(request))
        return page(request, *args, **names) if reason is None else refuse(request, reason)

    return cast("Page", guarded)


def deed_of(office: Office, case: str, at: datetime) -> CaseDeed:
    """Somebody of this office acts on a case."""
    return CaseDeed(
        area=office.tenant, case=case, person=office.person, at=at, roles=office.roles, terminal=office.terminal
    )
