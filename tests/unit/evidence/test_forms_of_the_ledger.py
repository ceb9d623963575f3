"""The ledger's written forms, byte for byte: entries, notes, checkpoints, proofs, tiles."""

import base64
import hashlib
import json

import pytest

from sekisho.kernel import (
    EMPTY_ROOT,
    LARGEST_ENTRY,
    Checkpoint,
    EntryKind,
    Frontier,
    LedgerFault,
    decode_entry,
    encode_entry,
    entry_bundle,
    entry_bundle_path,
    extends,
    hash_tiles,
    includes,
    leaf_hash,
    node_hash,
    open_note,
    prove_consistency,
    prove_inclusion,
    read_checkpoint,
    read_entry_bundle,
    read_root,
    read_verifier_key,
    render_proof,
    root_from_inclusion,
    sign_note,
    tile_number,
    verifier_key,
)

KEY = b"k" * 32
NAME = "sekisho/422011"
VKEY = verifier_key(NAME, KEY)


def sign(message: bytes) -> bytes:
    """A stand-in for a signature: 64 bytes over the message."""
    return hashlib.sha512(KEY + message).digest()


def verify(public_key: bytes, signature: bytes, message: bytes) -> bool:
    """Does the stand-in hold?"""
    return signature == hashlib.sha512(public_key + message).digest()


NOTE = sign_note("text\nof two lines\n", NAME, KEY, sign)


def test_an_entry_is_written_one_way_and_read_back() -> None:
    entry = {"kind": "viewed", "b": [1, None, True, "髙"], "a": {"y": 2, "x": ("z",)}}
    encoded = encode_entry(entry)
    assert encoded == '{"a":{"x":["z"],"y":2},"b":[1,null,true,"髙"],"kind":"viewed"}'.encode()
    assert decode_entry(encoded) == json.loads(encoded)


@pytest.mark.parametrize("kind", list(EntryKind))
def test_every_kind_of_entry_can_be_written(kind: EntryKind) -> None:
    assert decode_entry(encode_entry({"kind": str(kind)}))["kind"] == kind


@pytest.mark.parametrize(
    ("entry", "what"),
    [
        ({"kind": "gossip"}, "unknown kind of entry: gossip"),
        ({}, "unknown kind of entry: None"),
        ({"kind": "viewed", "x": 1.5}, "an entry cannot hold a float"),
        ({"kind": "viewed", "x": [{"y": b"raw"}]}, "an entry cannot hold a bytes"),
        ({"kind": "viewed", "x": {1: "y"}}, "an entry's keys are texts"),
    ],
)
def test_what_has_not_one_way_of_writing_is_no_entry(entry: dict[str, object], what: str) -> None:
    with pytest.raises(LedgerFault) as fault:
        encode_entry(entry)
    assert str(fault.value) == what


def test_an_entry_of_the_largest_size_is_taken_and_one_byte_more_is_not() -> None:
    frame = len(encode_entry({"kind": "viewed", "x": ""}))
    assert len(encode_entry({"kind": "viewed", "x": "y" * (LARGEST_ENTRY - frame)})) == LARGEST_ENTRY == 65_535
    with pytest.raises(LedgerFault, match="65536 bytes is too large"):
        encode_entry({"kind": "viewed", "x": "y" * (LARGEST_ENTRY - frame + 1)})


@pytest.mark.parametrize(
    ("encoded", "what"),
    [
        (b"not json", "an entry is not JSON"),
        (b'{"kind": "viewed"}', "an entry is not written the canonical way"),
        (b'["viewed"]', "an entry is not written the canonical way"),
    ],
)
def test_what_is_written_otherwise_is_not_read(encoded: bytes, what: str) -> None:
    with pytest.raises(LedgerFault) as fault:
        decode_entry(encoded)
    assert str(fault.value) == what


def test_the_hashes_are_those_of_the_specification() -> None:
    assert leaf_hash(b"").hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert node_hash(b"a", b"b") == hashlib.sha256(b"\x01ab").digest()
    assert Frontier().root() == EMPTY_ROOT


def test_a_verifier_key_is_name_id_and_key() -> None:
    identity = hashlib.sha256(NAME.encode() + b"\n\x01" + KEY).digest()[:4].hex()
    encoded = base64.b64encode(b"\x01" + KEY).decode()
    assert f"{NAME}+{identity}+{encoded}" == VKEY
    assert read_verifier_key(f" {VKEY}\n") == (NAME, KEY)


