"""Whose certificate stands behind a request: on the very connection, or told by our own proxy over its own socket.

A header about a certificate is believed on the proxy's socket only, which the operating system opens to our own user
and the proxy's alone. Anywhere else such a header is a forgery, and is refused.
"""

import hashlib
import ssl
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final
from urllib.parse import unquote

from sekisho.kernel import ReasonCode, Refused, because

TOLD: Final = b"sekisho-client-certificate"
"""The header in which the proxy tells the certificate that it checked, as escaped PEM."""


@lru_cache(maxsize=1024)
def _fingerprint(escaped: bytes) -> str:
    """The digest of a certificate that the proxy told; nothing if it is none."""
    try:
        return hashlib.sha256(ssl.PEM_cert_to_DER_cert(unquote(escaped.decode("ascii")))).hexdigest()
    except ValueError:
        return ""


def fingerprint_of(scope: Mapping[str, Any]) -> str:
    """The digest of the certificate of this connection; nothing if there is none.

    Raises:
        Refused: Somebody who is not our proxy tells of a certificate.

    """
    state = scope.get("state", {})
    told = [value for name, value in scope["headers"] if name == TOLD]
    if state.get("proxy"):
        return _fingerprint(told[0]) if len(told) == 1 else ""
    if told:
        raise Refused(
            [because(ReasonCode.INPUT_NOT_UNDERSTOOD, where=TOLD.decode(), what="代理用 / for the proxy only")]
        )
    certificate = state.get("peer_certificate")
    return hashlib.sha256(certificate).hexdigest() if certificate else ""
