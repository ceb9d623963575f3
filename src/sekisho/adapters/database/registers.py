"""Who stands here, and which permit covers the connection: the rows behind the first doors."""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any, Final, Protocol

from django.db import connection as database

from sekisho.adapters.database.contractor_copies import overdue_at_contractor
from sekisho.adapters.database.council_conditions import why_stopped
from sekisho.adapters.database.internet_copies import overdue_at_internet_side
from sekisho.adapters.database.issuers import signatures_hold
from sekisho.adapters.database.models import PermitRow, Terminal, Ticket
from sekisho.adapters.database.office_time import OFFICE_TIME, office_day
from sekisho.adapters.database.self_check_standing import ask_checks, why_unchecked
from sekisho.adapters.database.standings import conditions_differ, differs, permit_differs, standing_of
from sekisho.adapters.database.statements import as_moment, ask_count, ask_row
from sekisho.adapters.failpoints import failpoint
from sekisho.kernel import (
    NOT_ISSUED,
    AssessmentStanding,
    Credential,
    PermitOnFile,
    PermitStatus,
    Reason,
    ReasonCode,
    Refused,
    SekishoError,
    Signature,
    SignInFactor,
    Standing,
    because,
    permit_document,
    permit_from_data,
    specification_from_data,
)

# Asked once or twice for every parcel, and therefore written out.
_STANDING: Final = (
    "SELECT p.username, t.terminal, coalesce(d.agency, '') AS agency, p.department"
    " FROM database_terminal t JOIN database_person p ON p.tenant_id = t.tenant_id AND p.is_active"
    " LEFT JOIN database_department d ON d.tenant_id = p.tenant_id AND d.department = p.department"
    " WHERE t.tenant_id = %s AND p.username = %s AND "
)
_AT: Final = {
    "fingerprint": f"{_STANDING} t.fingerprint = %s ORDER BY t.id LIMIT 1",
    "terminal": f"{_STANDING} t.terminal = %s ORDER BY t.id LIMIT 1",
}
# With the permit: the last entry about it, whether there are conditions, whether one of them is not settled, and the
# last entry of the council's rule about self-checks, if it ever set one. In the order of the index of subjects, since
# the order of numbers alone leads SQLite to walk the ledger.
_SELECT: Final = (
    "SELECT permit, connection, consultation,"
    " (SELECT e.body FROM database_entryrow e WHERE e.tenant_id = p.tenant_id AND e.subject > ''"
    " AND e.subject = 'permit/' || p.permit ORDER BY e.subject DESC, e.id DESC LIMIT 1),"
    " EXISTS (SELECT 1 FROM database_entryrow e WHERE e.tenant_id = p.tenant_id AND e.subject > ''"
    " AND e.subject = 'condition/' || p.consultation),"
    " EXISTS (SELECT 1 FROM database_conditionrow c"
    " WHERE c.tenant_id = p.tenant_id AND c.consultation = p.consultation"
    " AND c.state NOT IN ('proposed', 'dropped', 'verified', 'closed', 'waived')),"
    " (SELECT e.body FROM database_entryrow e WHERE e.tenant_id = p.tenant_id AND e.subject > ''"
    " AND e.subject = 'self_check_rule' ORDER BY e.subject DESC, e.id DESC LIMIT 1),"
    " document, specification, signatures, status FROM database_permitrow p WHERE tenant_id = %s"
)
# A newer permit that waits for its first day leaves the connection to the one that is in force until then.
IN_FORCE_FIRST: Final = (
    "CASE status WHEN 'active' THEN 0 WHEN 'compiled' THEN 2 WHEN 'validated' THEN 2 ELSE 1 END,"
    " issued_at DESC, id DESC"
)
_PERMIT: Final = f"{_SELECT} AND connection = %s AND status <> %s ORDER BY {IN_FORCE_FIRST} LIMIT 1"
_NUMBERED: Final = f"{_SELECT} AND permit = %s"
_ISSUED_ONCE: Final = " AND NOT (status = %s AND signatures = '[]')"  # put aside before anybody had signed it
_OF_DAY: Final = "SELECT count(*) FROM database_parcel WHERE tenant_id = %s AND permit = %s AND received_on = %s"
_OVERDUE: Final = (
    "SELECT count(*) FROM database_parcel WHERE tenant_id = %s AND connection = %s AND erase_by < %s AND proof IS NULL"
    " AND hold = ''"
)


