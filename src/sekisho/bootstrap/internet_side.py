"""The internet-side server between a portal and S1: convert, hand on through the gate, erase when S1 has every record.

Each step can be cut off and done again: the copy's document is the key under which its donations enter the gate.
Import this only once the house is open.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sekisho.adapters.carriers.in_house import document_key, document_place
from sekisho.adapters.database.erasure_lists import SIGNED, list_verified, new_number
from sekisho.adapters.database.home import find_home
from sekisho.adapters.database.internet_copies import (
    copies_in,
    due_copies,
    note_fault,
    note_refused,
    note_sent,
    note_try,
    note_verified,
)
from sekisho.adapters.database.models import (
    CopyState,
    Document,
    ErasureListRow,
    InternetCopyRow,
    Parcel,
    ParcelState,
    PermitRow,
)
from sekisho.adapters.database.municipalities import tenants
from sekisho.adapters.database.permits import permit_for
from sekisho.adapters.database.turns import writing
from sekisho.adapters.keys import open_key_store
from sekisho.adapters.layouts import layouts_in_use
from sekisho.adapters.objects import open_chunks
from sekisho.adapters.places import city_expression
from sekisho.bootstrap.again import Guard, sentence_of
from sekisho.bootstrap.erasure import carry_out_waiting
from sekisho.bootstrap.intake import Drop, take_bytes, taken_before
from sekisho.business.hometown_donations.donations import (
    RECORD_LAYOUT,
    Converted,
    compare_headings,
    convert,
    portal_of_layout,
    read_headings,
)
from sekisho.kernel import CopyPlace, Credential, ErasureList, Refused, reason_from_data
from sekisho.records import Layout, RecordsError

_PIECE: Final = 1 << 16
AT_ONCE: Final = 500


def onward_connection(tenant: str) -> str:
    """The connection on which donation records go to S1; nothing if none was approved.

    A permit that is stopped is named all the same: the gate then says why.
    """
    row = permit_for(tenant, RECORD_LAYOUT, "outward")
    return str(row.connection) if row else ""


def read_copy(copy: InternetCopyRow) -> bytes:
    """The plain bytes of a copy, in memory only."""
    stored = Document.objects.get(document=copy.document)
    key = open_key_store().open(copy.tenant_id, document_key(copy.document))
    inline = None if stored.inline is None else bytes(stored.inline)
    place = document_place(copy.document)
    return b"".join(open_chunks(find_home().parcels, (stored.place, inline), place, key))


def convert_copy(copy: InternetCopyRow) -> Converted:
    """The donations of a portal's file.

    Raises:
        RecordsError: It cannot be understood; nothing of it goes on.

    """
    portal = portal_of_layout(copy.layout)
    if portal is None:
        message = f"{copy.layout}: このポータルを知りません / no such portal"
        raise RecordsError(message)
    plain, office = read_copy(copy), layouts_in_use()
    layout = office.choose(copy.layout, plain[:_PIECE]).layout
    _check_columns(copy, layout, plain[:_PIECE])
    target = office.choose(RECORD_LAYOUT, b"").layout
    return convert(portal, layout, plain, target, city_expression())


def _check_columns(copy: InternetCopyRow, layout: Layout, head: bytes) -> None:
    """Is every approved column of the layout there? What the gate did not know, because it was renamed, it took out.

    Raises:
        RecordsError: One is missing; it says which.

    """
    row = PermitRow.objects.only("specification").get(tenant_id=copy.tenant_id, permit=copy.permit)
    approved = {field.name for field in layout.fields if field.item in row.specification["items"]}
    missing = compare_headings(layout, read_headings(layout, head)).missing
    if lost := [each.heading for each in missing if each.field in approved]:
        names = "、".join(lost)
        message = f"様式の列がファイルにありません: {names}。見出しの割当てから取り直してください / columns are missing"
        raise RecordsError(message)


def _credential(copy: InternetCopyRow) -> Credential:
    """Whoever brought the portal's file in also sends its donations on, from the same terminal."""
    passage = Parcel.objects.only("passage").get(parcel=copy.parcel).passage or {}
    return Credential(kind="shell", value=f"{passage.get('terminal', '')}/{passage.get('person', '')}")


def send_on(copy: InternetCopyRow) -> None:
    """Convert a copy and bring its donations to the gate, under the permit to S1. Once, however often it is tried.

    Raises:
        Refused: The gate does not let them in.
        RecordsError: The file cannot be understood.

    """
    name = f"{copy.document}/{len(copy.refused_as)}" if copy.refused_as else copy.document
    onward = onward_connection(copy.tenant_id)
    drop = Drop(tenant=copy.tenant_id, connection=onward, credential=_credential(copy), name=name)
    known, converted = taken_before(drop), convert_copy(copy)
    parcel = known or take_bytes(drop, converted.records)
    facts = {"donations": converted.donations, "amount": converted.amount, "by_year": dict(converted.by_year)}
    with writing():
        note_sent(copy.document, parcel, **facts)


