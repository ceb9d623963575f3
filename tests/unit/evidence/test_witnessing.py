"""A witness signs a ledger that only grew, and says in words why it does not sign another."""

from base64 import b64encode

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sekisho.adapters.keys import holds
from sekisho.kernel import (
    Checkpoint,
    Frontier,
    LedgerFault,
    WitnessObjection,
    WitnessRequest,
    cosign,
    cosigned_at,
    cosigner_key,
    leaf_hash,
    objection_to,
    objection_words,
    open_note,
    prove_consistency,
    read_cosigner_key,
    read_request,
    render_policy,
    render_request,
    sign_note,
    verifier_key,
)
from sekisho.kernel.evidence.witnessing import LONGEST_PROOF

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw()
LOG, WITNESS = "sekisho/422011", "secretariat"
ENTRIES = [f"entry {number}".encode() for number in range(40)]


def tree(entries: list[bytes]) -> tuple[Checkpoint, dict[tuple[int, int], bytes]]:
    """The checkpoint over these entries, and the tree's nodes."""
    frontier, nodes = Frontier().append(map(leaf_hash, entries))
    checkpoint = Checkpoint(origin=LOG, size=frontier.size, root=frontier.root())
    return checkpoint, {(node.level, node.index): node.hash for node in nodes}


def proof(entries: list[bytes], old: int) -> list[bytes]:
    """That this ledger continues its first entries."""
    nodes = tree(entries)[1]
    return prove_consistency(old, len(entries), lambda level, index: nodes[level, index])


def note_of(entries: list[bytes]) -> str:
    """The signed checkpoint."""
    return sign_note(tree(entries)[0].text(), LOG, PUBLIC, KEY.sign)


def asked(seen: list[bytes], offered: list[bytes], old: int | None = None) -> WitnessObjection | None:
    """What a witness that saw one ledger says to another."""
    begin = len(seen) if old is None else old
    known = tree(seen)[0]
    hashes = proof(offered, begin) if begin <= len(offered) else []
    return objection_to((known.size, known.root), tree(offered)[0], begin, hashes)


@pytest.mark.parametrize("size", [1, 7, 8, 39, 40])
def test_a_ledger_that_only_grew_is_signed(size: int) -> None:
    assert asked(ENTRIES[:size], ENTRIES) is None
    assert asked([], ENTRIES[:size]) is None


def test_each_way_of_changing_the_past_has_its_sentence() -> None:
    edited = [b"another", *ENTRIES[1:]]
    assert asked(ENTRIES[:20], ENTRIES[:10], 10) == WitnessObjection.ROLLED_BACK
    assert asked(ENTRIES[:20], edited) == WitnessObjection.REWRITTEN
    assert asked(ENTRIES[:20], edited[:20]) == WitnessObjection.FORKED
    assert asked(ENTRIES[:20], ENTRIES, 10) == WitnessObjection.OTHER_SIZE
    assert asked(ENTRIES[:20], ENTRIES[:30], 35) == WitnessObjection.NOT_UNDERSTOOD
    for objection in WitnessObjection:
        ja, en = objection_words(objection, 1200, 900)
        assert ja.endswith("。")
        assert "{" not in ja + en
    assert "1,200 件" in objection_words(WitnessObjection.ROLLED_BACK, 1200, 900)[0]


def test_a_request_reads_back_as_it_was_written() -> None:
    for old in (0, 5, 40):
        request = WitnessRequest(old=old, proof=tuple(proof(ENTRIES, old)), note=note_of(ENTRIES))
        assert read_request(render_request(request)) == request


@pytest.mark.parametrize(
    "body",
    ["", "old 1", "old 01\n\nx", "new 1\n\nx", "old -1\n\nx", "old 1\n%%\n\nx", "old 1\n" + "AA==\n" * 64 + "\nx"],
)
def test_what_is_no_request_is_not_read(body: str) -> None:
    with pytest.raises(LedgerFault):
        read_request(body)


def test_a_cosignature_holds_for_its_checkpoint_its_moment_and_its_key() -> None:
    key, note = cosigner_key(WITNESS, PUBLIC), note_of(ENTRIES)
    line = cosign(tree(ENTRIES)[0].text(), WITNESS, PUBLIC, 1_800_000_000, KEY.sign)
    assert cosigned_at(note + line, key, holds) == 1_800_000_000
    assert cosigned_at(note, key, holds) is None
    assert cosigned_at(note_of(ENTRIES[:39]) + line, key, holds) is None
    assert cosigned_at(note + line.replace("AAAABrS", "AAAABrT"), key, holds) is None
    other = Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key().public_bytes_raw()
    assert cosigned_at(note + line, cosigner_key(WITNESS, other), holds) is None
    assert open_note(note + line, verifier_key(LOG, PUBLIC), holds) == tree(ENTRIES)[0].text()


def test_a_signature_of_the_ledger_is_no_cosignature_and_the_other_way_round() -> None:
    assert (
        cosigned_at(sign_note(tree(ENTRIES)[0].text(), WITNESS, PUBLIC, KEY.sign), cosigner_key(WITNESS, PUBLIC), holds)
        is None
    )
    with pytest.raises(LedgerFault):
        read_cosigner_key(verifier_key(WITNESS, PUBLIC))
    with pytest.raises(LedgerFault):
        cosigner_key("two words", PUBLIC)


def test_a_policy_names_the_keys_and_how_many_must_have_signed() -> None:
    assert render_policy("L", {}, 1) == "log L\nquorum none\n"
    assert render_policy("L", {"a": "A"}, 0) == "log L\nwitness a A\nquorum none\n"
    assert render_policy("L", {"a": "A"}, 1) == "log L\nwitness a A\ngroup witnesses 1 a\nquorum witnesses\n"
    text = render_policy("L", {"a": "A", "b": "B"}, 3)
    assert text == "log L\nwitness a A\nwitness b B\ngroup witnesses 2 a b\nquorum witnesses\n"


@pytest.mark.parametrize("body", ["old 1", "new 1\n\nnote", "old one\n\nnote", "old  1\n\nnote", "old 1 2\n\nnote"])
def test_what_is_no_request_is_told_as_one_sentence(body: str) -> None:
    with pytest.raises(LedgerFault, match=r"\Athis is not a request to a witness\Z"):
        read_request(body)


def test_a_proof_may_be_as_long_as_it_may_be_and_no_longer() -> None:
    lines = [b64encode(bytes(32)).decode()] * LONGEST_PROOF
    assert len(read_request("\n".join(["old 1", *lines]) + "\n\nnote").proof) == LONGEST_PROOF
    with pytest.raises(LedgerFault, match="not a request"):
        read_request("\n".join(["old 1", *lines, lines[0]]) + "\n\nnote")


def test_an_objection_names_both_sizes_in_both_languages() -> None:
    for objection in WitnessObjection:
        ja, en = objection_words(objection, 12_345, 67_890)
        for words in (ja, en):
            assert "None" not in words
            assert ("12,345" in words, "67,890" in words) == ("12,345" in ja, "67,890" in ja)


def test_a_witness_s_name_with_a_blank_is_refused_with_the_name() -> None:
    with pytest.raises(LedgerFault, match="'a b'"):
        cosigner_key("a b", PUBLIC)
