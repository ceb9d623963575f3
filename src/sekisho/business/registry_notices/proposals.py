"""Comparing a notice with the ledger: the changes it proposes, or the reason why somebody must look first."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Final

from sekisho.business.registry_notices.notices import OWNER_EVENTS, Event, RegistrationNotice
from sekisho.business.registry_notices.properties import Owner, Property, PropertyKind
from sekisho.records import find_private, write_share

COMPARED: Final = ("category", "area", "house_kind", "structure", "floor_area")


class HoldReason(StrEnum):
    """Why a notice does not simply fit the ledger. Stored values are never renamed."""

    UNKNOWN_PROPERTY = "unknown_property"
    OWNER_MISMATCH = "owner_mismatch"
    OUT_OF_ORDER = "out_of_order"
    ALREADY_APPLIED = "already_applied"
    SHARES_DO_NOT_SUM = "shares_do_not_sum"
    UNMAPPED_CHARACTER = "unmapped_character"
    PROTECTED_ADDRESS = "protected_address"
    PARTNER_MISSING = "partner_missing"
    AREA_DIFFERS = "area_differs"
    ALREADY_THERE = "already_there"
    CLOSED_PROPERTY = "closed_property"


HOLD_WORDS: Final[Mapping[HoldReason, tuple[str, str, str, str]]] = MappingProxyType(
    {
        HoldReason.UNKNOWN_PROPERTY: (
            "台帳にない土地・家屋です。",
            "The ledger does not know this property.",
            "所在と地番を登記記録で確かめてください。",
            "Check place and number against the register.",
        ),
        HoldReason.OWNER_MISMATCH: (
            "旧所有者が台帳の所有者と一致しません。",
            "The previous owner is not the ledger's owner.",
            "間の異動が届いていないか確かめてください。",
            "Check whether a notice in between is missing.",
        ),
        HoldReason.OUT_OF_ORDER: (
            "これより後の受付番号の異動が既に反映されています。",
            "A later reception has been applied already.",
            "受付の順に反映し直すか、取り下げてください。",
            "Apply in the order of reception, or withdraw.",
        ),
        HoldReason.ALREADY_APPLIED: (
            "同じ通知が既に反映されています。",
            "The same notice has been applied already.",
            "重複です。却下してください。",
            "A duplicate: reject it.",
        ),
        HoldReason.SHARES_DO_NOT_SUM: (
            "持分の合計が1になりません。",
            "The shares do not add up to one.",
            "一部の移転か、通知の不足かを確かめてください。",
            "Check for a partial transfer or a missing record.",
        ),
        HoldReason.UNMAPPED_CHARACTER: (
            "外字が含まれています。",
            "It holds a character without a code.",
            "文字を確かめて対応付けてください。",
            "Look at the character and map it.",
        ),
        HoldReason.PROTECTED_ADDRESS: (
            "支援措置の対象者です。住所の取扱いに注意してください。",
            "A protected person: take care of the address.",
            "支援措置の担当者に確かめてください。",
            "Ask the officer for protected persons.",
        ),
        HoldReason.PARTNER_MISSING: (
            "分筆・合筆の相手の土地が台帳にありません。",
            "The lot it was split from or merged into is missing.",
            "相手の通知を待ち、反映した後に保留を解いてください。",
            "Wait for its notice; release this one after that is applied.",
        ),
        HoldReason.AREA_DIFFERS: (
            "変更前の地積が台帳と一致しません。",
            "The area before is not that of the ledger.",
            "現地の記録を確かめてください。",
            "Check the records of the survey.",
        ),
        HoldReason.ALREADY_THERE: (
            "新しい土地・家屋が既に台帳にあります。",
            "The new property is in the ledger already.",
            "未登記家屋として登録済みでないか確かめてください。",
            "Check whether it was entered as unregistered.",
        ),
        HoldReason.CLOSED_PROPERTY: (
            "台帳では既に閉鎖されています。",
            "The ledger has closed this property.",
            "滅失・合筆の記録を確かめてください。",
            "Check the record of demolition or merger.",
        ),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedChange:
    """One line of the side-by-side: a field, what the ledger says, what the registry says now."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What a notice proposes: the changes, the reason to hold it if any, and the property as it would be."""

    notice: RegistrationNotice
    before: Property | None
    after: Property | None
    changes: tuple[ProposedChange, ...]
    hold: HoldReason | None


def write_owners(owners: tuple[Owner, ...]) -> str:
    """Owners as a reader compares them: one a line."""
    return "\n".join(f"{owner.name} / {owner.address} / {write_share(owner.share)}" for owner in owners)


def _created(notice: RegistrationNotice) -> Property:
    """The property that a notice brings into the ledger."""
    return Property(
        kind=notice.kind,
        location=notice.location,
        number=notice.number,
        real_property_number=notice.real_property_number,
        category=notice.category_after,
        area=notice.area_after,
        house_kind=notice.house_kind,
        structure=notice.structure,
        floor_area=notice.floor_area_after,
        owners=notice.owners,
        last_reception=notice.reception,
        taxed_category=notice.category_after,
    )


