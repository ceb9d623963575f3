"""One-stop cases as rows: found in their area, moved by the one table, and written down with an entry."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from django.db.models import Max

from sekisho.adapters.database.ledgers import append_entry
from sekisho.adapters.database.office_time import office_day
from sekisho.adapters.donations.areas import take_turn
from sekisho.adapters.donations.models import DonationRow, NumberRow, OneStopPolicyRow, OneStopRow
from sekisho.adapters.donations.one_stop_vault import CaseVault
from sekisho.business.hometown_donations.one_stop import (
    ONE_STOP_TABLE,
    AppliedDonation,
    Deficiency,
    KeyedForm,
    OneStopDeadlines,
    ReceivedForm,
    RowSeal,
    deadlines_of,
    find_deficiencies,
    make_application,
    read_form,
    seal_row,
)
from sekisho.kernel import EntryKind, ReasonCode, Refused, because
from sekisho.kernel.council import Role, advance_state

KEPT_YEARS: Final = 7
"""How many years after the year of the donation a case and its number are kept (consultation 60's retention)."""
CODE_LETTERS: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_LENGTH: Final = 12
_NOT_ASKED: Final = tuple(
    f"donation__{each.name}" for each in DonationRow._meta.concrete_fields if each.name not in {"id", "order_search"}
)
"""Of its donation a case needs the order alone; who gave what stays sealed and is not even fetched."""
IDENTITY: Final = ("number_card", "number_paper_and_photo")
"""What shows who somebody is (番号法16条): both sides of the card, or a paper with the number and a photo document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDeed:
    """Who acts on which case, when. Without roles it is the donor, the clock or the gate."""

    area: str
    case: str
    person: str
    at: datetime
    roles: tuple[str, ...] | None = None
    terminal: str = ""

    def roles_for_table(self) -> Collection[Role] | None:
        """The roles as the table asks for them."""
        return None if self.roles is None else frozenset(Role(each) for each in self.roles)


def deadlines_in(area: str, year: int) -> OneStopDeadlines:
    """The deadlines of a year, with the policy of this area."""
    policy = OneStopPolicyRow.objects.filter(tenant_id=area, year=year).first()
    return deadlines_of(year, policy.forms_until if policy else None)


def find_case(area: str, case: str, *, locked: bool = False) -> OneStopRow:
    """A case of this area; whoever changes it takes it locked, and another waits until that is done.

    Raises:
        Refused: There is none.

    """
    rows = OneStopRow.objects.filter(tenant_id=area, number=case).select_related("donation").defer(*_NOT_ASKED)
    row = (rows.select_for_update(of=("self",)) if locked else rows).first()
    if row is None:
        raise Refused([because(ReasonCode.NOT_FOUND, what=case)])
    return row


def note_deed(deed: CaseDeed, kind: EntryKind, **facts: object) -> None:
    """The entry of what was done: ids, codes and counts."""
    entry = {"kind": str(kind), "tenant": deed.area, "application": deed.case, "at": deed.at.isoformat(), **facts}
    append_entry(deed.area, {**entry, "by": {"person": deed.person, "terminal": deed.terminal}})


def move(row: OneStopRow, deed: CaseDeed, act: str, **facts: object) -> None:
    """Take a step of the table, save the row, and write it down; call it in the area's transaction.

    Raises:
        Refused: The step is not in the table, or not for somebody with these roles.

    """
    row.state = advance_state(ONE_STOP_TABLE, row.number, row.state, act, deed.roles_for_table())
    row.changed_at = deed.at
    row.save()
    note_deed(deed, EntryKind.ONE_STOP_ACTED, act=act, state=row.state, **facts)


def next_number(area: str, year: int) -> str:
    """The next reception number (整理番号) of a year; call it in the area's transaction."""
    take_turn(f"{area}/one-stop-number")
    last = OneStopRow.objects.filter(tenant_id=area, year=year).aggregate(last=Max("number"))["last"]
    return f"{year}-{int(last[5:]) + 1 if last else 1:06d}"


def new_code() -> str:
    """A link code: letters and digits that nobody mistakes, 60 bits of chance."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


def open_case(deed: CaseDeed, donation: int) -> tuple[str, str]:
    """A case for a paid donation; answers its number, and the code that the receipt shows once.

    Raises:
        Refused: There is no such donation, it was not paid, or it has a case already.

    """
    donations = DonationRow.objects.select_for_update().filter(tenant_id=deed.area, erased_at__isnull=True)
    found = donations.filter(pk=donation).first()  # locked: two at once would open two cases for it
    if found is None or found.year is None or found.paid_on is None:
        raise Refused([because(ReasonCode.NOT_FOUND, what=f"donation {donation}")])
    if known := OneStopRow.objects.filter(tenant_id=deed.area, donation=found).first():
        raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=known.number, state=known.state)])
    code, number = new_code(), next_number(deed.area, found.year)
    OneStopRow.objects.create(
        tenant_id=deed.area, number=number, year=found.year, donation=found, state=ONE_STOP_TABLE.first,
        amount=found.amount, donated_on=found.paid_on, link_search=CaseVault(deed.area).link_search(code),
        keep_until=date(found.year + KEPT_YEARS, 12, 31), changed_at=deed.at,
    )  # fmt: skip
    return number, code


def received_form(row: OneStopRow, deadlines: OneStopDeadlines | None = None) -> ReceivedForm:
    """What a form of this case is checked against; whoever checks a whole year gives its deadlines."""
    return ReceivedForm(
        application=row.number,
        received_on=row.received_on or office_day(row.changed_at),
        donation=AppliedDonation(donation=row.donation.order_search, donated_on=row.donated_on, amount=row.amount),
        deadlines=deadlines or deadlines_in(row.tenant_id, row.year),
        identity_shown=bool(row.identity),
    )


def _sealed_as(received: ReceivedForm, vault: CaseVault, form: KeyedForm) -> str:
    """The seal over a form as it is captured now; nothing if the form itself is not whole. Documents may come later."""
    try:
        application = make_application(form, replace(received, identity_shown=True))
    except Refused:
        return ""
    return seal_row(vault.row_key, application).mac


def keep_form(row: OneStopRow, vault: CaseVault, form: KeyedForm, at: datetime) -> tuple[Deficiency, ...]:
    """Keep a form that is final: person sealed, number apart, deficiencies named, the row sealed as it is captured."""
    row.sealed = vault.seal_form(row.number, form.values)
    number = form.values["individual_number"]
    row.person_search = vault.person_search(number) if form.has_number else ""
    sealed = vault.seal_number(row.number, {"individual_number": number})
    NumberRow.objects.update_or_create(tenant_id=row.tenant_id, case=row, defaults={"sealed": sealed, "kept_at": at})
    received = received_form(row)
    row.row_seal = _sealed_as(received, vault, form)
    return weigh_form(row, form, received)


def weigh_form(row: OneStopRow, form: KeyedForm, received: ReceivedForm | None = None) -> tuple[Deficiency, ...]:
    """What is missing now; the row seal stays that of the capture."""
    found = find_deficiencies(form, received or received_form(row))
    row.deficiencies = [str(each) for each in found]
    return found


def seal_of(row: OneStopRow) -> RowSeal:
    """The seal of a case as it stands in its row."""
    return RowSeal(
        application=row.number,
        donation_year=row.year,
        donation=row.donation.order_search,
        amount=row.amount,
        mac=row.row_seal,
    )


def form_of(row: OneStopRow, vault: CaseVault) -> KeyedForm:
    """The form of a case with its number, for a machine's use; showing it to a person is another thing.

    Raises:
        KeyFault: It was erased.

    """
    apart: NumberRow | None = getattr(row, "number_apart", None)
    number = vault.open_number(row.number, bytes(apart.sealed)) if apart else {}
    kept = vault.open_form(row.number, bytes(row.sealed)) if row.sealed else {}
    return read_form({**kept, **number})
