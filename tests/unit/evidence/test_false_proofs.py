"""Proofs that are nearly right: of another size, too short, empty. None of them proves anything."""

import base64

import pytest

from sekisho.kernel import (
    Frontier,
    LedgerFault,
    encode_entry,
    entry_bundle,
    extends,
    leaf_hash,
    node_hash,
    open_note,
    read_entry_bundle,
    root_from_inclusion,
    sign_note,
    verifier_key,
)
from sekisho.kernel.evidence.tree import subtrees

LEAVES = [leaf_hash(bytes([number])) for number in range(8)]


def root(size: int) -> bytes:
    """The root over the first leaves."""
    return Frontier().append(LEAVES[:size])[0].root()


def test_a_true_extension_does_not_prove_another_size() -> None:
    proof = [node_hash(LEAVES[2], LEAVES[3])]
    assert extends((2, root(2)), (4, root(4)), proof)
    for size in (5, 8):
        assert not extends((2, root(2)), (size, root(4)), proof)


def test_a_proof_of_inclusion_that_stops_half_way_leads_nowhere() -> None:
    assert root_from_inclusion(LEAVES[0], 0, 4, [LEAVES[1], node_hash(LEAVES[2], LEAVES[3])]) == root(4)
    assert root_from_inclusion(LEAVES[0], 0, 4, [LEAVES[1]]) is None
    assert root_from_inclusion(LEAVES[0], 0, 4, []) is None


@pytest.mark.parametrize(("old", "new"), [(3, 4), (5, 8), (6, 7)])
def test_no_proof_proves_nothing(old: int, new: int) -> None:
    assert not extends((old, root(old)), (new, root(new)), [])


def test_a_bundle_counts_its_lengths_from_the_left() -> None:
    entry = b"x" * 0x0102
    assert entry_bundle([entry])[:2] == b"\x01\x02"
    assert read_entry_bundle(entry_bundle([entry, b"y"])) == [entry, b"y"]


def test_the_subtrees_that_cover_leaves_are_complete_and_aligned() -> None:
    assert subtrees(0, 8) == [(3, 0)]
    assert subtrees(1, 8) == [(0, 1), (1, 1), (2, 1)]
    assert subtrees(6, 13) == [(1, 3), (2, 2), (0, 12)]
    for begin in range(20):
        for end in range(begin, 20):
            leaves = [leaf for level, at in subtrees(begin, end) for leaf in range(at << level, (at + 1) << level)]
            assert leaves == list(range(begin, end))


KEY = bytes(range(32))
NOTE = sign_note("a\n\nb\n", "office", KEY, lambda text: text[::-1])


def holds(_: bytes, signature: bytes, text: bytes) -> bool:
    """A signature of the test: the text turned round."""
    return signature == text[::-1]


def test_a_note_may_hold_an_empty_line_of_its_own() -> None:
    assert open_note(NOTE, verifier_key("office", KEY), holds) == "a\n\nb\n"


def test_a_signature_line_with_other_characters_in_it_is_none() -> None:
    _, _, encoded = NOTE.rstrip("\n").rsplit("\n", 1)[1].split(" ")
    spoiled = f"{encoded[:4]}!{encoded[4:]}"
    assert base64.b64decode(spoiled) == base64.b64decode(encoded)
    with pytest.raises(LedgerFault, match="not a signed note"):
        open_note(NOTE.replace(encoded, spoiled), verifier_key("office", KEY), holds)


def test_japanese_in_an_entry_is_written_as_it_is() -> None:
    assert "髙" in encode_entry({"kind": "received", "what": "髙"}).decode()
