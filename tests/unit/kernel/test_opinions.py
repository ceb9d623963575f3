"""Only what both opinions allow crosses; where they differ or one fails, it is refused and an alarm is an entry."""

import pytest

from sekisho.kernel import (
    EntryKind,
    GuardObjection,
    ReasonCode,
    Refused,
    SecondAnswer,
    Stopped,
    Waybill,
    because,
    cross,
    encode_entry,
    entrance_alarms,
    examination_alarms,
    knock,
    make_stopped,
    settle,
)
from tests.fakes.office import NOW, Bench, arrival_of

FIRST = (because(ReasonCode.PERSON_NOT_NAMED, person="dejima"),)
OBJECTS = SecondAnswer(
    against=(GuardObjection(guard="G05", ja="否", en="no"), GuardObjection(guard="G06", ja="否", en="no"))
)
FAILS = SecondAnswer(fault="error")
DIFFERS = because(ReasonCode.OPINIONS_DIFFER, permit="R1-56-01", guards="G05, G06")
NOBODY = because(ReasonCode.OPINIONS_DIFFER, permit="R1-56-01", guards="-")
FAILED = because(ReasonCode.DECISION_FAILED, permit="R1-56-01", fault="error")


@pytest.mark.parametrize(
    ("first", "second", "reasons"),
    [
        ((), SecondAnswer(), ()),
        (FIRST, OBJECTS, FIRST),
        ((), OBJECTS, (DIFFERS,)),
        (FIRST, SecondAnswer(), (*FIRST, NOBODY)),
        ((), FAILS, (FAILED,)),
        (FIRST, FAILS, (*FIRST, FAILED)),
        ((), SecondAnswer(against=OBJECTS.against, fault="error"), (FAILED,)),
    ],
)
def test_only_what_both_allow_crosses(first: tuple, second: SecondAnswer, reasons: tuple) -> None:  # type: ignore[type-arg]
    assert settle("R1-56-01", first, second) == reasons


def test_an_answer_with_an_objection_or_a_fault_allows_nothing() -> None:
    assert [each.allows for each in (SecondAnswer(), OBJECTS, FAILS)] == [True, False, False]


@pytest.mark.parametrize(("second", "reason"), [(OBJECTS, DIFFERS), (FAILS, FAILED)])
def test_the_entrance_refuses_what_only_the_caveats_allow(second: SecondAnswer, reason: object) -> None:
    bench = Bench(second=second)
    with pytest.raises(Refused) as refusal:
        knock(arrival_of(), bench.halls()[0])
    assert refusal.value.reasons == (reason,)
    assert bench.log == [("refused", (reason,))], "written down before it is told"
    assert bench.kept == {}


@pytest.mark.parametrize(("second", "reason"), [(OBJECTS, DIFFERS), (FAILS, FAILED)])
def test_the_examination_refuses_what_only_the_caveats_allow(second: SecondAnswer, reason: object) -> None:
    bench = Bench()
    entrance, examination, leaving = bench.halls()
    late = Bench(second=second)
    examination = type(examination)(register=bench, second=late, inspector=bench, journal=bench)
    late.on_file = bench.on_file
    outcome = cross(arrival_of(), bench, (entrance, examination, leaving), lambda: NOW)
    assert isinstance(outcome, Stopped)
    assert (outcome.reasons, outcome.held) == ((reason,), False)
    assert bench.sent == []


def test_an_alarm_is_an_entry_beside_the_refusal_and_says_who_objected() -> None:
    (entry,) = entrance_alarms(arrival_of(), (*FIRST, NOBODY))
    assert entry["kind"] == EntryKind.ALARM_RAISED
    assert (entry["hall"], entry["permit"], entry["parcel"]) == ("entrance", "R1-56-01", "parcel-1")
    assert entry["alarm"] == {"code": "opinions_differ", "facts": {"permit": "R1-56-01", "guards": "-"}}
    assert entry["objections"] == ["person_not_named"]
    assert encode_entry(entry)


def test_an_alarm_of_the_examination_names_the_parcel_and_its_digest() -> None:
    waybill = Waybill(parcel="p", tenant="422011", connection="c", permit="R1-56-01", digest="d")
    (entry,) = examination_alarms(make_stopped(waybill, (FAILED,)), NOW)
    assert (entry["hall"], entry["digest"], entry["at"]) == ("examination", "d", "2026-11-24T01:00:00.000+00:00")
    assert entry["objections"] == []


def test_an_alarm_of_a_volume_is_about_the_permit_of_the_parcel_or_of_none_yet() -> None:
    many = because(ReasonCode.TOO_MANY_RECORDS, count=2, limit=1)
    waybill = Waybill(parcel="p", tenant="422011", connection="c", permit="R1-56-01", digest="d")
    (entry,) = examination_alarms(make_stopped(waybill, (many,)), NOW)
    assert (entry["permit"], entry["tenant"], entry["connection"]) == ("R1-56-01", "422011", "c")
    (early,) = entrance_alarms(arrival_of(), (many,))
    assert "permit" not in early
    assert (early["tenant"], early["connection"]) == (arrival_of().tenant, arrival_of().connection)


def test_a_refusal_on_which_both_are_one_raises_no_alarm() -> None:
    waybill = Waybill(parcel="p", tenant="422011", connection="c", permit="R1-56-01", digest="d")
    assert entrance_alarms(arrival_of(), FIRST) == ()
    assert examination_alarms(make_stopped(waybill, FIRST), NOW) == ()
