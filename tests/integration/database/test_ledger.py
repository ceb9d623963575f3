"""The ledger's rows: whatever somebody with the database's password does to them, verification finds it."""

from collections.abc import Callable
from importlib import import_module
from random import Random

import pytest

from sekisho.kernel import EntryKind, Frontier, LedgerFault, read_frontier, replay_root
from tests.integration.conftest import NOW, Office


def fill(office: Office, count: int = 40) -> None:
    """So many entries, in the tree."""
    from sekisho.adapters.database.ledgers import append_entry, sequence
    from sekisho.adapters.database.turns import writing

    for number in range(count):
        with writing():
            append_entry(office.tenant, {"kind": str(EntryKind.VIEWED), "number": number, "at": NOW.isoformat()})
        if number % 7 == 0:
            sequence(office.tenant)
    sequence(office.tenant)


def verdict(office: Office) -> tuple[str, ...]:
    """Every fault found."""
    from sekisho.adapters.database.ledger_verification import verify_ledger

    return verify_ledger(office.tenant, replay_root).faults


def flip(chance: Random) -> None:
    """One bit of one entry."""
    from sekisho.adapters.database.models import EntryRow

    row = chance.choice(list(EntryRow.objects.all()))
    body = bytearray(row.body)
    body[chance.randrange(len(body))] ^= 1 << chance.randrange(8)
    EntryRow.objects.filter(pk=row.pk).update(body=bytes(body))


def drop(chance: Random) -> None:
    """One entry is gone."""
    from sekisho.adapters.database.models import EntryRow

    chance.choice(list(EntryRow.objects.all())).delete()


def swap(chance: Random) -> None:
    """Two entries change places."""
    from sekisho.adapters.database.models import EntryRow

    one, other = chance.sample(list(EntryRow.objects.all()), 2)
    for row, body in ((one, other.body), (other, one.body)):
        EntryRow.objects.filter(pk=row.pk).update(body=bytes(body))


def insert(chance: Random) -> None:
    """An entry that was never written is put in, and the others move up."""
    from django.db.models import F

    from sekisho.adapters.database.models import EntryRow

    rows = list(EntryRow.objects.order_by("-index"))
    place = chance.randrange(len(rows))
    for row in rows[: len(rows) - place]:
        EntryRow.objects.filter(pk=row.pk).update(index=F("index") + 1)
    first = rows[0]
    EntryRow.objects.create(tenant=first.tenant, kind=first.kind, body=b"{}", leaf=b"", index=place)


def truncate(chance: Random) -> None:
    """The newest entries are gone."""
    from sekisho.adapters.database.models import EntryRow

    EntryRow.objects.filter(index__gte=chance.randrange(1, EntryRow.objects.count())).delete()


def forge_leaf(chance: Random) -> None:
    """An entry lies beside another leaf, from which its proof would be computed."""
    from sekisho.adapters.database.models import EntryRow

    row = chance.choice(list(EntryRow.objects.all()))
    EntryRow.objects.filter(pk=row.pk).update(leaf=bytes(32))


def forge_node(chance: Random) -> None:
    """A node of the tree is another one."""
    from sekisho.adapters.database.models import NodeRow

    row = chance.choice(list(NodeRow.objects.all()))
    NodeRow.objects.filter(pk=row.pk).update(hash=bytes(32))


def forge_checkpoint(chance: Random) -> None:
    """A checkpoint is rewritten for another root, without the key."""
    from sekisho.adapters.database.models import CheckpointRow

    row = chance.choice(list(CheckpointRow.objects.all()))
    lines = row.note.split("\n")
    lines[1] = str(int(lines[1]) + 1)
    CheckpointRow.objects.filter(pk=row.pk).update(note="\n".join(lines))


def forget_node(chance: Random) -> None:
    """A node of the tree is gone."""
    from sekisho.adapters.database.models import NodeRow

    chance.choice(list(NodeRow.objects.all())).delete()


EDITS = [flip, drop, swap, insert, truncate, forge_leaf, forge_node, forget_node, forge_checkpoint]