@pytest.mark.parametrize("text", ["", "name", "name+id", "name+00000000+!!!"])
def test_what_is_no_verifier_key_is_said_so(text: str) -> None:
    with pytest.raises(LedgerFault, match=r"^this is not a verifier key$"):
        read_verifier_key(text)


def test_a_verifier_key_of_another_kind_or_with_another_id_is_refused() -> None:
    _, identity, _ = VKEY.split("+", 2)
    other_kind = base64.b64encode(b"\x02" + KEY).decode()
    other_key = base64.b64encode(b"\x01" + KEY[::-1] + b"x").decode()
    for encoded in (other_kind, other_key):
        with pytest.raises(LedgerFault, match=r"^the verifier key's id is not that of its key$"):
            read_verifier_key(f"{NAME}+{identity}+{encoded}")


def test_a_note_is_text_blank_line_and_signature() -> None:
    text, _, line = NOTE.rpartition("\n\n")
    assert text == "text\nof two lines"
    mark, name, encoded = line.rstrip("\n").split(" ")
    assert (mark, name) == ("—", NAME)
    raw = base64.b64decode(encoded)
    assert raw == hashlib.sha256(NAME.encode() + b"\n\x01" + KEY).digest()[:4] + sign(b"text\nof two lines\n")
    assert open_note(NOTE, VKEY, verify) == "text\nof two lines\n"


def test_a_note_may_carry_more_signatures_than_ours() -> None:
    other = base64.b64encode(b"abcd" + b"s" * 64).decode()
    text, _, line = NOTE.rpartition("\n\n")
    for note in (f"{text}\n\n— other {other}\n{line}", f"{text}\n\n{line}— other {other}\n"):
        assert open_note(note, VKEY, verify) == "text\nof two lines\n"


@pytest.mark.parametrize(
    ("note", "what"),
    [
        (NOTE.replace("two", "few"), f"the note is not signed by {NAME}"),
        (NOTE.replace(f"— {NAME}", "— somebody"), f"the note is not signed by {NAME}"),
        (NOTE.replace("—", "-"), "this is not a signed note"),
        (NOTE.replace("— ", "—  "), "this is not a signed note"),
        (f"text\n\n— {NAME} !!!\n", "this is not a signed note"),
        (f"text\n\n— {NAME} {base64.b64encode(b'abcd').decode()}\n", "this is not a signed note"),
        ("no signature at all", "this is not a signed note"),
    ],
)
def test_a_note_that_was_not_signed_so_is_refused(note: str, what: str) -> None:
    with pytest.raises(LedgerFault) as fault:
        open_note(note, VKEY, verify)
    assert str(fault.value) == what


def test_a_signature_line_without_a_text_before_it_is_no_note() -> None:
    line = NOTE.rpartition("\n\n")[2]
    signed_nothing = sign_note("\n", NAME, KEY, sign).rpartition("\n\n")[2]
    for note in (line, signed_nothing):
        with pytest.raises(LedgerFault):
            open_note(note, VKEY, verify)


def test_a_checkpoint_is_three_lines() -> None:
    checkpoint = Checkpoint(origin=NAME, size=7, root=b"r" * 32)
    assert checkpoint.text() == f"{NAME}\n7\n{base64.b64encode(b'r' * 32).decode()}\n"
    assert read_checkpoint(checkpoint.text()) == checkpoint
    assert read_checkpoint(checkpoint.text().rstrip("\n")) == checkpoint
    assert read_checkpoint(f"{NAME}\n0\n\n").size == 0


@pytest.mark.parametrize(
    "text",
    ["", "a\n1\n", "a\n1\ncg==\nmore\n", "\n1\ncg==\n", "a\n01\ncg==\n", "a\n-1\ncg==\n", "a\nx\ncg==\n", "a\n1\n!\n"],
)
def test_what_is_no_checkpoint_is_said_so(text: str) -> None:
    with pytest.raises(LedgerFault, match=r"^this is not a checkpoint$"):
        read_checkpoint(text)


def test_a_proof_is_written_as_the_specification_says() -> None:
    proof = render_proof(3, [b"a" * 32, b"b" * 32], "checkpoint\n")
    one, two = (base64.b64encode(each * 32).decode() for each in (b"a", b"b"))
    assert proof == f"c2sp.org/tlog-proof@v1\nindex 3\n{one}\n{two}\n\ncheckpoint\n"


