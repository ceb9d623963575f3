"""Sealed columns: personal data at rest under a key per subject and keeping period, with search keys beside them.

Erasing a subject is destroying a key; a dump of the database reveals nobody.
"""

import json
import secrets
from collections.abc import Iterable, Mapping
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC

from sekisho.adapters.keys import open_key_store
from sekisho.kernel import SekishoError

_NONCE: Final = 12
_written: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


class Seals:
    """Seals and opens the columns of one municipality; keys are fetched once for a whole batch."""

    def __init__(self, tenant: str) -> None:
        self._tenant = tenant
        self._store = open_key_store()
        self._ciphers: dict[str, AESGCM] = {}
        self._search = HMAC(self._store.make(tenant, "search"), SHA256())  # keyed once; each text goes through a copy

    def prepare(self, subjects: Iterable[str]) -> None:
        """Make the keys of new subjects in one go."""
        wanted = [subject for subject in dict.fromkeys(subjects) if subject not in self._ciphers]
        for name, key in self._store.make_many(self._tenant, [f"subject/{each}" for each in wanted]).items():
            self._ciphers[name.removeprefix("subject/")] = AESGCM(key)

    def _cipher(self, subject: str) -> AESGCM:
        """The cipher of a subject that is known.

        Raises:
            KeyFault: Its key is gone, and with it the data.

        """
        if subject not in self._ciphers:
            self._ciphers[subject] = AESGCM(self._store.open(self._tenant, f"subject/{subject}"))
        return self._ciphers[subject]

    def seal(self, subject: str, place: str, values: Mapping[str, Any]) -> bytes:
        """Seal values; they open only at this place (table, column, row) again."""
        nonce = secrets.token_bytes(_NONCE)
        plain = _written(dict(values)).encode()
        return nonce + self._cipher(subject).encrypt(nonce, plain, f"{self._tenant}/{place}".encode())

    def open(self, subject: str, place: str, sealed: bytes) -> dict[str, Any]:
        """Open sealed values.

        Raises:
            SekishoError: The bytes were changed, or moved here from elsewhere.

        """
        bound = f"{self._tenant}/{place}".encode()
        try:
            plain = self._cipher(subject).decrypt(sealed[:_NONCE], sealed[_NONCE:], bound)
        except InvalidTag as fault:
            message = f"a sealed column does not open at {place.split('/', maxsplit=1)[0]}"
            raise SekishoError(message) from fault
        values: dict[str, Any] = json.loads(plain)
        return values

    def search_key(self, text: str) -> str:
        """The search key of a normalised text."""
        keyed = self._search.copy()
        keyed.update(text.encode())
        return keyed.finalize().hex()
