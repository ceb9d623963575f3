"""What we show a counterpart to be let in: a key of our own for SFTP, a key pair that it gave us for S3."""

import asyncssh

from sekisho.adapters.database.home import Home
from sekisho.adapters.keys import open_key_store


def _name(counterpart: str) -> str:
    """The id of a counterpart's secret in the key store."""
    return f"carrier/{counterpart}"


def secret_of(home: Home, tenant: str, counterpart: str) -> str:
    """The secret that was entered for a counterpart; nothing if none was."""
    store = open_key_store(home)
    if not store.present(tenant, [_name(counterpart)]):
        return ""
    return store.open(tenant, _name(counterpart)).decode()


def keep_secret(home: Home, tenant: str, counterpart: str, secret: str) -> None:
    """Keep a counterpart's secret; another one under the same name is a new counterpart."""
    open_key_store(home).keep_many(tenant, {_name(counterpart): secret.encode()})


def ssh_key_of(home: Home, tenant: str, counterpart: str) -> asyncssh.SSHKey:
    """Our own SSH key for one counterpart, made at first use."""
    known = secret_of(home, tenant, counterpart)
    if not known:
        made = asyncssh.generate_private_key("ssh-ed25519").export_private_key().decode()
        keep_secret(home, tenant, counterpart, made)
        known = secret_of(home, tenant, counterpart)
    return asyncssh.import_private_key(known)