def is_terminal_of(tenant: str, fingerprint: str) -> bool:
    """Is this the certificate of a terminal of this municipality?"""
    return bool(fingerprint) and Terminal.objects.filter(tenant_id=tenant, fingerprint=fingerprint).exists()


@dataclass(frozen=True, slots=True)
class Roster:
    """Knows persons and terminals.

    A credential is one of: `certificate` (fingerprint/person: a terminal's certificate and the person signed in on
    it), `ticket` (the digest of a single-use ticket), `shell` (terminal/person: somebody at the machine itself).
    """

    def standing(self, tenant: str, credential: Credential) -> Standing | None:
        """Who this is, or nothing."""
        if credential.kind == "ticket":
            return self._by_ticket(tenant, credential.value)
        place, _, person = credential.value.partition("/")
        if credential.kind == "certificate" and place:
            return self._standing(tenant, person, ("fingerprint", place), (SignInFactor.CERTIFICATE,))
        if credential.kind == "shell":
            return self._standing(tenant, person, ("terminal", place))
        return None

    @staticmethod
    def _standing(
        tenant: str, person: str, terminal: tuple[str, str], factors: tuple[str, ...] = ()
    ) -> Standing | None:
        """An active person at a terminal, both known and of this municipality; the terminal by (column, value)."""
        column, value = terminal
        found = ask_row(_AT[column], tenant, person, value)
        if found is None:
            return None
        name, place, agency, department = found
        return Standing(person=name, terminal=place, agency=agency, department=department, factors=factors)

    def _by_ticket(self, tenant: str, digest: str) -> Standing | None:
        """The person and terminal a ticket was given to; it must have been consumed for this upload."""
        ticket = Ticket.objects.filter(tenant_id=tenant, digest=digest, used_at__isnull=False).first()
        if ticket is None:
            return None
        factors = tuple(map(str, ticket.factors))
        standing = self._standing(tenant, ticket.person, ("terminal", ticket.terminal), factors)
        return replace(standing, without=tuple(map(str, ticket.without))) if standing else None


def ticket_digest(secret: str) -> str:
    """What is kept of a ticket."""
    return hashlib.sha256(secret.encode()).hexdigest()


def on_file(row: PermitRow) -> PermitOnFile:
    """The permit as its row stands today.

    Raises:
        Refused: The row no longer reads as the permit that was issued.

    """
    found = ask_row(_NUMBERED, row.tenant_id, row.permit)
    if found is None:
        raise Refused([because(ReasonCode.PERMIT_ALTERED, permit=row.permit)])
    return _as_it_stands(row.tenant_id, found)


class Speaking(Protocol):
    """What in the register may speak against a permit: its conditions, and where its assessment stands."""

    def differing(self, consultation: str, connection: str) -> tuple[Reason, ...]:
        """Conditions that are not as the ledger has them."""

    def stopping(self, consultation: str, connection: str) -> tuple[Reason, ...]:
        """Conditions that are not met."""

    def standing(self, assessment: str) -> tuple[AssessmentStanding | None, tuple[Reason, ...]]:
        """Where the assessment stands, and why that cannot be believed."""

    def unchecked(self, consultation: str, rule_entry: bytes, issued_at: str) -> tuple[Reason, ...]:
        """A yearly self-check that is overdue where the council's rule suspends, or that cannot be believed."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Asks for one permit, as the gate does."""

    tenant: str

    def differing(self, consultation: str, connection: str) -> tuple[Reason, ...]:
        """Conditions that are not as the ledger has them."""
        return conditions_differ(self.tenant, consultation, connection)

    def stopping(self, consultation: str, connection: str) -> tuple[Reason, ...]:
        """Conditions that are not met."""
        return why_stopped(self.tenant, consultation, connection, office_day(datetime.now(OFFICE_TIME)))

    def standing(self, assessment: str) -> tuple[AssessmentStanding | None, tuple[Reason, ...]]:
        """Where the assessment stands, and why that cannot be believed."""
        return standing_of(self.tenant, assessment)

    def unchecked(self, consultation: str, rule_entry: bytes, issued_at: str) -> tuple[Reason, ...]:
        """A yearly self-check that is overdue where the council's rule suspends, or that cannot be believed."""
        told, today = ask_checks(self.tenant, consultation, rule_entry), office_day(datetime.now(OFFICE_TIME))
        return why_unchecked(told, consultation, office_day(datetime.fromisoformat(issued_at)), today)


