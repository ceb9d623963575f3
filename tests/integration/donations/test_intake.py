"""The door's inside: whole parcels or nothing, twice is once, areas apart, everything personal sealed."""

import hashlib

import pytest

from sekisho.adapters.database.canaries import register_canary
from sekisho.adapters.database.ledgers import read_entries, sequence
from sekisho.adapters.donations.models import DonationRow, DonorRow, IntakeRow, ResponseRow
from sekisho.adapters.donations.reading import donation_of, donor_of, find_donations
from sekisho.adapters.donations.responses import take_in_responses
from sekisho.kernel import ReasonCode, Refused
from sekisho.records import individual_check_digit
from tests.fakes.donations import ANSWER, NAGASAKI, NEIGHBOUR, NOW, deliver, delivery_of, parcel_of, record


def codes(refused: pytest.ExceptionInfo[Refused]) -> set[ReasonCode]:
    return {each.code for each in refused.value.reasons}


def test_every_record_is_answered_with_the_digest_of_its_own_bytes(areas: tuple[str, str]) -> None:
    body = parcel_of([record(1), record(2)])
    taken = deliver(NAGASAKI, "p1", body)
    lines = body.splitlines(keepends=True)[1:]
    assert taken.rows == tuple(hashlib.sha256(line).hexdigest() for line in lines)
    assert (taken.records, taken.amount, taken.new, taken.known) == (2, 23_000, 2, 0)
    assert DonorRow.objects.count() == 2


def test_the_same_parcel_is_taken_once_and_answered_twice(areas: tuple[str, str]) -> None:
    body = parcel_of([record(1)])
    assert deliver(NAGASAKI, "p1", body) == deliver(NAGASAKI, "p1", body)
    assert DonationRow.objects.count() == 1
    assert IntakeRow.objects.count() == 1


def test_the_number_of_a_parcel_is_not_used_for_other_bytes(areas: tuple[str, str]) -> None:
    deliver(NAGASAKI, "p1", parcel_of([record(1)]))
    with pytest.raises(Refused) as refused:
        deliver(NAGASAKI, "p1", parcel_of([record(2)]))
    assert codes(refused) == {ReasonCode.KEY_USED_FOR_OTHER_BYTES}
    assert DonationRow.objects.count() == 1


def test_an_order_that_comes_again_is_known_and_not_doubled(areas: tuple[str, str]) -> None:
    deliver(NAGASAKI, "p1", parcel_of([record(1, status="受付", paid_on=""), record(2)]))
    again = deliver(NAGASAKI, "p2", parcel_of([record(1), record(2), record(3)]))
    assert (again.new, again.known) == (1, 2)
    assert DonationRow.objects.count() == 3
    _, found = find_donations(NAGASAKI, "N-0000001", "order")
    assert [(each.status, each.year) for each in found] == [("入金済", 2026)]


def test_the_day_of_payment_decides_the_year(areas: tuple[str, str]) -> None:
    late = record(1, ordered_at="2026-12-31 23:50", paid_on="2027-01-04")
    deliver(NAGASAKI, "p1", parcel_of([late]))
    assert DonationRow.objects.get().year == 2027


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([record(1), record(2, amount="0")], ReasonCode.RECORDS_FAULTY),
        ([record(1), record(1)], ReasonCode.RECORDS_FAULTY),
        ([], ReasonCode.EMPTY_PARCEL),
    ],
)
def test_one_bad_record_leaves_nothing_behind(
    areas: tuple[str, str], rows: list[dict[str, str]], expected: ReasonCode
) -> None:
    with pytest.raises(Refused) as refused:
        deliver(NAGASAKI, "p1", parcel_of(rows))
    assert codes(refused) == {expected}
    assert not DonationRow.objects.exists()
    assert not IntakeRow.objects.exists()


