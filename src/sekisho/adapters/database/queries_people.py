"""Who is asking: the person's own municipality, department and roles, and the terminal they sit at."""

from dataclasses import dataclass

from sekisho.adapters.database.models import Department, Person, Terminal


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


def _terminal(tenant: str, fingerprint: str, declared: str) -> Terminal | None:
    """The terminal by its certificate; without one, the demo terminal that the installation declares."""
    terminals = Terminal.objects.filter(tenant_id=tenant)
    if fingerprint:
        return terminals.filter(fingerprint=fingerprint).first()
    return terminals.filter(terminal=declared, demo=True).first() if declared else None


def office_row(username: str, *, fingerprint: str, declared: str) -> OfficeRow | None:
    """The office of a person; nobody without a municipality has one."""
    person = Person.objects.select_related("tenant").filter(username=username, is_active=True).first()
    if person is None or person.tenant is None:
        return None
    department = Department.objects.filter(tenant=person.tenant, department=person.department).first()
    terminal = _terminal(person.tenant.code, fingerprint, declared)
    return OfficeRow(
        tenant=person.tenant.code,
        tenant_ja=person.tenant.label_ja,
        tenant_en=person.tenant.label_en,
        person=person.username,
        name_ja=person.label_ja or person.username,
        name_en=person.label_en or person.username,
        agency=department.agency if department else "",
        department=person.department,
        department_ja=department.label_ja if department else person.department,
        department_en=department.label_en if department else person.department,
        roles=tuple(str(role) for role in person.roles),
        terminal=terminal.terminal if terminal else "",
        zone=terminal.zone if terminal else "",
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