@pytest.mark.parametrize(
    ("number", "name"),
    [(0, "000"), (67, "067"), (999, "999"), (1000, "x001/000"), (1234067, "x001/x234/067"), (999_999, "x999/999")],
)
def test_a_tile_s_number_comes_in_groups_of_three(number: int, name: str) -> None:
    assert tile_number(number) == name


def test_entry_bundles_say_how_long_each_entry_is() -> None:
    assert entry_bundle([b"ab", b""]) == b"\x00\x02ab\x00\x00"
    assert entry_bundle([b"x" * 300])[:2] == b"\x01\x2c"
    assert read_entry_bundle(b"\x00\x02ab\x00\x00") == [b"ab", b""]
    assert read_entry_bundle(b"\x00\x02ab\x00") == [b"ab"]
    assert entry_bundle_path(0, 256) == "tile/entries/000"
    assert entry_bundle_path(512, 3) == "tile/entries/002.p/3"


class Shelf(dict[tuple[int, int], bytes]):
    """A tree's nodes."""

    def __call__(self, level: int, index: int) -> bytes:
        """One node."""
        return self[level, index]


def grown(size: int) -> tuple[Frontier, Shelf]:
    """A tree of this size."""
    frontier, nodes = Frontier().append(leaf_hash(str(number).encode()) for number in range(size))
    return frontier, Shelf({(node.level, node.index): node.hash for node in nodes})


@pytest.mark.parametrize("size", range(1, 20))
def test_proofs_hold_at_every_index_and_every_earlier_size(size: int) -> None:
    frontier, shelf = grown(size)
    assert read_root(size, shelf) == frontier.root()
    for index in range(size):
        proof = prove_inclusion(index, size, shelf)
        leaf = leaf_hash(str(index).encode())
        assert includes(leaf, index, size, proof, frontier.root())
        assert root_from_inclusion(leaf, index, size, [*proof, b"x" * 32]) is None or len(proof) == 0
        assert not includes(leaf, index, size, proof[:-1], frontier.root()) or not proof
    for old in range(size + 1):
        proof = prove_consistency(old, size, shelf)
        before = (old, read_root(old, shelf) if old else EMPTY_ROOT)
        assert extends(before, (size, frontier.root()), proof)
        if 0 < old < size:
            assert not extends(before, (size, frontier.root()), [*proof, b"x" * 32])
            assert not extends(before, (size, frontier.root()), proof[:-1])
            assert not extends((old, b"y" * 32), (size, frontier.root()), proof)
            assert not extends(before, (size, b"z" * 32), proof)


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_an_entry_that_is_not_in_the_tree_has_no_proof(index: int, size: int) -> None:
    _, shelf = grown(3)
    with pytest.raises(LedgerFault, match=f"^entry {index} is not in a tree of {size}$"):
        prove_inclusion(index, size, shelf)
    assert root_from_inclusion(b"", index, size, []) is None


@pytest.mark.parametrize(("old", "new"), [(-1, 3), (4, 3)])
def test_sizes_out_of_order_are_no_two_sizes_of_one_tree(old: int, new: int) -> None:
    _, shelf = grown(3)
    with pytest.raises(LedgerFault, match=f"^{old} and {new} are not two sizes of one tree$"):
        prove_consistency(old, new, shelf)
    assert not extends((old, b""), (new, b""), [])


def test_the_ends_need_no_proof_and_take_none() -> None:
    frontier, shelf = grown(3)
    assert prove_consistency(0, 3, shelf) == prove_consistency(3, 3, shelf) == []
    root = frontier.root()
    assert extends((0, EMPTY_ROOT), (3, root), [])
    assert not extends((0, b"other"), (3, root), [])
    assert not extends((0, EMPTY_ROOT), (3, root), [root])
    assert extends((3, root), (3, root), [])
    assert not extends((3, root), (3, root), [root])
    assert not extends((3, root), (3, b"other"), [])


def test_tiles_of_an_empty_and_of_a_full_tree() -> None:
    assert list(hash_tiles(0, Shelf())) == []
    _, shelf = grown(256)
    assert [(name, len(content)) for name, content in hash_tiles(256, shelf)] == [
        ("tile/0/000", 8192),
        ("tile/1/000.p/1", 32),
    ]
