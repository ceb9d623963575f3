"""What we show a counterpart to be let in: a key of our own for SFTP, a key pair that it gave us for S3."""

from typing import Final

import asyncssh

from sekisho.adapters.database.home import Home
from sekisho.adapters.keys import KeyPort, open_key_store

_FIRST: Final = 1


def _name(counterpart: str, number: int = _FIRST) -> str:
    """The id of a counterpart's secret in the key store; each one after the first has its number in it."""
    plain = f"carrier/{counterpart}"
    return plain if number == _FIRST else f"{plain}#{number}"


def _numbers(store: KeyPort, tenant: str, counterpart: str) -> list[int]:
    """The numbers of a counterpart's secrets that are there, the newest last."""
    plain = _name(counterpart)
    after = (each.removeprefix(plain) for each in store.ids(tenant, plain))
    return sorted(_FIRST if not each else int(each[1:]) for each in after if not each or each[0] == "#")


def secret_of(home: Home, tenant: str, counterpart: str) -> str:
    """The secret that was entered last for a counterpart; nothing if none was."""
    store = open_key_store(home)
    numbers = _numbers(store, tenant, counterpart)
    return store.open(tenant, _name(counterpart, numbers[-1])).decode() if numbers else ""


def keep_secret(home: Home, tenant: str, counterpart: str, secret: str) -> None:
    """Keep a counterpart's secret. One that was changed takes the place of those before, which are destroyed.

    A key in the store never changes under its id, so the new one has a number; it is there before the old ones go.
    """
    store = open_key_store(home)
    before = _numbers(store, tenant, counterpart)
    if before and store.open(tenant, _name(counterpart, before[-1])).decode() == secret:
        return
    store.keep_many(tenant, {_name(counterpart, before[-1] + 1 if before else _FIRST): secret.encode()})
    if before:
        store.destroy(tenant, [_name(counterpart, each) for each in before])


def ssh_key_of(home: Home, tenant: str, counterpart: str) -> asyncssh.SSHKey:
    """Our own SSH key for one counterpart, made at first use."""
    known = secret_of(home, tenant, counterpart)
    if not known:
        made = asyncssh.generate_private_key("ssh-ed25519").export_private_key().decode()
        keep_secret(home, tenant, counterpart, made)
        known = secret_of(home, tenant, counterpart)
    return asyncssh.import_private_key(known)
