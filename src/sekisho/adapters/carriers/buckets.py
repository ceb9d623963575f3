"""A bucket of S3 as a shelf: each object is created once, and what is there is never replaced."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import BinaryIO, Final

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError, NotFoundError
from obstore.store import S3Store

from sekisho.adapters.carriers.addresses import Counterpart
from sekisho.adapters.carriers.away import AwayError
from sekisho.adapters.carriers.secrets_of import secret_of
from sekisho.adapters.database.home import Home

_PIECE: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class BucketShelf:
    """Objects under one prefix."""

    store: S3Store

    def digest(self, name: str) -> str | None:
        """The digest of an object, read back whole."""
        digest = hashlib.sha256()
        try:
            for piece in obstore.get(self.store, name).stream(min_chunk_size=_PIECE):
                digest.update(piece)
        except (NotFoundError, FileNotFoundError):
            return None
        return digest.hexdigest()

    def put(self, name: str, content: BinaryIO) -> None:
        """Create an object, which S3 does only in one piece; what is there stays, and the carrier compares."""
        try:
            obstore.put(self.store, name, content.read(), mode="create", use_multipart=False)
        except AlreadyExistsError:
            return

    def read(self, name: str) -> bytes | None:
        """What lies there."""
        try:
            return bytes(obstore.get(self.store, name).bytes())
        except (NotFoundError, FileNotFoundError):
            return None


@contextmanager
def open_bucket(home: Home, tenant: str, counterpart: Counterpart) -> Iterator[BucketShelf]:
    """The bucket of a counterpart, with the key pair that was entered for it."""
    said = counterpart.settings
    pair = json.loads(secret_of(home, tenant, counterpart.counterpart) or "{}")
    store = S3Store(
        said["bucket"],
        prefix=said.get("prefix") or None,
        endpoint=counterpart.url,
        region=said.get("region", "us-east-1"),
        access_key_id=str(pair.get("id", "")),
        secret_access_key=str(pair.get("secret", "")),
        client_options={"allow_http": counterpart.url.startswith("http://"), "timeout": "30s"},
        retry_config={
            "max_retries": 2,
            "retry_timeout": timedelta(seconds=20),
            "backoff": {
                "init_backoff": timedelta(milliseconds=100),
                "max_backoff": timedelta(seconds=2),
                "base": 2,
            },
        },
    )
    try:
        yield BucketShelf(store)
    except (BaseError, OSError) as fault:
        raise AwayError(counterpart.counterpart, type(fault).__name__) from fault
