"""What S1 takes in costs the same however many donations a municipality has: every question is answered by an index."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sekisho.adapters.donations.models import DonationRow
from sekisho.adapters.donations.reading import find_donations
from sekisho.adapters.donations.responses import take_in_responses
from tests.fakes.donations import ANSWER, NAGASAKI, deliver, delivery_of, parcel_of, record

BY_ORDER = "order_search"


def plans(work: Callable[[], object]) -> list[str]:
    """How the database finds the donations of orders that the work asks for."""
    with CaptureQueriesContext(connection) as asked:
        work()
    found = []
    for said in asked.captured_queries:
        question = said["sql"]
        if question.startswith("SELECT") and BY_ORDER in question.partition(" WHERE ")[2]:
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN QUERY PLAN {question}", None)
                found.append("; ".join(str(row[3]) for row in cursor.fetchall()))
    return found


def bring_again() -> None:
    """A parcel of which one order is known."""
    deliver(NAGASAKI, "p2", parcel_of([record(1, amount="5000"), record(2)]))


def bring_an_answer() -> None:
    """What was answered to the donor of an order."""
    body = parcel_of([ANSWER], "response_history")
    take_in_responses(delivery_of(NAGASAKI, "r1", body, door="responses"), body)


def look_for_it() -> None:
    """An officer looks for an order."""
    assert find_donations(NAGASAKI, "N-0000001", "order")[0] == 1


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="the plan is read as SQLite tells it")
@pytest.mark.parametrize("work", [bring_again, bring_an_answer, look_for_it])
def test_an_order_is_found_without_reading_the_donations_of_others(
    areas: tuple[str, str], work: Callable[[], object]
) -> None:
    assert NAGASAKI in areas
    deliver(NAGASAKI, "p1", parcel_of([record(1)]))
    said = plans(work)
    assert said
    assert all(f"{BY_ORDER}=?" in plan for plan in said), said


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="the plan is read as SQLite tells it")
def test_a_question_without_the_portal_is_seen_to_read_all_of_the_area(areas: tuple[str, str]) -> None:
    planted = DonationRow.objects.filter(tenant_id=areas[0], order_search__in=["0" * 32])
    (plan,) = plans(lambda: list(planted))
    assert f"{BY_ORDER}=?" not in plan


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="the room is SQLite's")
def test_the_room_that_a_parcel_took_in_memory_is_given_back(areas: tuple[str, str]) -> None:
    with connection.cursor() as cursor:
        before = cursor.execute("PRAGMA cache_size").fetchone()
        deliver(areas[0], "p1", parcel_of([record(1)]))
        assert cursor.execute("PRAGMA cache_size").fetchone() == before
