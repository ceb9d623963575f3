"""The vendor's door over HTTPS, and the operator's own switch over HTTP on loopback."""

import base64
import hashlib
from dataclasses import dataclass
from typing import ClassVar

from counterparts.answering import AnsweringHandler
from counterparts.donation_manager.areas import AREA, NAME, Areas, NotTakenError

LARGEST = 64 << 20


@dataclass(slots=True)
class Vendor:
    """Everything a request needs."""

    areas: Areas
    mixes_up: bool = False


class Handler(AnsweringHandler):
    """What both interfaces share."""

    vendor: ClassVar[Vendor]

    def refuse(self, status: int, code: str, ja: str, en: str) -> None:
        """Why not, in both languages; an unread body is not waited for."""
        self.close_connection = True
        self.answer(status, {"outcome": "refused", "reasons": [{"code": code, "ja": ja, "en": en}]})


class CityHandler(Handler):
    """The door for cities: a certificate opens the area that stands in it, and no other."""

    def _own(self, area: str) -> bool:
        """Is this the area of the certificate's organizational unit?"""
        return self.units() == [area] and bool(AREA.fullmatch(area))

    def do_POST(self) -> None:
        """Take an upload."""
        match self.parts():
            case ["intake", area] if self._own(area):
                self._take(area)
            case ["intake", _]:
                self.refuse(403, "not_your_area", "この領域は開けません。", "This area is not yours.")
            case _:
                self.refuse(404, "not_found", "見つかりません。", "Not found.")

    def _take(self, area: str) -> None:
        """Take one upload, if it is what it says."""
        name, length = self.headers.get("Sekisho-Parcel", ""), int(self.headers.get("Content-Length", "-1"))
        if not NAME.fullmatch(name) or not 0 <= length <= LARGEST:
            self.refuse(400, "not_understood", "番号か大きさが正しくありません。", "No good name or size.")
            return
        body = self.rfile.read(length)
        said = base64.b64encode(hashlib.sha256(body).digest()).decode()
        if self.headers.get("Content-Digest", "") != f"sha-256=:{said}:":
            self.refuse(422, "digest_differs", "指紋が違います。", "The digest differs.")
            return
        try:
            self.answer(201, self.vendor.areas.take(area, name, body))
        except NotTakenError as fault:
            ja, en = str(fault).split(" / ")
            self.refuse(422, "not_taken", ja, en)

    def do_GET(self) -> None:
        """The answer to an upload again, or its records."""
        match self.parts():
            case ["intake", area, name] if self._own(area) and NAME.fullmatch(name):
                found = self.vendor.areas.answer(area, name)
                self.answer(200, found) if found else self.refuse(404, "not_found", "見つかりません。", "Not found.")
            case ["intake", area, name, "records"] if self._own(area) and NAME.fullmatch(name):
                body = self.vendor.areas.give_back(area, name, mixed_up=self.vendor.mixes_up)
                if body is None:
                    self.refuse(404, "not_found", "見つかりません。", "Not found.")
                else:
                    self.send(200, body, "text/csv; charset=utf-8")
            case _:
                self.refuse(404, "not_found", "見つかりません。", "Not found.")


class OperatorHandler(Handler):
    """The operator's switch: whether areas get mixed up."""

    def do_POST(self) -> None:
        """Turn it on or off."""
        match self.parts():
            case ["mix-up", "on" | "off" as state]:
                self.vendor.mixes_up = state == "on"
                self.answer(200, {"mixes_up": self.vendor.mixes_up})
            case _:
                self.refuse(404, "not_found", "見つかりません。", "Not found.")