def all_on_file(tenant: str, speaking: Speaking) -> tuple[tuple[str, str, PermitOnFile], ...]:
    """Every permit that a municipality issued, with its connection and consultation; one question.

    Raises:
        Refused: A row no longer reads as the permit that was issued.

    """
    states = [tenant, *map(str, NOT_ISSUED), str(PermitStatus.SUPERSEDED)]
    with database.cursor() as cursor:
        cursor.execute(f"{_SELECT} AND status NOT IN (%s, %s){_ISSUED_ONCE} ORDER BY permit", states)
        rows = cursor.fetchall()
    return tuple((str(row[1]), str(row[2]), _as_it_stands(tenant, row, speaking)) for row in rows)


def _as_it_stands(tenant: str, row: tuple[Any, ...], speaking: Speaking | None = None) -> PermitOnFile:
    """A permit from its row, with everything in the register that speaks against it today."""
    speaking = speaking or Asked(tenant)
    permit, connected, consultation, last, conditions, waiting, rule, document, *texts = row
    found = _checked((tenant, permit, connected), bytes(document), tuple(texts))
    reasons = permit_differs(permit, str(found.permit.status), None if last is None else bytes(last))
    reasons += differs(permit, consultation, found.specification.consultation)
    if conditions:
        reasons += speaking.differing(consultation, connected)
    if waiting:
        reasons += speaking.stopping(consultation, connected)
    if rule is not None:
        reasons += speaking.unchecked(consultation, bytes(rule), found.permit.issued_at)
    standing = None
    if found.specification.assessment:
        standing, doubts = speaking.standing(found.specification.assessment)
        reasons += doubts
    return replace(found, stopped_by=reasons, assessment=standing) if reasons or standing else found


def _checked(named: tuple[str, str, str], document: bytes, texts: tuple[str, ...]) -> PermitOnFile:
    """What a row says: its (tenant, permit, connection), the signed document, (specification, signatures, status)."""
    tenant, permit, connected = named
    try:
        found = _read(tenant, document, texts)
    except (SekishoError, AttributeError, TypeError, ValueError) as fault:
        raise Refused([because(ReasonCode.PERMIT_ALTERED, permit=permit)]) from fault
    same = (found.permit.permit, found.permit.connection) == (permit, connected)
    return found if same else replace(found, signatures_hold=False)


@lru_cache(maxsize=1024)
def _read(tenant: str, document: bytes, texts: tuple[str, ...]) -> PermitOnFile:
    """Read and check what a row holds, once for each content: another byte in the row is another reading."""
    specification, signed, status = texts
    signatures = tuple(Signature(**each) for each in json.loads(signed))
    permit = permit_from_data(document, status, signatures)
    return PermitOnFile(
        permit=permit,
        specification=specification_from_data(json.loads(specification)),
        signatures_hold=signatures_hold(tenant, permit_document(permit), signatures),
    )


@dataclass(frozen=True, slots=True)
class Register:
    """Knows the permits of a tenant, and what has crossed under them."""

    def permit_on_file(self, tenant: str, connection: str) -> PermitOnFile | None:
        """The permit of this connection as it stands today: the one in force, or the newest that was not superseded."""
        failpoint("present")
        row = ask_row(_PERMIT, tenant, connection, str(PermitStatus.SUPERSEDED))
        return None if row is None else _as_it_stands(tenant, row)

    @staticmethod
    def permit_numbered(tenant: str, permit: str) -> PermitOnFile | None:
        """The permit of this number, also one that was superseded."""
        row = ask_row(_NUMBERED, tenant, permit)
        return None if row is None else _as_it_stands(tenant, row)

    def parcels_on(self, tenant: str, permit: str, day: datetime) -> int:
        """How many parcels were received under the permit on that day, by the office's clock."""
        day_here = database.ops.adapt_datefield_value(day.astimezone(OFFICE_TIME).date())
        return ask_count(_OF_DAY, tenant, permit, day_here)

    def overdue_erasures(self, tenant: str, connection: str, at: datetime) -> int:
        """How many copies are late: at the gate, on the internet side, at a contractor; on hold is no delay.

        Of everything that crossed on the connection: a permit of a new number does not make what is late forgotten.
        """
        here = ask_count(_OVERDUE, tenant, connection, as_moment(at))
        return here + overdue_at_internet_side(tenant, connection, at) + overdue_at_contractor(tenant, connection, at)
