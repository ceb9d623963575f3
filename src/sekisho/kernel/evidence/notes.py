"""Signed notes and checkpoints in the forms of C2SP (signed-note, tlog-checkpoint, tlog-proof), Ed25519 keys.

Signing and verifying are handed in: the kernel knows the forms, an adapter knows the keys.
"""

import base64
import binascii
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from sekisho.kernel.evidence.entries import LedgerFault

ED25519: Final = b"\x01"
_ID_LENGTH: Final = 4
_CHECKPOINT_LINES: Final = 3

Verify = Callable[[bytes, bytes, bytes], bool]
"""(public key, signature, message) -> does it hold?"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """A ledger's state in three lines: whose it is, how many entries, and the root over them."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """The text that is signed, with its final newline."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def key_id(name: str, public_key: bytes, kind: bytes = ED25519) -> bytes:
    """The four bytes that name a key inside a signature line."""
    return hashlib.sha256(name.encode() + b"\n" + kind + public_key).digest()[:_ID_LENGTH]


def verifier_key(name: str, public_key: bytes, kind: bytes = ED25519) -> str:
    """The key as auditors hand it round: name+id+key."""
    return f"{name}+{key_id(name, public_key, kind).hex()}+{base64.b64encode(kind + public_key).decode()}"


def read_verifier_key(text: str, kind: bytes = ED25519) -> tuple[str, bytes]:
    """Name and public key of a verifier key of this kind.

    Raises:
        LedgerFault: It is not one, or its id is not that of its key.

    """
    try:
        name, identity, encoded = text.strip().split("+", 2)
        key = base64.b64decode(encoded, validate=True)
    except (ValueError, binascii.Error) as fault:
        message = "this is not a verifier key"
        raise LedgerFault(message) from fault
    if key[:1] != kind or key_id(name, key[1:], kind).hex() != identity:
        message = "the verifier key's id is not that of its key"
        raise LedgerFault(message)
    return name, key[1:]


def sign_note(text: str, name: str, public_key: bytes, sign: Callable[[bytes], bytes]) -> str:
    """The text, a blank line, and one signature line."""
    signature = base64.b64encode(key_id(name, public_key) + sign(text.encode())).decode()
    return f"{text}\n— {name} {signature}\n"


def _signatures(lines: Sequence[str]) -> list[tuple[str, bytes, bytes]]:
    """Name, key id and signature of every signature line."""
    found = []
    for line in lines:
        mark, name, encoded = line.split(" ")
        raw = base64.b64decode(encoded, validate=True)
        if mark != "—" or len(raw) <= _ID_LENGTH:
            raise ValueError(line)
        found.append((name, raw[:_ID_LENGTH], raw[_ID_LENGTH:]))
    return found


def split_note(note: str) -> tuple[str, list[tuple[str, bytes, bytes]]]:
    """The text of a note, and name, key id and signature of every line below it; nothing of it is checked yet.

    Raises:
        LedgerFault: It is not a note.

    """
    text, blank, rest = note.rpartition("\n\n")
    message = "this is not a signed note"
    if not blank:
        raise LedgerFault(message)
    try:
        return text + "\n", _signatures(rest.removesuffix("\n").split("\n"))
    except (ValueError, binascii.Error) as fault:
        raise LedgerFault(message) from fault


def open_note(note: str, key: str, verify: Verify) -> str:
    """The text of a note that this verifier key has signed.

    Raises:
        LedgerFault: It is not a note, or that key did not sign it.

    """
    name, public_key = read_verifier_key(key)
    text, signatures = split_note(note)
    wanted = (name, key_id(name, public_key))
    if not any(
        (who, identity) == wanted and verify(public_key, signature, text.encode())
        for who, identity, signature in signatures
    ):
        message = f"the note is not signed by {name}"
        raise LedgerFault(message)
    return text


def read_checkpoint(text: str) -> Checkpoint:
    """Read the text of a checkpoint (without its signatures).

    Raises:
        LedgerFault: It is not a checkpoint.

    """
    lines = text.removesuffix("\n").split("\n")
    message = "this is not a checkpoint"
    if len(lines) != _CHECKPOINT_LINES or not lines[0] or not lines[1].isdecimal() or str(int(lines[1])) != lines[1]:
        raise LedgerFault(message)
    try:
        root = base64.b64decode(lines[2], validate=True)
    except (ValueError, binascii.Error) as fault:
        raise LedgerFault(message) from fault
    return Checkpoint(origin=lines[0], size=int(lines[1]), root=root)


def render_proof(index: int, proof: Sequence[bytes], signed_checkpoint: str) -> str:
    """A `.tlog-proof`: where the entry stands, its inclusion proof, and the signed checkpoint."""
    hashes = "".join(base64.b64encode(each).decode() + "\n" for each in proof)
    return f"c2sp.org/tlog-proof@v1\nindex {index}\n{hashes}\n{signed_checkpoint}"
