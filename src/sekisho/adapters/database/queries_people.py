"""Who is asking: the person's own municipality, department and roles, and the terminal they sit at."""

import json
from dataclasses import dataclass
from typing import Final

from sekisho.adapters.database.models import Department, Person, Terminal
from sekisho.adapters.database.statements import ask_row

_OFFICE: Final = """
SELECT tenant.code, tenant.label_ja, tenant.label_en, person.label_ja, person.label_en, person.roles, person.department,
    department.agency, department.label_ja, department.label_en, terminal.terminal, terminal.zone
FROM database_person person
JOIN database_tenant tenant ON tenant.code = person.tenant_id
LEFT JOIN database_department department
    ON department.tenant_id = tenant.code AND department.department = person.department
LEFT JOIN database_terminal terminal ON terminal.tenant_id = tenant.code AND {terminal}
WHERE person.username = %s AND person.is_active
ORDER BY terminal.id LIMIT 1
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeRow:
    """A person in their office."""

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


def _sits_at(fingerprint: str, declared: str) -> tuple[str, list[str]]:
    """Which terminal it is: that of the certificate; without one, the demo terminal that the installation declares."""
    if fingerprint:
        return "terminal.fingerprint = %s", [fingerprint]
    return ("terminal.terminal = %s AND terminal.demo", [declared]) if declared else ("1 = 0", [])


def office_row(username: str, *, fingerprint: str, declared: str) -> OfficeRow | None:
    """The office of a person; nobody without a municipality has one. Asked for every page, so in one question."""
    terminal, which = _sits_at(fingerprint, declared)
    found = ask_row(_OFFICE.format(terminal=terminal), *which, username)
    if found is None:
        return None
    tenant, tenant_ja, tenant_en, ja, en, roles, department, *rest = found
    agency, department_ja, department_en, sits_at, zone = (each or "" for each in rest)
    return OfficeRow(
        tenant=tenant,
        tenant_ja=tenant_ja,
        tenant_en=tenant_en,
        person=username,
        name_ja=ja or username,
        name_en=en or username,
        agency=agency,
        department=department,
        department_ja=department_ja or department,
        department_en=department_en or department,
        roles=tuple(str(role) for role in json.loads(roles)),
        terminal=sits_at,
        zone=zone,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """A person as the administrator sees them: nothing of what they do, only who they are and what they may do."""

    person: str
    name_ja: str
    name_en: str
    department: str
    roles: tuple[str, ...]
    is_active: bool
    has_password: bool
    has_first_password: bool


def people_of(tenant: str) -> list[PersonRow]:
    """Everybody of a municipality: those who work here first, by their user name."""
    return [
        PersonRow(
            person=each.username,
            name_ja=each.label_ja or each.username,
            name_en=each.label_en or each.username,
            department=each.department,
            roles=tuple(str(role) for role in each.roles),
            is_active=each.is_active,
            has_password=each.has_usable_password(),
            has_first_password=each.must_change_password,
        )
        for each in Person.objects.filter(tenant_id=tenant).order_by("-is_active", "username")
    ]


def departments_of(tenant: str) -> list[tuple[str, str, str]]:
    """The departments of a municipality: id, and its name in Japanese and English."""
    rows = Department.objects.filter(tenant_id=tenant).order_by("agency", "department")
    return [(each.department, each.label_ja, each.label_en) for each in rows]


@dataclass(frozen=True, slots=True, kw_only=True)
class TerminalRow:
    """A terminal that may stand at the gate."""

    terminal: str
    label_ja: str
    label_en: str
    zone: str
    department: str
    fingerprint: str
    demo: bool


def terminals_of(tenant: str) -> list[TerminalRow]:
    """Every terminal of a municipality."""
    rows = Terminal.objects.filter(tenant_id=tenant).order_by("terminal")
    return [TerminalRow(**{name: getattr(each, name) for name in TerminalRow.__slots__}) for each in rows]
