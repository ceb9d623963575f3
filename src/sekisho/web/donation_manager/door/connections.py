"""One end of a connection: whose certificate the other end has shown, read from the connection itself."""

import asyncio
import hashlib
from collections.abc import Mapping
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol


class CertifiedProtocol(HttpToolsProtocol):
    """Hands the digest of the peer's certificate to the application."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # asyncio's own types
        """Somebody has connected."""
        super().connection_made(transport)
        secured = transport.get_extra_info("ssl_object")
        shown = secured.getpeercert(binary_form=True) if secured else None
        self.app_state = {**self.app_state, "peer": hashlib.sha256(shown).hexdigest() if shown else ""}


def peer_of(scope: Mapping[str, Any]) -> str:
    """The digest of the certificate at the other end; nothing if it has shown none."""
    return str(scope.get("state", {}).get("peer", ""))
