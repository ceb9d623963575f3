"""What officers decide about proposed changes: once, reversibly, in order, in their own municipality only."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from sekisho.business.registry_notices import LineAct, Owner, Property, PropertyKind
from sekisho.kernel import ReasonCode, Refused
from tests.integration.conftest import NOW, Office

OLD = Owner(name="浦上 さくら", address="長崎市桜町1番1号", share=Fraction(1))
LOT = Property(
    kind=PropertyKind.LAND, location="長崎市桜町", number="123番4", category="畑", area=Decimal(100), owners=(OLD,)
)
RECORD = {
    "office_code": "4201",
    "city_code": "422011",
    "property_kind": "土地",
    "real_property_number": "",
    "registered_on": "2026-04-03",
    "event": "所有権移転",
    "purpose": "所有権移転",
    "cause": "売買",
    "location": "長崎市桜町",
    "lot_number": "123番4",
    "house_number": "",
    "owner_share": "",
    "category_after": "",
    "area_before": "",
    "area_after": "",
    "house_kind": "",
    "structure": "",
    "floor_area_after": "",
    "related_lots": "",
    "unmapped": "",
    "protected": "",
    "remarks": "",
}


def notice(number: int, before: str, after: str, **more: str) -> dict[str, str]:
    """A sale from one to another."""
    return {
        **RECORD,
        "notice_id": f"N-{number}",
        "received_on": f"2026-04-{number:02d}",
        "received_no": str(number),
        "owner_name": after,
        "owner_address": "長崎市桜町1番1号",
        "previous_name": before,
        "previous_address": "長崎市桜町1番1号",
        **more,
    }


def propose(office: Office, document: str, *records: dict[str, str]) -> list[str]:
    """Propose what a document says; answers the proposals' ids in their order."""
    from sekisho.adapters.database.models import ProposalRow
    from sekisho.adapters.database.property_proposals import prepare_proposals
    from sekisho.adapters.database.turns import writing

    prepared = prepare_proposals(office.tenant, document, records)
    with writing():
        prepared.write(NOW)
    return list(ProposalRow.objects.filter(document=document).order_by("reception").values_list("proposal", flat=True))


def decide(office: Office, proposal: str, act: LineAct, *fields: str) -> int:
    """One decision; answers how many lines changed."""
    from sekisho.adapters.database.property_decisions import Decision, decide_lines

    decision = Decision(tenant=office.tenant, proposal=proposal, act=act, person="urakami", at=NOW, fields=fields)
    return decide_lines(decision)


def ledger(office: Office) -> Property | None:
    """The lot as the ledger has it."""
    from sekisho.adapters.database.property_ledgers import find_properties
    from sekisho.adapters.database.sealing import Seals

    return find_properties(office.tenant, [LOT.key], Seals(office.tenant)).get(LOT.key)


@pytest.fixture
def city(office: Office) -> Office:
    """The office with one lot in its ledger."""
    from sekisho.adapters.database.property_ledgers import enter_properties

    enter_properties(office.tenant, [LOT])
    return office


def test_accepting_is_done_once_and_is_an_entry(city: Office) -> None:
    from sekisho.adapters.database.models import EntryRow

    (proposal,) = propose(city, "doc-1", notice(1, OLD.name, "稲佐 健"))
    assert decide(city, proposal, LineAct.ACCEPT) == 1
    assert decide(city, proposal, LineAct.ACCEPT) == 0
    found = ledger(city)
    assert found is not None
    assert [owner.name for owner in found.owners] == ["稲佐 健"]
    assert EntryRow.objects.filter(kind="accepted").count() == 1
    assert "稲佐".encode() not in b"".join(bytes(row.body) for row in EntryRow.objects.all())


def test_withdrawing_restores_the_property_exactly(city: Office) -> None:
    (proposal,) = propose(city, "doc-1", notice(1, OLD.name, "稲佐 健", category_after="宅地"))
    assert decide(city, proposal, LineAct.ACCEPT) == 2
    assert ledger(city) != LOT
    assert decide(city, proposal, LineAct.WITHDRAW) == 2
    assert ledger(city) == LOT


