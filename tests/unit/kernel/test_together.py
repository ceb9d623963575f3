"""Many at the entrance at one moment: each is answered as if they had come one after the other."""

from dataclasses import replace
from datetime import timedelta

from sekisho.kernel import (
    Admitted,
    Arrival,
    Entrance,
    PermitOnFile,
    PermitStatus,
    ReasonCode,
    Refused,
    knock,
    knock_together,
)
from tests.fakes.office import NOW, Bench, arrival_of


def some(bench: Bench, count: int, **changes: object) -> list[Arrival]:
    """So many arrivals."""
    return [arrival_of(bench.body, **changes) for _ in range(count)]


def entrance_of(bench: Bench) -> Entrance:
    """The first hall of this office."""
    return bench.halls()[0]


def said(answers: list[Admitted | Refused]) -> list[list[ReasonCode]]:
    """The reasons of each."""
    return [[each.code for each in answer.reasons] if isinstance(answer, Refused) else [] for answer in answers]


def test_a_group_is_admitted_as_each_would_be() -> None:
    bench = Bench()
    arrivals = some(bench, 5)
    alone = [knock(each, entrance_of(bench)) for each in arrivals]
    together = knock_together(arrivals, entrance_of(bench))
    assert [each.waybill for each in together if isinstance(each, Admitted)] == [each.waybill for each in alone]
    assert knock_together([], entrance_of(bench)) == []


def test_the_approved_frequency_holds_within_a_group() -> None:
    bench = Bench()
    entrance = entrance_of(bench)
    on_file = entrance.register.permit_on_file("422011", some(bench, 1)[0].connection)
    assert isinstance(on_file, PermitOnFile)
    limit = on_file.specification.parcels_a_day
    told = said(knock_together(some(bench, limit + 2), entrance))
    assert told[:limit] == [[]] * limit
    assert told[limit:] == [[ReasonCode.TOO_MANY_PARCELS]] * 2


def test_one_that_is_too_large_among_them_is_refused_alone_and_written_down() -> None:
    bench = Bench()
    first, stranger, last = some(bench, 3)
    stranger = replace(stranger, announced_size=1_000_000)
    told = said(knock_together([first, stranger, last], entrance_of(bench)))
    assert told == [[], [ReasonCode.TOO_LARGE], []]
    assert bench.kinds() == ["refused"]


def test_a_permit_that_one_person_stops_is_stopped_at_the_next_moment() -> None:
    bench = Bench()
    entrance = entrance_of(bench)
    assert said(knock_together(some(bench, 2), entrance)) == [[], []]
    assert bench.on_file is not None
    bench.on_file = replace(bench.on_file, permit=replace(bench.on_file.permit, status=PermitStatus.SUSPENDED))
    told = said(knock_together(some(bench, 2), entrance_of(bench)))
    assert told == [[ReasonCode.PERMIT_NOT_ACTIVE]] * 2


def test_all_of_them_stand_there_at_the_moment_of_the_last() -> None:
    bench = Bench()
    early, late = some(bench, 2)
    answers = knock_together([replace(early, at=NOW - timedelta(hours=1)), late], entrance_of(bench))
    assert [each.passage.at for each in answers if isinstance(each, Admitted)] == [NOW, NOW]
