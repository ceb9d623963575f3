"""A crossing, told as the office sees it."""

from dataclasses import replace
from datetime import datetime

import pytest

from sekisho.kernel import (
    Cargo,
    Clearance,
    Erased,
    Inspected,
    NumberFound,
    PermitOnFile,
    PermitStatus,
    ReasonCode,
    RecordFault,
    Refused,
    SekishoError,
    Stopped,
    because,
    cross,
    enter,
    examine,
    permit_faults,
)
from tests.fakes.office import GOOD, NOW, SPECIFICATION, STANDING, Bench, arrival_of, permit_of


def crossing(bench: Bench, **changes: object) -> Erased | Stopped:
    """One crossing in this office."""
    return cross(arrival_of(bench.body, **changes), bench, bench.halls(), lambda: NOW)


def codes(refusal: Refused) -> set[ReasonCode]:
    """The codes of a refusal."""
    return {reason.code for reason in refusal.reasons}


def test_an_approved_parcel_crosses_and_every_step_is_written_down_once() -> None:
    bench = Bench()
    outcome = crossing(bench)
    assert isinstance(outcome, Erased)
    assert bench.kinds() == ["received", "cleared", "leaving", "delivered", "erasing", "erased"]
    assert outcome.proof.bytes_removed == len(bench.body)
    assert outcome.waybill == bench.sent[0].waybill
    assert bench.kept == {}


def test_the_digest_is_written_down_before_anything_leaves() -> None:
    bench = Bench(platform_fails=1)
    with pytest.raises(SekishoError):
        crossing(bench)
    assert bench.kinds() == ["received", "cleared", "leaving"]
    assert bench.sent == []
    assert bench.kept, "what was not delivered is not erased"


class SealsNoMore(Bench):
    """An office in which somebody corrected the layout between inspection and sealing."""

    def seal(self, clearance: Clearance) -> Cargo:
        """Nobody knows any more what to take out."""
        raise Refused([because(ReasonCode.LAYOUT_CHANGED, layout=clearance.layout, version="2026")])


def test_what_was_cleared_and_cannot_be_sealed_any_more_is_held_and_kept() -> None:
    bench = SealsNoMore()
    outcome = crossing(bench)
    assert isinstance(outcome, Stopped)
    assert outcome.held
    assert [each.code for each in outcome.reasons] == [ReasonCode.LAYOUT_CHANGED]
    assert bench.log[1:] == [bench.log[1], ("held_back", "held")]
    assert (bench.kinds(), bench.sent) == (["received", "cleared", "held_back"], [])
    assert bench.kept, "somebody answers first"


def test_a_stranger_is_turned_away_and_it_is_written_down() -> None:
    bench = Bench(person=None)
    with pytest.raises(Refused) as refusal:
        crossing(bench)
    assert codes(refusal.value) == {ReasonCode.NOT_IDENTIFIED}
    assert bench.kinds() == ["refused"]


def test_a_connection_without_a_permit_is_closed() -> None:
    with pytest.raises(Refused) as refusal:
        crossing(Bench(on_file=None))
    assert codes(refusal.value) == {ReasonCode.NO_PERMIT}


def test_a_permit_of_another_connection_does_not_count() -> None:
    other = replace(SPECIFICATION, connection="registry-prices-up")
    on_file = PermitOnFile(permit=permit_of(other), specification=other, signatures_hold=True)
    with pytest.raises(Refused) as refusal:
        crossing(Bench(on_file=on_file))
    assert codes(refusal.value) == {ReasonCode.NO_PERMIT}


def test_a_permit_of_another_municipality_does_not_count() -> None:
    other = replace(SPECIFICATION, tenant="401307")
    on_file = PermitOnFile(permit=permit_of(other), specification=other, signatures_hold=True)
    with pytest.raises(Refused) as refusal:
        crossing(Bench(on_file=on_file))
    assert codes(refusal.value) == {ReasonCode.NO_PERMIT}


@pytest.mark.parametrize("status", [each for each in PermitStatus if each is not PermitStatus.ACTIVE])
def test_only_an_active_permit_opens_the_gate(status: PermitStatus) -> None:
    on_file = PermitOnFile(permit=permit_of(status=status), specification=SPECIFICATION, signatures_hold=True)
    assert {reason.code for reason in permit_faults(on_file)} == {ReasonCode.PERMIT_NOT_ACTIVE}


