"""The contractor's door over HTTPS for the city, and its operator's side over HTTP on loopback."""

import re
from typing import ClassVar

from counterparts.answering import AnsweringHandler
from counterparts.printing_contractor.desk import Desk, OtherBytesError

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,80}")


class CityHandler(AnsweringHandler):
    """What a city's gate speaks to."""

    desk: ClassVar[Desk]

    def do_GET(self) -> None:
        """The contractor's keys."""
        self.answer(200 if self.parts() == ["recipient"] else 404, self.desk.keys())

    def do_PUT(self) -> None:
        """Take a file, and answer with the receipt."""
        match self.parts():
            case ["upload", "files", name] if NAME.fullmatch(name):
                self._take(name)
            case _:
                self.close_connection = True
                self.answer(404, {"code": "not_found"})

    def _take(self, name: str) -> None:
        """Keep it and sign, or say why not."""
        try:
            receipt = self.desk.take(name, self.rfile, int(self.headers.get("Content-Length", "0")))
        except OtherBytesError:
            self.close_connection = True
            self.answer(409, {"code": "other_bytes"})
            return
        self.answer(201, receipt)


class OperatorHandler(AnsweringHandler):
    """The operator's side: what lies here."""

    def do_GET(self) -> None:
        """The names of the files."""
        self.answer(200, {"files": CityHandler.desk.names()})
