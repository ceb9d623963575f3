"""Individual Numbers: shown to a head for a reason that stands in the ledger, erased after their period, with proof."""

import base64
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from types import MappingProxyType
from typing import Final

from django.db.models import Q

from sekisho.adapters.database.office_time import office_day
from sekisho.adapters.donations.areas import reading_in, writing_in
from sekisho.adapters.donations.models import IdentityImageRow, NumberRow, OneStopRow
from sekisho.adapters.donations.one_stop_cases import CaseDeed, find_case, note_deed
from sekisho.adapters.donations.one_stop_vault import CaseVault, form_key, image_key, number_key
from sekisho.kernel import EntryKind, ReasonCode, Refused, SekishoError, because
from sekisho.kernel.council import Role

SHOWING_REASONS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "compare_with_form": ("紙の申請書と見比べる", "Compare with the paper form"),
        "answer_municipality": ("住所地の市町村からの照会に答える", "Answer the donor's municipality"),
        "correct_notice": ("通知の訂正・取消しのため", "Correct or cancel a notice"),
        "asked_by_donor": ("本人からの開示の請求", "The donor asks for disclosure"),
    }
)
"""The only reasons for which a number is shown. The code stands in the ledger; stored values are never renamed."""
IMAGE_KINDS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "form": ("申請書", "Application form"),
        "card_front": ("個人番号カード(表)", "Number card, front"),
        "card_back": ("個人番号カード(裏)", "Number card, back"),
        "number_paper": ("番号確認書類", "Paper with the number"),
        "photo_document": ("写真付き身元確認書類", "Photo identity document"),
    }
)
# A keying that was withdrawn stands in no column any more, and its key still opens it in a backup: it is due as well.
_TYPED: Final = (
    Q(number_apart__isnull=False)
    | Q(keyed__isnull=False)
    | Q(sealed__isnull=False)
    | (Q(number_proof="") & ~Q(keyed_by=""))
)
IMAGE_TYPES: Final = ("image/png", "image/jpeg")


def show_number(deed: CaseDeed, reason: str) -> str:
    """The number of a case, after its entry is written; only to a head, and only for one of the reasons.

    Raises:
        Refused: Not to this person, not for that reason, or it is not there any more.

    """
    if reason not in SHOWING_REASONS or deed.roles is None or Role.HEAD not in deed.roles:
        raise Refused([because(ReasonCode.NOT_ALLOWED, action="individual_number.show")])
    vault = CaseVault(deed.area)
    with writing_in(deed.area):
        row = find_case(deed.area, deed.case, locked=True)
        apart = NumberRow.objects.filter(tenant_id=deed.area, case=row).first()
        if apart is None:
            raise Refused([because(ReasonCode.NOT_FOUND, what=f"{deed.case}")])
        note_deed(deed, EntryKind.INDIVIDUAL_NUMBER_SHOWN, reason=reason)
        return vault.open_number(row.number, bytes(apart.sealed))["individual_number"]


def keep_image(deed: CaseDeed, kind: str, picture: bytes, erase_on: date) -> str:
    """Keep a picture of a form or a document, sealed, until a day; answers its id.

    Raises:
        Refused: It is neither PNG nor JPEG, or of no known kind.

    """
    media = (
        "image/png" if picture.startswith(b"\x89PNG\r\n") else "image/jpeg" if picture[:3] == b"\xff\xd8\xff" else ""
    )
    if kind not in IMAGE_KINDS or not media:
        raise Refused([because(ReasonCode.TYPE_NOT_APPROVED, found=media or "?", approved=", ".join(IMAGE_TYPES))])
    vault, digest = CaseVault(deed.area), hashlib.sha256(picture).hexdigest()
    image = f"{deed.case}-{kind}-{digest[:12]}"
    sealed = vault.seal_image(image, base64.b64encode(picture).decode())
    with writing_in(deed.area):
        row = find_case(deed.area, deed.case, locked=True)
        facts = {"kind": kind, "media_type": media, "sha256": digest, "sealed": sealed, "erase_on": erase_on}
        IdentityImageRow.objects.update_or_create(
            tenant_id=deed.area,
            image=image,
            defaults={**facts, "case": row, "added_by": deed.person, "added_at": deed.at},
        )
        note_deed(deed, EntryKind.IDENTITY_IMAGE_KEPT, image=image, digest=digest, erase_on=erase_on.isoformat())
    return image


