"""The ledger's laws: every proof holds, and any edit shows. The tree is compared with one written out by hand."""

import hashlib

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import assume, given
from hypothesis import strategies as st

from sekisho.kernel import (
    EMPTY_ROOT,
    Checkpoint,
    Frontier,
    LedgerFault,
    entry_bundle,
    extends,
    hash_tiles,
    includes,
    leaf_hash,
    open_note,
    prove_consistency,
    prove_inclusion,
    read_checkpoint,
    read_entry_bundle,
    read_frontier,
    replay_root,
    sign_note,
    verifier_key,
)

ENTRIES = st.lists(st.binary(max_size=12), max_size=40)


def root_by_hand(entries: list[bytes]) -> bytes:
    """RFC 6962, 2.1, as it is written there."""
    if not entries:
        return hashlib.sha256(b"").digest()
    if len(entries) == 1:
        return hashlib.sha256(b"\0" + entries[0]).digest()
    half = 1
    while half * 2 < len(entries):
        half *= 2
    return hashlib.sha256(b"\1" + root_by_hand(entries[:half]) + root_by_hand(entries[half:])).digest()


class Shelf(dict[tuple[int, int], bytes]):
    """A tree's nodes in memory."""

    def __call__(self, level: int, index: int) -> bytes:
        """Hand out one."""
        return self[level, index]


def grow(entries: list[bytes], cut: int = 0) -> tuple[Frontier, Shelf]:
    """A tree grown in two goes."""
    shelf = Shelf()
    frontier = Frontier()
    for part in (entries[:cut], entries[cut:]):
        frontier, nodes = frontier.append(map(leaf_hash, part))
        shelf.update({(node.level, node.index): node.hash for node in nodes})
    return frontier, shelf


@given(entries=ENTRIES, cut=st.integers(0, 40))
def test_the_tree_is_that_of_the_specification_however_it_grew(entries: list[bytes], cut: int) -> None:
    frontier, shelf = grow(entries, cut)
    assert frontier.root() == root_by_hand(entries)
    assert read_frontier(len(entries), shelf) == frontier
    assert replay_root(entries) == (len(entries), frontier.root())


@given(entries=ENTRIES.filter(bool), data=st.data())
def test_every_entry_is_proven_and_no_other_entry_is(entries: list[bytes], data: st.DataObject) -> None:
    frontier, shelf = grow(entries)
    index = data.draw(st.integers(0, len(entries) - 1))
    proof = prove_inclusion(index, len(entries), shelf)
    assert includes(leaf_hash(entries[index]), index, len(entries), proof, frontier.root())
    other = data.draw(st.binary(max_size=12).filter(lambda each: each != entries[index]))
    assert not includes(leaf_hash(other), index, len(entries), proof, frontier.root())
    wrong = data.draw(st.integers(-1, len(entries)))
    assume(wrong != index)
    assert not includes(leaf_hash(entries[index]), wrong, len(entries), proof, frontier.root()) or (
        entries[wrong : wrong + 1] == [entries[index]]
    )


@given(entries=ENTRIES, data=st.data())
def test_a_ledger_that_grew_extends_what_it_was(entries: list[bytes], data: st.DataObject) -> None:
    frontier, shelf = grow(entries)
    old = data.draw(st.integers(0, len(entries)))
    before = (old, root_by_hand(entries[:old]))
    proof = prove_consistency(old, len(entries), shelf)
    assert extends(before, (len(entries), frontier.root()), proof)
    forged = (old, hashlib.sha256(b"forged" + before[1]).digest())
    assert not extends(forged, (len(entries), frontier.root()), proof)


@given(entries=ENTRIES.filter(bool), data=st.data())
def test_any_edit_of_the_ledger_shows(entries: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(entries) - 1))
    edits = {
        "drop": entries[:index] + entries[index + 1 :],
        "insert": [*entries[:index], data.draw(st.binary(max_size=12)), *entries[index:]],
        "truncate": entries[:index],
        "swap": [*entries[:index], *reversed(entries[index : index + 2]), *entries[index + 2 :]],
        "flip": [
            *entries[:index],
            bytes([*entries[index][:-1], (entries[index] or b"\0")[-1] ^ 1]),
            *entries[index + 1 :],
        ],
    }
    true = replay_root(entries)
    for edited in edits.values():
        assert (replay_root(edited) == true) == (edited == entries)


def verify(public_key: bytes, signature: bytes, message: bytes) -> bool:
    """Ed25519 by `cryptography`."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except Exception:  # noqa: BLE001 - whatever is wrong with it, it does not hold
        return False
    return True


@given(root=st.binary(min_size=32, max_size=32), size=st.integers(0, 2**40), data=st.data())
def test_a_signed_checkpoint_is_read_back_and_any_flipped_byte_is_found(
    root: bytes, size: int, data: st.DataObject
) -> None:
    key = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
    public = key.public_key().public_bytes_raw()
    checkpoint = Checkpoint(origin="sekisho.example/422011", size=size, root=root)
    note = sign_note(checkpoint.text(), checkpoint.origin, public, key.sign)
    vkey = verifier_key(checkpoint.origin, public)
    assert read_checkpoint(open_note(note, vkey, verify)) == checkpoint
    raw = bytearray(note.encode())
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= data.draw(st.integers(1, 255))
    try:
        found = read_checkpoint(open_note(raw.decode(), vkey, verify))
    except (LedgerFault, UnicodeDecodeError):
        return
    assert found == checkpoint, "a change that leaves the signed text alone changes nothing"


@given(entries=st.lists(st.binary(max_size=300), max_size=20))
def test_entry_bundles_are_read_back(entries: list[bytes]) -> None:
    assert read_entry_bundle(entry_bundle(entries)) == entries


def test_tiles_of_a_larger_tree_hold_every_leaf_once() -> None:
    entries = [str(number).encode() for number in range(600)]
    _, shelf = grow(entries)
    tiles = dict(hash_tiles(600, shelf))
    assert sorted(tiles) == ["tile/0/000", "tile/0/001", "tile/0/002.p/88", "tile/1/000.p/2"]
    leaves = tiles["tile/0/000"] + tiles["tile/0/001"] + tiles["tile/0/002.p/88"]
    assert leaves == b"".join(map(leaf_hash, entries))


def test_the_empty_tree_has_the_root_of_the_specification() -> None:
    assert EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
