"""A batch that is under way: its cases are not withdrawn behind it, and one run of an area goes at a time."""

from collections.abc import Callable
from datetime import date

import pytest

from sekisho.kernel import ReasonCode, Refused
from tests.integration.one_stop.conftest import AREA, deed, take_application
from tests.integration.one_stop.test_applications import row_of
from tests.integration.one_stop.test_notices_cross import JANUARY, issue

Donate = Callable[[list[dict[str, str]]], list[int]]
Forms = list[dict[str, str]]


@pytest.fixture
def case(donate: Donate, forms: Forms) -> str:
    """One application that is final."""
    from sekisho.adapters.donations.notice_books import freeze_year

    made = take_application(donate(forms)[0], forms[0])
    freeze_year(AREA, 2026, date(2027, 1, 11), JANUARY)
    return made


def code_of(refused: pytest.ExceptionInfo[Refused]) -> ReasonCode:
    """Why it was refused."""
    return refused.value.reasons[0].code


@pytest.mark.parametrize("leaves", [False, True])
def test_a_case_in_a_batch_under_way_is_not_withdrawn(case: str, *, leaves: bool) -> None:
    from sekisho.adapters.donations.notice_books import note_leaving, prepare_batches
    from sekisho.adapters.donations.one_stop_desk import take_step

    (made,), _ = prepare_batches(issue())
    if leaves:
        note_leaving(AREA, made.row, "p9")
    with pytest.raises(Refused) as refused:
        take_step(deed(case), "withdraw")
    assert code_of(refused) is ReasonCode.NOT_IN_THIS_STATE
    assert row_of(case).state == "frozen"


def test_a_case_whose_batch_was_given_up_is_withdrawn_and_not_told(case: str) -> None:
    from sekisho.adapters.donations.notice_books import give_up, prepare_batches
    from sekisho.adapters.donations.one_stop_desk import take_step

    (made,), _ = prepare_batches(issue())
    give_up(AREA, made.row)
    take_step(deed(case), "withdraw")
    assert row_of(case).state == "withdrawn"
    assert prepare_batches(issue()) == ((), ())


def test_a_case_that_is_withdrawn_after_the_plan_is_not_written_into_a_batch(
    case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sekisho.adapters.donations import notice_books
    from sekisho.adapters.donations.models import NoticeBatchRow
    from sekisho.adapters.donations.notice_plans import plan_year
    from sekisho.adapters.donations.one_stop_desk import take_step

    plan = plan_year(AREA, 2026)
    take_step(deed(case), "withdraw")
    monkeypatch.setattr(notice_books, "plan_year", lambda *_: plan)
    with pytest.raises(Refused) as refused:
        notice_books.prepare_batches(issue())
    assert code_of(refused) is ReasonCode.NOT_IN_THIS_STATE
    assert NoticeBatchRow.objects.count() == 0


def test_nobody_says_by_hand_that_an_electronic_batch_arrived(case: str) -> None:
    from sekisho.adapters.donations.notice_books import answer_batch, give_up, prepare_batches

    (made,), _ = prepare_batches(issue())
    with pytest.raises(Refused) as refused:
        answer_batch(AREA, made.row, "書留 1", JANUARY, "tateyama")
    assert code_of(refused) is ReasonCode.NOT_IN_THIS_STATE
    give_up(AREA, made.row)
    with pytest.raises(Refused):
        answer_batch(AREA, made.row, "N1", JANUARY)
    assert row_of(case).state == "frozen"


def test_a_batch_that_was_given_up_does_not_leave_after_all(case: str) -> None:
    from sekisho.adapters.donations.models import NoticeBatchRow
    from sekisho.adapters.donations.notice_books import give_up, note_leaving, prepare_batches

    (made,), _ = prepare_batches(issue())
    give_up(AREA, made.row)
    note_leaving(AREA, made.row, "p9")
    assert NoticeBatchRow.objects.values_list("state", "parcel").get() == ("given_up", "")


def test_a_second_run_of_an_area_is_refused_while_the_first_is_under_way(
    case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sekisho.adapters.donations.models import NoticeBatchRow
    from sekisho.bootstrap import donation_notices

    seen: list[ReasonCode] = []

    def land(*_: object) -> str:
        """The first run is landing its batch when the button is pressed again."""
        with pytest.raises(Refused) as refused:
            donation_notices.send_notices(issue())
        seen.append(code_of(refused))
        return "p1"

    monkeypatch.setattr(donation_notices, "land_batch", land)
    donation_notices.send_notices(issue())
    assert seen == [ReasonCode.NOT_IN_THIS_STATE]
    assert NoticeBatchRow.objects.values_list("state", flat=True).get() == "made"


def test_a_year_is_planned_with_as_many_questions_for_two_cases_as_for_one(donate: Donate, forms: Forms) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from sekisho.adapters.donations.notice_books import freeze_year
    from sekisho.adapters.donations.notice_plans import plan_year

    counts, donations = [], donate(forms)
    for donation, form in zip(donations[:3], forms, strict=False):
        take_application(donation, form)
        freeze_year(AREA, 2026, date(2027, 1, 11), JANUARY)
        with CaptureQueriesContext(connection) as asked:
            plan_year(AREA, 2026)
        counts.append(len(asked))
    assert len(set(counts)) == 1, counts
