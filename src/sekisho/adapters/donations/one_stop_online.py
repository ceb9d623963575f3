"""The donor's own way in, without an account: the code on the receipt, and something that only the donor knows.

Wrong answers are counted on the case itself, so that no other address or device starts anew; after a few it is closed
for a while. What is asked is not on the paper on which the code stands: telephone or mail address of the donation.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sekisho.adapters.database.office_time import office_day
from sekisho.adapters.database.sealing import Seals
from sekisho.adapters.donations.areas import reading_in, writing_in
from sekisho.adapters.donations.models import OneStopRow
from sekisho.adapters.donations.one_stop_cases import CODE_LETTERS, CaseDeed, deadlines_in, find_case, keep_form, move
from sekisho.adapters.donations.one_stop_desk import change
from sekisho.adapters.donations.one_stop_vault import CaseVault
from sekisho.adapters.donations.sealed_donations import typed_key
from sekisho.business.hometown_donations.donors import SearchKind
from sekisho.business.hometown_donations.one_stop import ApplicationRoute, Deficiency, read_form
from sekisho.kernel import ReasonCode, Refused, because

TRIES: Final = 5
CLOSED_FOR: Final = timedelta(minutes=30)
DONOR: Final = "donor"


@dataclass(frozen=True, slots=True, kw_only=True)
class DonorCase:
    """What a donor sees of the own case: its number, donation, state, and what is missing; no name and no number."""

    case: str
    year: int
    amount: int
    donated_on: str
    state: str
    deficiencies: tuple[Deficiency, ...]


def normal_code(typed: str) -> str:
    """A code as it is kept: capital letters and digits, whatever stood between them."""
    return "".join(letter for letter in typed.upper() if letter in CODE_LETTERS)


def _knows(row: OneStopRow, answer: str) -> bool:
    """Is this the telephone number or the mail address of the donation?"""
    seals = Seals(row.tenant_id)
    keys = {typed_key(seals, SearchKind.TELEPHONE, answer), typed_key(seals, SearchKind.MAIL, answer)} - {""}
    return bool(keys & ({row.donation.telephone_search, row.donation.mail_search} - {""}))


def enter_case(area: str, typed_code: str, answer: str, at: datetime) -> str:
    """The case behind a code, for somebody who knows the answer.

    Raises:
        Refused: No such code, a wrong answer (all three sound alike), or too many of them: closed for a while.

    """
    code = normal_code(typed_code)
    with writing_in(area):
        search = CaseVault(area).link_search(code)
        rows = OneStopRow.objects.filter(tenant_id=area, link_search=search).select_related("donation")
        row = rows.select_for_update(of=("self",)).first()  # or answers at one time would count as one
        if row is None:
            raise Refused([because(ReasonCode.NOT_IDENTIFIED)])
        if row.closed_until is not None and at < row.closed_until:
            minutes = int((row.closed_until - at).total_seconds() // 60) + 1
            raise Refused([because(ReasonCode.TOO_MANY_TRIES, minutes=minutes)])
        if known := _knows(row, answer):
            row.tries, row.closed_until = 0, None
        else:
            row.tries += 1
            row.closed_until = at + CLOSED_FOR if row.tries % TRIES == 0 else None
        row.save(update_fields=["tries", "closed_until"])
    if not known:
        raise Refused([because(ReasonCode.NOT_IDENTIFIED)])
    return str(row.number)


def donor_view(area: str, case: str) -> DonorCase:
    """What the donor sees.

    Raises:
        Refused: There is no such case.

    """
    with reading_in(area):
        row = find_case(area, case)
    return DonorCase(
        case=row.number,
        year=row.year,
        amount=row.amount,
        donated_on=row.donated_on.isoformat(),
        state=row.state,
        deficiencies=tuple(Deficiency(each) for each in row.deficiencies),
    )


def apply_online(area: str, case: str, values: Mapping[str, str], at: datetime) -> tuple[Deficiency, ...]:
    """The donor applies; nothing is kept unless the form itself is whole. Identity documents are checked by officers.

    Raises:
        Refused: The case has an application already, or the deadline is past.

    """
    deed, vault = CaseDeed(area=area, case=case, person=DONOR, at=at), CaseVault(area)
    with writing_in(area):
        row = find_case(area, case, locked=True)
        row.received_on, row.route = office_day(at), str(ApplicationRoute.ONLINE)
        form = read_form({**values, "amount": str(row.amount), "donated_on": row.donated_on.isoformat()})
        found = tuple(each for each in keep_form(row, vault, form, at) if each is not Deficiency.IDENTITY_MISSING)
        if Deficiency.TOO_LATE in found:
            until = deadlines_in(area, row.year).forms_until.isoformat()
            raise Refused([because(ReasonCode.AFTER_DEADLINE, application=case, until=until)])
        if found:
            raise DeficientFormError(found)
        move(row, deed, "apply_online")
    return tuple(Deficiency(each) for each in row.deficiencies)


class DeficientFormError(Exception):
    """What a donor typed is not whole; nothing of it was kept."""

    def __init__(self, found: tuple[Deficiency, ...]) -> None:
        """Keep what is missing."""
        self.found = found
        super().__init__(", ".join(found))


def change_online(area: str, case: str, after: Mapping[str, str], at: datetime) -> tuple[str, ...]:
    """The donor changes name, address or telephone until the deadline; answers what changed.

    Raises:
        Refused: It is too late, changes nothing, or what it leaves is not right.

    """
    deed, day = CaseDeed(area=area, case=case, person=DONOR, at=at), office_day(at)
    return change(deed, day, day, after)
