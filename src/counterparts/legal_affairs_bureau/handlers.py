"""The platform's two functions over HTTPS, and the operator's own interface over HTTP on loopback."""

import hashlib
import json
import time
import uuid
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, ClassVar

from counterparts.answering import AnsweringHandler
from counterparts.legal_affairs_bureau.desk import Desk, UnreadableError
from counterparts.legal_affairs_bureau.faults import FaultSwitch
from counterparts.legal_affairs_bureau.shelf import Shelf, now

PIECE = 65_536
_TOKYO = timezone(timedelta(hours=9))


@dataclass(frozen=True, slots=True)
class Platform:
    """Everything a request needs."""

    shelf: Shelf
    desk: Desk
    faults: FaultSwitch
    hours: tuple[str, str] | None

    def is_open(self) -> bool:
        """Within business hours?"""
        if self.hours is None:
            return True
        return self.hours[0] <= datetime.now(UTC).astimezone(_TOKYO).strftime("%H:%M") < self.hours[1]


class Handler(AnsweringHandler):
    """What both interfaces share."""

    platform: ClassVar[Platform]

    def answer(self, status: int, data: object, headers: dict[str, str] | None = None) -> None:
        """One JSON answer, unless the line is to be dropped."""
        if self.platform.faults.take("lost_answer"):
            self.close_connection = True
            return
        super().answer(status, data, headers)

    def refuse(self, status: int, code: str, ja: str, en: str) -> None:
        """A refusal in both languages; the rest of an unread body is not waited for."""
        self.close_connection = True
        headers = {"Connection": "close", **({"Retry-After": "600"} if status == 503 else {})}  # noqa: PLR2004 - closed
        self.answer(status, {"code": code, "ja": ja, "en": en}, headers)

    def take_body(self) -> tuple[Path, str] | None:
        """The body as a draft file with its digest; nothing if it was cut."""
        length = int(self.headers.get("Content-Length", "-1"))
        draft, digest, left = self.platform.shelf.draft(uuid.uuid4().hex), hashlib.sha256(), length
        with draft.open("wb") as file:
            while left > 0 and (piece := self.rfile.read(min(PIECE, left))):
                file.write(piece)
                digest.update(piece)
                left -= len(piece)
        if length < 0 or left:
            draft.unlink()
            self.close_connection = True
            return None
        return draft, digest.hexdigest()


class DownloadHandler(Handler):
    """The download function. Who asks is read from the client certificate."""

    def _ready(self) -> bool:
        """Open, and not failing on purpose?"""
        if self.platform.faults.take("status"):
            self.refuse(500, "internal", "障害が発生しています。", "An internal error.")
            return False
        if not self.platform.is_open():
            self.refuse(503, "closed", "業務時間外です。", "Outside business hours.")
            return False
        return True

    def do_GET(self) -> None:
        """List, fetch, recipient, receipts."""
        if not self._ready():
            return
        match self.parts():
            case ["recipient"]:
                self.answer(200, self.platform.desk.recipient())
            case ["download", "files"]:
                self.answer(200, {"files": self._listing()})
            case ["download", "files", file]:
                self._send_file(file)
            case ["upload", "receipts", number]:
                receipt = self.platform.shelf.receipt_numbered(self.municipality(), number)
                if receipt:
                    self.answer(200, receipt)
                else:
                    self._not_found()
            case _:
                self._not_found()

    def _not_found(self) -> None:
        """No such thing, or not of this municipality."""
        self.refuse(404, "not_found", "見つかりません。", "Not found.")

    def _listing(self) -> list[dict[str, Any]]:
        """What waits, with the faults that are switched on."""
        files = self.platform.shelf.waiting(self.municipality())
        if self.platform.faults.now.duplicate:
            files = [copy for each in files for copy in (each, {**each, "file": f"{each['file']}D"})]
        if self.platform.faults.now.out_of_order:
            files = files[::-1]
        return files

    def _send_file(self, file: str) -> None:
        """The bytes of one file, from a byte on if asked."""
        found = self.platform.shelf.find(self.municipality(), file.removesuffix("D"))
        if found is None:
            self._not_found()
            return
        record, path = found
        wanted = self.headers.get("Range", "")
        first = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted.startswith("bytes=") else 0
        first = min(first, record["size"])
        self.send_response(206 if wanted else 200)
        if wanted:
            self.send_header("Content-Range", f"bytes {first}-{record['size'] - 1}/{record['size']}")
        self.send_header("Content-Length", str(record["size"] - first))
        self.send_header("Sekisho-Digest", record["sha256"])
        self.end_headers()
        self._pour(path, first)

    def _pour(self, path: Path, first: int) -> None:
        """Send bytes, slowly or not to the end if that is switched on."""
        slow, cut, sent = self.platform.faults.now.slow, self.platform.faults.take("cut"), 0
        with path.open("rb") as file:
            file.seek(first)
            while piece := file.read(min(PIECE, slow or PIECE)):
                if cut and sent + len(piece) > cut:
                    self.wfile.write(piece[: cut - sent])
                    self.close_connection = True
                    return
                self.wfile.write(piece)
                sent += len(piece)
                if slow:
                    time.sleep(len(piece) / slow)


class CityHandler(DownloadHandler):
    """What a city's gate speaks to: the download function, its acknowledgements, and the upload function."""

    def do_POST(self) -> None:
        """Acknowledge a file."""
        if not self._ready():
            return
        body = self.take_body()
        given = json.loads(body[0].read_bytes() or b"{}") if body else {}
        if body:
            body[0].unlink()
        match self.parts():
            case ["download", "files", file, "acknowledgement"]:
                self._acknowledge(file.removesuffix("D"), str(given.get("sha256", "")))
            case _:
                self._not_found()

    def _acknowledge(self, file: str, digest: str) -> None:
        """The city has the file, if its digest is the right one."""
        found = self.platform.shelf.find(self.municipality(), file)
        if found is None:
            self._not_found()
        elif found[0]["sha256"] != digest:
            self.refuse(409, "digest_differs", "受け取った内容が違います。", "What was received differs.")
        else:
            self.answer(200, self.platform.shelf.acknowledge(found[0]))

    def do_PUT(self) -> None:
        """Take an uploaded file and give a receipt."""
        key, parts = self.headers.get("Idempotency-Key", ""), self.parts()
        if not self._ready():
            return
        if parts[:2] != ["upload", "files"] or len(parts) != 3 or not key:  # noqa: PLR2004 - upload, files, name
            self._not_found()
            return
        body = self.take_body()
        if body is None:
            return
        draft, digest = body
        if self.headers.get("Sekisho-Digest", digest) != digest:
            draft.unlink()
            self.refuse(
                409, "digest_differs", "届いた内容が予告と違います。", "What arrived differs from what was announced."
            )
            return
        self._receive(key, draft, digest)

    def _receive(self, key: str, draft: Path, digest: str) -> None:
        """Open it, count it, keep it, sign for it."""
        municipality = self.municipality()
        known = self.platform.shelf.receipt_for(municipality, key)
        if known is not None and known["sha256"] != digest:
            draft.unlink()
            self.refuse(409, "key_reused", "同じ鍵で別の内容です。", "The same key with other content.")
            return
        try:
            records = self.platform.desk.count_records(draft)
        except UnreadableError as fault:
            draft.unlink()
            ja, _, en = str(fault).partition(" / ")
            self.refuse(422, "unreadable", ja, en)
            return
        receipt = self.platform.desk.sign(
            {
                "number": self.platform.shelf.next_number(),
                "municipality": municipality,
                "sha256": digest,
                "records": records,
                "received": now(),
            }
        )
        self.answer(200 if known else 201, self.platform.shelf.keep(municipality, key, draft, receipt))


class OperatorHandler(Handler):
    """The operator's own interface: put notices out, switch faults."""

    def do_POST(self) -> None:
        """Notices for a municipality, or faults."""
        body = self.take_body()
        if body is None:
            return
        match self.parts():
            case ["control", "notices", municipality, name]:
                self.answer(201, self.platform.shelf.put(municipality, name, body[0]))
            case ["control", "faults"]:
                self.platform.faults.set({})
                wanted = json.loads(body[0].read_bytes() or b"{}")
                body[0].unlink()
                self.answer(200, {"set": wanted})
                self.platform.faults.set(wanted)
            case _:
                body[0].unlink()
                self.refuse(404, "not_found", "見つかりません。", "Not found.")

    def do_GET(self) -> None:
        """The faults that are switched on."""
        self.answer(200, asdict(self.platform.faults.now))
