"""What donors are found by, where they live on the map, and how long they are kept."""

from datetime import date

import pytest

from sekisho.business.hometown_donations.donors import (
    PREFECTURES,
    KeepingRule,
    SearchKind,
    keep_donation_until,
    keep_invitation_until,
    prefecture_of,
    search_text,
)
from sekisho.business.hometown_donations.receipts import (
    PaperKind,
    Piece,
    codes_in,
    first_wrong,
    paper_code,
    paper_number,
)


def test_every_prefecture_has_a_tile_of_its_own() -> None:
    assert [each.number for each in PREFECTURES] == list(range(1, 48))
    assert len({(each.column, each.row) for each in PREFECTURES}) == 47


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        (SearchKind.NAME, "髙橋　邊", "高橋 辺"),
        (SearchKind.KANA, "ﾀｶﾊｼ", "たかはし"),
        (SearchKind.ADDRESS, "長崎県長崎市桜町２番２２号", "長崎市 桜町2-22"),
        (SearchKind.ADDRESS, "神奈川県横浜市中区1-1", "横浜市中区１番１号"),
        (SearchKind.TELEPHONE, "+81 95-000-0001", "０９５(000)0001"),
        (SearchKind.TELEPHONE, "+81 (0)90-0000-0001", "09000000001"),
        (SearchKind.TELEPHONE, "9000000001", "090-0000-0001"),
        (SearchKind.TELEPHONE, "+1 555 0100", "1-555-0100"),
        (SearchKind.MAIL, "A@Example.invalid", "a@example.invalid"),
    ],
)
def test_what_is_meant_alike_is_found_alike(kind: SearchKind, one: str, other: str) -> None:
    assert search_text(kind, one) == search_text(kind, other)


def test_a_city_that_begins_like_no_prefecture_is_not_cut() -> None:
    assert prefecture_of("京都市中京区") == 0
    assert prefecture_of("京都府京都市") == 26


def test_a_donation_is_kept_longer_than_its_donor_may_be_invited() -> None:
    rule, ordered, paid = KeepingRule(), date(2026, 12, 31), date(2027, 1, 4)
    assert keep_donation_until(rule, ordered, paid) == date(2034, 12, 31)
    assert keep_invitation_until(rule, paid) == date(2028, 12, 31)
    assert keep_invitation_until(rule, None) is None


def piece(number: int) -> Piece:
    code = paper_code(PaperKind.RECEIPT, 2026, number, 0, f"{number:08x}")
    return Piece(code=code, name=f"見本 {number}", address="長崎市", amount=10_000)


def page(number: int) -> str:
    each = piece(number)
    return f"{each.name}\n{each.address} 金 10,000 円\n{each.code}"


def test_pages_in_order_are_right_and_any_slip_is_found_at_its_place() -> None:
    pieces, pages = [piece(number) for number in range(1, 5)], [page(number) for number in range(1, 5)]
    assert first_wrong(pages, pieces) is None
    assert first_wrong([*pages[1:], pages[0]], pieces) == 1
    assert first_wrong([pages[0], pages[2], pages[1], pages[3]], pieces) == 2
    assert first_wrong(pages[:3], pieces) == 4
    assert first_wrong([*pages, pages[0]], pieces) == 5
    assert first_wrong([pages[0] + pages[1], *pages[1:]], pieces) == 1


def test_a_code_is_read_however_wide_it_was_written() -> None:
    assert codes_in("ＲＲ2026-000001-0000000A R2026-000001-1-0000000A") == [
        "R2026-000001-0000000A",
        "R2026-000001-1-0000000A",
    ]
    assert paper_number(2026, 12) == "令和8年 第000012号"
