"""Every kind of notice, and every reason to hold one, told as an officer of the Asset Tax Division meets it."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest

from sekisho.adapters.layouts import shipped_layouts
from sekisho.business.registry_notices import (
    HOLD_WORDS,
    NEXT,
    Event,
    HoldReason,
    LineAct,
    LineState,
    Owner,
    Property,
    PropertyKind,
    RegistrationNotice,
    advance,
    apply_fields,
    decided,
    make_ledger,
    make_rows,
    notice_file,
    propose,
    propose_all,
    read_notices,
    summarise,
    write_price_notices,
)
from sekisho.kernel import ReasonCode, Refused
from sekisho.records import examine, read

OLD = Owner(name="浦上 さくら", address="長崎市桜町1番1号", share=Fraction(1))
NEW = Owner(name="髙﨑 健", address="長崎市浜町2番2号", share=Fraction(1))
LOT = Property(
    kind=PropertyKind.LAND,
    location="長崎市桜町",
    number="123番4",
    category="畑",
    area=Decimal(100),
    owners=(OLD,),
    taxed_category="雑種地",
    last_reception="2026-01-01/4201/000001",
    price=1_000_000,
    fiscal_year=2026,
)
HOUSE = replace(LOT, kind=PropertyKind.HOUSE, category="", area=None, house_kind="居宅", floor_area=Decimal(80))
SALE = RegistrationNotice(
    notice="N-1",
    event=Event.TRANSFER,
    kind=PropertyKind.LAND,
    location="長崎市桜町",
    number="123番4",
    real_property_number="",
    reception="2026-04-01/4201/000010",
    registered_on="2026-04-03",
    purpose="所有権移転",
    cause="令和8年4月1日売買",
    owners=(NEW,),
    previous=((OLD.name, OLD.address),),
)


def changes(notice: RegistrationNotice, known: Property | None, *partners: Property) -> Mapping[str, tuple[str, str]]:
    """What a notice that fits proposes."""
    proposal = propose(notice, known, {each.key: each for each in partners})
    assert proposal.hold is None
    return {line.field: (line.before, line.after) for line in proposal.changes}


def hold(notice: RegistrationNotice, known: Property | None, *partners: Property) -> HoldReason | None:
    """Why a notice is held."""
    return propose(notice, known, {each.key: each for each in partners}).hold


def test_a_sale_changes_the_owner_and_nothing_else() -> None:
    assert changes(SALE, LOT) == {
        "owners": ("浦上 さくら / 長崎市桜町1番1号 / 1分の1", "髙﨑 健 / 長崎市浜町2番2号 / 1分の1")
    }


@pytest.mark.parametrize("event", [Event.INHERITANCE, Event.SHARE_TRANSFER, Event.ADDRESS_CHANGE, Event.NAME_CHANGE])
def test_other_changes_of_owner_are_proposed_alike(event: Event) -> None:
    assert set(changes(replace(SALE, event=event), LOT)) == {"owners"}


def test_co_owners_keep_their_exact_shares() -> None:
    thirds = tuple(replace(NEW, name=f"共有者{number}", share=Fraction(1, 3)) for number in range(3))
    assert changes(replace(SALE, owners=thirds), LOT)["owners"][1].count("3分の1") == 3


def described(**values: object) -> RegistrationNotice:
    """A notice of the description, without owners."""
    return replace(SALE, owners=(), previous=(), **values)  # type: ignore[arg-type]


def test_a_change_of_land_category_leaves_the_taxed_category_alone() -> None:
    notice = described(event=Event.CATEGORY_CHANGE, category_after="宅地")
    assert changes(notice, LOT) == {"category": ("畑", "宅地")}
    after = propose(notice, LOT, {}).after
    assert after is not None
    assert after.taxed_category == "雑種地"


def test_a_corrected_area_is_proposed() -> None:
    notice = described(event=Event.AREA_CORRECTION, area_before=Decimal(100), area_after=Decimal(101))
    assert changes(notice, LOT) == {"area": ("100", "101")}


def test_an_extension_and_a_demolition_of_a_house() -> None:
    wider = described(event=Event.EXTENSION, kind=PropertyKind.HOUSE, floor_area_after=Decimal("92.34"))
    assert changes(wider, HOUSE) == {"floor_area": ("80", "92.34")}
    gone = described(event=Event.DEMOLITION, kind=PropertyKind.HOUSE)
    assert changes(gone, HOUSE) == {"state": ("現存", "閉鎖")}


def test_a_new_house_is_proposed_whole() -> None:
    notice = replace(
        SALE, event=Event.NEW_HOUSE, kind=PropertyKind.HOUSE, number="123番4", house_kind="居宅", previous=()
    )
    found = changes(notice, None)
    assert found["state"] == ("なし", "現存")
    assert found["house_kind"] == ("", "居宅")


def test_a_split_makes_the_old_lot_smaller_and_brings_the_new_one() -> None:
    old = described(event=Event.SPLIT, area_before=Decimal(100), area_after=Decimal(60), related=("123番9",))
    assert changes(old, LOT) == {"area": ("100", "60")}
    new = replace(SALE, event=Event.SPLIT, number="123番9", area_after=Decimal(40), related=("123番4",), previous=())
    assert changes(new, None, LOT)["area"] == ("", "40")


def test_a_merger_closes_the_lot_that_went_into_another() -> None:
    other = replace(LOT, number="123番5")
    gone = described(event=Event.MERGE, related=("123番5",))
    assert changes(gone, LOT, other) == {"state": ("現存", "閉鎖")}


HELD: list[tuple[HoldReason, RegistrationNotice, Property | None]] = [
    (HoldReason.UNKNOWN_PROPERTY, SALE, None),
    (HoldReason.OWNER_MISMATCH, replace(SALE, previous=(("別の 人", "別の町"),)), LOT),
    (HoldReason.OUT_OF_ORDER, replace(SALE, reception="2025-12-31/4201/000001"), LOT),
    (HoldReason.ALREADY_APPLIED, replace(SALE, reception=LOT.last_reception), LOT),
    (HoldReason.SHARES_DO_NOT_SUM, replace(SALE, owners=(replace(NEW, share=Fraction(1, 3)),)), LOT),
    (HoldReason.UNMAPPED_CHARACTER, replace(SALE, unmapped=("氏名1字目 JMJ-058862",)), LOT),
    (HoldReason.PROTECTED_ADDRESS, replace(SALE, protected=True), LOT),
    (HoldReason.PARTNER_MISSING, described(event=Event.MERGE, related=("999番",)), LOT),
    (HoldReason.AREA_DIFFERS, described(event=Event.SPLIT, area_before=Decimal(99), area_after=Decimal(50)), LOT),
    (HoldReason.ALREADY_THERE, replace(SALE, event=Event.NEW_HOUSE, kind=PropertyKind.HOUSE, previous=()), HOUSE),
    (HoldReason.CLOSED_PROPERTY, SALE, replace(LOT, active=False)),
]


@pytest.mark.parametrize(("reason", "notice", "known"), HELD)
def test_what_does_not_fit_is_held_with_its_reason(
    reason: HoldReason, notice: RegistrationNotice, known: Property | None
) -> None:
    assert hold(notice, known) is reason


def test_every_reason_to_hold_is_reachable_and_has_its_words() -> None:
    assert {reason for reason, _, _ in HELD} == set(HoldReason) == set(HOLD_WORDS)
    assert all(all(words) for words in HOLD_WORDS.values())


@pytest.mark.parametrize("state", list(LineState))
@pytest.mark.parametrize("act", list(LineAct))
def test_a_line_moves_only_as_the_table_says(state: LineState, act: LineAct) -> None:
    if (state, act) in NEXT:
        assert advance("line", state, act) is NEXT[state, act]
        return
    with pytest.raises(Refused) as refusal:
        advance("line", state, act)
    assert refusal.value.reasons[0].code is ReasonCode.NOT_IN_THIS_STATE


def test_only_the_accepted_fields_change() -> None:
    after = replace(LOT, owners=(NEW,), category="宅地", last_reception=SALE.reception)
    only_owner = apply_fields(LOT, after, {"owners"})
    assert (only_owner.owners, only_owner.category) == ((NEW,), "畑")
    assert apply_fields(None, after, {"owners"}) == after


def test_notices_are_applied_by_reception_whatever_order_they_came_in() -> None:
    second = replace(
        SALE,
        notice="N-2",
        reception="2026-04-02/4201/000001",
        previous=((NEW.name, NEW.address),),
        owners=(OLD,),
    )
    for order in ([SALE, second], [second, SALE]):
        assert [each.hold for each in propose_all(order, {LOT.key: LOT})] == [None, None]


def test_the_same_notice_twice_in_a_file_is_proposed_once() -> None:
    assert summarise(propose_all([SALE, SALE], {LOT.key: LOT})).held == {"already_applied": 1}


def test_prices_are_told_only_when_decided_for_the_year() -> None:
    unpriced, last_year = replace(LOT, price=None), replace(LOT, fiscal_year=2025)
    assert list(decided([LOT, unpriced, last_year, replace(LOT, active=False)], 2026)) == [LOT]
    layout = shipped_layouts().find("price_notice")
    body = b"".join(write_price_notices(layout, [LOT], municipality="422011", fiscal_year=2026))
    seen = examine(layout, [body], municipality="422011")
    assert (seen.records, seen.fault_count) == (1, 0)
    record = next(iter(read(layout, [body])))
    assert (record.values["price"], record.values["lot_number"]) == ("1000000", "123番4")


def test_the_same_seed_gives_the_same_city_and_the_same_file() -> None:
    layout = shipped_layouts().find("registry_notice")
    files = [b"".join(notice_file(layout, make_rows(Random(3), make_ledger(Random(2), 100), 200))) for _ in range(2)]
    assert files[0] == files[1]
    seen = examine(layout, [files[0]], municipality="422011")
    assert (seen.fault_count, seen.numbers, seen.foreign) == (0, (), 0)


def test_a_synthetic_file_holds_every_kind_and_fits_but_for_its_misfits() -> None:
    layout, ledger = shipped_layouts().find("registry_notice"), make_ledger(Random(2), 2_000)
    body = b"".join(notice_file(layout, make_rows(Random(3), ledger, 2_000)))
    notices = list(read_notices(record.values for record in read(layout, [body])))
    kinds = {notice.event for notice in notices}
    assert kinds == set(Event)
    summary = summarise(propose_all(notices, {each.key: each for each in ledger}))
    assert summary.proposed > 0.9 * summary.notices
    assert {"unknown_property", "owner_mismatch", "out_of_order", "unmapped_character"} <= set(summary.held)


def test_a_synthetic_city_has_the_names_that_trouble_offices() -> None:
    layout, ledger = shipped_layouts().find("registry_notice"), make_ledger(Random(2), 400)
    names = "".join(owner.name for each in ledger for owner in each.owners)
    assert all(letter in names for letter in "髙﨑𠮷")
    body = b"".join(notice_file(layout, make_rows(Random(3), ledger, 400, misfits=0.0)))
    seen = examine(layout, [body], municipality="422011")
    assert {code for place in seen.private for code in place.codes} == {"F040"}, "never replaced by a question mark"
    notices = list(read_notices(record.values for record in read(layout, [body])))
    proposals = propose_all(notices, {each.key: each for each in ledger})
    assert {each.hold for each in proposals} == {None, HoldReason.UNMAPPED_CHARACTER}


def test_a_letter_of_the_sender_s_own_is_held_although_nobody_said_so() -> None:
    assert hold(replace(SALE, owners=(replace(NEW, name="\ue000田 健"),)), LOT) is HoldReason.UNMAPPED_CHARACTER


def test_a_correction_of_the_owner_and_of_the_description() -> None:
    right = replace(OLD, address="長崎市桜町1番11号")
    assert set(changes(replace(SALE, event=Event.CORRECTION, owners=(right,)), LOT)) == {"owners"}
    assert changes(described(event=Event.CORRECTION, category_after="宅地"), LOT) == {"category": ("畑", "宅地")}


def test_a_record_that_cannot_be_understood_names_its_notice() -> None:
    layout, ledger = shipped_layouts().find("registry_notice"), make_ledger(Random(2), 10)
    body = b"".join(notice_file(layout, make_rows(Random(3), ledger, 3)))
    broken = [{**record.values, "event": "不明な異動"} for record in read(layout, [body])]
    with pytest.raises(Refused) as refusal:
        list(read_notices(broken))
    assert refusal.value.reasons[0].facts["where"] == broken[0]["notice_id"]
