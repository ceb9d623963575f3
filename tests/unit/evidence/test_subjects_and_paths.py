"""What an entry speaks of, where the gate asks for it; and the names of bundles and of tiles that are not full."""

import pytest

from sekisho.kernel import subject_of
from sekisho.kernel.evidence.tiles import bundle_paths, partial_paths


@pytest.mark.parametrize(
    ("entry", "subject"),
    [
        ({"kind": "permit_issued", "permit": "R1-56-01", "consultation": "56"}, "permit/R1-56-01"),
        ({"kind": "permit_suspended"}, "permit/"),
        ({"kind": "condition_adopted", "consultation": "57", "condition": "c"}, "condition/57"),
        ({"kind": "proof_verified", "consultation": "57"}, "condition/57"),
        ({"kind": "condition_overdue"}, "condition/"),
        ({"kind": "assessment_standing", "assessment": "resident-tax"}, "assessment/resident-tax"),
        ({"kind": "assessment_standing"}, "assessment/"),
        ({"kind": "assessment_published", "assessment": "resident-tax"}, ""),
        ({"kind": "consultation_decided", "consultation": "57", "permit": "p"}, ""),
        ({}, ""),
    ],
)
def test_an_entry_speaks_of_one_thing_that_the_gate_compares(entry: dict[str, object], subject: str) -> None:
    assert subject_of(entry) == subject


def test_every_bundle_that_holds_an_entry_of_the_range_is_named() -> None:
    assert list(bundle_paths(0, 1)) == [("tile/entries/000.p/1", 0, 1)]
    assert list(bundle_paths(0, 256)) == [("tile/entries/000", 0, 256)]
    assert list(bundle_paths(255, 257)) == [("tile/entries/000", 0, 256), ("tile/entries/001.p/1", 256, 1)]
    assert list(bundle_paths(256, 300)) == [("tile/entries/001.p/44", 256, 44)]
    assert list(bundle_paths(5, 5)) == [("tile/entries/000.p/5", 0, 5)]
    assert list(bundle_paths(0, 0)) == []


def test_only_tiles_that_are_not_full_are_named_and_the_lowest_with_its_bundle() -> None:
    assert list(partial_paths(0)) == []
    assert list(partial_paths(5)) == ["tile/0/000.p/5", "tile/entries/000.p/5"]
    assert list(partial_paths(256)) == ["tile/1/000.p/1"]
    assert list(partial_paths(257)) == ["tile/0/001.p/1", "tile/entries/001.p/1", "tile/1/000.p/1"]
    assert list(partial_paths(256 * 256)) == ["tile/2/000.p/1"]
