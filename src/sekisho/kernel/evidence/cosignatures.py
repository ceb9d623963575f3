"""Cosignatures of witnesses (C2SP tlog-cosignature, cosignature/v1, Ed25519), and the policy that asks for them.

A witness signs the moment and the checkpoint together. What it says: at this moment I saw this ledger, and it had only
grown since I last saw it.
"""

import base64
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from sekisho.kernel.evidence.entries import LedgerFault
from sekisho.kernel.evidence.notes import Verify, key_id, read_verifier_key, split_note, verifier_key

COSIGNATURE: Final = b"\x04"
_TIME_LENGTH: Final = 8
_SIGNATURE_LENGTH: Final = 64
_UNFIT: Final = frozenset("+ \t\r\n")


def cosigner_key(name: str, public_key: bytes) -> str:
    """A witness's key as auditors hand it round.

    Raises:
        LedgerFault: The name has a space or a plus in it, or none at all.

    """
    if not name or set(name) & _UNFIT:
        message = f"立会人の名前に空白と + は使えません / a witness's name has no space and no plus: {name!r}"
        raise LedgerFault(message)
    return verifier_key(name, public_key, COSIGNATURE)


def read_cosigner_key(key: str) -> tuple[str, bytes]:
    """Name and public key of a witness's verifier key.

    Raises:
        LedgerFault: It is not one.

    """
    return read_verifier_key(key, COSIGNATURE)


def _message(text: str, seconds: int) -> bytes:
    """What a witness signs."""
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


def cosign(text: str, name: str, public_key: bytes, seconds: int, sign: Callable[[bytes], bytes]) -> str:
    """The signature line of a witness below this checkpoint text, with its newline."""
    stamp = seconds.to_bytes(_TIME_LENGTH, "big")
    signature = key_id(name, public_key, COSIGNATURE) + stamp + sign(_message(text, seconds))
    return f"— {name} {base64.b64encode(signature).decode()}\n"


def cosigned_at(note: str, key: str, verify: Verify) -> int | None:
    """When the holder of this key last cosigned the note, in seconds since 1970; nothing if it never did.

    Raises:
        LedgerFault: It is not a note, or the key is not that of a witness.

    """
    name, public_key = read_cosigner_key(key)
    wanted = (name, key_id(name, public_key, COSIGNATURE))
    text, signatures = split_note(note)
    moments = [
        seconds
        for who, identity, raw in signatures
        if (who, identity) == wanted and len(raw) == _TIME_LENGTH + _SIGNATURE_LENGTH
        if verify(public_key, raw[_TIME_LENGTH:], _message(text, seconds := int.from_bytes(raw[:_TIME_LENGTH], "big")))
    ]
    return max(moments, default=None)


def render_policy(log: str, witnesses: Mapping[str, str], threshold: int) -> str:
    """What a verifier may demand (C2SP tlog-policy): keys of ledger and witnesses, and how many must have signed."""
    lines = [f"log {log}", *(f"witness {name} {key}" for name, key in witnesses.items())]
    if not witnesses or threshold < 1:
        return "\n".join([*lines, "quorum none", ""])
    members: Sequence[str] = list(witnesses)
    group = f"group witnesses {min(threshold, len(members))} {' '.join(members)}"
    return "\n".join([*lines, group, "quorum witnesses", ""])