def test_other_bytes_than_announced_are_not_taken(areas: tuple[str, str]) -> None:
    with pytest.raises(Refused) as refused:
        deliver(NAGASAKI, "p1", parcel_of([record(1)]), sha256="0" * 64)
    assert codes(refused) == {ReasonCode.DIGEST_DIFFERS}


def test_another_layout_or_a_renamed_column_is_not_taken(areas: tuple[str, str]) -> None:
    renamed = parcel_of([record(1)]).replace("寄附金額".encode(), "寄附の額".encode())
    for body, expected in ((answers(), ReasonCode.LAYOUT_NOT_APPROVED), (renamed, ReasonCode.RECORDS_FAULTY)):
        with pytest.raises(Refused) as refused:
            deliver(NAGASAKI, "p1", body)
        assert expected in codes(refused)
    assert not DonationRow.objects.exists()


def test_an_individual_number_comes_through_no_door(areas: tuple[str, str]) -> None:
    number = f"12345678901{individual_check_digit('12345678901')}"
    with pytest.raises(Refused) as refused:
        deliver(NAGASAKI, "p1", parcel_of([record(1, building=number)]))
    assert codes(refused) == {ReasonCode.INDIVIDUAL_NUMBER_FOUND}
    assert number not in str([each.ja for each in refused.value.reasons])
    assert deliver(NAGASAKI, "p2", parcel_of([record(1, order_number=number)])).new == 1  # a portal's own number


def test_a_parcel_with_the_canary_of_a_neighbour_is_not_taken(areas: tuple[str, str]) -> None:
    canary = "見張り番　諏訪ノ森架空子"
    register_canary(NEIGHBOUR, canary, NOW)
    body = parcel_of([record(1), record(2, name=canary)])
    with pytest.raises(Refused) as refused:
        deliver(NAGASAKI, "p1", body)
    assert codes(refused) == {ReasonCode.FOREIGN_CANARY}
    assert not DonationRow.objects.exists()
    assert deliver(NEIGHBOUR, "p1", body).new == 2, "one's own may be there"


def test_a_link_takes_its_own_portal_only(areas: tuple[str, str]) -> None:
    with pytest.raises(Refused) as refused:
        deliver(NAGASAKI, "p1", parcel_of([record(1)]), door="link", portal="rakuten")
    assert codes(refused) == {ReasonCode.INPUT_NOT_UNDERSTOOD}
    assert deliver(NAGASAKI, "p1", parcel_of([record(1)]), door="link", portal="choice").new == 1
    with pytest.raises(Refused) as refused:
        deliver(NAGASAKI, "p1", parcel_of([record(1)]))  # the same parcel through another door
    assert codes(refused) == {ReasonCode.KEY_USED_FOR_OTHER_BYTES}


def test_two_areas_may_have_an_order_of_the_same_number_and_see_only_their_own(areas: tuple[str, str]) -> None:
    deliver(NAGASAKI, "p1", parcel_of([record(1)]))
    deliver(NEIGHBOUR, "p1", parcel_of([record(1, name="隣市　民子"), record(2)]))
    assert find_donations(NAGASAKI, "隣市民子")[0] == 0
    total, found = find_donations(NAGASAKI, "試験太郎")
    assert (total, [each.personal["name"] for each in found]) == (1, ["試験　太郎"])
    other = DonationRow.objects.filter(tenant_id=NEIGHBOUR).first()
    assert other is not None
    assert donation_of(NAGASAKI, other.pk) is None
    assert donor_of(NAGASAKI, other.donor_id) is None


@pytest.mark.parametrize(
    "typed",
    [
        "試験太郎",
        "しけん たろう",
        "千代田区桜町2-22",
        "東京都千代田区桜町２番２２号",
        "0950000001",
        "DONOR1@example.invalid",
        "N-0000001",
    ],
)
def test_a_donor_is_found_by_whatever_an_officer_types(areas: tuple[str, str], typed: str) -> None:
    deliver(NAGASAKI, "p1", parcel_of([record(number) for number in range(5)]))
    total, found = find_donations(NAGASAKI, typed)
    assert (total, found[0].personal["name"]) == (1, "試験　太郎")


