"""Giving a lent key for one opening: who asks and what stands is looked at first, then the entry, then the key.

The key leaves sealed to a recipient that the asking command has made for this one opening, and no recipient is answered
twice: who repeats a request that was overheard gets nothing. Who is refused is in the ledger as well.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final

import pyrage

from sekisho.adapters.database.effects import first_time
from sekisho.adapters.database.key_loans import loan_of
from sekisho.adapters.database.ledgers import append_entry
from sekisho.adapters.database.loan_ends import CLOCK, end_loan, loan_key
from sekisho.adapters.database.models import ContractorCopyRow, EntryRow, Person, Role, Terminal
from sekisho.adapters.database.open_permits import check_open
from sekisho.adapters.database.registers import Register, Roster
from sekisho.adapters.database.turns import writing
from sekisho.adapters.keys import open_key_store
from sekisho.kernel import (
    Borrower,
    Credential,
    EntryKind,
    KeyLoan,
    LoanEnd,
    Reason,
    ReasonCode,
    Refused,
    Standing,
    Waybill,
    because,
    objections_to_lending,
)

Clock = Callable[[], datetime]
_NEWEST: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Somebody asks for a lent key: of which delivery, by the digest of its container, sealed to which recipient."""

    tenant: str
    parcel: str
    credential: Credential
    container: str
    recipient: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenKey:
    """A lent key, sealed to the recipient of one opening, and until when it can be asked for again."""

    parcel: str
    until: datetime
    sealed: bytes


def _told_at(body: bytes) -> datetime | None:
    """When an entry says that it was written; nothing if it says no moment, or was pruned."""
    try:
        told = datetime.fromisoformat(str(json.loads(body or b"{}").get("at", "")))
    except ValueError:
        return None
    return told if told.tzinfo else None


def latest_moment(tenant: str, at: datetime) -> datetime:
    """The later of the clock and the newest entries: a clock that was set back lends nothing that is over."""
    bodies = EntryRow.objects.filter(tenant_id=tenant).order_by("-id").values_list("body", flat=True)[:_NEWEST]
    return max([at, *filter(None, (_told_at(bytes(each)) for each in bodies))])


def _borrower(tenant: str, standing: Standing) -> Borrower:
    """For whom this person works, and whose terminal this is, by the roster."""
    person = Person.objects.filter(tenant_id=tenant, username=standing.person).only("roles", "department").first()
    works_for = person.department if person and person.has_role(Role.CONTRACTOR) else ""
    places = Terminal.objects.filter(tenant_id=tenant, terminal=standing.terminal).values_list("department", flat=True)
    return Borrower(
        person=standing.person, works_for=works_for, terminal=standing.terminal, stands_at=places.first() or ""
    )


def _recipient(asking: Asking) -> "pyrage.x25519.Recipient":
    """Who alone can open the answer.

    Raises:
        Refused: It is no recipient.

    """
    try:
        return pyrage.x25519.Recipient.from_str(asking.recipient)
    except pyrage.RecipientError:
        raise Refused([because(ReasonCode.INPUT_NOT_UNDERSTOOD, where="recipient", what="age")]) from None


def _why_not(asking: Asking, loan: KeyLoan, borrower: Borrower, at: datetime, connection: str) -> list[Reason]:
    """Everything that speaks against giving the key now."""
    on_file = Register().permit_on_file(asking.tenant, connection)
    if on_file is None:
        return [because(ReasonCode.NO_PERMIT, connection=connection)]
    reasons = list(objections_to_lending(loan, borrower, on_file, at))
    if asking.container != loan.container:
        reasons.append(because(ReasonCode.DIGEST_DIFFERS))
    if not reasons:  # and nobody stops it while this is written
        waybill = Waybill(parcel=loan.parcel, tenant=asking.tenant, connection=connection, permit=loan.permit)
        check_open(waybill, on_file.permit.permit)
    return reasons