def test_every_fault_of_a_permit_is_told_at_once() -> None:
    altered = replace(SPECIFICATION, bytes_at_most=10**9)
    on_file = PermitOnFile(permit=permit_of(status=PermitStatus.REVOKED), specification=altered, signatures_hold=False)
    with pytest.raises(Refused) as refusal:
        crossing(Bench(on_file=on_file))
    assert codes(refusal.value) == {
        ReasonCode.PERMIT_ALTERED,
        ReasonCode.PERMIT_NOT_SIGNED,
        ReasonCode.PERMIT_NOT_ACTIVE,
    }


def test_caveats_taken_out_of_a_permit_kill_it() -> None:
    permit = replace(permit_of(), caveats=permit_of().caveats[1:])
    on_file = PermitOnFile(permit=permit, specification=SPECIFICATION, signatures_hold=True)
    assert {reason.code for reason in permit_faults(on_file)} == {ReasonCode.PERMIT_ALTERED}


def test_every_objection_of_the_entrance_is_gathered() -> None:
    bench = Bench(person=replace(STANDING, person="dejima", terminal="asset-tax-terminal-2"), today=5, overdue=1)
    with pytest.raises(Refused) as refusal:
        crossing(bench, route=("internet",), announced_size=1_001)
    assert codes(refusal.value) == {
        ReasonCode.PERSON_NOT_NAMED,
        ReasonCode.TERMINAL_NOT_APPROVED,
        ReasonCode.ROUTE_NOT_APPROVED,
        ReasonCode.TOO_LARGE,
        ReasonCode.TOO_MANY_PARCELS,
        ReasonCode.ERASURE_OVERDUE,
    }
    assert bench.kept == {}, "nothing was taken"


@pytest.mark.parametrize(
    ("body", "changes", "code"),
    [
        (b"", {"announced_size": 0, "announced_digest": ""}, ReasonCode.EMPTY_PARCEL),
        (b"longer", {"announced_size": 5, "announced_digest": ""}, ReasonCode.LENGTH_DIFFERS),
        (b"shorter", {"announced_size": 8, "announced_digest": ""}, ReasonCode.LENGTH_DIFFERS),
        (b"swapped", {"announced_digest": "0" * 64}, ReasonCode.DIGEST_DIFFERS),
    ],
)
def test_what_came_must_be_what_was_announced(body: bytes, changes: dict[str, object], code: ReasonCode) -> None:
    bench = Bench(body=body)
    with pytest.raises(Refused) as refusal:
        crossing(bench, **changes)
    assert code in codes(refusal.value)
    assert bench.kept == {}
    assert bench.kinds() == ["refused"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"items": GOOD.items | {"sex"}, "item_labels": {"sex": "性別"}}, ReasonCode.ITEM_NOT_APPROVED),
        (
            {"individual_numbers": (NumberFound(column="remarks", count=1, first_row=3),)},
            ReasonCode.INDIVIDUAL_NUMBER_FOUND,
        ),
        ({"media_type": "application/zip"}, ReasonCode.TYPE_NOT_APPROVED),
        ({"layout": "price_notice"}, ReasonCode.LAYOUT_NOT_APPROVED),
        (
            {"fault_count": 1, "first_fault": RecordFault(row=2, column=3, byte=40, what="日付")},
            ReasonCode.RECORDS_FAULTY,
        ),
        ({"active_content": ("formula",)}, ReasonCode.ACTIVE_CONTENT),
        ({"other_municipality": 1}, ReasonCode.OTHER_MUNICIPALITY),
    ],
)
def test_what_the_council_did_not_hear_of_never_leaves(change: dict[str, object], code: ReasonCode) -> None:
    bench = Bench(found=replace(GOOD, **change))  # type: ignore[arg-type]
    outcome = crossing(bench)
    assert isinstance(outcome, Stopped)
    assert [reason.code for reason in outcome.reasons] == [code]
    assert bench.sent == []
    assert bench.kinds() == ["received", "refused", "erasing", "erased"]


