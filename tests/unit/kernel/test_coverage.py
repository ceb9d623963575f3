"""What the version in force of an assessment does not cover is said by name."""

from datetime import UTC, datetime

import pytest

from sekisho.kernel import AssessmentStanding, Coverage, Particulars

PRINTED = Particulars(counterpart="printer", items=("name", "address"))
LISTED = (Coverage(connection="ordinary"), Coverage(connection="special", particulars=PRINTED))


def standing(coverage: tuple[Coverage, ...] | None) -> AssessmentStanding:
    """An assessment that covers this."""
    return AssessmentStanding(assessment="a", in_force_from=datetime(2019, 1, 1, tzinfo=UTC), coverage=coverage)


@pytest.mark.parametrize(
    ("connection", "counterpart", "items", "lacking"),
    [
        ("special", "printer", ("name", "address"), ()),
        ("special", "printer", ("name",), ()),
        ("special", "printer", ("sex", "name", "tax"), ("sex", "tax")),
        ("special", "post", ("name",), ("post",)),
        ("special", "post", ("tax",), ("post", "tax")),
        ("ordinary", "post", ("tax",), ()),
        ("beyond", "printer", ("name",), ("beyond",)),
    ],
)
def test_connection_contractor_and_items_are_each_compared(
    connection: str, counterpart: str, items: tuple[str, ...], lacking: tuple[str, ...]
) -> None:
    assert standing(LISTED).lacks(connection, counterpart, items) == lacking


def test_an_empty_list_covers_nothing_and_no_list_closes_nothing() -> None:
    assert standing(()).lacks("special", "printer", ("name",)) == ("special",)
    assert standing(None).lacks("special", "printer", ("name",)) == ()
    assert AssessmentStanding(assessment="a", in_force_from=datetime(2019, 1, 1, tzinfo=UTC)).coverage is None
