"""A portal's file becomes donation records: one a donation, its amount once, its year by the day of payment."""

import csv
import io
from datetime import date

import pytest

from counterparts.donation_portal.columns import write_file
from counterparts.donation_portal.orders import CANCELLED, PAID, WAITING, Order, Plan, make_orders
from sekisho.adapters.layouts import shipped_layouts
from sekisho.adapters.places import city_expression
from sekisho.business.hometown_donations.donations import (
    PORTALS,
    Converted,
    compare_headings,
    convert,
    extend_layout,
    guess_mapping,
    read_headings,
    tell_sent,
)
from sekisho.records import RecordsError, examine

DONATIONS = 400
OURS = {PAID: "入金済", WAITING: "受付", CANCELLED: "取消"}


def orders_of(portal: str) -> list[Order]:
    """The made-up orders of a portal."""
    return make_orders(Plan(portal, 59, DONATIONS, 2026))


def converted(portal: str, body: bytes) -> Converted:
    """Its file as donation records."""
    shelf = shipped_layouts()
    layout, target = shelf.find(f"portal.{portal}"), shelf.find("donation.record")
    return convert(PORTALS[portal], layout, body, target, city_expression())


def rows_of(body: bytes) -> list[dict[str, str]]:
    """The records of a file, by heading."""
    return list(csv.DictReader(io.StringIO(body.decode())))


@pytest.mark.parametrize("portal", sorted(PORTALS))
def test_every_donation_of_a_portal_is_one_faultless_record_with_its_own_amount_and_day(portal: str) -> None:
    orders = orders_of(portal)
    found = converted(portal, write_file(portal, orders, {}))
    shelf = shipped_layouts()
    seen = examine(shelf.find("donation.record"), [found.records], vocabulary=shelf.vocabulary)
    assert (seen.records, seen.fault_count, seen.faults) == (DONATIONS, 0, ())
    assert (found.donations, found.amount) == (DONATIONS, sum(each.amount for each in orders))
    assert found.cancelled == sum(each.status == CANCELLED for each in orders) > 0
    for row, order in zip(rows_of(found.records), orders, strict=True):
        paid = "" if order.paid_on is None else order.paid_on.isoformat()
        assert (row["申込番号"], row["寄附金額"], row["申込の状態"]) == (
            order.number,
            str(order.amount),
            OURS[order.status],
        )
        assert row["寄附年月日"] == paid
        donor = order.donor
        assert (row["都道府県"], row["市区町村"]) == (donor.prefecture, donor.city)
        assert row["生年月日"] == donor.birth.isoformat()
        assert row["ワンストップ特例希望"] == ("希望する" if order.one_stop else "希望しない")


@pytest.mark.parametrize("portal", sorted(PORTALS))
def test_the_recipient_stands_apart_only_where_it_is_another_person(portal: str) -> None:
    orders = orders_of(portal)
    for row, order in zip(rows_of(converted(portal, write_file(portal, orders, {})).records), orders, strict=True):
        other = order.recipient if order.recipient != order.donor else None
        assert bool(row["送付先住所"]) == (other is not None)
        if other:
            assert other.given in row["送付先氏名"]


def test_a_transfer_in_january_is_a_donation_of_the_new_year() -> None:
    orders = orders_of("choice")
    late = [each for each in orders if each.paid_on and each.paid_on.year > each.ordered_at.year]
    assert late
    found = converted("choice", write_file("choice", orders, {}))
    assert found.by_year["2027"] == sum(each.amount for each in late)
    assert found.by_year["2026"] == sum(each.amount for each in orders if each.paid_on and each.paid_on.year == 2026)


def test_points_are_part_of_the_donation_and_several_articles_are_one_amount() -> None:
    orders = orders_of("rakuten")
    several = [each for each in orders if len(each.gifts) > 1]
    assert several
    assert any(each.points for each in several)
    body = write_file("rakuten", orders, {})
    assert body.count(b"\r\n") - 1 == DONATIONS + len(several)
    assert converted("rakuten", body).amount == sum(each.amount for each in orders)


def test_rows_of_one_order_that_differ_in_amount_are_not_guessed_about() -> None:
    order = next(each for each in orders_of("rakuten") if len(each.gifts) > 1)
    body = write_file("rakuten", [order], {})
    amount = f'"{order.amount}","{order.points}"'.encode("cp932")
    torn = body.replace(amount, b'"1","0"', 1)
    assert torn != body
    with pytest.raises(RecordsError, match="金額が違います") as fault:
        converted("rakuten", torn)
    assert order.donor.family not in str(fault.value)


def test_a_renamed_column_stops_the_import_and_is_guessed_from_its_place() -> None:
    shelf = shipped_layouts()
    layout = shelf.find("portal.satofuru")
    body = write_file("satofuru", orders_of("satofuru")[:3], {"性別": "ご性別"})
    headings = read_headings(layout, body)
    difference = compare_headings(layout, headings, shelf.vocabulary)
    assert difference.stops
    assert [each.heading for each in difference.missing] == ["性別"]
    assert difference.unknown == ("ご性別",)
    assert guess_mapping(layout, difference, headings) == {"sex": "ご性別"}
    assert not compare_headings(layout, headings, shelf.vocabulary, ["ご性別", "性別"]).stops


def test_the_new_version_knows_both_names_and_refuses_a_heading_that_is_another_fields() -> None:
    from sekisho.adapters.layouts import layouts_in_use, weigh_layout

    layout = shipped_layouts().find("portal.satofuru")
    text = layouts_in_use().file_of(layouts_in_use().version("portal.satofuru", layout.version)).text
    new = extend_layout(text, {"sex": "ご性別"}, date(2026, 11, 27), "2026-11-27")
    found = weigh_layout(new.encode(), "portal.satofuru@2026-11-27.yaml").layout
    headings = read_headings(found, write_file("satofuru", orders_of("satofuru")[:1], {"性別": "ご性別"}))
    assert not compare_headings(found, headings).stops
    with pytest.raises(RecordsError, match="割当て"):
        extend_layout(text, {"sex": "生年月日"}, date(2026, 11, 27), "x")


def test_what_was_sent_is_told_record_by_record() -> None:
    found = converted("furunavi", write_file("furunavi", orders_of("furunavi")[:5], {}))
    sent = tell_sent(shipped_layouts().find("donation.record"), found.records)
    assert (sent.records, sent.amount, len(set(sent.rows))) == (5, found.amount, 5)


def test_the_words_of_screens_and_searches_are_those_of_the_layouts() -> None:
    from sekisho.adapters.layouts import shipped_layouts
    from sekisho.business.hometown_donations.donations import SOURCES
    from sekisho.web.components.portals import PORTAL_WORDS, portal_words
    from sekisho.web.donation_manager.pages.donations.page import ENGLISH

    def codes(layout: str, name: str) -> tuple[str, ...]:
        fields = {field.name: field for field in shipped_layouts().find(layout).fields}
        return tuple(fields[name].codes)

    assert {*codes("response_history", "channel"), *codes("response_history", "subject")} == set(ENGLISH)
    assert {each.portal for each in SOURCES} == set(PORTAL_WORDS) == set(codes("donation.record", "portal"))
    assert set(PORTALS) < set(PORTAL_WORDS)
    assert str(portal_words("unheard-of")) == "unheard-of"
