"""Which key store stands behind the port: the setting says it; a file of its own unless it says otherwise."""

import os
from collections.abc import Callable
from functools import lru_cache

from sekisho.adapters.database.home import Home, find_home
from sekisho.adapters.keys.ports import KeyFault, KeyPort
from sekisho.adapters.keys.store import KeyStore


@lru_cache(maxsize=4)
def _in_a_file(home: Home) -> KeyPort:
    """One store a home folder."""
    return KeyStore(home.keys, home.secret("master.key"))


KEY_STORES: dict[str, Callable[[Home], KeyPort]] = {"file": _in_a_file}
"""Every key store that can be chosen, by the name that the setting gives it."""


def open_key_store(home: Home | None = None) -> KeyPort:
    """The key store of this installation.

    Raises:
        KeyFault: The setting names a store that is not there.

    """
    name = os.environ.get("SEKISHO_KEYS", "file")
    if name not in KEY_STORES:
        message = f"鍵の置き場所「{name}」はありません / there is no key store {name} (known: {', '.join(KEY_STORES)})"
        raise KeyFault(message)
    return KEY_STORES[name](home or find_home())
