"""Where one-stop applications may be keyed: the terminals that consultation 60 approved, and no other."""

from datetime import datetime
from typing import Final

from sekisho.adapters.database.registers import Register
from sekisho.adapters.donations.one_stop_cases import CaseDeed
from sekisho.kernel import Reason, ReasonCode, because
from sekisho.web.office import Office

_KEYING: Final = "one-stop-to-s2"


def terminal_objection(office: Office) -> Reason | None:
    """Is this not one of the terminals at which the council let applications be keyed?"""
    on_file = Register().permit_on_file(office.tenant, _KEYING)
    if on_file is None:
        return because(ReasonCode.NO_PERMIT, connection=_KEYING)
    if office.terminal in on_file.specification.terminals:
        return None
    return because(ReasonCode.TERMINAL_NOT_APPROVED, terminal=office.terminal or "-")


def deed_of(office: Office, case: str, at: datetime) -> CaseDeed:
    """Somebody of this office acts on a case."""
    return CaseDeed(
        area=office.tenant, case=case, person=office.person, at=at, roles=office.roles, terminal=office.terminal
    )