def test_lines_are_decided_one_by_one(city: Office) -> None:
    (proposal,) = propose(city, "doc-1", notice(1, OLD.name, "稲佐 健", category_after="宅地"))
    assert decide(city, proposal, LineAct.ACCEPT, "owners") == 1
    assert decide(city, proposal, LineAct.REJECT, "category") == 1
    found = ledger(city)
    assert found is not None
    assert (found.owners[0].name, found.category) == ("稲佐 健", "畑")
    with pytest.raises(Refused):
        decide(city, proposal, LineAct.ACCEPT, "category")


def test_withdrawing_one_line_leaves_the_others_in_the_ledger(city: Office) -> None:
    (proposal,) = propose(city, "doc-1", notice(1, OLD.name, "稲佐 健", category_after="宅地"))
    decide(city, proposal, LineAct.ACCEPT, "owners")
    decide(city, proposal, LineAct.ACCEPT, "category")
    assert decide(city, proposal, LineAct.WITHDRAW, "owners") == 1
    found = ledger(city)
    assert found is not None
    assert (found.owners, found.category) == (LOT.owners, "宅地")
    assert decide(city, proposal, LineAct.WITHDRAW, "category") == 1
    assert ledger(city) == LOT


def test_what_was_withdrawn_can_still_be_read_in_the_history(city: Office) -> None:
    from sekisho.adapters.database.models import PropertyVersion

    (proposal,) = propose(city, "doc-1", notice(1, OLD.name, "稲佐 健"))
    decide(city, proposal, LineAct.ACCEPT)
    decide(city, proposal, LineAct.WITHDRAW)
    history = list(PropertyVersion.objects.order_by("version").values_list("version", "act", "by", "proposal"))
    assert history == [(1, "accept", "urakami", proposal), (2, "withdraw", "urakami", proposal)]
    assert version(city, 1) == LOT
    assert version(city, 2).owners[0].name == "稲佐 健"


def version(office: Office, number: int) -> Property:
    """The lot as it was before a change or a withdrawal."""
    from sekisho.adapters.database.models import PropertyVersion
    from sekisho.adapters.database.property_facts import property_from_data
    from sekisho.adapters.database.property_ledgers import place_of
    from sekisho.adapters.database.sealing import Seals

    kept = PropertyVersion.objects.get(tenant_id=office.tenant, version=number)
    seals = Seals(office.tenant)
    seals.prepare([kept.search])
    assert kept.sealed is not None
    return property_from_data(seals.open(kept.search, place_of(kept.search, number), bytes(kept.sealed)))


def test_holding_and_releasing_are_entries_too(city: Office) -> None:
    from sekisho.adapters.database.models import EntryRow

    (proposal,) = propose(city, "doc-1", notice(1, OLD.name, "稲佐 健"))
    for act in (LineAct.HOLD, LineAct.RELEASE, LineAct.REJECT):
        assert decide(city, proposal, act) == 1
    kinds = ("postponed", "resumed", "rejected")
    assert list(EntryRow.objects.filter(kind__in=kinds).order_by("id").values_list("kind", flat=True)) == list(kinds)


def test_a_notice_of_an_unknown_lot_can_be_rejected_and_nothing_else(city: Office) -> None:
    (proposal,) = propose(city, "doc-1", notice(1, OLD.name, "稲佐 健", lot_number="999番"))
    with pytest.raises(Refused) as refusal:
        decide(city, proposal, LineAct.RELEASE)
    assert refusal.value.reasons[0].facts["state"] == "property_unknown"
    assert decide(city, proposal, LineAct.REJECT) == 1