@pytest.mark.parametrize(
    ("typed", "kind"),
    [("", ""), (" \u3000", ""), ("-", "telephone"), ("abc", "telephone"), ("-", ""), ("試験", "mail")],
)
def test_what_can_be_nobody_s_finds_nobody(areas: tuple[str, str], typed: str, kind: str) -> None:
    deliver(NAGASAKI, "p1", parcel_of([record(number) for number in range(5)]))
    assert find_donations(NAGASAKI, typed, kind) == (0, ())


def test_no_row_tells_of_a_person(areas: tuple[str, str]) -> None:
    secret = record(
        1, recipient_name="受取　みのる", recipient_address="長崎県長崎市浜町3番5号", birth="1980-02-03", sex="女"
    )
    deliver(NAGASAKI, "p1", parcel_of([secret]))
    row = DonationRow.objects.values().get()
    told = " ".join(repr(value) for value in row.values())
    for name in ("name", "kana", "street", "telephone", "mail", "order_number", "recipient_name", "birth", "postcode"):
        assert secret[name] not in told, name
        assert secret[name].encode() not in bytes(row["sealed"]), name


def test_the_entry_of_a_parcel_holds_digests_and_counts_only(areas: tuple[str, str]) -> None:
    body = parcel_of([record(1)])
    deliver(NAGASAKI, "p1", body)
    sequence(NAGASAKI)
    entry = list(read_entries(NAGASAKI))[-1]
    assert (entry["kind"], entry["records"], entry["amount"]) == ("received", 1, 11_000)
    assert entry["digest"] == hashlib.sha256(body).hexdigest()
    assert "試験" not in repr(entry)


def answers(**other: str) -> bytes:
    return parcel_of([ANSWER | other], "response_history")


def test_answers_land_on_their_donation_and_twice_is_once(areas: tuple[str, str]) -> None:
    deliver(NAGASAKI, "p1", parcel_of([record(1)]))
    for parcel in ("r1", "r2"):
        body = answers()
        taken = take_in_responses(delivery_of(NAGASAKI, parcel, body, door="responses"), body)
    assert (taken.new, taken.known) == (0, 1)
    row = ResponseRow.objects.get()
    assert "案内した".encode() not in bytes(row.sealed)
    donor = donor_of(NAGASAKI, row.donation.donor_id)
    assert donor is not None
    assert [each.words for each in donor.answers] == ["到着の予定を案内した"]


def test_another_answer_of_the_same_minute_is_never_taken_for_a_known_one(areas: tuple[str, str]) -> None:
    deliver(NAGASAKI, "p1", parcel_of([record(1)]))
    first, other = answers(), answers(answer="訂正: 到着は来週")
    take_in_responses(delivery_of(NAGASAKI, "r1", first, door="responses"), first)
    with pytest.raises(Refused) as refused:
        take_in_responses(delivery_of(NAGASAKI, "r2", other, door="responses"), other)
    assert codes(refused) == {ReasonCode.FIELD_NOT_UNDERSTOOD}
    assert ResponseRow.objects.count() == 1


@pytest.mark.parametrize(
    ("other", "expected"),
    [({"city_code": NEIGHBOUR}, ReasonCode.OTHER_MUNICIPALITY), ({"order_number": "N-9"}, ReasonCode.NOT_FOUND)],
)
def test_an_answer_of_another_municipality_or_about_nothing_is_refused(
    areas: tuple[str, str], other: dict[str, str], expected: ReasonCode
) -> None:
    deliver(NAGASAKI, "p1", parcel_of([record(1)]))
    body = answers(**other)
    with pytest.raises(Refused) as refused:
        take_in_responses(delivery_of(NAGASAKI, "r1", body, door="responses"), body)
    assert expected in codes(refused)
    assert not ResponseRow.objects.exists()
