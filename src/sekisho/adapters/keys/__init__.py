"""The key store: a small store of its own, so that destroying a key erases what it locked, in every backup too."""

from sekisho.adapters.keys.signing import SigningKey, holds, signing_key
from sekisho.adapters.keys.store import Destroyed, KeyFault, KeyStore, open_key_store

__all__ = ["Destroyed", "KeyFault", "KeyStore", "SigningKey", "holds", "open_key_store", "signing_key"]