def test_a_notice_that_comes_again_is_held_and_can_be_rejected(city: Office) -> None:
    from sekisho.adapters.database.models import ProposalRow

    (first,) = propose(city, "doc-1", notice(1, OLD.name, "稲佐 健"))
    decide(city, first, LineAct.ACCEPT)
    (again,) = propose(city, "doc-2", notice(1, OLD.name, "稲佐 健"))
    assert ProposalRow.objects.get(proposal=again).hold == "already_applied"
    assert decide(city, again, LineAct.REJECT) == 1


def test_a_notice_that_changes_nothing_is_taken_note_of_and_keeps_no_later_one_back(city: Office) -> None:
    same, later = propose(city, "doc-1", notice(1, OLD.name, OLD.name), notice(2, OLD.name, "稲佐 健"))
    assert decide(city, same, LineAct.ACCEPT) == 1
    assert decide(city, later, LineAct.ACCEPT) == 1
    found = ledger(city)
    assert found is not None
    assert found.owners[0].name == "稲佐 健"


def test_what_a_later_change_stands_on_is_not_withdrawn(city: Office) -> None:
    first, second = propose(city, "doc-1", notice(1, OLD.name, "稲佐 健"), notice(2, "稲佐 健", "出島 薫"))
    decide(city, first, LineAct.ACCEPT)
    decide(city, second, LineAct.ACCEPT)
    with pytest.raises(Refused) as refusal:
        decide(city, first, LineAct.WITHDRAW)
    assert refusal.value.reasons[0].code is ReasonCode.NOT_IN_THIS_STATE
    decide(city, second, LineAct.WITHDRAW)
    decide(city, first, LineAct.WITHDRAW)
    assert ledger(city) == LOT


def test_a_later_reception_waits_for_the_earlier_one(city: Office) -> None:
    _, second = propose(city, "doc-1", notice(1, OLD.name, "稲佐 健"), notice(2, "稲佐 健", "出島 薫"))
    with pytest.raises(Refused):
        decide(city, second, LineAct.ACCEPT)
    assert ledger(city) == LOT


def test_a_new_lot_comes_in_and_goes_out_again(city: Office) -> None:
    split = notice(1, "", OLD.name, event="分筆", lot_number="123番9", related_lots="123番4", area_after="40")
    (proposal,) = propose(city, "doc-1", {**split, "previous_name": "", "previous_address": ""})
    from sekisho.adapters.database.models import PropertyRow

    decide(city, proposal, LineAct.ACCEPT)
    assert PropertyRow.objects.filter(tenant_id=city.tenant).count() == 2
    decide(city, proposal, LineAct.WITHDRAW)
    assert PropertyRow.objects.filter(tenant_id=city.tenant).count() == 1


def test_a_new_lot_comes_in_whole_and_a_second_notice_can_bring_it_after_the_first_was_withdrawn(city: Office) -> None:
    from sekisho.adapters.database.models import PropertyRow, PropertyVersion

    split = notice(1, "", OLD.name, event="分筆", lot_number="123番9", related_lots="123番4", area_after="40")
    split |= {"previous_name": "", "previous_address": ""}
    (first,) = propose(city, "doc-1", split)
    (second,) = propose(city, "doc-2", {**split, "notice_id": "N-9", "area_after": "41"})
    assert decide(city, first, LineAct.ACCEPT, "area") == decide(city, first, LineAct.WITHDRAW, "owners") > 1
    assert decide(city, second, LineAct.ACCEPT) > 1
    assert PropertyRow.objects.filter(tenant_id=city.tenant).count() == 2
    assert list(PropertyVersion.objects.order_by("version").values_list("act", flat=True)) == [
        "accept",
        "withdraw",
        "accept",
    ]


def test_a_neighbour_finds_nothing_and_decides_nothing(city: Office, neighbour: Office) -> None:
    (proposal,) = propose(city, "doc-1", notice(1, OLD.name, "稲佐 健"))
    assert ledger(neighbour) is None
    with pytest.raises(Refused) as refusal:
        decide(neighbour, proposal, LineAct.ACCEPT)
    assert refusal.value.reasons[0].code is ReasonCode.NOT_FOUND
    assert ledger(city) == replace(LOT)
