"""Asking a witness over the network (C2SP tlog-witness, add-checkpoint)."""

import http.client
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from sekisho.kernel import SekishoError

PATIENCE_SECONDS: Final = 10.0
_LONGEST_ANSWER: Final = 16 * 1024


class Unreachable(SekishoError):
    """The witness did not answer, or not in a way that can be understood."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WitnessReply:
    """What came back: the status and the text."""

    status: int
    text: str

    @property
    def size(self) -> int | None:
        """The size that the witness says it saw last."""
        stripped = self.text.strip()
        return int(stripped) if self.status == http.HTTPStatus.CONFLICT and stripped.isdecimal() else None


class _NoDetours(urllib.request.HTTPRedirectHandler):
    """A witness is where its address says, and nowhere else."""

    def redirect_request(self, *_: object, **__: object) -> None:
        """Follow nothing."""


def ask_witness(address: str, body: str) -> WitnessReply:
    """Send a request to the witness at this address.

    Raises:
        Unreachable: There was no answer.

    """
    if urlsplit(address).scheme not in {"http", "https"}:
        message = f"{address}: http(s) の住所ではありません / not an http(s) address"
        raise Unreachable(message)
    url = f"{address.rstrip('/')}/add-checkpoint"
    headers = {"content-type": "text/plain; charset=utf-8"}
    request = urllib.request.Request(url, body.encode(), headers, method="POST")  # noqa: S310 - http(s), as checked
    opener = urllib.request.build_opener(_NoDetours, urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=PATIENCE_SECONDS) as answer:
            return WitnessReply(status=answer.status, text=answer.read(_LONGEST_ANSWER).decode())
    except urllib.error.HTTPError as refusal:
        with refusal:
            return WitnessReply(status=refusal.code, text=refusal.read(_LONGEST_ANSWER).decode(errors="replace"))
    except (OSError, http.client.HTTPException, ValueError) as fault:
        message = f"立会人 {address} から返事がありません / no answer from {address}: {type(fault).__name__}"
        raise Unreachable(message) from fault