def test_too_many_records_are_held_and_kept_until_somebody_answers() -> None:
    bench = Bench(found=replace(GOOD, records=101))
    outcome = crossing(bench)
    assert isinstance(outcome, Stopped)
    assert outcome.held
    assert bench.kinds() == ["received", "held"]
    assert bench.kept


def test_a_question_and_an_objection_together_are_a_refusal() -> None:
    bench = Bench(found=replace(GOOD, records=101, other_municipality=1))
    outcome = crossing(bench)
    assert isinstance(outcome, Stopped)
    assert not outcome.held
    assert len(outcome.reasons) == 2


def test_a_permit_stopped_after_the_parcel_landed_stops_the_parcel() -> None:
    bench = Bench()
    entrance, examination, _ = bench.halls()
    landed = enter(arrival_of(bench.body), bench, entrance)
    bench.on_file = PermitOnFile(
        permit=permit_of(status=PermitStatus.SUSPENDED), specification=SPECIFICATION, signatures_hold=True
    )
    outcome = examine(landed, examination, NOW)
    assert isinstance(outcome, Stopped)
    assert [reason.code for reason in outcome.reasons] == [ReasonCode.PERMIT_NOT_ACTIVE]


def test_a_stripping_permit_names_what_must_be_taken_out() -> None:
    stripping = replace(SPECIFICATION, strip_unapproved=True)
    bench = Bench(
        on_file=PermitOnFile(permit=permit_of(stripping), specification=stripping, signatures_hold=True),
        found=replace(GOOD, items=GOOD.items | {"sex"}),
    )
    assert isinstance(crossing(bench), Erased)
    clearance = dict(bench.log)["cleared"]
    assert clearance.strip == frozenset({"sex"})  # type: ignore[attr-defined]


def test_a_refusal_at_the_fourth_door_names_who_stood_there() -> None:
    bench = Bench(body=b"")
    with pytest.raises(Refused) as refusal:
        crossing(bench, announced_size=5, announced_digest="0" * 64)
    told = {reason.code: dict(reason.facts) for reason in refusal.value.reasons}
    assert told == {
        ReasonCode.EMPTY_PARCEL: {},
        ReasonCode.LENGTH_DIFFERS: {"received": "0", "announced": "5"},
        ReasonCode.DIGEST_DIFFERS: {},
    }
    assert bench.log == [("refused", refusal.value.reasons)]


def test_each_fault_of_a_permit_names_the_permit() -> None:
    altered = replace(SPECIFICATION, bytes_at_most=10**9)
    on_file = PermitOnFile(permit=permit_of(status=PermitStatus.REVOKED), specification=altered, signatures_hold=False)
    assert [dict(reason.facts) for reason in permit_faults(on_file)] == [
        {"permit": "R1-56-01"},
        {"permit": "R1-56-01"},
        {"permit": "R1-56-01", "status": "revoked"},
    ]
    with pytest.raises(Refused) as refusal:
        crossing(Bench(on_file=None))
    assert dict(refusal.value.reasons[0].facts) == {"connection": "registry-notices-down"}


def test_a_caveat_is_asked_about_the_time_of_the_decision() -> None:
    from datetime import timedelta

    ending = replace(SPECIFICATION, not_after=(NOW + timedelta(hours=1)).isoformat())
    bench = Bench(on_file=PermitOnFile(permit=permit_of(ending), specification=ending, signatures_hold=True))
    entrance, examination, _ = bench.halls()
    landed = enter(arrival_of(bench.body), bench, entrance)
    late = replace(examination, journal=_Anywhen(bench))
    outcome = examine(landed, late, NOW + timedelta(hours=2))
    assert isinstance(outcome, Stopped)
    assert [reason.code for reason in outcome.reasons] == [ReasonCode.PERMIT_EXPIRED]


class _Anywhen:
    """A journal that does not mind the hour."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def cleared(self, inspected: Inspected, clearance: Clearance, at: datetime) -> None:
        """Cleared."""
        self._bench.cleared(inspected, clearance, NOW)

    def stopped(self, inspected: Inspected, stopped: Stopped, at: datetime) -> None:
        """Stopped."""
        self._bench.stopped(inspected, stopped, NOW)
