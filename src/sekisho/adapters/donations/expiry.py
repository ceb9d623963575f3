"""S1's own clock: what is kept too long is erased by destroying its key, from a signed list, with a certificate each.

The breaker of the house holds here too: a list that is larger than an ordinary day explains waits for two persons.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from django.db.models import QuerySet

from sekisho.adapters.database.erasure_lists import (
    DROPPED,
    SIGNED,
    STOPPED,
    Proposal,
    close_list,
    copies_of,
    new_number,
    propose,
)
from sekisho.adapters.database.ledgers import append_entry, ledger_key, origin
from sekisho.adapters.database.models import ErasureListRow, Tenant
from sekisho.adapters.database.office_time import office_day
from sekisho.adapters.donations.acts import Act
from sekisho.adapters.donations.areas import reading_in, writing_in
from sekisho.adapters.donations.link_groups import forget_erased
from sekisho.adapters.donations.models import DonationRow, ResponseRow
from sekisho.adapters.donations.one_stop_numbers import erase_past_their_day
from sekisho.adapters.donations.sealed_donations import subject_of
from sekisho.adapters.keys import Destroyed, open_key_store
from sekisho.adapters.keys.backups import backup_days
from sekisho.kernel import (
    PERSONS_NEEDED,
    CopyPlace,
    EntryKind,
    ErasedCopy,
    ErasureList,
    ErasureProof,
    ReasonCode,
    Refused,
    SekishoError,
    Waybill,
    because,
    certificate_text,
    sign_note,
)

LARGEST_LIST: Final = 5_000
SEARCHES: Final = ("order_search", "name_search", "kana_search", "address_search", "telephone_search", "mail_search")


def _due(area: str, today: date) -> QuerySet[DonationRow]:
    """The donations whose keeping period is over; the area must be open."""
    return DonationRow.objects.filter(tenant_id=area, erased_at__isnull=True, keep_until__lt=today)


def due_in(area: str, today: date) -> int:
    """How many donations are due in an area."""
    with reading_in(area):
        return _due(area, today).count()


def lists_of(area: str) -> list[ErasureListRow]:
    """The latest lists of an area, those that wait first."""
    return sorted(
        ErasureListRow.objects.filter(tenant_id=area).defer("note").order_by("-id")[:30],
        key=lambda each: each.state != STOPPED,
    )


def erase_due(area: str, at: datetime, by: str = "") -> Proposal | None:
    """Propose what is due and carry it out unless the breaker stops it; while a list waits, no second is made."""
    if ErasureListRow.objects.filter(tenant_id=area, state=STOPPED).exists():
        return None
    with reading_in(area):
        due = _due(area, office_day(at)).order_by("id").values_list("id", flat=True)
        copies = tuple(str(number) for number in due[:LARGEST_LIST])
        kept = DonationRow.objects.filter(tenant_id=area, erased_at__isnull=True).count()
    if not copies:
        carry_out(area, at)
        return None
    wanted = ErasureList(number=new_number(at), tenant=area, place=CopyPlace.HOUSE, copies=copies, kept=kept, at=at)
    proposed = propose(wanted, by)
    carry_out(area, at)
    return proposed


def pass_day(at: datetime) -> dict[str, Proposal | None]:
    """What a new day asks of every area: erase what is due, or let it wait for two persons.

    Individual Numbers and pictures of identity documents past their day go as well, each with its proof.
    """
    areas = list(Tenant.objects.order_by("code").values_list("code", flat=True))
    for area in areas:
        erase_past_their_day(area, at)
    return {area: erase_due(area, at) for area in areas}


def carry_out(area: str, at: datetime) -> int:
    """Carry out every signed list of an area that nothing stops, also one that a kill interrupted; how many went."""
    gone = 0
    for row in ErasureListRow.objects.filter(tenant_id=area, state=SIGNED).order_by("id"):
        numbers = sorted(int(copy) for copy in copies_of(row))
        count = _erase(area, numbers, at)
        close_list(area, row.number, at, donations=count)
        gone += count
    return gone


def _certificate(row: DonationRow, gone: Destroyed, at: datetime) -> str:
    """The certificate of one donation: ids, the digest of the key that is gone, and the area's signature."""
    area, size = row.tenant_id, len(row.sealed)
    copy = ErasedCopy(
        waybill=Waybill(parcel=f"donation-{row.pk}", tenant=area, connection="donation_manager", permit="-"),
        place=CopyPlace.HOUSE, why="keeping period over", kind="donation.record", records=1, by=row.intake.parcel,
        receipt="-", backup_days=backup_days(),
    )  # fmt: skip
    proof = ErasureProof(
        key=gone.key, key_digest=gone.digest, bytes_removed=size, searched=gone.searched, at=at.isoformat()
    )
    signer = ledger_key(area)
    return sign_note(certificate_text(copy, proof), origin(area), signer.public, signer.sign)


def _erase(area: str, numbers: Sequence[int], at: datetime) -> int:
    """Destroy the keys of these donations, then what they sealed; one that is not due by now stays.

    Raises:
        SekishoError: Nobody could search for what is left of a key yet; it is tried again.

    """
    with reading_in(area):
        rows = list(_due(area, office_day(at)).filter(pk__in=numbers).select_related("intake"))
    keys = {f"subject/{subject_of(row.order_search)}": row for row in rows}
    gone = open_key_store().destroy(area, list(keys)) if keys else []
    if not all(each.searched for each in gone):
        message = "keys of donations are destroyed and not yet searched for; it is tried again"
        raise SekishoError(message)
    with writing_in(area):
        for each in gone:
            row = keys[each.key]
            row.proof = _certificate(row, each, at)
            row.sealed, row.erased_at = b"", at
            for name in SEARCHES[1:]:
                setattr(row, name, "")
        DonationRow.objects.bulk_update(
            [keys[each.key] for each in gone], ["proof", "sealed", "erased_at", *SEARCHES[1:]], batch_size=100
        )
        ResponseRow.objects.filter(tenant_id=area, donation__in=[row.pk for row in rows]).update(sealed=b"")
        forget_erased(area, [row.pk for row in rows])
    return len(gone)


def confirm(act: Act, number: str, *, agrees: bool) -> bool:
    """Confirm or drop a list that the breaker stopped; with the second person it is carried out. Was it?

    Raises:
        Refused: No such list waits, or this person has confirmed or asked for it already.

    """
    with writing_in(act.area):
        row = ErasureListRow.objects.select_for_update().filter(tenant_id=act.area, number=number).first()
        if row is None or row.state != STOPPED:
            state = row.state if row else "unknown"
            raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=number, state=state)])
        person, agreed = act.standing.person, list(row.agreed_by)
        if agrees and person in agreed:
            one = "erasure.confirm"
            raise Refused([because(ReasonCode.DUTIES_NOT_SEPARATE, person=person, one=one, other=one)])
        agreed += [person] if agrees else []
        state = DROPPED if not agrees else SIGNED if len(agreed) >= PERSONS_NEEDED else STOPPED
        ErasureListRow.objects.filter(pk=row.pk).update(agreed_by=agreed, state=state)
        kind = EntryKind.ERASURE_CONFIRMED if agrees else EntryKind.ERASURE_DROPPED
        frame = {"kind": str(kind), "tenant": act.area, "at": act.at.isoformat(), "by": {"person": person}}
        append_entry(act.area, {**frame, "list": number, "place": row.place, "copies": row.copies})
    if state == SIGNED:
        carry_out(act.area, act.at)
    return state == SIGNED
