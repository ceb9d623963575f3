"""The key port: what everything else asks of a key store, whatever keeps the keys (a file, PKCS#11, a key service)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from sekisho.kernel import SekishoError


class KeyFault(SekishoError):
    """A key is missing or does not open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Destroyed:
    """That a key is gone: its id, the digest of its wrapped bytes, and whether the files were searched for them."""

    key: str
    digest: str
    searched: bool


def check_searched(gone: Iterable[Destroyed]) -> None:
    """What a destroyed key locked is called erased only once the files were searched for what is left of the key.

    Raises:
        SekishoError: One was not searched for yet; it is tried again.

    """
    if not all(each.searched for each in gone):
        message = (
            "鍵は壊しましたが、残りがないかの検索がまだ終わっていません。次の回にもう一度行います / "
            "keys are destroyed and not yet searched for; it is tried again"
        )
        raise SekishoError(message)


class KeyMaker(Protocol):
    """Makes keys, and keeps those that were made elsewhere; durable before it answers."""

    def make(self, tenant: str, key: str) -> bytes:
        """A fresh key under this id, or the one that is there."""
        ...

    def make_many(self, tenant: str, keys: Iterable[str]) -> dict[str, bytes]:
        """Many at once."""
        ...

    def keep_many(self, tenant: str, named: Mapping[str, bytes]) -> None:
        """Keep secrets made elsewhere (a signing key, age identities) under these ids, committed in one go."""
        ...


class KeyOpener(Protocol):
    """Hands out the keys that are there."""

    def open(self, tenant: str, key: str) -> bytes:
        """The key of this id.

        Raises:
            KeyFault: There is none (any more), or it does not open.

        """
        ...

    def present(self, tenant: str, keys: Sequence[str]) -> list[str]:
        """Those of these ids of which there is a key."""
        ...

    def ids(self, tenant: str, prefix: str) -> list[str]:
        """All ids of a municipality that begin so."""
        ...


class KeyDestroyer(Protocol):
    """Destroys keys for good; the same again answers the same."""

    def destroy(self, tenant: str, keys: Sequence[str]) -> list[Destroyed]:
        """Destroy keys and say of each whether what is left of it was searched for.

        Raises:
            KeyFault: Something of a destroyed key was still found.

        """
        ...


class KeySearcher(Protocol):
    """Looks for destroyed keys in what the store is made of; asked again before anybody certifies."""

    def found(self, digests: Sequence[str]) -> list[str]:
        """Those of these digests of wrapped keys whose bytes still lie in the store, wherever."""
        ...


class KeyPort(KeyMaker, KeyOpener, KeyDestroyer, KeySearcher, Protocol):
    """A whole key store; it holds the keys of parcels and subjects, and those that the issuing body signs with."""
