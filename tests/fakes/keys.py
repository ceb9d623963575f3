"""A key store in memory: another thing behind the key port."""

import hashlib
import secrets
from collections.abc import Iterable, Mapping, Sequence

from sekisho.adapters.keys import Destroyed, KeyFault


class KeysInMemory:
    """Keeps keys as long as it lives."""

    def __init__(self) -> None:
        self.there: dict[tuple[str, str], bytes] = {}
        self.gone: dict[tuple[str, str], str] = {}

    def make(self, tenant: str, key: str) -> bytes:
        return self.make_many(tenant, [key])[key]

    def make_many(self, tenant: str, keys: Iterable[str]) -> dict[str, bytes]:
        for key in (asked := list(keys)):
            self.keep_many(tenant, {key: secrets.token_bytes(32)})
        return {key: self.open(tenant, key) for key in asked}

    def keep_many(self, tenant: str, named: Mapping[str, bytes]) -> None:
        for key, secret in named.items():
            if (tenant, key) not in self.gone:
                self.there.setdefault((tenant, key), secret)

    def open(self, tenant: str, key: str) -> bytes:
        if (tenant, key) not in self.there:
            message = f"there is no key {tenant}/{key}"
            raise KeyFault(message)
        return self.there[tenant, key]

    def present(self, tenant: str, keys: Sequence[str]) -> list[str]:
        return [key for key in keys if (tenant, key) in self.there]

    def ids(self, tenant: str, prefix: str) -> list[str]:
        return [key for owner, key in self.there if owner == tenant and key.startswith(prefix)]

    def destroy(self, tenant: str, keys: Sequence[str]) -> list[Destroyed]:
        for key in keys:
            if secret := self.there.pop((tenant, key), None):
                self.gone[tenant, key] = hashlib.sha256(secret).hexdigest()
        return [Destroyed(key=key, digest=self.gone.get((tenant, key), ""), searched=True) for key in keys]

    def found(self, digests: Sequence[str]) -> list[str]:
        there = {hashlib.sha256(secret).hexdigest() for secret in self.there.values()}
        return [digest for digest in digests if digest in there]