def _changed(notice: RegistrationNotice, known: Property) -> Property:
    """The known property after the notice; the taxed side stays."""
    told: dict[str, Any] = {
        "owners": notice.owners or None,
        "category": notice.category_after or None,
        "area": notice.area_after,
        "floor_area": notice.floor_area_after,
        "house_kind": notice.house_kind or None,
        "structure": notice.structure or None,
    }
    closed = notice.event is Event.DEMOLITION or (notice.event is Event.MERGE and notice.area_after is None)
    if closed:
        told["active"] = False
    news = {name: value for name, value in told.items() if value is not None}
    return replace(known, last_reception=notice.reception, **news)


def _written_fields(state: Property | None) -> dict[str, str]:
    """What a person compares of a property, as text; nothing of what is not there."""
    if state is None:
        return dict.fromkeys((*COMPARED, "owners"), "") | {"state": "なし"}
    values = {name: str(getattr(state, name) or "") for name in COMPARED}
    return {**values, "owners": write_owners(state.owners), "state": "現存" if state.active else "閉鎖"}


def changes_between(before: Property | None, after: Property) -> tuple[ProposedChange, ...]:
    """Every field that differs, one line each."""
    old, new = _written_fields(before), _written_fields(after)
    return tuple(
        ProposedChange(field=name, before=old[name], after=new[name]) for name in new if old[name] != new[name]
    )


def _creates(notice: RegistrationNotice) -> bool:
    """Does this notice bring something new?"""
    return notice.event is Event.NEW_HOUSE or (notice.event is Event.SPLIT and notice.area_before is None)


def _hold_new(
    notice: RegistrationNotice, known: Property | None, partners: Mapping[str, Property]
) -> HoldReason | None:
    """Why a new property must be looked at first."""
    if known is not None:
        same = known.last_reception == notice.reception
        return HoldReason.ALREADY_APPLIED if same else HoldReason.ALREADY_THERE
    if notice.kind is PropertyKind.LAND and not all(key in partners for key in notice.related_keys()):
        return HoldReason.PARTNER_MISSING
    return None


def _hold_known(notice: RegistrationNotice, known: Property | None) -> HoldReason | None:
    """Why a change of a known property must be looked at first."""
    if known is None:
        return HoldReason.UNKNOWN_PROPERTY
    if known.last_reception == notice.reception:
        return HoldReason.ALREADY_APPLIED
    if known.last_reception > notice.reception:
        return HoldReason.OUT_OF_ORDER
    return HoldReason.CLOSED_PROPERTY if not known.active else _hold_facts(notice, known)


def _has_own_letters(notice: RegistrationNotice) -> bool:
    """Does it hold a letter of the sender's own making (外字), said or found?"""
    owners = "".join(f"{owner.name}{owner.address}" for owner in notice.owners)
    previous = "".join(f"{name}{address}" for name, address in notice.previous)
    return bool(notice.unmapped) or find_private(owners + previous) >= 0


def _hold_facts(notice: RegistrationNotice, known: Property) -> HoldReason | None:
    """Why what the notice says of the past is not what the ledger says."""
    owners = {(owner.name, owner.address) for owner in known.owners}
    if notice.event in OWNER_EVENTS and not set(notice.previous) <= owners:
        return HoldReason.UNMAPPED_CHARACTER if _has_own_letters(notice) else HoldReason.OWNER_MISMATCH
    if notice.area_before is not None and notice.area_before != known.area:
        return HoldReason.AREA_DIFFERS
    return None


def _hold_content(notice: RegistrationNotice, partners: Mapping[str, Property]) -> HoldReason | None:
    """Why a person must look, whatever the ledger says."""
    if _has_own_letters(notice):
        return HoldReason.UNMAPPED_CHARACTER
    if notice.protected:
        return HoldReason.PROTECTED_ADDRESS
    if notice.owners and sum((owner.share for owner in notice.owners), Fraction(0)) != 1:
        return HoldReason.SHARES_DO_NOT_SUM
    if notice.event is Event.MERGE and not all(key in partners for key in notice.related_keys()):
        return HoldReason.PARTNER_MISSING
    return None


def propose(notice: RegistrationNotice, known: Property | None, partners: Mapping[str, Property]) -> Proposal:
    """Compare one notice with the ledger.

    `partners` are the properties it is split from or merged into, by key.
    """
    fit = _hold_new(notice, known, partners) if _creates(notice) else _hold_known(notice, known)
    hold = fit or _hold_content(notice, partners)
    if _creates(notice):
        after: Property | None = _created(notice)
    else:
        after = _changed(notice, known) if known else None
    changes = changes_between(known, after) if after else ()
    return Proposal(notice=notice, before=known, after=after, changes=changes, hold=hold)
