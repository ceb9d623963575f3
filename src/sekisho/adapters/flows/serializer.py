"""What the durable-flow library stores is ciphertext: JSON under AES-256-GCM, never pickle, and ids only."""

import base64
import json
import secrets
from typing import Any, Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from dbos import Serializer

_NONCE: Final = 12


class SealedJson(Serializer):
    """JSON, sealed with the installation's flow key."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def serialize(self, data: Any) -> str:
        """Plain data to sealed text."""
        if isinstance(data, BaseException):
            data = {"error": type(data).__name__}
        nonce = secrets.token_bytes(_NONCE)
        sealed = nonce + self._cipher.encrypt(nonce, json.dumps(data).encode(), b"flow")
        return base64.b64encode(sealed).decode()

    def deserialize(self, serialized_data: str) -> Any:
        """Sealed text to plain data."""
        sealed = base64.b64decode(serialized_data)
        data = json.loads(self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], b"flow"))
        if isinstance(data, dict) and set(data) == {"error"}:
            return RuntimeError(data["error"])
        if isinstance(data, dict) and set(data) == {"args", "kwargs"}:
            return {"args": tuple(data["args"]), "kwargs": data["kwargs"]}
        return data

    def name(self) -> str:
        """The library writes it beside what was stored."""
        return "sekisho_sealed_json"
