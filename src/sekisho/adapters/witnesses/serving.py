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


def _handler(book: WitnessBook, tell: Callable[[WitnessAnswer], None]) -> type[BaseHTTPRequestHandler]:
    """What answers one connection."""

    class Desk(BaseHTTPRequestHandler):
        """The witness's desk."""

        timeout = PATIENCE_SECONDS
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            """One request."""
            length = self.headers.get("content-length", "")
            if self.path.rstrip("/").rpartition("/")[2] != "add-checkpoint":
                self._say(404, "text/plain", "not found\n")
            elif not length.isdecimal() or int(length) > LARGEST_REQUEST:
                self._say(400, "text/plain", "content-length\n")
            else:
                body = self.rfile.read(int(length)).decode("utf-8", "replace")
                answer = book.answer(body, int(time.time()))
                tell(answer)
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

    return Desk


def witness_server(
    book: WitnessBook, place: tuple[str, int], tell: Callable[[WitnessAnswer], None]
) -> ThreadingHTTPServer:
    """A server that listens at this place; whoever called it lets it run and closes it."""
    server = ThreadingHTTPServer(place, _handler(book, tell))
    server.daemon_threads = True
    return server
