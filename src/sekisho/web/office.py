"""The office of whoever is signed in: their municipality, their department, their roles, and the terminal they sit at.

Pages reach data only through it, so that a page cannot name another municipality.
"""

from dataclasses import dataclass
from typing import cast

from django.http import HttpRequest

from sekisho.kernel import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """Who is asking, for whom, and from where."""

    tenant: str
    tenant_ja: str
    tenant_en: str
    person: str
    name_ja: str
    name_en: str
    agency: str
    department: str
    department_ja: str
    department_en: str
    roles: tuple[str, ...]
    terminal: str
    zone: str

    @property
    def standing(self) -> Standing:
        """Who acts, as the gate and the ledger name them."""
        return Standing(person=self.person, terminal=self.terminal, agency=self.agency, department=self.department)


class OfficeRequest(HttpRequest):
    """A request inside an office; the access guard has made sure that there is one."""

    office: Office


def office_in(request: HttpRequest) -> Office:
    """The office of a guarded request."""
    return cast("OfficeRequest", request).office
