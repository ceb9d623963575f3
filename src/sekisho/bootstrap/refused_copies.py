"""What an officer decides about an internet-side copy whose donations the gate refused: again, or never.

The portal still has every one of them, so a copy that is erased unsent is no loss: a corrected file is fetched anew.
Import this only once the house is open.
"""

from typing import Final

from sekisho.adapters.database.council_deeds import Deed
from sekisho.adapters.database.erasure_lists import list_verified, new_number
from sekisho.adapters.database.internet_copies import note_again, note_given_up, stopped_copy
from sekisho.adapters.database.ledgers import append_entry
from sekisho.adapters.database.models import Document, Parcel
from sekisho.adapters.database.turns import writing
from sekisho.bootstrap.erasure import carry_out_waiting
from sekisho.kernel import CopyPlace, EntryKind, ErasureList, ReasonCode, Refused, because

WHYS: Final = ("fetched_again", "not_permitted", "mistaken")
"""Why a copy is erased unsent: its file is corrected and fetched again, no permit covers it, or it was a mistake."""


def send_again(deed: Deed, parcel: str) -> None:
    """Send the donations of a copy on once more, as a parcel of a new number; every caveat is asked again.

    Raises:
        Refused: There is no such copy, or it is not one that was stopped.

    """
    with writing():
        copy = stopped_copy(deed.tenant, parcel)
        note_again(copy)
        frame = {"kind": str(EntryKind.EXAMINED_AGAIN), "tenant": deed.tenant, "parcel": parcel}
        facts = {"permit": copy.permit, "before": copy.sent_as, "by": {"person": deed.person}}
        append_entry(deed.tenant, {**frame, **facts, "at": deed.at.isoformat()})


def erase_unsent(deed: Deed, parcel: str, why: str) -> str:
    """Erase a copy that never reached S1, with its certificate; answers the number of the list.

    Raises:
        Refused: It is not one that was stopped, is on legal hold, or no reason that we know was given.

    """
    if why not in WHYS:
        what = "消す理由を選んでください / choose why it is erased"
        raise Refused([because(ReasonCode.INPUT_NOT_UNDERSTOOD, where="why", what=what)])
    with writing():
        copy = stopped_copy(deed.tenant, parcel)
        if hold := Parcel.objects.filter(parcel=parcel, hold__gt="").values_list("hold", flat=True).first():
            raise Refused([because(ReasonCode.ON_HOLD, copy=parcel, hold=hold)])
        note_given_up(copy, deed.at)
        kept = Document.objects.filter(tenant_id=deed.tenant, proof__isnull=True).count()
        number, copies = new_number(deed.at), (copy.document,)
        wanted = ErasureList(
            number=number, tenant=deed.tenant, place=CopyPlace.HOUSE, copies=copies, kept=kept, at=deed.at
        )
        list_verified(wanted, deed.person, why=why, refused=copy.sent_as)
    carry_out_waiting(deed.tenant, deed.at)
    return number
