"""One notice a donor, one batch a destination, covers that add up, and a list of those of whom none can be made."""

from dataclasses import replace
from datetime import date
from random import Random

import pytest

from sekisho.adapters.layouts import layouts_in_use
from sekisho.adapters.places import shipped_municipalities
from sekisho.business.hometown_donations.notices import (
    ABROAD,
    OBSTACLES,
    RETURNS,
    UNKNOWN,
    NoticeAction,
    NoticeObstacle,
    ReturnKind,
    SealedRow,
    SentNotice,
    broken_rows,
    check_batch,
    group_notices,
    make_batches,
    plan_notices,
    residence_in,
    split_writable,
    write_batch,
)
from sekisho.kernel import ReasonCode, Refused
from sekisho.records import Layout, PlaceKind, examine
from tests.fakes.one_stop import KEY, SENDER, application_of, sealed, sealed_rows, typed_form

RESIDENCE = residence_in(shipped_municipalities())
DAY = date(2027, 1, 20)


def layout() -> Layout:
    """The layout of the notice."""
    return layouts_in_use().version("onestop.notice", "2016-reconstructed")


def test_several_donations_of_one_donor_are_one_notice_with_the_sum_of_the_year() -> None:
    typed = typed_form(Random(1))
    rows = [
        sealed(application_of({**typed, "amount": str(each)}, f"2026-{each:06d}", each)) for each in (30_000, 50_000)
    ]
    grouping = group_notices(rows, KEY, RESIDENCE)
    assert [(each.total, each.reception_number) for each in grouping.notices] == [(80_000, "2026-030000")]
    assert grouping.exceptions == ()


def test_two_people_of_one_name_and_address_stay_two() -> None:
    typed = typed_form(Random(2))
    other = {**typed, "individual_number": typed_form(Random(3))["individual_number"]}
    rows = [sealed(application_of(typed, "2026-000001")), sealed(application_of(other, "2026-000002"))]
    assert len(group_notices(rows, KEY, RESIDENCE).notices) == 2


def test_every_row_is_in_exactly_one_batch_and_covers_add_up_to_the_yen() -> None:
    rows = list(sealed_rows(Random(4), 200))
    grouping = group_notices(rows, KEY, RESIDENCE)
    batches = make_batches(grouping.notices, SENDER, DAY)
    assert sum(batch.rows for batch in batches) == 200
    assert sum(batch.total for batch in batches) == sum(row.seal.amount for row in rows)
    assert len({batch.destination for batch in batches}) == len(batches) == 5


def test_donors_of_every_municipality_of_the_country_are_one_batch_each() -> None:
    table, chance = shipped_municipalities(), Random(1741)
    # Nobody lives in the villages of the northern islands; one of them shares the name 泊村.
    places = [
        each
        for each in table.rows.values()
        if each.kind is PlaceKind.MUNICIPALITY and each.valid_until is None and not "016951" <= each.code <= "017001"
    ]
    rows = [
        sealed(
            application_of({**typed_form(chance), "address": f"{place.prefecture}{place.name}1番1号"}, f"2026-{n:06d}")
        )
        for n, place in enumerate(places, start=1)
    ]
    grouping = group_notices(rows, KEY, RESIDENCE)
    assert grouping.exceptions == ()
    batches = make_batches(grouping.notices, SENDER, DAY)
    assert [batch.destination for batch in batches] == sorted(place.code for place in places)
    assert len(batches) > 1_000
    assert {batch.rows for batch in batches} == {1}
    assert sum(batch.total for batch in batches) == sum(row.seal.amount for row in rows)


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("北海道札幌市中央区北1条西2丁目", "011002"),  # a ward stands for its city
        ("東京都港区芝公園1番", "131032"),  # a special ward is a municipality
        ("長崎県長崎市桜町2番22号", "422011"),
        ("1600 Pennsylvania Avenue, Washington", ABROAD),
        ("国外 シンガポール", ABROAD),
        ("桜町2番22号", UNKNOWN),
        ("", UNKNOWN),
    ],
)
def test_the_destination_is_the_municipality_of_residence(address: str, code: str) -> None:
    assert RESIDENCE(address) == code


@pytest.mark.parametrize(
    ("change", "obstacle"),
    [
        ({"address": "桜町2番22号"}, NoticeObstacle.ADDRESS_UNKNOWN),
        ({"address": "国外 シンガポール"}, NoticeObstacle.ABROAD),
    ],
)
def test_an_address_that_names_no_municipality_is_on_the_list_of_exceptions(
    change: dict[str, str], obstacle: NoticeObstacle
) -> None:
    grouping = group_notices([sealed(application_of({**typed_form(Random(5)), **change}))], KEY, RESIDENCE)
    assert [(each.applications, each.obstacle) for each in grouping.exceptions] == [(("2026-000001",), obstacle)]
    assert grouping.notices == ()


def test_rows_of_one_number_that_disagree_are_not_guessed_at() -> None:
    typed = typed_form(Random(6))
    moved = {**typed, "address": "福岡県福岡市博多区博多駅前1番1号"}
    rows = [sealed(application_of(typed, "2026-000001")), sealed(application_of(moved, "2026-000002"))]
    assert [each.obstacle for each in group_notices(rows, KEY, RESIDENCE).exceptions] == [NoticeObstacle.ROWS_DISAGREE]


def test_a_row_that_changed_after_it_was_sealed_is_not_notified() -> None:
    row = sealed(application_of(typed_form(Random(7))))
    person = replace(row.application.applicant, individual_number=typed_form(Random(8))["individual_number"])
    planted = replace(row, application=replace(row.application, applicant=person))
    assert [each.obstacle for each in group_notices([planted], KEY, RESIDENCE).exceptions] == [
        NoticeObstacle.SEAL_BROKEN
    ]