def show_image(deed: CaseDeed, image: str) -> tuple[str, bytes]:
    """A picture with its type, after the entry that somebody looked at it.

    Raises:
        Refused: There is none in this area, or it was erased.

    """
    vault = CaseVault(deed.area)
    with writing_in(deed.area):
        row = IdentityImageRow.objects.filter(tenant_id=deed.area, image=image, case__number=deed.case).first()
        if row is None or row.sealed is None:
            raise Refused([because(ReasonCode.NOT_FOUND, what=image)])
        note_deed(deed, EntryKind.VIEWED, what="identity_image", image=image)
        return row.media_type, base64.b64decode(vault.open_image(image, bytes(row.sealed)))


def due_numbers(area: str, today: date) -> list[str]:
    """The cases past their keeping period of which a number or a form was ever typed, and nothing was erased since."""
    with reading_in(area):
        rows = OneStopRow.objects.filter(tenant_id=area, keep_until__lt=today).filter(_TYPED)
        return list(rows.order_by("number").values_list("number", flat=True))


def due_images(area: str, today: date) -> list[tuple[str, str]]:
    """The pictures past their day: case and image."""
    with reading_in(area):
        rows = IdentityImageRow.objects.filter(tenant_id=area, erase_on__lt=today, sealed__isnull=False)
        return list(rows.order_by("image").values_list("case__number", "image"))


def erase_number(deed: CaseDeed, today: date) -> dict[str, object]:
    """Erase number and form of a case past its period; the record of it names keys and digests, and never the number.

    Raises:
        Refused: It is still to be kept, or is gone already.
        SekishoError: What is left of a key could not be searched for yet; the case stays due.

    """
    vault = CaseVault(deed.area)
    with writing_in(deed.area):
        row = find_case(deed.area, deed.case, locked=True)
        if row.keep_until >= today or not OneStopRow.objects.filter(_TYPED, pk=row.pk).exists():
            raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=deed.case, state=row.keep_until.isoformat())])
        gone, *form = vault.destroy([number_key(row.number), *([form_key(row.number)] if row.sealed else [])])
        NumberRow.objects.filter(tenant_id=deed.area, case=row).delete()
        proof = {"key": gone.key, "key_digest": gone.digest, "searched": gone.searched, "at": deed.at.isoformat()}
        proof |= {
            name: value for each in form for name, value in (("form_key", each.key), ("form_digest", each.digest))
        }
        row.number_proof, row.person_search, row.row_seal = json.dumps(proof), "", ""
        row.keyed, row.sealed = None, None
        row.save()
        note_deed(deed, EntryKind.INDIVIDUAL_NUMBER_ERASED, key_digest=gone.digest, searched=gone.searched)
    return proof


def erase_image(deed: CaseDeed, image: str) -> dict[str, object]:
    """Erase one picture with its key.

    Raises:
        Refused: There is none.
        SekishoError: What is left of its key could not be searched for yet; the picture stays due.

    """
    vault = CaseVault(deed.area)
    with writing_in(deed.area):
        rows = IdentityImageRow.objects.filter(tenant_id=deed.area, image=image, sealed__isnull=False)
        row = rows.select_for_update().first()
        if row is None:
            raise Refused([because(ReasonCode.NOT_FOUND, what=image)])
        (gone,) = vault.destroy([image_key(image)])
        proof = {"key": gone.key, "key_digest": gone.digest, "searched": gone.searched, "at": deed.at.isoformat()}
        row.sealed, row.erased_at, row.proof = None, deed.at, json.dumps(proof)
        row.save()
        note_deed(deed, EntryKind.IDENTITY_IMAGE_ERASED, image=image, key_digest=gone.digest, searched=gone.searched)
    return proof


def _erase_each(wanted: Sequence[Callable[[], dict[str, object]]], faults: list[str]) -> list[dict[str, object]]:
    """Erase one after the other; what fails is told in the end and holds nothing else back."""
    proofs = []
    for erase in wanted:
        try:
            proofs.append(erase())
        except Refused:  # somebody else has erased it meanwhile
            continue
        except SekishoError as fault:
            faults.append(str(fault))
    return proofs


def erase_past_their_day(area: str, at: datetime) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """Erase every number and every picture of an area that is past its day; answers the proofs of both.

    Raises:
        SekishoError: Some could not be erased and stay due; all others are erased.

    """
    today, faults = office_day(at), list[str]()
    numbers = [partial(erase_number, _clock(area, case, at), today) for case in due_numbers(area, today)]
    images = [partial(erase_image, _clock(area, case, at), image) for case, image in due_images(area, today)]
    proofs = _erase_each(numbers, faults), _erase_each(images, faults)
    if faults:
        message = f"{len(faults)}件を消せませんでした / {len(faults)} could not be erased: {faults[0]}"
        raise SekishoError(message)
    return proofs


def _clock(area: str, case: str, at: datetime) -> CaseDeed:
    """A deed of nobody: the day has come."""
    return CaseDeed(area=area, case=case, person="", at=at)
