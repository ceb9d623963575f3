"""The lane's end of a connection: whose certificate it has, how long a head may be, and how long it may take."""

import asyncio
import os
import socket
import struct
from typing import Any, Final

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from sekisho.lane.limits import read_limits

MOST_HEADERS: Final = 100
LONGEST_HEAD: Final = 65_536
_PEER: Final = struct.Struct("3i")
_TOO_LONG: Final = b"\r\n".join(
    [
        b"HTTP/1.1 431 Request Header Fields Too Large",
        b"content-length: 0",
        b"connection: close",
        b"cache-control: no-store",
        b"",
        b"",
    ]
)


class HeadTooLongError(Exception):
    """More headers than anybody needs."""


def peer_user(transport: asyncio.BaseTransport) -> int | None:
    """The user at the other end of a local socket, as the operating system says it; nothing on any other socket."""
    line = transport.get_extra_info("socket")
    if line is None or line.family != socket.AF_UNIX:
        return None
    with socket.socket(fileno=os.dup(line.fileno())) as same:
        user: int = _PEER.unpack(same.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _PEER.size))[1]
        return user


class GuardedProtocol(HttpToolsProtocol):
    """Hands the peer's certificate to the application, read from the connection itself, and guards the head."""

    proxy_users: frozenset[int] = frozenset()
    _head: asyncio.TimerHandle | None = None
    _in_head = False
    _head_size = 0
    _lent = False
    body_taken = 0
    """How many bytes of this request's body have come here."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # asyncio's own types
        """Somebody has connected."""
        super().connection_made(transport)
        user, secured = peer_user(transport), transport.get_extra_info("ssl_object")
        if user is not None and user not in self.proxy_users:
            transport.abort()
            return
        certificate = secured.getpeercert(binary_form=True) if secured else None
        told: dict[str, Any] = {"peer_certificate": certificate, "proxy": user is not None}
        self.app_state = {**self.app_state, **told, "line": self}
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """It has gone."""
        self._head_came()
        super().connection_lost(exc)
        self.app_state = {}
        self._lent = False

    def _await_head(self) -> None:
        """A head has to be whole within its time."""
        if self._head is None:
            self._head = self.loop.call_later(read_limits().grace, self.transport.abort)

    def _head_came(self) -> None:
        """Nobody waits for a head any more."""
        if self._head is not None:
            self._head.cancel()
            self._head = None

    def data_received(self, data: bytes) -> None:
        """Some bytes have come."""
        if self._in_head:
            self._head_size += len(data)
        super().data_received(data)
        if self._in_head:
            self._await_head()
            if self._head_size > LONGEST_HEAD:
                self.transport.write(_TOO_LONG)
                self.transport.close()

    def on_message_begin(self) -> None:
        """A head begins."""
        super().on_message_begin()
        self._in_head, self._head_size, self.body_taken = True, 0, 0

    def on_header(self, name: bytes, value: bytes) -> None:
        """One header.

        Raises:
            HeadTooLongError: There are more than anybody needs; the parser then stops.

        """
        if len(self.headers) >= MOST_HEADERS:
            raise HeadTooLongError
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """The head is whole."""
        self._in_head = False
        self._head_came()
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Some of the body."""
        self.body_taken += len(body)
        super().on_body(body)

    def lend(self, taker: asyncio.BaseProtocol) -> None:
        """Let another take what comes from now on; nothing comes before it asks for it."""
        self.flow.pause_reading()
        self.transport.set_protocol(taker)
        self._lent = True

    def take_back(self, *, whole: bool) -> None:
        """Take what comes from now on; if the body came whole, a new head is next."""
        if not self._lent:
            return
        self._lent = False
        if not self.transport.is_closing():
            self.flow.pause_reading()
        self.transport.set_protocol(self)
        if whole:
            self.parser = httptools.HttpRequestParser(self)
            self.parser.set_dangerous_leniencies(lenient_data_after_close=True)
            self.on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """The head cannot be understood, or has too many headers."""
        if self.headers and len(self.headers) >= MOST_HEADERS:
            self.transport.write(_TOO_LONG)
            self.transport.close()
            return
        super().send_400_response(msg)