def _write_opening(asking: Asking, standing: Standing, clock: Clock) -> KeyLoan:
    """The entry of an opening, in the transaction in which everything was looked at; answers the loan.

    Raises:
        Refused: With every reason; nothing is written.

    """
    with writing():
        rows = ContractorCopyRow.objects.select_for_update().filter(tenant_id=asking.tenant, parcel=asking.parcel)
        row = rows.first()
        if row is None:
            raise Refused([because(ReasonCode.NOT_FOUND, what=asking.parcel)])
        at, loan = latest_moment(asking.tenant, clock()), loan_of(row)
        if reasons := _why_not(asking, loan, _borrower(asking.tenant, standing), at, row.connection):
            raise Refused(reasons)
        once = hashlib.sha256(asking.recipient.encode()).hexdigest()[:31]
        if not first_time(asking.tenant, asking.parcel, f"opening-{once}", at):
            raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=asking.parcel, state="answered_before")])
        ContractorCopyRow.objects.filter(pk=row.pk).update(openings=row.openings + 1, opened_at=at)
        facts = {"permit": loan.permit, "counterpart": loan.counterpart, "container": loan.container}
        _tell(EntryKind.LENT_KEY_GIVEN, asking, standing, at, {**facts, "opening": row.openings + 1})
    return loan


def _tell(kind: EntryKind, asking: Asking, standing: Standing, at: datetime, facts: dict[str, object]) -> None:
    """The entry of an asking."""
    by = {name: asdict(standing)[name] for name in ("person", "terminal", "agency", "department")}
    frame = {"kind": str(kind), "tenant": asking.tenant, "parcel": asking.parcel}
    append_entry(asking.tenant, {**frame, "at": at.isoformat(timespec="milliseconds"), "by": by, **facts})


def _write_refusal(asking: Asking, standing: Standing, refusal: Refused, clock: Clock) -> None:
    """The entry of a refusal. Whoever asks too late ends the loan for good, whatever the clock says afterwards."""
    with writing():
        at = latest_moment(asking.tenant, clock())
        if ReasonCode.KEY_LOAN_OVER in {each.code for each in refusal.reasons}:
            for row in ContractorCopyRow.objects.filter(tenant_id=asking.tenant, parcel=asking.parcel):
                end_loan(row, LoanEnd.TIME, at, CLOCK)
        reasons = [each.as_data() for each in refusal.reasons]
        _tell(EntryKind.LENT_KEY_REFUSED, asking, standing, at, {"reasons": reasons})


def give_key(asking: Asking, clock: Clock) -> GivenKey:
    """The lent key for one opening.

    Raises:
        Refused: Nobody we know, or anything else speaks against it; with every reason, and the entry of it.
        SekishoError: The key cannot be read, or the entry cannot be written.

    """
    standing = Roster().standing(asking.tenant, asking.credential)
    if standing is None:
        raise Refused([because(ReasonCode.NOT_IDENTIFIED)])
    try:
        recipient = _recipient(asking)
        loan = _write_opening(asking, standing, clock)
    except Refused as refusal:
        _write_refusal(asking, standing, refusal, clock)
        raise
    return _answer(asking, loan, recipient, clock)


def _answer(asking: Asking, loan: KeyLoan, recipient: "pyrage.x25519.Recipient", clock: Clock) -> GivenKey:
    """The key as it leaves, unless the loan came to its end while the entry was written.

    Raises:
        Refused: It did.

    """
    copy = ContractorCopyRow.objects.filter(tenant_id=asking.tenant, parcel=asking.parcel, loan_ended_at__isnull=True)
    there = open_key_store().present(asking.tenant, [loan_key(asking.parcel)])
    if not there or not copy.exists() or clock() >= loan.until:
        ended = loan.until.isoformat(timespec="seconds")
        raise Refused([because(ReasonCode.KEY_LOAN_OVER, parcel=asking.parcel, ended=ended)])
    sealed: bytes = pyrage.encrypt(open_key_store().open(asking.tenant, loan_key(asking.parcel)), [recipient])
    return GivenKey(parcel=asking.parcel, until=loan.until, sealed=sealed)
