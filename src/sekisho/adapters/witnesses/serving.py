"""A witness as a process of its own: one address, POST /add-checkpoint, and nothing else."""

import logging
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final

from sekisho.adapters.witnesses.book import LARGEST_REQUEST, WitnessAnswer, WitnessBook

SIZE_TYPE: Final = "text/x.tlog.size"
PATIENCE_SECONDS: Final = 15.0
_LOG: Final = logging.getLogger("sekisho.witness")


def http_answer(answer: WitnessAnswer) -> tuple[int, str, str]:
    """Status, content type and text of an answer, in the form of C2SP tlog-witness."""
    if answer.objection is None:
        return answer.status, "text/plain; charset=utf-8", answer.line
    if answer.status == 409:  # noqa: PLR2004 - Conflict
        return answer.status, SIZE_TYPE, f"{answer.seen}\n"
    return answer.status, "text/plain; charset=utf-8", " / ".join(answer.words) + "\n"


class _Desk(BaseHTTPRequestHandler):
    """What answers one connection; whose desk it is, the server says."""

    timeout = PATIENCE_SECONDS
    protocol_version = "HTTP/1.1"
    server: "WitnessServer"

    def do_POST(self) -> None:
        """One request."""
        length = self.headers.get("content-length", "")
        if self.path.rstrip("/").rpartition("/")[2] != "add-checkpoint":
            self._say(404, "text/plain", "not found\n")
        elif not length.isdecimal() or int(length) > LARGEST_REQUEST:
            self._say(400, "text/plain", "content-length\n")
        else:
            body = self.rfile.read(int(length)).decode("utf-8", "replace")
            answer = self.server.book.answer(body, int(time.time()))
            self.server.tell(answer)
            self._say(*http_answer(answer))

    def _say(self, status: int, kind: str, text: str) -> None:
        """Answer, and close where the request was not read to its end."""
        encoded = text.encode()
        self.close_connection = status in {400, 404}
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(encoded)))
        self.send_header("cache-control", "no-store")
        self.end_headers()
        self.wfile.write(encoded)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's own name
        """The answers are told; requests are not."""
        _LOG.debug(format, *args)


class WitnessServer(ThreadingHTTPServer):
    """A witness that listens at a place; whoever made it lets it run and closes it."""

    daemon_threads = True

    def __init__(self, book: WitnessBook, place: tuple[str, int], tell: Callable[[WitnessAnswer], None]) -> None:
        super().__init__(place, _Desk)
        self.book, self.tell = book, tell