def test_the_file_fits_its_layout_and_is_what_was_sealed() -> None:
    batch = make_batches(group_notices(sealed_rows(Random(9), 40), KEY, RESIDENCE).notices, SENDER, DAY)[0]
    written = list(write_batch(layout(), batch))
    assert examine(layout(), written).fault_count == 0
    check_batch(KEY, layout(), batch, written)


def test_another_key_holds_no_seal_and_a_missing_or_added_row_is_seen() -> None:
    batch = make_batches(group_notices(sealed_rows(Random(10), 40), KEY, RESIDENCE).notices, SENDER, DAY)[0]
    written = list(write_batch(layout(), batch))
    assert len(broken_rows(bytes(32), layout(), batch, written)) == batch.rows
    assert broken_rows(KEY, layout(), batch, written[:-1]) == (batch.rows,)
    with pytest.raises(Refused) as refused:
        check_batch(KEY, layout(), batch, [*written, written[0]])
    assert refused.value.reasons[0].code is ReasonCode.ROW_SEAL_BROKEN
    assert batch.notices[0].applicant.name not in refused.value.reasons[0].ja


def test_a_torn_file_is_refused_too() -> None:
    batch = make_batches(group_notices(sealed_rows(Random(11), 10), KEY, RESIDENCE).notices, SENDER, DAY)[0]
    torn = b"".join(write_batch(layout(), batch)).replace(b",", b"", 1)
    with pytest.raises(Refused):
        check_batch(KEY, layout(), batch, [torn])


def test_a_name_that_the_encoding_cannot_write_goes_on_paper_and_the_others_go_on() -> None:
    rare = {**typed_form(Random(12)), "name": "𠮷野　光", "address": "長崎県佐世保市八幡町1番"}
    plain = {**typed_form(Random(13)), "address": "長崎県佐世保市八幡町2番"}
    rows = [sealed(application_of(rare, "2026-000001")), sealed(application_of(plain, "2026-000002"))]
    (batch,) = make_batches(group_notices(rows, KEY, RESIDENCE).notices, SENDER, DAY)
    kept, on_paper = split_writable(layout(), batch)
    assert [each.reception_number for each in kept.notices] == ["2026-000002"]
    assert [each.reception_number for each in on_paper] == ["2026-000001"]


def test_a_correction_and_a_cancellation_keep_the_number_and_are_sealed_alike() -> None:
    (notice,) = group_notices(sealed_rows(Random(14), 1), KEY, RESIDENCE).notices
    for action in (NoticeAction.CORRECT, NoticeAction.CANCEL):
        (batch,) = make_batches([replace(notice, action=action)], SENDER, DAY)
        written = list(write_batch(layout(), batch))
        check_batch(KEY, layout(), batch, written)
        assert str(action).encode("cp932") in written[0]


def test_every_obstacle_and_every_return_has_its_words() -> None:
    assert set(OBSTACLES) == set(NoticeObstacle)
    assert set(RETURNS) == set(ReturnKind)


def planned_of(
    standing: list[SealedRow], withdrawn: list[SealedRow], sent: dict[str, SentNotice]
) -> list[tuple[str, ...]]:
    """What is due, as (action, number, destination, yen, applications)."""
    notices = group_notices(standing, KEY, RESIDENCE).notices
    leaving = group_notices(withdrawn, KEY, RESIDENCE).notices
    return [
        (
            str(each.notice.action),
            each.notice.reception_number,
            each.notice.destination,
            str(each.notice.total),
            *each.applications,
        )
        for each in plan_notices(notices, leaving, sent)
    ]


def two_rows() -> list[SealedRow]:
    """Two donations of one donor of 長崎市."""
    typed = {**typed_form(Random(15)), "address": "長崎県長崎市桜町2番22号"}
    return [
        sealed(application_of({**typed, "amount": str(each)}, f"2026-{each:06d}", each)) for each in (30_000, 50_000)
    ]


def test_what_nobody_was_told_is_new_and_what_changed_is_a_correction_under_its_number() -> None:
    one, other = two_rows()
    assert planned_of([one, other], [], {}) == [
        ("新規", "2026-030000", "422011", "80000", "2026-030000", "2026-050000")
    ]
    sent = {"2026-050000": SentNotice(reception_number="2026-050000", destination="422011")}
    assert planned_of([one, other], [], sent) == [
        ("訂正", "2026-050000", "422011", "80000", "2026-030000", "2026-050000")
    ]


def test_a_donor_who_moved_is_cancelled_there_and_new_here() -> None:
    one, _ = two_rows()
    sent = {"2026-030000": SentNotice(reception_number="2026-030000", destination="422029")}
    assert planned_of([one], [], sent) == [
        ("取消", "2026-030000", "422029", "30000"),
        ("新規", "2026-030000", "422011", "30000", "2026-030000"),
    ]


def test_one_of_two_withdrawn_is_a_correction_and_both_are_a_cancellation() -> None:
    one, other = two_rows()
    sent = {
        each.seal.application: SentNotice(reception_number="2026-030000", destination="422011") for each in (one, other)
    }
    assert planned_of([other], [one], sent) == [
        ("訂正", "2026-030000", "422011", "50000", "2026-050000", "2026-030000")
    ]
    assert planned_of([], [one, other], sent) == [
        ("取消", "2026-030000", "422011", "80000", "2026-030000", "2026-050000")
    ]
    assert planned_of([], [one], {}) == []
