"""The laws of the place, over any input that hypothesis can think of."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from sekisho.kernel import (
    Caveat,
    Erased,
    Findings,
    NumberFound,
    PermitOnFile,
    Refused,
    SekishoError,
    Specification,
    Stopped,
    caveat_from_data,
    caveat_to_data,
    compile_caveats,
    cross,
    digest_of,
    objections,
    permit_document,
    permit_faults,
    permit_from_data,
    specification_from_data,
    specification_to_data,
)
from tests.fakes.office import GOOD, NOW, SPECIFICATION, STANDING, Bench, arrival_of, permit_of
from tests.fakes.passages import PASSAGES, SPECIFICATIONS

ITEMS = st.frozensets(st.sampled_from(["lot_number", "owner_name", "sex", "telephone", "unlisted:4"]))


@given(items=ITEMS, body=st.binary(min_size=1, max_size=200))
def test_an_unapproved_item_never_leaves(items: frozenset[str], body: bytes) -> None:
    bench = Bench(found=replace(GOOD, items=items), body=body)
    outcome = cross(arrival_of(body), bench, bench.halls(), lambda: NOW)
    assert isinstance(outcome, Erased) == items.issubset(SPECIFICATION.items)
    assert bool(bench.sent) == isinstance(outcome, Erased)


@given(passage=PASSAGES, which=st.integers(min_value=0, max_value=17))
def test_removing_a_caveat_never_adds_an_objection(passage: object, which: int) -> None:
    caveats = compile_caveats(SPECIFICATION)
    fewer = caveats[:which] + caveats[which + 1 :]
    before = objections(caveats, passage, at_entrance=False)  # type: ignore[arg-type]
    after = objections(fewer, passage, at_entrance=False)  # type: ignore[arg-type]
    assert set(map(str, after)) <= set(map(str, before))
    assert len(set(map(str, before))) == len(before), "every reason once"


@given(passage=PASSAGES)
def test_what_the_entrance_objects_to_the_examination_objects_to_as_well(passage: object) -> None:
    caveats = compile_caveats(SPECIFICATION)
    early = objections(caveats, passage, at_entrance=True)  # type: ignore[arg-type]
    late = objections(caveats, passage, at_entrance=False)  # type: ignore[arg-type]
    assert set(map(str, early)) <= set(map(str, late))


@given(specification=SPECIFICATIONS)
def test_a_specification_and_its_caveats_survive_being_written_down(specification: Specification) -> None:
    assert specification_from_data(specification_to_data(specification)) == specification
    caveats: tuple[Caveat, ...] = compile_caveats(specification)
    assert tuple(caveat_from_data(caveat_to_data(each)) for each in caveats) == caveats
    permit = permit_of(specification)
    assert permit_from_data(permit_document(permit), "active", ()) == permit


@given(one=SPECIFICATIONS, other=SPECIFICATIONS)
def test_editing_any_approved_field_kills_the_permit(one: Specification, other: Specification) -> None:
    on_file = PermitOnFile(permit=permit_of(one), specification=other, signatures_hold=True)
    assert (permit_faults(on_file) == ()) == (one == other)
    assert (digest_of(one) == digest_of(other)) == (one == other)


@given(
    body=st.binary(max_size=50),
    found=st.builds(
        Findings,
        media_type=st.sampled_from(["text/csv", "application/zip"]),
        layout=st.sampled_from(["registry_notice", ""]),
        size=st.integers(0, 2_000),
        records=st.integers(0, 200),
        items=ITEMS,
        fault_count=st.integers(0, 2),
        individual_numbers=st.sampled_from([(), (NumberFound(column="remarks", count=1, first_row=1),)]),
    ),
    person=st.sampled_from([None, STANDING, replace(STANDING, person="dejima")]),
    announced=st.integers(0, 2_000),
    fails=st.integers(0, 1),
)
def test_whatever_comes_only_a_refusal_or_our_fault_leaves_the_corridor(
    body: bytes, found: Findings, person: object, announced: int, fails: int
) -> None:
    bench = Bench(found=found, body=body, person=person, platform_fails=fails)  # type: ignore[arg-type]
    try:
        outcome = cross(arrival_of(body, announced_size=announced), bench, bench.halls(), lambda: NOW)
    except (Refused, SekishoError):
        assert bench.sent == []
        return
    assert isinstance(outcome, Erased | Stopped)
    kinds = bench.kinds()
    assert len(kinds) == len(set(kinds)), "one entry a step"