def send_copies_on(tenant: str, at: datetime) -> int:
    """Send on every copy that is to go on now; one that cannot keeps back no other. Answers how many went."""
    return sum(_try_to_send(copy, at) for copy in due_copies(tenant, at))


def _try_to_send(copy: InternetCopyRow, at: datetime) -> int:
    """Send it on, or keep why not for the page of the copies, and when that was."""
    try:
        send_on(copy)
    except Refused as refused:
        fault = " ／ ".join(f"{each.ja} / {each.en}" for each in refused.reasons)
    except Exception as failed:  # noqa: BLE001 - whatever it is, the copies beside it go on
        fault = sentence_of(failed)
    else:
        return 1
    with writing():
        note_try(copy.document, fault, at)
    return 0


def erase_verified(tenant: str, at: datetime) -> int:
    """Erase the copies for which S1 has answered record by record; answers how many. All others stay."""
    waiting = {copy.sent_as: copy for copy in copies_in(tenant, CopyState.SENT)}
    # What a parcel came to, and not where it is: one that was refused is erased at the gate as well.
    parcels = Parcel.objects.filter(parcel__in=list(waiting)).only("outcome", "reasons")
    there = [waiting[each.parcel].document for each in parcels if each.outcome == ParcelState.DELIVERED]
    if there:
        with writing():
            note_verified(there, at)
    for each in parcels:
        _note_stopped(waiting[each.parcel], each)
    done = _to_erase(tenant)
    if done:
        kept = Document.objects.filter(tenant_id=tenant, proof__isnull=True).count()
        number, place = new_number(at), CopyPlace.HOUSE
        list_verified(ErasureList(number=number, tenant=tenant, place=place, copies=done, kept=kept, at=at))
    carry_out_waiting(tenant, at)
    return len(done)


def _note_stopped(copy: InternetCopyRow, parcel: Parcel) -> None:
    """Why the donations of a copy do not reach S1, if the gate holds or refused them."""
    why = [reason_from_data(each) for each in parcel.reasons]
    said = " ／ ".join(f"{each.ja} / {each.en}" for each in why)
    if parcel.outcome == ParcelState.HELD:
        note_fault(copy.document, f"{parcel.parcel} は関所で保留されています / is held at the gate: {said}")
    elif parcel.outcome == ParcelState.LEAVING and said:
        note_fault(copy.document, f"{parcel.parcel} は S1 に届いていません / has not reached S1: {said}")
    elif parcel.outcome == ParcelState.REFUSED:
        with writing():
            note_refused(copy, f"{parcel.parcel} は関所が拒否しました / was refused at the gate: {said}")


def _to_erase(tenant: str) -> tuple[str, ...]:
    """Copies verified or given up that stand on no list yet; what is on hold stays; a list that waits goes first."""
    copies = copies_in(tenant, CopyState.VERIFIED, CopyState.GIVEN_UP)
    if not copies or ErasureListRow.objects.filter(tenant_id=tenant, place=CopyPlace.HOUSE, state=SIGNED).exists():
        return ()
    parcels = Parcel.objects.filter(parcel__in=[copy.parcel for copy in copies], hold__gt="")
    held = set(parcels.values_list("parcel", flat=True))
    return tuple(copy.document for copy in copies if copy.parcel not in held)[:AT_ONCE]


def are_copies_under_way(parcels: Sequence[str]) -> bool:
    """Did a copy come by one of these parcels that is to be sent on, or was one sent on as one of them?"""
    if InternetCopyRow.objects.filter(parcel__in=parcels, state=CopyState.LANDED).exists():
        return True
    whose = Parcel.objects.filter(parcel__in=parcels).values("tenant_id")  # by which the index begins
    sent = InternetCopyRow.objects.filter(tenant_id__in=whose, state=CopyState.SENT, sent_as__in=parcels)
    return sent.exists()


def pass_copies_on(at: datetime, guard: Guard | None = None) -> int:
    """One look at the internet-side copies of every municipality, each apart from the others; how many moved."""
    moved, each_apart = 0, guard or Guard("forwarding")
    for tenant in tenants():
        moved += each_apart.counts(f"{tenant}/send", send_copies_on, tenant, at)
        moved += each_apart.counts(f"{tenant}/erase", erase_verified, tenant, at)
    return moved