@pytest.mark.parametrize("attack", EDITS)
@pytest.mark.parametrize("seed", range(4))
def test_any_edit_of_the_rows_is_found(office: Office, attack: Callable[[Random], None], seed: int) -> None:
    fill(office, 300 if attack in (forge_node, forget_node) else 40)
    assert verdict(office) == ()
    attack(Random(seed))
    assert verdict(office)


def test_an_entry_is_written_only_with_its_state(office: Office) -> None:
    from django.db import connection

    from sekisho.adapters.database.ledgers import append_entry

    assert not connection.in_atomic_block
    with pytest.raises(LedgerFault):
        append_entry(office.tenant, {"kind": str(EntryKind.VIEWED)})


def test_what_is_rolled_back_leaves_no_entry_and_no_gap(office: Office) -> None:
    from sekisho.adapters.database.ledgers import append_entry, sequence
    from sekisho.adapters.database.turns import writing

    fill(office, 3)

    def write_and_fail() -> None:
        with writing():
            append_entry(office.tenant, {"kind": str(EntryKind.VIEWED), "lost": 1})
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_and_fail()
    fill(office, 3)
    assert sequence(office.tenant) == 0
    assert verdict(office) == ()


def test_every_entry_has_a_proof_that_others_can_read(office: Office) -> None:
    from sekisho.adapters.database.ledgers import proof_of
    from sekisho.adapters.database.models import EntryRow

    fill(office, 10)
    for row in EntryRow.objects.filter(tenant_id=office.tenant):
        proof = proof_of(office.tenant, row.pk)
        assert proof is not None
        assert proof.startswith("c2sp.org/tlog-proof@v1\nindex ")


def test_each_municipality_has_a_ledger_of_its_own(office: Office, neighbour: Office) -> None:
    from sekisho.adapters.database.ledgers import ledger_verifier_key, proof_of
    from sekisho.adapters.database.models import EntryRow

    fill(office, 5)
    fill(neighbour, 5)
    assert ledger_verifier_key(office.tenant) != ledger_verifier_key(neighbour.tenant)
    theirs = EntryRow.objects.filter(tenant_id=neighbour.tenant).values_list("pk", flat=True)
    assert [proof_of(office.tenant, entry) for entry in theirs] == [None] * len(theirs)


def test_an_edge_that_somebody_else_has_moved_on_from_is_read_anew(office: Office) -> None:
    from sekisho.adapters.database import ledgers

    fill(office, 5)
    ours = dict(ledgers._EDGES)
    fill(office, 6)
    ledgers._EDGES.clear()
    ledgers._EDGES.update(ours)
    fill(office, 3)
    assert verdict(office) == ()
    edge = ledgers._EDGES[office.tenant][1]
    assert edge == read_frontier(edge.size, ledgers.stored_nodes(office.tenant))


def test_an_edge_is_never_that_of_another_tree(office: Office) -> None:
    from sekisho.adapters.database import ledgers
    from sekisho.kernel import Frontier

    fill(office, 5)
    note, edge = ledgers._EDGES[office.tenant]
    assert edge == read_frontier(edge.size, ledgers.stored_nodes(office.tenant))
    ledgers._EDGES[office.tenant] = (note.replace("sekisho/", "sekisho-of-another/"), Frontier())
    fill(office, 5)
    assert verdict(office) == ()


def test_a_ledger_from_before_the_tiles_loses_what_is_computed_and_nothing_else(office: Office) -> None:
    from django.apps import apps

    from sekisho.adapters.database.models import EntryRow, NodeRow

    fill(office, 300)
    kept = list(NodeRow.objects.values_list("level", "index"))
    leaves = [bytes(leaf) for leaf in EntryRow.objects.order_by("index").values_list("leaf", flat=True)]
    for each in Frontier().append(leaves)[1]:
        NodeRow.objects.get_or_create(
            tenant_id=office.tenant, level=each.level, index=each.index, defaults={"hash": each.hash}
        )
    assert NodeRow.objects.count() > len(leaves)
    assert verdict(office) == ()
    import_module("sekisho.adapters.database.migrations.0029_tiles_are_kept").forget_what_is_computed(apps, None)
    assert list(NodeRow.objects.values_list("level", "index")) == kept == [(8, 0)]
    assert verdict(office) == ()
