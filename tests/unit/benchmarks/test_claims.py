"""A bench whose claim is not met says so with its exit status: nobody has to read what it prints."""

from pathlib import Path

import pytest

from benchmarks import donation_door
from benchmarks._claims import tell_claims

BENCHES = sorted(Path("benchmarks").glob("[!_]*.py"))


def test_one_claim_that_is_not_met_is_the_exit_status(capsys: pytest.CaptureFixture[str]) -> None:
    assert tell_claims({"fast": True, "small": True}) == 0
    assert "NOT MET" not in capsys.readouterr().out
    assert tell_claims({"fast": True, "small": False}) == 1
    assert capsys.readouterr().out == "met     fast\nNOT MET small\n"


@pytest.mark.parametrize(("wall", "own", "status"), [(2.0, 2.0, 0), (4.0, 2.0, 1), (2.0, 4.0, 1)])
def test_s1_s_door_is_claimed_by_both_clocks(
    monkeypatch: pytest.MonkeyPatch, wall: float, own: float, status: int
) -> None:
    monkeypatch.setattr(donation_door, "open_site", lambda: None)
    monkeypatch.setattr(donation_door, "parcel", lambda number: b"")
    monkeypatch.setattr(donation_door, "bring", lambda number, body: (wall, own))
    assert donation_door.main() == status


def hides_its_claims(text: str) -> bool:
    """Does a bench claim something and end well all the same?"""
    return ("NOT MET" in text or "tell_claims" in text) and "sys.exit(" not in text


@pytest.mark.parametrize("bench", BENCHES, ids=[each.stem for each in BENCHES])
def test_every_bench_that_claims_ends_with_its_status(bench: Path) -> None:
    text = bench.read_text(encoding="utf-8")
    assert not hides_its_claims(text)
    assert "tell_claims" not in text or hides_its_claims(text.replace("sys.exit(", "(")), "the search itself finds it"
