"""Nine ways in which whoever owns the database changes a ledger, in the form in which auditors are shown it (K-18).

The owner of the database can write every row and every file. Where an attack says so, the owner has the ledger's key
as well. Nobody but the witness has the witness's key.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from types import MappingProxyType

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sekisho.adapters.witnesses import WitnessBook, found_book
from sekisho.kernel import (
    Checkpoint,
    Frontier,
    WitnessRequest,
    bundle_paths,
    entry_bundle,
    hash_tiles,
    leaf_hash,
    prove_consistency,
    render_policy,
    render_request,
    sign_note,
    verifier_key,
)

ORIGIN = "sekisho/422011"
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw()
LOG_KEY = verifier_key(ORIGIN, PUBLIC)
STEP = 20
Files = dict[str, bytes]


def entry(number: int) -> bytes:
    """One entry."""
    return f'{{"kind":"received","number":{number},"parcel":"p-{number}"}}'.encode()


@dataclass(frozen=True, slots=True)
class Tree:
    """A tree over entries."""

    entries: Sequence[bytes]
    nodes: dict[tuple[int, int], bytes] = field(default_factory=dict)

    def note(self) -> str:
        """The checkpoint, signed with the ledger's key."""
        frontier, nodes = Frontier().append(map(leaf_hash, self.entries))
        self.nodes.update({(each.level, each.index): each.hash for each in nodes})
        text = Checkpoint(origin=ORIGIN, size=frontier.size, root=frontier.root()).text()
        return sign_note(text, ORIGIN, PUBLIC, KEY.sign)

    def files(self, note: str, witnessed: str = "") -> Files:
        """The published form, under this checkpoint."""
        self.note()
        size = len(self.entries)
        files = dict(hash_tiles(size, lambda level, index: self.nodes[level, index]))
        for path, first, count in bundle_paths(0, size):
            files[path] = entry_bundle(self.entries[first : first + count])
        if witnessed:
            files["witnessed"] = witnessed.encode()
        return {**files, "checkpoint": note.encode()}

    def request(self, old: int) -> str:
        """What its owner asks the witness."""
        note = self.note()
        proof = prove_consistency(old, len(self.entries), lambda level, index: self.nodes[level, index])
        return render_request(WitnessRequest(old=old, proof=tuple(proof), note=note))


class City:
    """An honest ledger whose checkpoints a witness has signed as it grew."""

    def __init__(self, folder: Path, count: int = 300) -> None:
        self.book: WitnessBook = found_book(folder, "secretariat")
        self.book.trust(LOG_KEY)
        self.entries = [entry(number) for number in range(count)]
        self.signed: dict[int, str] = {}
        seen = 0
        for size in range(STEP, count + 1, STEP):
            tree = Tree(self.entries[:size])
            self.signed[size] = tree.note() + self.book.answer(tree.request(seen), 1_800_000_000 + size).line
            seen = size
        self.size = seen
        self.policy = render_policy(LOG_KEY, {"secretariat": self.book.key}, 1)

    def honest(self, chance: Random) -> Files:
        """The ledger at some size, with what the witness had signed by then."""
        size = chance.randrange(STEP, self.size + 1)
        tree, last = Tree(self.entries[:size]), size - size % STEP
        return tree.files(self.signed[size] if size == last else tree.note(), self.signed[last])


def flip(city: City, chance: Random) -> Files:
    """One bit of one entry, with or without its leaf and tree."""
    entries = list(city.entries)
    at = chance.randrange(len(entries))
    body = bytearray(entries[at])
    body[chance.randrange(len(body))] ^= 1 << chance.randrange(8)
    entries[at] = bytes(body)
    note = city.signed[city.size]
    if chance.random() < 0.5:
        return Tree(entries).files(note)
    changed = Tree(entries).files(note)
    return {**Tree(city.entries).files(note), **{path: each for path, each in changed.items() if "entries" in path}}


def delete(city: City, chance: Random) -> Files:
    """One entry is gone, the tree computed anew; the signature is the old one."""
    entries = list(city.entries)
    del entries[chance.randrange(len(entries))]
    return Tree(entries).files(city.signed[city.size])


def swap(city: City, chance: Random) -> Files:
    """Two entries exchanged."""
    entries = list(city.entries)
    one, other = chance.sample(range(len(entries)), 2)
    entries[one], entries[other] = entries[other], entries[one]
    return Tree(entries).files(city.signed[city.size])


def insert(city: City, chance: Random) -> Files:
    """One entry that was never written."""
    entries = list(city.entries)
    entries.insert(chance.randrange(len(entries) + 1), entry(10_000 + chance.randrange(1000)))
    return Tree(entries).files(city.signed[city.size])


def truncate(city: City, chance: Random) -> Files:
    """The newest entries are cut off; an earlier checkpoint with its genuine signatures lies beside."""
    size = chance.randrange(STEP, city.size, STEP)
    return Tree(city.entries[:size]).files(city.signed[size])


def rewrite(city: City, chance: Random) -> Files:
    """An entry is changed, the tree computed anew, and everything signed again with the stolen key of the ledger."""
    entries = list(city.entries)
    entries[chance.randrange(len(entries))] = entry(20_000 + chance.randrange(1000))
    tree = Tree([*entries, entry(30_000)])
    return tree.files(tree.note(), city.signed[city.size] if chance.random() < 0.5 else "")


def fork(city: City, chance: Random) -> Files:
    """A second auditor is shown another continuation of the same beginning, signed with the ledger's own key."""
    common = chance.randrange(1, city.size)
    tree = Tree([*city.entries[:common], *(entry(40_000 + number) for number in range(city.size - common))])
    last = common - common % STEP
    return tree.files(tree.note(), city.signed.get(last, "") if chance.random() < 0.5 else "")


def restore(city: City, chance: Random) -> Files:
    """An old backup is put back, signatures and all, and the ledger goes on from there under its own key."""
    size = chance.randrange(STEP, city.size, STEP)
    more = chance.randrange(1, city.size)
    tree = Tree([*city.entries[:size], *(entry(50_000 + number) for number in range(more))])
    return tree.files(tree.note(), city.signed[size])


def reset(city: City, chance: Random) -> Files:
    """The numbering begins again: a fresh ledger of the same name, signed with its key."""
    tree = Tree(city.entries[chance.randrange(1, city.size) :])
    return tree.files(tree.note())


ATTACKS: Mapping[str, Callable[[City, Random], Files]] = MappingProxyType(
    {
        "bit flip": flip,
        "row delete": delete,
        "swap": swap,
        "insert": insert,
        "truncate": truncate,
        "rewrite and sign again": rewrite,
        "fork": fork,
        "restore of a backup": restore,
        "sequence reset": reset,
    }
)


def lay_out(files: Files, folder: Path) -> Path:
    """Write what an auditor is shown."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder
