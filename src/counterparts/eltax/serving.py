"""The road over HTTPS for municipalities, and the operator's own interface over HTTP on loopback."""

import hashlib
import json
from typing import ClassVar, Final

from counterparts.answering import AnsweringHandler
from counterparts.eltax.reading import UnreadableError
from counterparts.eltax.road import NotConnectedError, Road

LARGEST: Final = 64 << 20


class Handler(AnsweringHandler):
    """What both interfaces share."""

    road: ClassVar[Road]
    drops: ClassVar[bool] = False

    def answer(self, status: int, data: object, headers: dict[str, str] | None = None) -> None:
        """One JSON answer, unless the line is to be dropped."""
        if self.drops and self.road.faults.take("lost_answer"):
            self.close_connection = True
            return
        super().answer(status, data, headers)

    def refuse(self, status: int, code: str, ja: str, en: str) -> None:
        """A refusal in both languages."""
        self.close_connection = True
        self.answer(status, {"code": code, "ja": ja, "en": en})

    def body(self) -> bytes:
        """The body that was sent; nothing if it is longer than anybody may send."""
        length = int(self.headers.get("Content-Length", "0"))
        return self.rfile.read(length) if 0 <= length <= LARGEST else b""


class MunicipalityHandler(Handler):
    """What a municipality speaks to; who it is stands in its certificate."""

    drops = True

    def is_down(self) -> bool:
        """Failing on purpose?"""
        if self.road.faults.take("status"):
            self.refuse(500, "internal", "障害が発生しています。", "An internal error.")
            return True
        return False

    def do_GET(self) -> None:
        """Keys, and what came back."""
        if self.is_down():
            return
        match self.parts():
            case ["recipient"]:
                self.answer(200, self.road.keys())
            case ["returns"]:
                self.answer(200, {"returns": self.road.returns_to(self.municipality())})
            case _:
                self.refuse(404, "not_found", "見つかりません。", "Not found.")

    def do_PUT(self) -> None:
        """Take a file of notices."""
        sealed, key = self.body(), self.headers.get("Idempotency-Key", "")
        if self.is_down():
            return
        if self.parts()[:2] != ["upload", "files"] or not key:
            self.refuse(404, "not_found", "見つかりません。", "Not found.")
            return
        if self.headers.get("Sekisho-Digest", "") != hashlib.sha256(sealed).hexdigest():
            self.refuse(409, "digest_differs", "届いた内容が予告と違います。", "What arrived is something else.")
            return
        try:
            receipt, new = self.road.take(self.municipality(), key, sealed)
        except UnreadableError as fault:
            self.refuse(422, fault.code, fault.ja, fault.en)
        except NotConnectedError:
            self.refuse(409, "not_connected", "宛先は電子の通知を受けません。", "The destination takes paper only.")
        except KeyError:
            self.refuse(409, "key_reused", "同じ鍵で別の内容です。", "The same key with other content.")
        else:
            self.answer(201 if new else 200, receipt)

    def do_POST(self) -> None:
        """Acknowledge a return."""
        self.body()
        if self.is_down():
            return
        match self.parts():
            case ["returns", returned, "acknowledgement"]:
                known = self.road.acknowledge(self.municipality(), returned)
                self.answer(200 if known else 404, {"acknowledged": known})
            case _:
                self.refuse(404, "not_found", "見つかりません。", "Not found.")


class OperatorHandler(Handler):
    """The operator's own interface: faults, returns, destinations that take paper only, and what all have now."""

    def do_POST(self) -> None:
        """Change something."""
        wanted = json.loads(self.body() or b"{}")
        match self.parts():
            case ["control", "faults"]:
                self.answer(200, {"set": self.road.faults.set(wanted)})
            case ["control", "returns"]:
                given = (wanted["municipality"], wanted["destination"], wanted["reception_number"], wanted["kind"])
                self.answer(201, self.road.give_back(*given))
            case ["control", "closed"]:
                self.road.close(list(wanted["destinations"]))
                self.answer(200, wanted)
            case _:
                self.refuse(404, "not_found", "見つかりません。", "Not found.")

    def do_GET(self) -> None:
        """What is switched on, and what all destinations have."""
        self.answer(200, {"faults": self.road.faults.shown(), **self.road.totals()})
