"""The key store: a small store of its own, so that destroying a key erases what it locked, in every backup too."""

from sekisho.adapters.keys.choosing import KEY_STORES, open_key_store
from sekisho.adapters.keys.ports import Destroyed, KeyFault, KeyPort, check_searched
from sekisho.adapters.keys.signing import SigningKey, holds, signing_key
from sekisho.adapters.keys.store import KeyStore

__all__ = [
    "KEY_STORES",
    "Destroyed",
    "KeyFault",
    "KeyPort",
    "KeyStore",
    "SigningKey",
    "check_searched",
    "holds",
    "open_key_store",
    "signing_key",
]
