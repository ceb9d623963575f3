"""Pruning: contents past their keeping period go, every hash stays, and everything that was proved is still proved."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from sekisho.adapters.bundles import verify_ledger
from sekisho.kernel import replay_root
from tests.integration.ledger.conftest import NOW, fill

OLD = NOW - timedelta(days=400)


@pytest.fixture
def aged(tenant: str) -> str:
    """600 entries of last year, 100 of today, and a keeping period of a year."""
    from sekisho.adapters.database.pruning import set_keeping

    fill(600, OLD)
    fill(100, NOW, first=600)
    set_keeping(tenant, 365, "secretary", NOW)
    return tenant


def faults(tenant: str) -> tuple[str, ...]:
    """What verification of the rows finds."""
    from sekisho.adapters.database.ledger_verification import verify_ledger

    return verify_ledger(tenant, replay_root).faults


def prune(tenant: str, at: datetime = NOW, at_most: int = 0) -> tuple[int, int]:
    """Prune, and bind in the entry that tells of it."""
    from sekisho.adapters.database.ledgers import sequence
    from sekisho.adapters.database.pruning import LargeRound, prune_ledger

    done = prune_ledger(tenant, at, LargeRound(at_most=at_most, person="suzuki") if at_most else None)
    sequence(tenant)
    return done.removed, done.until


def test_contents_go_by_whole_bundles_and_every_proof_still_holds(aged: str, tmp_path: Path) -> None:
    from sekisho.adapters.bundles.exports import export_ledger
    from sekisho.adapters.database.ledgers import proof_of
    from sekisho.adapters.database.models import EntryRow

    export_ledger(aged, tmp_path / "out")
    old = EntryRow.objects.get(index=100)
    before = proof_of(aged, old.pk)
    assert prune(aged) == (512, 512)
    assert EntryRow.objects.filter(body=b"").count() == 512
    assert faults(aged) == ()
    assert proof_of(aged, old.pk) is not None
    assert before is not None
    export_ledger(aged, tmp_path / "out")
    assert not (tmp_path / "out/tile/entries/000").exists()
    said = list(verify_ledger.export_checks(tmp_path / "out", "", ""))
    assert "512 件を含む" in said[1]
    assert prune(aged) == (0, 512)


def test_what_the_gate_compares_and_what_is_not_at_its_end_stays(tenant: str) -> None:
    from sekisho.adapters.database.ledgers import append_entry, sequence
    from sekisho.adapters.database.models import EntryRow
    from sekisho.adapters.database.pruning import set_keeping
    from sekisho.adapters.database.turns import writing

    with writing():
        append_entry(tenant, {"kind": "permit_issued", "permit": "R1-56-1", "at": OLD.isoformat()})
    fill(600, OLD, first=1)
    sequence(tenant)
    set_keeping(tenant, 30, "secretary", NOW)
    removed, until = prune(tenant)
    assert (removed, until) == (until - 1, 512)
    assert EntryRow.objects.get(index=0).body
    assert faults(tenant) == ()


def test_emptying_an_entry_by_hand_is_not_pruning(aged: str) -> None:
    from sekisho.adapters.database.models import EntryRow

    EntryRow.objects.filter(index=700 - 1).update(body=b"")
    assert faults(aged) == ("1 entries have no contents, and no entry says that they were pruned",)
    EntryRow.objects.filter(index=3).update(body=b"", leaf=bytes(32))
    assert "the entries are not those that were signed" in faults(aged)


def test_a_legal_hold_stops_it_and_its_end_lets_it_go_on(aged: str) -> None:
    from sekisho.adapters.database.pruning import hold_pruning, prune_ledger

    hold_pruning(aged, "訴訟第1号", "secretary", NOW)
    assert prune_ledger(aged, NOW).held
    hold_pruning(aged, "", "secretary", NOW)
    assert prune(aged) == (512, 512)


def test_a_wrong_clock_does_not_empty_the_ledger(tenant: str) -> None:
    from sekisho.adapters.database.models import EntryRow
    from sekisho.adapters.database.pruning import LEAST_ALLOWED, prune_ledger, set_keeping

    fill(LEAST_ALLOWED + 600)
    set_keeping(tenant, 365, "secretary", NOW)
    wrong = NOW + timedelta(days=4000)
    assert prune_ledger(tenant, wrong).stopped
    assert prune_ledger(tenant, wrong).stopped
    assert EntryRow.objects.filter(kind="ledger_pruning_stopped").count() == 1
    assert not EntryRow.objects.filter(body=b"").exists()
    removed, _ = prune(tenant, wrong, at_most=10_000)
    assert removed > LEAST_ALLOWED
    told = [json.loads(bytes(row.body)) for row in EntryRow.objects.filter(kind="ledger_pruned")]
    assert {each["person"] for each in told} == {"suzuki"}
    assert faults(tenant) == ()


def test_nothing_is_pruned_until_somebody_set_for_how_long(tenant: str) -> None:
    fill(600, OLD)
    assert prune(tenant) == (0, 0)
