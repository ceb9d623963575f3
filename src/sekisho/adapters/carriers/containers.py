"""What leaves under a lent key: sealed into a container, whichever way it is carried; or not at all."""

import hashlib
import os
import secrets
from collections.abc import Iterable
from typing import BinaryIO, Final

from sekisho.adapters.carriers.addresses import INTAKE, find_counterpart
from sekisho.adapters.database.home import Home
from sekisho.adapters.database.key_loans import lent_hours
from sekisho.adapters.database.loan_ends import loan_key
from sekisho.adapters.keys import open_key_store
from sekisho.adapters.objects.containers import SALT, make_head, seal_container
from sekisho.kernel import Clearance, Direction, SekishoError, Waybill

ADDRESS: Final = "SEKISHO_LOAN_ADDRESS"
"""The setting that says where contractors reach the lane, as it is written into every container."""


def asking_address() -> str:
    """Where a contractor asks for the key.

    Raises:
        SekishoError: Nobody has said; then nothing leaves that only a lent key opens.

    """
    said = os.environ.get(ADDRESS, "").rstrip("/")
    if not said:
        message = f"{ADDRESS}: 鍵を貸し出す窓口の住所を設定してください / say where contractors ask for keys"
        raise SekishoError(message)
    return said


def is_lent(home: Home, clearance: Clearance) -> bool:
    """Does the approval let this leave only sealed, with its key lent?

    Raises:
        SekishoError: It does, and the counterpart takes nothing that is sealed; or the permit cannot be believed.

    """
    waybill = clearance.waybill
    if clearance.direction == Direction.INWARD or not lent_hours(waybill.tenant, waybill.permit):
        return False
    if find_counterpart(home, clearance.counterpart).carrier == INTAKE:
        message = f"parcel {waybill.parcel}: {clearance.counterpart} takes records in the clear; no key can be lent"
        raise SekishoError(message)
    return True


def contain(waybill: Waybill, chunks: Iterable[bytes], file: BinaryIO) -> None:
    """Write plain chunks as a container, under a key of this delivery's own that stays in the key store.

    Raises:
        SekishoError: It cannot be sealed.

    """
    names = (waybill.tenant, waybill.parcel, waybill.connection)
    head = make_head(names, asking_address(), secrets.token_bytes(SALT))
    lent = open_key_store().make(waybill.tenant, loan_key(waybill.parcel))
    file.writelines(seal_container(head, lent, chunks))


def digest_file(file: BinaryIO) -> str:
    """The digest of an open file from where it is, which then stands there again."""
    begin, digest = file.tell(), hashlib.sha256()
    while piece := file.read(1 << 18):
        digest.update(piece)
    file.seek(begin)
    return digest.hexdigest()
