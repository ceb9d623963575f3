"""How every stand-in answers: bytes or data, over HTTP/1.1, with nothing logged; and who asks, by the certificate."""

import json
from http.server import BaseHTTPRequestHandler
from typing import Any


class AnsweringHandler(BaseHTTPRequestHandler):
    """What the interfaces of all stand-ins share."""

    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's own name
        """Nothing is logged."""

    def begin(self, status: int, kind: str, size: int, headers: dict[str, str] | None = None) -> None:
        """The head of an answer: of this kind, and so many bytes long."""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(size))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()

    def send(self, status: int, body: bytes, kind: str, headers: dict[str, str] | None = None) -> None:
        """Answer with these bytes."""
        self.begin(status, kind, len(body), headers)
        self.wfile.write(body)

    def answer(self, status: int, data: object, headers: dict[str, str] | None = None) -> None:
        """Answer with data as JSON."""
        self.send(status, json.dumps(data, ensure_ascii=False).encode(), "application/json; charset=utf-8", headers)

    def parts(self) -> list[str]:
        """The address that was asked for, between its slashes."""
        return self.path.strip("/").split("/")

    def units(self) -> list[str]:
        """The organizational units in the certificate of whoever asks; for a municipality, its code."""
        certificate = self.connection.getpeercert() or {}
        pairs = (pair for group in certificate.get("subject", ()) for pair in group)
        return [str(value) for key, value in pairs if key == "organizationalUnitName"]

    def municipality(self) -> str:
        """The municipality code in the certificate."""
        return next(reversed(self.units()), "")
