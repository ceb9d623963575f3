"""Signing keys (Ed25519) of the issuing body and of the ledger, kept in the key store."""

from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from sekisho.adapters.keys.ports import KeyPort


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningKey:
    """A key that signs, and the public half that others check with."""

    public: bytes
    _key: Ed25519PrivateKey = field(repr=False)

    def sign(self, message: bytes) -> bytes:
        """Sign a message; a signature has 64 bytes."""
        return self._key.sign(message)


def signing_key(store: KeyPort, tenant: str, signer: str) -> SigningKey:
    """The key of a signer, made at first use."""
    key = Ed25519PrivateKey.from_private_bytes(store.make(tenant, f"signer/{signer}"))
    return SigningKey(public=key.public_key().public_bytes_raw(), _key=key)


def holds(public_key: bytes, signature: bytes, message: bytes) -> bool:
    """Does this signature hold? Whatever is wrong with it, the answer is no."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
