"""SSH keys: the gate's own host key, and the fingerprints by which machines are known as terminals."""

import hashlib

import asyncssh
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


def key_fingerprint(key: asyncssh.SSHKey) -> str:
    """The digest by which the gate knows a machine's key, in hexadecimal."""
    return hashlib.sha256(key.public_data).hexdigest()


def host_key(secret: bytes) -> asyncssh.SSHKey:
    """The gate's own host key, which clients pin."""
    text = Ed25519PrivateKey.from_private_bytes(secret).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.OpenSSH, serialization.NoEncryption()
    )
    return asyncssh.import_private_key(text)
