"""Donations and donors as officers read them: each opened only inside its own area."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Q, QuerySet

from sekisho.adapters.database.sealing import Seals
from sekisho.adapters.donations.areas import reading_in
from sekisho.adapters.donations.models import DonationRow, DonorRow, ResponseRow
from sekisho.adapters.donations.responses import response_place
from sekisho.adapters.donations.sealed_donations import open_donation, order_key, subject_of, typed_key
from sekisho.business.hometown_donations.donations import SOURCES
from sekisho.business.hometown_donations.donors import SearchKind

_COLUMNS: Final[Mapping[SearchKind, str]] = {
    SearchKind.NAME: "name_search",
    SearchKind.KANA: "kana_search",
    SearchKind.ADDRESS: "address_search",
    SearchKind.TELEPHONE: "telephone_search",
    SearchKind.MAIL: "mail_search",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DonationFacts:
    """A donation opened: what stands plain, and what was sealed (nothing once it is erased)."""

    number: int
    donor: int
    portal: str
    status: str
    ordered_on: date
    paid_on: date | None
    year: int | None
    amount: int
    one_stop: bool
    purpose: str
    gift_code: str
    gift_name: str
    quantity: int | None
    keep_until: date
    invite_until: date | None
    erased_at: datetime | None
    proof: str
    personal: Mapping[str, str]

    @property
    def address(self) -> str:
        """The whole address in one line."""
        parts = (self.personal.get(part, "") for part in ("prefecture", "city", "street", "building"))
        return "".join(parts).strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerFacts:
    """An answer that was given to a donor."""

    donation: int
    answered_at: datetime
    channel: str
    subject: str
    closed: bool
    words: str
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DonorFacts:
    """A donor: all their donations, the newest first, what was answered to them, and whether they want no more mail."""

    donor: int
    opted_out_at: datetime | None
    donations: tuple[DonationFacts, ...]
    answers: tuple[AnswerFacts, ...]


def _facts(row: DonationRow, personal: Mapping[str, Any]) -> DonationFacts:
    """One row, opened."""
    return DonationFacts(
        number=row.pk, donor=row.donor_id, portal=row.portal, status=row.status, ordered_on=row.ordered_on,
        paid_on=row.paid_on, year=row.year, amount=row.amount, one_stop=row.one_stop, purpose=row.purpose,
        gift_code=row.gift_code, gift_name=row.gift_name, quantity=row.quantity, keep_until=row.keep_until,
        invite_until=row.invite_until, erased_at=row.erased_at, proof=row.proof, personal=personal,
    )  # fmt: skip


def open_rows(area: str, rows: Iterable[DonationRow]) -> tuple[DonationFacts, ...]:
    """These rows of an area that is open, each opened; the keys are fetched in one go."""
    seals, found = Seals(area), list(rows)
    seals.prepare(subject_of(row.order_search) for row in found if row.erased_at is None)
    return tuple(
        _facts(row, open_donation(seals, row.order_search, bytes(row.sealed)) if row.erased_at is None else {})
        for row in found
    )


def _wanted(seals: Seals, typed: str, kinds: Sequence[SearchKind]) -> Q:
    """Everything that this may mean; nothing at all if it can be looked for in none of these fields."""
    wanted = Q()
    for kind in kinds:
        if kind in _COLUMNS:
            key = typed_key(seals, kind, typed)
            wanted |= Q(**{_COLUMNS[kind]: key}) if key else Q()
        else:
            orders = [order_key(seals, each.portal, typed) for each in SOURCES]
            wanted |= Q(portal__in=[each.portal for each in SOURCES], order_search__in=orders)
    return wanted


def _matching(area: str, typed: str, kind: str) -> QuerySet[DonationRow]:
    """The donations that an officer looks for; nobody's, if what was typed can be nobody's."""
    rows = DonationRow.objects.filter(tenant_id=area).order_by("-ordered_on", "-id")
    kinds = [SearchKind(kind)] if kind in set(SearchKind) else list(SearchKind)
    wanted = _wanted(Seals(area), typed.strip(), kinds) if typed.strip() else Q()
    return rows.filter(wanted) if wanted else rows.none()  # a filter by nothing would show everybody


def find_donations(
    area: str, typed: str, kind: str = "", *, first: int = 0, count: int = 25
) -> tuple[int, tuple[DonationFacts, ...]]:
    """How many donations match what was typed, and one page of them."""
    with reading_in(area):
        rows = _matching(area, typed, kind)
        return rows.count(), open_rows(area, rows[first : first + count])


def donation_of(area: str, number: int) -> DonationFacts | None:
    """One donation of this area."""
    with reading_in(area):
        return next(iter(open_rows(area, DonationRow.objects.filter(tenant_id=area, pk=number))), None)


def _answers(area: str, rows: Iterable[ResponseRow]) -> tuple[AnswerFacts, ...]:
    """Answers, opened."""
    seals = Seals(area)
    return tuple(
        AnswerFacts(
            donation=row.donation_id,
            answered_at=row.answered_at,
            channel=row.channel,
            subject=row.subject,
            closed=row.closed,
            words=str(
                seals.open(
                    subject_of(row.donation.order_search),
                    response_place(row.donation.order_search, row.answered_at),
                    bytes(row.sealed),
                )["answer"]
            ),
            person=row.person,
        )
        for row in rows
    )


def answers_about(area: str, donor: int) -> tuple[AnswerFacts, ...]:
    """What was answered to a donor of an area that is open, the newest first; nothing of donations that are erased."""
    rows = ResponseRow.objects.filter(tenant_id=area, donation__donor_id=donor, donation__erased_at__isnull=True)
    return _answers(area, rows.select_related("donation").order_by("-answered_at"))


def donor_of(area: str, donor: int) -> DonorFacts | None:
    """One donor of this area, with everything that is known of them."""
    with reading_in(area):
        row = DonorRow.objects.filter(tenant_id=area, pk=donor).first()
        if row is None:
            return None
        donations = DonationRow.objects.filter(tenant_id=area, donor_id=donor).order_by("-ordered_on", "-id")
        return DonorFacts(
            donor=row.pk,
            opted_out_at=row.opted_out_at,
            donations=open_rows(area, donations),
            answers=answers_about(area, donor),
        )
